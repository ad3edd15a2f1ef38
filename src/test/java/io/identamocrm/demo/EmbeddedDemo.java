package io.identamocrm.demo;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.cli.Demo;
import io.identamocrm.cli.Environment;
import io.identamocrm.cli.Interruption;
import io.identamocrm.cli.ReportPrinter;
import io.identamocrm.cli.RunView;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.ClinicStaff;
import io.identamocrm.clinic.ExpectedReception;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Status;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Problem;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults;
import io.identamocrm.sandbox.Journal;
import io.identamocrm.sandbox.Pipeline;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.SandboxOptions;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.RunStoppedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.Signals;

/**
 * The demo: a full run, a busy minute in the clinic and in the sales department, an incremental run, and once more with nothing changed.
 */
public final class EmbeddedDemo implements Demo {

    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");
    private static final Duration GRACE = Duration.ofHours(12);
    private static final Duration SLOW = Duration.ofSeconds(3);

    @Override
    public void requireKnown(String faults) {
        new Faults().inject(faults);
    }

    @Override
    public boolean isIn(Environment environment) {
        return DemoTour.isIn(environment);
    }

    @Override
    public void change(Environment environment, String sql, PrintWriter out) {
        DemoTour.change(environment, sql, out);
    }

    @Override
    public void spoil(Environment environment, String faults, PrintWriter out) {
        DemoTour.spoil(environment, faults, out);
    }

    @Override
    public int run(Environment environment, Options options, PrintWriter out, PrintWriter err) throws Exception {
        // The sample clinic's server stands in Moscow, and H2 takes its clock from this process.
        TimeZone.setDefault(TimeZone.getTimeZone(ZONE));
        Path scratch = Files.createTempDirectory("ident-amocrm-demo-");
        hearSignals(environment.interruption());
        try {
            new Show(environment, options, scratch, out, err).run();
            return 0;
        } catch (RunStoppedException | StoppedException e) {
            out.println(DemoText.STOPPED);
            return Problem.UNREACHABLE;
        } finally {
            delete(scratch);
            EmbeddedRedis.forgetProgram();
        }
    }

    /** The first one asks for the end; the JVM goes on, since at its end the embedded Redis would be gone before those who need it. */
    private static void hearSignals(Interruption interruption) {
        AtomicBoolean heard = new AtomicBoolean();
        for (String signal : List.of("INT", "TERM")) {
            Signals.register(signal, () -> {
                if (heard.getAndSet(true) || !interruption.ask()) {
                    Runtime.getRuntime().halt(Problem.UNREACHABLE);
                }
            });
        }
    }

