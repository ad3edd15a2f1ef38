package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that is told to stop does so soon, whatever it is doing, and calls that a good end. */
class StoppedServiceIT {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(180);
    /** Ten seconds are promised; a loaded machine gets some more to start the JVM's end. */
    private static final long SOON_SECONDS = 15;

    private static final int RECEPTIONS = 300;
    private static final int MOST_REQUESTS = 25;
    private static final Random RANDOM = new Random(20261126);

    @TempDir
    private static Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")))
            .with("SYNC_BATCH_SIZE", "10")
            .with("RECEPTIONS_CRON", "* * * * * ?")
            .with("AMOCRM_REQUEST_DEADLINE_MS", "120000")
            .with("REDIS_LOCK_SECONDS", "126")
            .with("LOG_FILE", scratch.resolve("app.log").toString())
            .withFaults(faults -> faults.slowBy(Duration.ofMillis(25)).always(Fault.SLOW));

    @BeforeAll
    static void fill() {
        SampleClinic.inFile(scratch.resolve("ident"))
                .fill(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW))
                .close();
    }

    private final Path errors = scratch.resolve("err");

    private Process service() throws IOException {
        return installation.process(scratch, errors, "service");
    }

    private void awaitLine(String line) {
        await().atMost(LONG_ENOUGH)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.readString(errors).contains(line));
    }

    private void assertStops(Process service) throws IOException, InterruptedException {
        service.destroy();
        assertThat(service.waitFor(SOON_SECONDS, TimeUnit.SECONDS))
                .as(() -> "stops soon")
                .isTrue();
        assertThat(service.exitValue()).isZero();
        assertThat(Files.readString(errors))
                .doesNotContain("\tat ", "CamelJob", "DefaultShutdownStrategy")
                .containsPattern("(Service s|S)topped, as it was told to");
    }

    static IntStream stops() {
        return IntStream.rangeClosed(1, Integer.getInteger("stops", 3));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void at_a_random_moment(int stop) throws Exception {
        int afterRequest = RANDOM.nextInt(MOST_REQUESTS);
        Process service = service();
        await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
            assertThat(installation.sandbox().journal().count())
                    .as(Files.readString(errors))
                    .isGreaterThanOrEqualTo(afterRequest);
            assertThat(errors).isNotEmptyFile();
        });
        assertStops(service);
    }

    @Test
    void start_and_stop_are_a_line_each() throws Exception {
        Process service = service();
        awaitLine("Service started");
        assertStops(service);
        assertThat(Files.readString(errors))
                .containsPattern("INFO +ServiceCommand Service started: ident-amocrm .*, account sandbox, zone .+, "
                        + "no receptions read yet")
                .contains("Service stopped, as it was told to")
                .containsOnlyOnce("Service started")
                .containsOnlyOnce("Service stopped");
    }

    @Test
    void while_an_answer_trickles_in() throws Exception {
        installation.sandbox().faults().next(1000, Fault.TRICKLE, Scope.ANY);
        Process service = service();
        await().atMost(LONG_ENOUGH).until(() -> installation.sandbox().journal().count() > 0);
        assertStops(service);
    }

    @Test
    void while_redis_is_away() throws Exception {
        Process service = service();
        awaitLine("Service started");
        installation.redis().fail();
        await().atMost(LONG_ENOUGH).until(() -> Files.readString(errors).contains("Redis cannot be"));
        assertStops(service);
    }

    /** A pool that has nothing to lend would keep runs and health checks waiting for longer than a stop may take. */
    @Test
    void while_ident_is_away() throws Exception {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        Process service = service();
        awaitLine("Service started");
        assertStops(service);
    }

    /** Nothing ends the wait for a login but its own time, so it is cut off. */
    @Test
    void while_ident_says_nothing_at_all() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            installation.with(
                    "IDENT_JDBC_URL", "jdbc:sqlserver://127.0.0.1:" + silent.getLocalPort() + ";loginTimeout=11");
            Process service = service();
            awaitLine("Service started");
            assertStops(service);
        }
    }
}
