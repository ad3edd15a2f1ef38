package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services, as a Deployment with two replicas starts them: one works, the other takes over when it is killed. */
class StandbyTest {

    /** The promise of the operations issue; the locks of a dead process last half of it. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(60);
    private static final int RECEPTIONS = 300;

    @TempDir
    private static Path scratch;

    @Test
    void the_other_takes_over_in_the_middle_of_a_run_without_a_gap_and_without_a_duplicate() throws Exception {
        SampleClinic clinic = SampleClinic.inFile(scratch.resolve("ident")).fill(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW));
        String faultless;
        try (Installation calm = installation()) {
            calm.full();
            faultless = calm.account().finalState();
        }
        try (Installation installation = installation().with("RECEPTIONS_CRON", "* * * * * ?")) {
            Process working = ProductProcess.start(scratch, installation.variables(), "service");
            Process standby = null;
            try {
                await().atMost(TAKE_OVER).until(() -> installation.account().leads().size() > RECEPTIONS / 10);
                standby = ProductProcess.start(scratch, installation.variables(), "service");
                working.destroyForcibly().waitFor();
                assertThat(installation.account().leads().size()).as("deals at the kill").isLessThan(RECEPTIONS / 2);

                await().atMost(TAKE_OVER).until(() -> installation.account().finalState().equals(faultless));
                long fresh = installation.staff().book(installation.patient("8 900 111-22-33"), NOW.plusDays(2), LocalDateTime.now());
                await().atMost(TAKE_OVER).until(() -> installation.dealsOf(fresh).size() == 1);
            } finally {
                working.destroyForcibly();
                if (standby != null) {
                    standby.destroyForcibly().waitFor();
                }
            }
        }
        clinic.close();
    }

    private static Installation installation() {
        Installation installation = new Installation(SampleClinic.inFile(scratch.resolve("ident")), SandboxOptions.standard().unlimited())
                .with("RATE_LIMIT_REQUESTS", "0").with("SYNC_BATCH_SIZE", "10");
        // Slow enough that the kill comes in the middle of the run.
        installation.sandbox().faults().slowBy(Duration.ofMillis(200)).always(Fault.SLOW);
        return installation;
    }
}
