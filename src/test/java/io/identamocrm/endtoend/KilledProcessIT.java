package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sync.RunUnderWayException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} at any moment of a run: the next one brings the account to the same end, nothing lost, nothing doubled. */
class KilledProcessIT {

    private static final int RECEPTIONS = 300;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(90);

    @TempDir
    private static Path scratch;

    private static final Random RANDOM = new Random(20261123);
    private static SampleClinic clinic;
    private static String faultless;
    private static int requests;

    @RegisterExtension
    private final Installation installation = installation();

    @BeforeAll
    static void withoutKills() throws IOException {
        clinic = SampleClinic.inFile(scratch.resolve("ident"))
                .fill(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW));
        try (Installation calm = installation()) {
            calm.full();
            faultless = calm.account().finalState();
            requests = calm.sandbox().journal().count();
        }
    }

    @AfterAll
    static void close() {
        clinic.close();
    }

    private static Installation installation() {
        // Slow answers, so that some kills hit while one is on its way.
        return Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")))
                .with("SYNC_BATCH_SIZE", "20")
                .with("REDIS_LOCK_SECONDS", "7")
                .withFaults(faults -> faults.slowBy(Duration.ofMillis(25)).always(Fault.SLOW));
    }

    private Process start() throws IOException {
        return installation.process(scratch, "reception-sync", "--full");
    }

    @Test
    void a_process_that_is_not_killed_comes_to_the_end() throws Exception {
        Process process = start();
        assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(installation.account().finalState()).isEqualTo(faultless);
    }

    @Test
    void the_next_process_goes_on_with_the_mirror_and_the_setup_of_the_first() throws Exception {
        for (int i = 0; i < 2; i++) {
            installation.sandbox().journal().clear();
            assertThat(start().waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(installation.sandbox().journal().count()).isLessThanOrEqualTo(2);
    }

    static IntStream kills() {
        return IntStream.rangeClosed(1, Integer.getInteger("kills", 5));
    }

    @ParameterizedTest
    @MethodSource("kills")
    void killed_at_a_random_moment(int kill) throws Exception {
        int afterRequest = RANDOM.nextInt(requests);
        long thenNanos = Duration.ofMillis(RANDOM.nextInt(40)).toNanos();
        Process process = start();
        await().atMost(LONG_ENOUGH)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> installation.sandbox().journal().count() >= afterRequest);
        LockSupport.parkNanos(thenNanos);
        process.destroyForcibly().waitFor();
        int atTheKill = installation.account().leads().size();

        await().atMost(LONG_ENOUGH)
                .ignoreException(RunUnderWayException.class)
                .until(() -> installation.full() != null);
        assertThat(installation.account().finalState())
                .as(
                        "kill %d, %d ms after request %d, at %d deals",
                        kill, thenNanos / 1_000_000, afterRequest, atTheKill)
                .isEqualTo(faultless);
    }
}
