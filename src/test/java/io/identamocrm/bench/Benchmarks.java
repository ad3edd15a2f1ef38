package io.identamocrm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.ClinicGenerator.Options;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.sandbox.SandboxOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what spec and README promise, and prints a Markdown table: our figure, the one that SEED publishes, and the wall, which is the
 * fewest requests, and seconds at seven a second, that amoCRM's API allows. The product runs in a process of its own; clinic, Redis and
 * amoCRM's sandbox share the machine with it. {@code mvn -B -q -Pbench verify}
 */
public final class Benchmarks {

    private static final int STARTS = 7;
    private static final long PHONE = 2;

    private Benchmarks() {}

    /** Arguments: the number of receptions of the long run, and the letters of what is to be measured. */
    public static void main(String[] arguments) throws Exception {
        int many = Integer.parseInt(arguments[0]);
        String letters = arguments[1];
        System.out.printf(
                "Java %s, %d processors (load %.1f), %s %s%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        System.out.println("| | work | ours | SEED | wall | load |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        if (letters.contains("a") || letters.contains("b")) {
            newReceptionsAndAgain();
        }
        if (letters.contains("c")) {
            fewChanged();
        }
        if (letters.contains("d")) {
            intoAFullAccount(false);
            intoAFullAccount(true);
        }
        if (letters.contains("e")) {
            manyReceptions(many);
        }
        if (letters.contains("f")) {
            starts();
        }
        for (int milliseconds : letters.contains("g") ? new int[] {1, 2, 4} : new int[0]) {
            withLatency(milliseconds);
        }
        if (letters.contains("h")) {
            freshnessBesideDeepRuns();
            freshness(true);
            freshness(false);
        }
        if (letters.contains("i")) {
            try (EmbeddedSetUp setUp = setUp(
                    Options.of(300, LocalDateTime.now().withNano(0)),
                    SandboxOptions.standard().unlimited())) {
                ConsoleReaders.measure(setUp);
            }
        }
        System.exit(0);
    }

    private static EmbeddedSetUp setUp(Options clinic, SandboxOptions options) throws IOException {
        SampleClinic file = SampleClinic.inFile(
                Files.createTempDirectory("ident-amocrm-bench-").resolve("ident"));
        EmbeddedSetUp setUp = new EmbeddedSetUp(clinic == null ? file : file.fill(clinic), options);
        setUp.variables().put("TIMEZONE", ZoneId.systemDefault().getId());
        return setUp;
    }

    private static Options deliverable(int receptions) {
        return Options.deliverable(receptions, LocalDateTime.now().withNano(0));
    }

    private static void newReceptionsAndAgain() throws Exception {
        try (EmbeddedSetUp setUp = setUp(deliverable(1000), SandboxOptions.standard())) {
            row(
                    "a",
                    "1,000 new receptions, empty account, 7 a second",
                    run(setUp, 7, "--full"),
                    "30 s",
                    "20 requests, 2.9 s");
            row("b", "the same again", run(setUp, 7, "--full"), "–", "2 requests, 0.3 s");
        }
    }

    private static void fewChanged() throws Exception {
        try (EmbeddedSetUp setUp =
                setUp(deliverable(10_000), SandboxOptions.standard().unlimited())) {
            run(setUp, 0, "--full");
            run(setUp, 0);
            for (int i = 0; i < 50; i++) {
                setUp.clinic()
                        .staff()
                        .addService(
                                ClinicGenerator.FIRST_RECEPTION + i * 200,
                                "Осмотр",
                                new BigDecimal("700"),
                                LocalDateTime.now().plusSeconds(1));
            }
            row("c", "50 changed of 10,000", run(setUp, 7), "5 s", "2–3 requests, 0.4 s");
        }
    }

    private static void intoAFullAccount(boolean warm) throws Exception {
        // Filled in the course of a year, as accounts are.
        SandboxClock clock = SandboxClock.running(Duration.ZERO);
        try (EmbeddedSetUp setUp =
                setUp(null, SandboxOptions.standard().unlimited().withClock(clock))) {
            SandboxAccount account = setUp.sandbox().account();
            clock.set(Instant.now().minus(Duration.ofDays(365)));
            for (int i = 0; i < 10_000; i++) {
                clock.set(clock.instant().plus(Duration.ofMinutes(50)));
                long contact = account.addContact("Contact " + i, Map.of(PHONE, "+7900" + (1_000_000 + i)));
                if (i % 2 == 0) {
                    account.addLead(
                            "Deal " + i,
                            SandboxAccount.PRIMARY,
                            SandboxAccount.stage(SandboxAccount.PRIMARY, 1),
                            Map.of(),
                            contact);
                }
            }
            clock.set(Instant.now());
            if (warm) {
                try (ProductProcess deep = new ProductProcess(variables(setUp, 0), "deep-sync", "--json")) {
                    deep.end();
                }
            }
            setUp.clinic().fill(deliverable(1000));
            row(
                    "d",
                    "1,000 new receptions beside 5,000 deals and 10,000 contacts, mirror " + (warm ? "warm" : "cold"),
                    run(setUp, 7, "--full"),
                    "–",
                    warm ? "22 requests, 3.1 s" : "80 requests, 11.4 s");
        }
    }

    private static void manyReceptions(int receptions) throws Exception {
        row(
                "e",
                "the route of a decision with steps that do nothing",
                String.format(Locale.ROOT, "%.3f ms of processor each", EmptyDecision.milliseconds()),
                "–",
                "–");
        try (EmbeddedSetUp setUp = setUp(
                Options.of(receptions, LocalDateTime.now().withNano(0)),
                SandboxOptions.standard().unlimited())) {
            for (String work : new String[] {"new", "again"}) {
                try (ProductProcess product =
                        new ProductProcess(variables(setUp, 0), "reception-sync", "--full", "--json")) {
                    JsonNode report = product.end(Math.max(1000, receptions / 10));
                    double seconds = report.path("seconds").asDouble();
                    row(
                            "e",
                            String.format(Locale.ROOT, "%,d receptions, limiter off, %s", receptions, work),
                            String.format(
                                    Locale.ROOT,
                                    "%.0f receptions/s (%.1f s; %.2f ms of processor each, %.2f with the start); %d requests; heap after GC %s MB; "
                                            + "resident %d MB",
                                    report.path("found").asInt() / seconds,
                                    seconds,
                                    1000
                                            * product.processorSecondsOfRun()
                                            / report.path("found").asInt(),
                                    1000
                                            * product.processorSeconds()
                                            / report.path("found").asInt(),
                                    report.path("amocrm_requests").asInt(),
                                    String.join(", ", product.heapAfterCollections()),
                                    product.residentMegabytes()),
                            "50 MB per 1,000",
                            "–");
                }
            }
        }
    }

    private static void starts() throws Exception {
        try (EmbeddedSetUp setUp = setUp(deliverable(20), SandboxOptions.standard())) {
            Map<String, String> variables = variables(setUp, 7);
            variables.put("RECEPTIONS_CRON", "* * * * * ?");
            variables.put("MANAGEMENT_PORT", Integer.toString(EmbeddedRedis.freePort()));
            double[] firstRequest = new double[STARTS];
            long patient =
                    setUp.clinic().count("SELECT MIN(ID_Persons) FROM dbo.Patients WHERE PatientNumber IS NOT NULL");
            for (int i = 0; i < STARTS; i++) {
                setUp.sandbox().journal().clear();
                setUp.clinic()
                        .staff()
                        .book(
                                patient,
                                LocalDateTime.now().withNano(0).plusDays(2).plusMinutes(i),
                                LocalDateTime.now());
                long startedAt = System.nanoTime();
                try (ProductProcess service = new ProductProcess(variables, "service")) {
                    while (setUp.sandbox().journal().count() == 0) {
                        service.requireAlive();
                        Thread.sleep(5);
                    }
                    firstRequest[i] = (System.nanoTime() - startedAt) / 1e9;
                }
            }
            row(
                    "f",
                    "service, start to the first run's first request (cron every second)",
                    median(firstRequest),
                    "–",
                    "–");
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String launcher = Path.of("ident-amocrm").toAbsolutePath().toString();
            row("f", "java -version", median(timed(variables, java, "-version")), "–", "–");
            row("f", "./ident-amocrm --help", median(timed(variables, launcher, "--help")), "–", "–");
            row("f", "./ident-amocrm stats", median(timed(variables, launcher, "stats")), "–", "–");
        }
    }

    private static void freshness(boolean versions) throws Exception {
        String clinic = "10,000 receptions, " + (versions ? "row versions" : "no row versions");
        try (EmbeddedSetUp setUp = setUp(deliverable(10_000), SandboxOptions.standard())) {
            if (!versions) {
                setUp.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
            }
            try (ProductProcess product = new ProductProcess(variables(setUp, 0), "full-sync", "--json")) {
                product.end();
            }
            Map<String, String> variables = Freshness.service(variables(setUp, 7));
            try (ProductProcess service = new ProductProcess(variables, "service")) {
                Freshness freshness = new Freshness(setUp);
                row(
                        "h",
                        clinic + ", " + Freshness.BOOKINGS + " bookings at random moments",
                        freshness.ofBookings(service),
                        "60 s and the run",
                        "the request");
                row(
                        "h",
                        clinic + ", an hour in which nothing happens",
                        freshness.ofIdleHour(service),
                        "–",
                        "0 requests");
            }
        }
    }

    private static void freshnessBesideDeepRuns() throws Exception {
        try (EmbeddedSetUp setUp = setUp(deliverable(10_000), SandboxOptions.standard())) {
            try (ProductProcess product = new ProductProcess(variables(setUp, 0), "full-sync", "--json")) {
                product.end();
            }
            Map<String, String> variables = Freshness.service(variables(setUp, 7));
            variables.put("DEEP_CRON", "*/5 * * * * ?");
            try (ProductProcess service = new ProductProcess(variables, "service")) {
                row(
                        "h",
                        "10,000 receptions, row versions, one deep run after another, " + Freshness.BOOKINGS
                                + " bookings at random moments",
                        new Freshness(setUp).ofBookings(service),
                        "after the run",
                        "the request");
            }
        }
    }

    private static double[] timed(Map<String, String> variables, String... command) throws Exception {
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(variables);
            long startedAt = System.nanoTime();
            int exit = builder.start().waitFor();
            seconds[i] = (System.nanoTime() - startedAt) / 1e9;
            if (exit != 0) {
                throw new IllegalStateException(List.of(command) + " ended with " + exit);
            }
        }
        return seconds;
    }

