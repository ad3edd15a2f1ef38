package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services for half an hour, with their schedules sixty times as fast, while the clinic works and everything else goes wrong in turn:
 * amoCRM, IDENT and Redis away, processes stopped, killed and frozen. Profile {@code soak}.
 */
@EnabledIfSystemProperty(named = "soak.seconds", matches = "[1-9]\\d*")
@EnabledOnOs(OS.LINUX)
class SoakIT {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(10);
    private static final long PHONE = Installation.PHONE;

    @TempDir
    private static Path scratch;

    private final Duration goingOn = Duration.ofSeconds(Integer.getInteger("soak.seconds", 0));
    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final Random chance = new Random(seed);

    @RegisterExtension
    private final Installation installation = installation().atRealPace();

    private final List<Service> services = List.of(new Service("one"), new Service("two"));
    private final List<Visit> visits = new ArrayList<>();
    private final List<Duration> stops = new ArrayList<>();
    private final List<Integer> exits = new ArrayList<>();
    private final Map<Integer, Integer> ends = new TreeMap<>();
    private final Map<String, Integer> disturbed = new TreeMap<>();
    private int minutes;

    private static Installation installation() {
        return Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")))
                .with("REDIS_LOCK_SECONDS", "7");
    }

    private static final class Visit {
        private final long id;
        private final long patient;
        private boolean off;
        private boolean moved;

        private Visit(long id, long patient) {
            this.id = id;
            this.patient = patient;
        }
    }

    /** One of the two, started again after each end. */
    private final class Service {
        private final String name;
        private Process process;
        private final Map<String, Long> most = new TreeMap<>();

        private Service(String name) {
            this.name = name;
        }

        private void start() throws IOException {
            process = installation.process(scratch, scratch.resolve(name + ".log"), "service");
        }

        private void stop() throws IOException, InterruptedException {
            Instant asked = Instant.now();
            process.destroy();
            assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            stops.add(Duration.between(asked, Instant.now()));
            exits.add(process.exitValue());
            start();
        }

        /** As its supervisor does: it may have been started while IDENT's table was away, which ends it. */
        private void keepUp() {
            if (!process.isAlive()) {
                ends.merge(process.exitValue(), 1, Integer::sum);
                try {
                    start();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            figures();
        }

        private void kill() throws IOException {
            process.destroyForcibly().onExit().join();
            start();
        }

        private void freeze(Duration time) throws IOException, InterruptedException {
            signal("STOP");
            pause(time);
            signal("CONT");
        }

        private void signal(String signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        /** What Linux says of it now; nothing of one that has just ended. */
        private Map<String, Long> figures() {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            Map<String, Long> now = new TreeMap<>();
            try {
                for (String line : Files.readAllLines(proc.resolve("status"))) {
                    if (line.startsWith("VmRSS") || line.startsWith("Threads")) {
                        now.put(line.substring(0, line.indexOf(':')), Long.parseLong(line.replaceAll("\\D", "")));
                    }
                }
                try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
                    now.put("files", files.count());
                }
            } catch (IOException e) {
                return Map.of();
            }
            now.forEach((figure, value) -> most.merge(figure, value, Math::max));
            return now;
        }
    }

    private interface Disturbance {
        void happen() throws Exception;
    }

    private Map<String, Disturbance> disturbances() {
        Map<String, Disturbance> all = new TreeMap<>();
        all.put("amoCRM away", () -> {
            installation.sandbox().faults().always(Fault.HTML_502);
            work(seconds(1, 8));
            installation.sandbox().faults().clear();
        });
        all.put("amoCRM's answers get lost", () -> {
            installation
                    .sandbox()
                    .faults()
                    .every(5, Fault.WRITE_THEN_RESET, Scope.WRITES)
                    .every(7, Fault.TRUNCATED_JSON, Scope.ANY)
                    .every(11, Fault.TOO_MANY_REQUESTS, Scope.ANY);
            work(seconds(5, 15));
            installation.sandbox().faults().clear();
        });
        all.put("IDENT away", () -> {
            installation.clinic().rename("Orders", "OrdersAway");
            pause(seconds(1, 8));
            installation.clinic().rename("OrdersAway", "Orders");
        });
        all.put("Redis away, and empty when it comes back", () -> {
            installation.redis().fail();
            work(seconds(1, 8));
            installation.redis().comeBack();
        });
        all.put("a service stopped", () -> anyService().stop());
        all.put("a service killed", () -> anyService().kill());
        all.put(
                "a service frozen for longer than its locks last",
                () -> anyService().freeze(seconds(8, 15)));
        return all;
    }

    private Service anyService() {
        return services.get(chance.nextInt(services.size()));
    }

    private Duration seconds(int from, int to) {
        return Duration.ofSeconds(from + chance.nextInt(to - from + 1));
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Test
    void both_sides_agree_at_the_end_and_nothing_grows() throws Exception {
        installation
                .with("RECEPTIONS_CRON", "* * * * * ?")
                .with("PATIENTS_CRON", "0/5 * * * * ?")
                .with("DEEP_CRON", "0/30 * * * * ?")
                .with("AMOCRM_BREAKER_PAUSE_MS", "1000")
                .with("MANAGEMENT_PORT", "0");
        for (Service service : services) {
            service.start();
        }
        Instant begun = Instant.now();
        List<Map.Entry<String, Disturbance>> all = List.copyOf(disturbances().entrySet());
        System.out.println("Soak of " + goingOn.toSeconds() + " s, -Dsoak.seed=" + seed);
        for (int turn = 0; Duration.between(begun, Instant.now()).compareTo(goingOn) < 0; turn++) {
            work(seconds(4, 10));
            Map.Entry<String, Disturbance> next = all.get(turn % all.size());
            next.getValue().happen();
            disturbed.merge(next.getKey(), 1, Integer::sum);
            if (turn % all.size() == 0) {
                tell(begun);
            }
        }
        work(seconds(1, 1));
        Visit last = book();
        await().atMost(LONG_ENOUGH).until(() -> installation.dealsOf(last.id).size() == 1);
        tell(begun);
        for (Service service : services) {
            service.stop();
            service.process.destroyForcibly().onExit().join();
        }
        System.out.println("Disturbed: " + disturbed + "; ended by themselves, by exit code: " + ends + "; stops took "
                + stops.stream().map(Duration::toMillis).toList() + " ms");
        installation.runtime().everything(RunRequest.deep());
        installation.sandbox().journal().clear();
        installation.runtime().everything(RunRequest.deep());
        assertThat(installation.sandbox().journal().writes())
                .as("nothing is left to do")
                .isZero();
        bothSidesAgree();
        assertThat(exits).as("services that were asked to stop").containsOnly(0);
        assertThat(stops).allSatisfy(stop -> assertThat(stop).isLessThanOrEqualTo(STOP_AT_MOST));
    }

    private void tell(Instant begun) {
        System.out.printf(
                "%4d s, %d visits, %d deals, %d requests, at most %d in a second, %s%n",
                Duration.between(begun, Instant.now()).toSeconds(),
                visits.size(),
                installation.account().leads().size(),
                installation.sandbox().journal().count(),
                installation.sandbox().journal().maxInAnyWindow(Duration.ofSeconds(1)),
                services.stream()
                        .map(service -> service.name + " " + service.figures() + " at most " + service.most)
                        .toList());
    }

    // ---- the clinic

    private void work(Duration time) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            act();
            services.forEach(Service::keepUp);
            pause(Duration.ofMillis(200 + chance.nextInt(600)));
        }
    }

