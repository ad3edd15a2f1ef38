package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.Faults.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two services, as a Deployment with two replicas starts them: one works, the other takes over when it is killed. */
class StandbyIT {

    /** What others wait for after a process died is its locks' time, ten seconds here, and then a request's. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(60);

    private static final int RECEPTIONS = 300;

    @TempDir
    private static Path scratch;

    @RegisterExtension
    private final Installation installation = installation().with("RECEPTIONS_CRON", "* * * * * ?");

    @Test
    void the_other_takes_over_in_the_middle_of_a_run_without_a_gap_and_without_a_duplicate() throws Exception {
        try (SampleClinic clinic = SampleClinic.inFile(scratch.resolve("ident"))) {
            clinic.fill(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW));
            String faultless;
            try (Installation calm = installation()) {
                calm.full();
                faultless = calm.account().finalState();
            }
            Process working = installation.process(scratch, "service");
            await().atMost(TAKE_OVER).until(() -> installation.account().leads().size() > RECEPTIONS / 10);
            installation.process(scratch, "service");
            working.destroyForcibly().waitFor();
            assertThat(installation.account().leads().size())
                    .as("deals at the kill")
                    .isLessThan(RECEPTIONS / 2);

            await().atMost(TAKE_OVER)
                    .until(() -> installation.account().finalState().equals(faultless));
            long fresh = installation
                    .staff()
                    .book(installation.patient("8 900 111-22-33"), NOW.plusDays(2), LocalDateTime.now());
            await().atMost(TAKE_OVER).until(() -> installation.dealsOf(fresh).size() == 1);
        }
    }

    private static Installation installation() {
        // Slow enough that the kill comes in the middle of the run.
        return Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")))
                .with("SYNC_BATCH_SIZE", "10")
                .with("REDIS_LOCK_SECONDS", "10")
                .withFaults(faults -> faults.slowBy(Duration.ofMillis(200)).always(Fault.SLOW));
    }
}