    private static void withLatency(int milliseconds) throws Exception {
        try (EmbeddedSetUp setUp = setUp(deliverable(1000), SandboxOptions.standard())) {
            setUp.sandbox().faults().slowBy(Duration.ofMillis(milliseconds)).always(Fault.SLOW);
            row("g", "as a, answers " + milliseconds + " ms later", run(setUp, 7, "--full"), "–", "20 requests, 2.9 s");
        }
    }

    private static String run(EmbeddedSetUp setUp, int requestsPerSecond, String... options) throws Exception {
        setUp.sandbox().journal().clear();
        String[] arguments = new String[options.length + 2];
        arguments[0] = "reception-sync";
        arguments[1] = "--json";
        System.arraycopy(options, 0, arguments, 2, options.length);
        try (ProductProcess product = new ProductProcess(variables(setUp, requestsPerSecond), arguments)) {
            JsonNode report = product.end();
            return String.format(
                    Locale.ROOT,
                    "%d requests (%d writes), %.1f s; process %.1f s, %.1f s of processor%s, %d MB",
                    setUp.sandbox().journal().count(),
                    setUp.sandbox().journal().writes(),
                    report.path("seconds").asDouble(),
                    product.seconds(),
                    product.processorSeconds(),
                    product.knowsTheRunsBegin()
                            ? String.format(Locale.ROOT, ", %.1f of them the run", product.processorSecondsOfRun())
                            : "",
                    product.residentMegabytes());
        }
    }

    private static Map<String, String> variables(EmbeddedSetUp setUp, int requestsPerSecond) {
        Map<String, String> variables = new HashMap<>(setUp.variables());
        variables.put("RATE_LIMIT_REQUESTS", Integer.toString(requestsPerSecond));
        return variables;
    }

    private static String median(double[] seconds) {
        Arrays.sort(seconds);
        return String.format(
                Locale.ROOT,
                "%.2f s (median of %d; %.2f to %.2f)",
                seconds[seconds.length / 2],
                seconds.length,
                seconds[0],
                seconds[seconds.length - 1]);
    }

    private static void row(String letter, String work, String ours, String seed, String wall) {
        System.out.println("| " + letter + " | " + work + " | " + ours + " | " + seed + " | " + wall + " | "
                + String.format(
                        Locale.ROOT,
                        "%.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                + " |");
    }
}
