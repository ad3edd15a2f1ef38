package io.identamocrm.bench;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/** How fast the console answers, and what a run feels of those who read there; all in this process. */
final class ConsoleReaders {

    private static final int WARM = 60;
    private static final int MEASURED = 100;
    private static final int READERS = 100;
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    private ConsoleReaders(String address) {
        this.address = address;
    }

    static void measure(EmbeddedSetUp setUp) throws Exception {
        Map<String, String> variables = new HashMap<>(setUp.variables());
        variables.putAll(Map.of(
                "MANAGEMENT_PORT",
                Integer.toString(EmbeddedRedis.freePort()),
                "JOLOKIA_USER",
                "demo",
                "JOLOKIA_PASSWORD",
                "demo",
                "RECEPTIONS_CRON",
                NEVER,
                "PATIENTS_CRON",
                NEVER,
                "DEEP_CRON",
                NEVER,
                "WATCH_SECONDS",
                "0",
                "RATE_LIMIT_REQUESTS",
                "0"));
        try (CamelRuntime runtime = CamelRuntime.start(new StartOptions(
                Path.of("config"), Path.of("routes"), variables, StartOptions.Mode.SERVICE, Clock.systemUTC()))) {
            runtime.receptions(RunRequest.full());
            ConsoleReaders readers =
                    new ConsoleReaders(runtime.managementAddress().orElseThrow());
            for (String path : new String[] {
                "/",
                "/api/state",
                "/api/runs",
                "/api/figures",
                "/api/dead-letters",
                "/api/receptions/" + ClinicGenerator.FIRST_RECEPTION
            }) {
                row("console: " + path, readers.latency(path));
            }
            for (int i = 0; i < 3; i++) {
                runtime.receptions(RunRequest.full());
            }
            double alone = runtime.receptions(RunRequest.full()).seconds();
            double watched =
                    readers.beside(() -> runtime.receptions(RunRequest.full()).seconds());
            row(
                    "console: a full run alone, and beside " + READERS + " readers",
                    String.format(Locale.ROOT, "%.2f s, %.2f s", alone, watched));
        }
    }

    private static void row(String work, String ours) {
        System.out.printf("| i | %s | %s | – | – | |%n", work, ours);
    }

    private int read(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address + path))
                                    .header(
                                            "Authorization",
                                            "Basic "
                                                    + Base64.getEncoder()
                                                            .encodeToString(
                                                                    "demo:demo".getBytes(StandardCharsets.UTF_8)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private String latency(String path) {
        double[] milliseconds = new double[MEASURED];
        for (int i = -WARM; i < MEASURED; i++) {
            long began = System.nanoTime();
            int status = read(path);
            if (status != 200) {
                throw new AssertionError(path + ": " + status);
            }
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(milliseconds);
        return String.format(
                Locale.ROOT,
                "median %.1f ms, p95 %.1f ms",
                milliseconds[MEASURED / 2],
                milliseconds[MEASURED * 95 / 100]);
    }

    /** Something done while a hundred browsers look, each once a second as the page does. */
    private double beside(DoubleSupplier what) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService browsers = Executors.newFixedThreadPool(READERS);
        for (int reader = 0; reader < READERS; reader++) {
            browsers.submit(() -> {
                while (!over.get()) {
                    read("/api/state");
                    read("/api/runs");
                    TimeUnit.SECONDS.sleep(1);
                }
                return null;
            });
        }
        TimeUnit.SECONDS.sleep(3);
        try {
            return what.getAsDouble();
        } finally {
            over.set(true);
            browsers.shutdown();
            browsers.awaitTermination(10, TimeUnit.SECONDS);
        }
    }
}
