package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.Hold;
import io.identamocrm.sandbox.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C (SIGINT) and SIGTERM during a command: it ends before its next chunk, says how far it came, and the next one goes on there. */
class InterruptedCommandIT {

    private static final int RECEPTIONS = 120;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(90);

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident"))
                    .fill(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW)))
            .with("SYNC_BATCH_SIZE", "2")
            .with("AMOCRM_REQUEST_DEADLINE_MS", "30000");

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void a_full_run_says_how_far_it_came_and_the_same_command_goes_on(String signal) throws Exception {
        assumeFalse(
                signal.equals("INT") && isInterruptIgnored(),
                "what a shell starts in the background ignores SIGINT, and so do its children");
        Path err = scratch.resolve("err");
        Hold hold = new Hold();
        installation.sandbox().hooks().before(Requests.nth(6, Requests.writes()), hold);
        Process process = installation.process(scratch, err, "reception-sync", "--full");
        hold.awaitReached();
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        await().atMost(LONG_ENOUGH).until(() -> Files.readString(err).contains("Stopping"));
        hold.release();
        assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(Files.readString(err))
                .contains("Stopping, as soon as what is under way is done")
                .containsPattern("The reception run was stopped after \\d+ of 120 receptions; "
                        + "run the same command again: it goes on after reception \\d+")
                .doesNotContain("Exception", "\tat ");
        int done = Integer.parseInt(Files.readString(err).replaceAll("(?s).*stopped after (\\d+) of.*", "$1"));
        assertThat(installation.account().leads())
                .as("what it says is done is done")
                .hasSize(done)
                .hasSizeLessThan(RECEPTIONS);

        assertThat(installation.full().found()).isEqualTo(RECEPTIONS - done);
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
    }

    /** What a shell starts in the background ignores SIGINT, and so do its children. */
    static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    @Test
    void an_incremental_run_that_was_stopped_is_made_again() {
        installation.incremental();
        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET PlanStart = DATEADD(MINUTE, 5, PlanStart), "
                        + "DateTimeChanged = DATEADD(SECOND, 1, CURRENT_TIMESTAMP)");
        installation.runtime().stopSoon();
        assertThat(catchThrowable(installation::incremental)).hasMessageContaining("it looks at all of them");
        installation.restart();
        assertThat(installation.incremental().found()).isEqualTo(RECEPTIONS);
    }
}