    private Visit book() {
        long patient = visits.isEmpty() || chance.nextBoolean()
                ? installation.patient("+7900" + (1_000_000 + visits.size()))
                : visits.get(chance.nextInt(visits.size())).patient;
        Visit visit = new Visit(
                installation
                        .staff()
                        .book(patient, Installation.NOW.plusDays(2).plusMinutes(minutes++), LocalDateTime.now()),
                patient);
        visits.add(visit);
        return visit;
    }

    private void act() {
        List<Visit> on = visits.stream().filter(visit -> !visit.off).toList();
        int kind = on.size() < 5 ? 0 : chance.nextInt(8);
        Visit visit = on.isEmpty() ? null : on.get(chance.nextInt(on.size()));
        switch (kind) {
            case 3 -> {
                installation.staff().cancel(visit.id, LocalDateTime.now());
                visit.off = true;
            }
            case 4 -> {
                Visit moved = new Visit(
                        installation
                                .staff()
                                .move(
                                        visit.id,
                                        Installation.NOW.plusDays(3).plusMinutes(minutes++),
                                        LocalDateTime.now()),
                        visit.patient);
                visit.off = true;
                moved.moved = true;
                visits.add(moved);
            }
            case 5 ->
                installation
                        .staff()
                        .addService(
                                visit.id,
                                "Лечение",
                                BigDecimal.valueOf(100 + chance.nextInt(900)),
                                LocalDateTime.now());
            case 6 ->
                installation.staff().changePhone(visit.patient, "+7911" + (1_000_000 + minutes++), LocalDateTime.now());
            case 7 ->
                installation
                        .staff()
                        .reschedule(visit.id, Installation.NOW.plusDays(4).plusMinutes(minutes++), LocalDateTime.now());
            default -> book();
        }
    }

    // ---- both sides

    /** Each visit that is on has its one deal and contact, as an account would hold them that was filled from the clinic just now. */
    private void bothSidesAgree() throws IOException {
        assertOnePer(Installation.RECEPTION_ID, installation.account().leads());
        assertOnePer(Installation.PATIENT_ID, installation.account().contacts());
        try (Installation calm = installation()) {
            calm.runtime().everything(RunRequest.full());
            for (Visit visit : visits) {
                if (visit.off) {
                    continue;
                }
                EntityView deal = installation.dealOf(visit.id);
                EntityView expected = calm.dealOf(visit.id);
                if (!visit.moved) {
                    assertThat(deal.fields())
                            .as("deal of reception " + visit.id)
                            .isEqualTo(expected.fields());
                }
                assertThat(deal.pipelineId()).isEqualTo(expected.pipelineId());
                assertThat(withoutPhones(installation.contactsOf(visit.patient).get(0)))
                        .isEqualTo(withoutPhones(calm.contactsOf(visit.patient).get(0)));
                assertThat(deal.links())
                        .containsExactly(
                                installation.contactsOf(visit.patient).get(0).id());
            }
        }
    }

    /** A phone that was replaced while nobody knew any more who had written it stays. */
    private static Map<Long, String> withoutPhones(EntityView contact) {
        Map<Long, String> fields = new HashMap<>(contact.fields());
        fields.remove(PHONE);
        return fields;
    }

    private static void assertOnePer(long field, List<EntityView> entities) {
        Map<String, Long> counts = entities.stream()
                .collect(Collectors.groupingBy(entity -> entity.fields().get(field), Collectors.counting()));
        assertThat(counts)
                .isNotEmpty()
                .allSatisfy((value, count) -> assertThat(count).as(value).isEqualTo(1L));
    }
}
