package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.sync.RunRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code deep-sync.camel.yaml} alone: both runs, and the comparison after them. */
class DeepSyncRoutesTest {

    /** As much of a comparison as the file looks at. */
    public record PlayedComparison(List<PlayedQuestion> questions) {}

    /** As much of a question as the file looks at. */
    public record PlayedQuestion(List<Long> receptions) {}

    @RegisterExtension
    private final RouteFile file = RouteFile.named("deep-sync.camel.yaml")
            .without("reconcile-mirror")
            .on("direct:patient-sync", run -> "the patients' report")
            .on("direct:reception-sync", run -> "the receptions' report")
            .on("direct:reconcile-mirror", run -> "the reconciliation")
            .on("accountZones.begin", ask -> "the zone's question")
            .on("reconciliations.remedy", ask -> "the remedy")
            .on("syncOutcomes.join", step -> "the outcome");

    @Test
    void a_full_sync_brings_patients_and_then_receptions() throws Exception {
        RunRequest request = RunRequest.full();
        assertThat(file.ask("full-sync", request)).isEqualTo("the outcome");
        assertThat(file.calls()).containsExactly("direct:patient-sync", "direct:reception-sync", "syncOutcomes.join");
        assertThat(file.bodies("direct:patient-sync")).containsExactly(request);
        assertThat(file.bodies("direct:reception-sync")).containsExactly(request);
    }

    @Test
    void a_deep_sync_lists_amocrm_once_compares_both_sides_and_mends_what_it_may() throws Exception {
        file.on("reconciliations.isRemedyDue", ask -> true);
        List<Object> kept = new ArrayList<>();
        file.on("syncOutcomes.join", step -> {
            kept.add(step.getVariable("patientReport"));
            kept.add(step.getVariable("receptionReport"));
            kept.add(step.getVariable("reconciliation"));
            return "the outcome";
        });
        assertThat(file.ask("full-sync", RunRequest.deep())).isEqualTo("the outcome");
        assertThat(file.calls())
                .containsExactly(
                        "direct:patient-sync",
                        "direct:reception-sync",
                        "accountZones.begin",
                        "direct:ask-amocrm",
                        "direct:reconcile-mirror",
                        "reconciliations.isRemedyDue",
                        "reconciliations.remedy",
                        "direct:ask-amocrm",
                        "reconciliations.remedied",
                        "reconciliations.release",
                        "syncOutcomes.join");
        assertThat(file.bodies("direct:reception-sync"))
                .as("the run of patients has listed amoCRM")
                .containsExactly(RunRequest.deep().afterPatients());
        assertThat(file.bodies("direct:ask-amocrm")).containsExactly("the zone's question", "the remedy");
        assertThat(file.bodies("direct:reconcile-mirror")).containsExactly("the receptions' report");
        assertThat(kept).containsExactly("the patients' report", "the receptions' report", "the reconciliation");
    }

    @Test
    void where_there_is_nothing_to_mend_no_lock_is_waited_for() throws Exception {
        assertThat(file.ask("full-sync", RunRequest.deep())).isEqualTo("the outcome");
        assertThat(file.calls()).doesNotContain("reconciliations.remedy", "reconciliations.release");
    }

    @Test
    void the_lock_is_given_back_however_the_mending_ends() {
        file.on("reconciliations.isRemedyDue", ask -> true).on("reconciliations.remedy", ask -> {
            file.failing("direct:ask-amocrm", new IllegalStateException("away"));
            return "the remedy";
        });
        assertThat(file.send("full-sync", RunRequest.deep()).getException()).hasMessage("away");
        assertThat(file.calls()).endsWith("direct:ask-amocrm", "reconciliations.release");
    }

    @Test
    void receptions_are_not_begun_when_patients_failed() {
        file.failing("direct:patient-sync", new IllegalStateException("away"));
        assertThat(file.send("full-sync", RunRequest.deep()).getException()).hasMessage("away");
        assertThat(file.calls()).containsExactly("direct:patient-sync");
    }

    @Test
    void a_comparison_by_itself_comes_after_a_dry_run() throws Exception {
        assertThat(file.ask("reconcile-alone", "the request of a dry run")).isEqualTo("the reconciliation");
        assertThat(file.bodies("direct:reconcile-mirror")).containsExactly("the receptions' report");
    }

    /** The comparison itself. */
    @Nested
    class Comparing {

        @RegisterExtension
        private final RouteFile file = RouteFile.named("deep-sync.camel.yaml");

        @Test
        void ident_is_asked_for_the_receptions_that_deals_name_many_at_a_time() throws Exception {
            List<Object> asked = new ArrayList<>();
            PlayedComparison comparison =
                    new PlayedComparison(List.of(new PlayedQuestion(List.of(1L, 2L)), new PlayedQuestion(List.of(3L))));
            file.on("reconciliations.begin", step -> comparison)
                    .on("reconciliations.finish", step -> "the reconciliation")
                    .on("sql:existing-receptions.sql", query -> {
                        asked.add(query.getMessage().getHeader("reception_ids"));
                        return null;
                    });
            assertThat(file.ask("reconcile-mirror", "the report")).isEqualTo("the reconciliation");
            assertThat(asked).containsExactly(List.of(1L, 2L), List.of(3L));
            assertThat(file.bodies("reconciliations.exist")).isEqualTo(List.copyOf(comparison.questions()));
            assertThat(file.bodies("reconciliations.finish")).containsExactly(comparison);
        }
    }
}
