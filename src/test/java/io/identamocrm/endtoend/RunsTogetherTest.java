package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.Journal;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs of different kinds at the same time, in one process and in two. */
class RunsTogetherTest {

    private static final int RECEPTIONS = 400;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW))
            .with("SYNC_BATCH_SIZE", "20");

    @Test
    void patients_and_receptions_at_once_give_every_patient_one_contact() {
        try (CamelRuntime other = installation.anotherProcess()) {
            CompletableFuture<RunReport> patients =
                    CompletableFuture.supplyAsync(() -> other.patients(RunRequest.full()));
            CompletableFuture<RunReport> minute = CompletableFuture.supplyAsync(installation::incremental);
            CompletableFuture<RunReport> full =
                    CompletableFuture.supplyAsync(() -> other.receptions(RunRequest.full()));
            for (CompletableFuture<RunReport> run : List.of(patients, minute, full)) {
                assertThat(run.join().count(Outcome.FAILED)).isZero();
            }
        }
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
        assertThat(installation.account().contacts().stream()
                        .collect(Collectors.groupingBy(
                                contact -> contact.fields().get(Installation.PATIENT_ID), Collectors.counting()))
                        .values())
                .isNotEmpty()
                .containsOnly(1L);
    }

    @Test
    void a_long_run_lets_the_minute_run_go_first_and_then_goes_on() {
        installation.full();
        installation.clinic().execute("UPDATE dbo.Receptions SET PlanStart = DATEADD(MINUTE, 5, PlanStart)");
        installation.sandbox().faults().slowBy(Duration.ofMillis(100)).every(1, Fault.SLOW, Scope.WRITES);
        installation.sandbox().journal().clear();
        CompletableFuture<RunReport> full = CompletableFuture.supplyAsync(installation::full);
        await().atMost(LONG_ENOUGH).until(() -> installation.sandbox().journal().writes() >= 2);

        long fresh = installation
                .staff()
                .book(installation.patient("8 900 999-88-77"), NOW.plusDays(3), LocalDateTime.now());
        RunReport minute = installation.incremental();
        assertThat(full).as("the full run is still under way").isNotDone();
        assertThat(minute.count(Outcome.CREATED)).isEqualTo(1);
        assertThat(installation.dealsOf(fresh)).hasSize(1);
        assertThat(full.join().count(Outcome.UPDATED) + minute.count(Outcome.UPDATED))
                .isEqualTo(RECEPTIONS);
        assertThat(installation.sandbox().journal().entries())
                .filteredOn(entry -> entry.kind() == Journal.Kind.COMPLEX)
                .hasSize(1);
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(RECEPTIONS + 1);
    }
}
