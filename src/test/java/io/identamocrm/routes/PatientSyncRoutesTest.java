package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code patient-sync.camel.yaml} alone: which patients a run looks at, and how a chunk of them is read. */
class PatientSyncRoutesTest {

    /** As much of a run as the file looks at. */
    public record PlayedRun(boolean isByIds, boolean isFull, String changedSince) {}

    /** As much of a chunk as the file looks at. */
    public record PlayedChunk(List<Long> ids) {}

    @RegisterExtension
    private final RouteFile file = RouteFile.named("patient-sync.camel.yaml");

    @Test
    void a_run_is_opened_for_patients_and_takes_the_steps_of_all_runs() throws Exception {
        file.on("runLocks.openPatients", step -> "the run").on("direct:sync-run", steps -> "the report");
        assertThat(file.ask("patient-sync", "the request")).isEqualTo("the report");
        assertThat(file.bodies("direct:sync-run")).containsExactly("the run");
    }

    @Test
    void named_patients_ask_ident_nothing() throws Exception {
        file.ask("patient-ids", new PlayedRun(true, false, null));
        assertThat(file.calls()).containsExactly("selection.named");
    }

    @Test
    void a_full_run_asks_for_all_in_the_horizon() throws Exception {
        PlayedRun run = new PlayedRun(false, true, null);
        assertThat(file.ask("patient-ids", run)).isSameAs(run);
        assertThat(file.calls()).containsExactly("selection.plannedSince", "sql:all-patients.sql", "selection.collect");
    }

    @Test
    void changes_are_asked_for_since_the_cursor_and_dead_letters_come_beside() throws Exception {
        List<Object> since = new ArrayList<>();
        file.on("sql:changed-patients.sql", query -> {
            since.add(query.getMessage().getHeader("since"));
            return null;
        });
        PlayedRun run = new PlayedRun(false, false, "yesterday");
        assertThat(file.ask("patient-ids", run)).isSameAs(run);
        assertThat(file.calls())
                .containsExactly("sql:changed-patients.sql", "selection.collect", "direct:due-dead-letters");
        assertThat(since).containsExactly("yesterday");
    }

    @Test
    void a_chunk_is_read_in_four_statements_about_the_same_patients() throws Exception {
        List<Object> asked = new ArrayList<>();
        for (String statement : List.of("patients", "patient-balances", "patient-visits", "patient-branches")) {
            file.on("sql:" + statement + ".sql", query -> {
                asked.add(query.getMessage().getHeader("patient_ids"));
                return null;
            });
        }
        file.on("patientChunks.join", step -> "the chunk, read");
        assertThat(file.ask("read-patients", new PlayedChunk(List.of(11L, 12L))))
                .isEqualTo("the chunk, read");
        assertThat(asked).hasSize(4).containsOnly(List.of(11L, 12L));
    }
}