    /** Somebody has pressed Ctrl-C between two runs. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The demo as it goes on, step by step, each of them short enough to wait for its end when somebody presses Ctrl-C. */
    private record Show(
            Environment environment,
            Options options,
            Path scratch,
            PrintWriter out,
            PrintWriter err,
            AtomicBoolean stopped) {

        Show(Environment environment, Options options, Path scratch, PrintWriter out, PrintWriter err) {
            this(environment, options, scratch, out, err, new AtomicBoolean());
            listen();
        }

        private void listen() {
            environment.interruption().asks(() -> stopped.set(true));
        }

        private void goOn() {
            if (stopped.get()) {
                throw new StoppedException();
            }
        }

        void run() throws IOException, InterruptedException {
            LocalDateTime now = LocalDateTime.now(ZONE).truncatedTo(ChronoUnit.SECONDS);
            out.println(DemoText.SETTING_UP);
            // Others open the clinic of a demo that stays: the commands of its tour.
            SampleClinic clinic =
                    options.stay() ? SampleClinic.inFile(scratch.resolve("ident")) : SampleClinic.inMemory();
            try (EmbeddedSetUp setUp = new EmbeddedSetUp(
                    clinic.fill(ClinicGenerator.Options.of(options.receptions(), now)), SandboxOptions.standard())) {
                goOn();
                out.println(DemoText.SCENE.with(
                        setUp.clinic().count("SELECT COUNT(*) FROM dbo.Receptions"),
                        setUp.redisPort(),
                        setUp.sandbox().baseUrl()));
                if (options.faults() != null) {
                    setUp.sandbox().faults().inject(options.faults()).slowBy(SLOW);
                    out.println(DemoText.SUFFERS.with(
                            String.join(", ", setUp.sandbox().faults().active())));
                }
                Map<Text, RunReport> runs = new LinkedHashMap<>();
                try (CamelRuntime runtime = start(variables(setUp), StartOptions.Mode.RUNS)) {
                    out.println(DemoText.FULL_RUN);
                    run(DemoText.FULL, runtime, RunRequest.full(), runs);
                    out.println(DemoText.MEANWHILE);
                    changeThings(setUp, now, out);
                    out.println(DemoText.INCREMENTAL_RUN);
                    run(DemoText.INCREMENTAL, runtime, RunRequest.incremental(), runs);
                    out.println(DemoText.FULL_RUN_AGAIN);
                    run(DemoText.FULL_AGAIN, runtime, RunRequest.full(), runs);
                }
                goOn();
                print(setUp, runs);
                if (options.stay()) {
                    stay(setUp);
                } else {
                    out.println(DemoText.LOOK);
                }
            }
        }

        private void print(EmbeddedSetUp setUp, Map<Text, RunReport> runs) {
            out.println();
            out.println(ReportPrinter.table(runs));
            out.println();
            tellFaults(setUp, out);
            out.println(DemoText.HOLDS.with(
                    setUp.sandbox().account().leads().size(),
                    setUp.sandbox().account().contacts().size(),
                    setUp.sandbox().journal().maxInAnyWindow(Duration.ofSeconds(1))));
            out.println(DemoText.FAILED);
        }

        private void run(Text name, CamelRuntime runtime, RunRequest request, Map<Text, RunReport> runs) {
            goOn();
            try (RunView view =
                    new RunView(runtime, environment.interruption(), out, err, environment.errorsAreTerminal(), null)) {
                runs.put(name, runtime.receptions(request.withListener(view)));
            } catch (AmocrmException | CallNotPermittedException e) {
                Text why = Problem.of(e)::message;
                out.println(DemoText.ENDED.with(why));
            } finally {
                listen();
            }
        }

        private CamelRuntime start(Map<String, String> variables, StartOptions.Mode mode) {
            return CamelRuntime.start(
                    new StartOptions(options.config(), options.routes(), variables, mode, Clock.systemUTC()));
        }

        private void stay(EmbeddedSetUp setUp) throws IOException, InterruptedException {
            Map<String, String> variables = variables(setUp);
            CountDownLatch stop = new CountDownLatch(1);
            environment.interruption().asksService(stop::countDown);
            try (CamelRuntime runtime = start(variables, StartOptions.Mode.SERVICE)) {
                new DemoTour(setUp, runtime).print(variables, scratch, out);
                stop.await();
                runtime.stopSoon();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void tellFaults(EmbeddedSetUp setUp, PrintWriter out) {
        Map<String, Long> suffered = setUp.sandbox().journal().entries().stream()
                .filter(entry -> entry.fault() != null)
                .collect(Collectors.groupingBy(Journal.Entry::fault, TreeMap::new, Collectors.counting()));
        if (!suffered.isEmpty()) {
            out.println(DemoText.WENT_WRONG.with(setUp.sandbox().journal().count(), suffered));
        }
    }

    private static Map<String, String> variables(EmbeddedSetUp setUp) throws IOException {
        Map<String, String> variables = new HashMap<>(setUp.variables());
        variables.put("TIMEZONE", ZONE.getId());
        // Nobody wants to watch the real pauses.
        variables.put("AMOCRM_UNCLEAR_WINDOW_MS", "3000");
        variables.put("AMOCRM_BREAKER_PAUSE_MS", "3000");
        variables.put("MANAGEMENT_PORT", Integer.toString(EmbeddedRedis.freePort()));
        variables.put("JOLOKIA_USER", "demo");
        variables.put("JOLOKIA_PASSWORD", "demo");
        // A stage per status shows on the board; without these settings a deal stays where it was put.
        for (Funnel funnel : Funnel.values()) {
            long pipeline = funnel == Funnel.PRIMARY ? SandboxAccount.PRIMARY : SandboxAccount.SECONDARY;
            variables.put("DEAL_STAGE_" + funnel + "_SCHEDULED", Long.toString(SandboxAccount.stage(pipeline, 1)));
            variables.put("DEAL_STAGE_" + funnel + "_ARRIVED", Long.toString(SandboxAccount.stage(pipeline, 3)));
            variables.put("DEAL_STAGE_" + funnel + "_COMPLETED", Long.toString(SandboxAccount.stage(pipeline, 4)));
        }
        return variables;
    }

    private static void changeThings(EmbeddedSetUp setUp, LocalDateTime now, PrintWriter out) {
        ClinicStaff staff = setUp.clinic().staff();
        List<ExpectedReception> expected = setUp.clinic().expected(now, GRACE);
        long walkIn = staff.newPatient("Новосёлова", "Вера", "Ильинична", "8 (900) 555-01-02", now);
        long booked = staff.book(walkIn, now.plusDays(1), now);
        out.println(DemoText.BOOKS.with(booked));
        Iterator<ExpectedReception> scheduled = expected.stream()
                .filter(reception -> reception.deliverable() && reception.status() == Status.SCHEDULED)
                .iterator();
        if (scheduled.hasNext()) {
            long id = scheduled.next().id();
            staff.arrive(id, now);
            staff.addService(id, "Профессиональная гигиена", new BigDecimal("4500.00"), now);
            staff.complete(id, now);
            out.println(DemoText.TREATED.with(id));
        }
        if (scheduled.hasNext()) {
            long id = scheduled.next().id();
            out.println(DemoText.MOVED.with(id, staff.move(id, now.plusDays(7), now)));
        }
        if (scheduled.hasNext()) {
            long id = scheduled.next().id();
            staff.cancel(id, now);
            out.println(DemoText.CANCELLED.with(id));
        }
        Iterator<EntityView> deals = setUp.sandbox().account().leads().iterator();
        if (deals.hasNext()) {
            EntityView deal = deals.next();
            setUp.sandbox()
                    .account()
                    .changeLead(
                            deal.id(),
                            change -> change.name("Позвонить после обеда").price(25_000));
            out.println(DemoText.RENAMED.with(deal.id()));
        }
        if (deals.hasNext()) {
            EntityView deal = deals.next();
            setUp.sandbox().account().changeLead(deal.id(), change -> change.stage(deal.pipelineId(), Pipeline.WON));
            out.println(DemoText.CLOSED.with(deal.id()));
        }
        long contact = setUp.sandbox().account().addContact("Сайт: обратный звонок", Map.of(2L, "+7 900 555-03-04"));
        long lead = setUp.sandbox()
                .account()
                .addLead(
                        "Заявка с сайта",
                        SandboxAccount.PRIMARY,
                        SandboxAccount.stage(SandboxAccount.PRIMARY, 1),
                        Map.of(),
                        contact);
        long caller = staff.newPatient("Озеров", "Лев", "Маркович", "89005550304", now);
        out.println(DemoText.FROM_WEBSITE.with(lead, staff.book(caller, now.plusDays(2), now)));
    }
}
