package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code reception-sync.camel.yaml} alone: which receptions a run looks at, and how a chunk of them is read. */
class ReceptionSyncRoutesTest {

    /** As much of a run as the file looks at. */
    public record PlayedRun(
            boolean isByIds,
            boolean isFull,
            boolean isByVersion,
            String changedSince,
            String versionAfter,
            String versionBelow) {}

    /** As much of a chunk as the file looks at. */
    public record PlayedChunk(List<Long> ids) {}

    @RegisterExtension
    private final RouteFile file = RouteFile.named("reception-sync.camel.yaml");

    /** The headers that a statement is asked with: filled when it is. */
    private Map<String, Object> headersOf(String statement) {
        Map<String, Object> headers = new HashMap<>();
        file.on(statement, query -> {
            headers.putAll(query.getMessage().getHeaders());
            return null;
        });
        return headers;
    }

    @Test
    void a_run_is_opened_for_receptions_and_takes_the_steps_of_all_runs() throws Exception {
        file.on("runLocks.openReceptions", step -> "the run").on("direct:sync-run", steps -> "the report");
        assertThat(file.ask("reception-sync", "the request")).isEqualTo("the report");
        assertThat(file.bodies("direct:sync-run")).containsExactly("the run");
    }

    @Test
    void a_run_that_may_not_be_opened_is_the_callers_business() {
        IllegalStateException underWay = new IllegalStateException("under way");
        file.failing("runLocks.openReceptions", underWay);
        assertThat(file.send("reception-sync", "the request").getException()).isSameAs(underWay);
        assertThat(file.calls()).containsExactly("runLocks.openReceptions");
    }

    @Test
    void named_receptions_ask_ident_nothing() throws Exception {
        PlayedRun run = new PlayedRun(true, false, false, null, null, null);
        assertThat(file.ask("reception-ids", run)).isSameAs(run);
        assertThat(file.calls()).containsExactly("selection.named");
    }

    @Test
    void a_full_run_asks_for_all_in_the_horizon_and_tries_no_dead_letter() throws Exception {
        file.on("selection.plannedSince", ask -> "2025-01-01");
        Map<String, Object> headers = headersOf("sql:all-receptions.sql");
        PlayedRun run = new PlayedRun(false, true, false, null, null, null);
        assertThat(file.ask("reception-ids", run))
                .as("what takes a run gives it back")
                .isSameAs(run);
        assertThat(file.calls())
                .containsExactly("selection.plannedSince", "sql:all-receptions.sql", "selection.collect");
        assertThat(headers).containsEntry("planned_since", "2025-01-01");
    }

    @Test
    void changes_are_asked_for_by_time_where_there_are_no_versions() throws Exception {
        Map<String, Object> headers = headersOf("sql:changed-receptions.sql");
        PlayedRun run = new PlayedRun(false, false, false, "yesterday", null, null);
        assertThat(file.ask("reception-ids", run)).isSameAs(run);
        assertThat(file.calls())
                .containsExactly(
                        "selection.missedSince",
                        "selection.missedUntil",
                        "sql:changed-receptions.sql",
                        "selection.collect",
                        "direct:due-dead-letters");
        assertThat(headers).containsEntry("since", "yesterday");
    }

    @Test
    void changes_are_asked_for_by_version_where_there_is_one_and_by_time_beside() throws Exception {
        Map<String, Object> headers = headersOf("sql:changed-receptions-by-version.sql");
        file.ask("reception-ids", new PlayedRun(false, false, true, "yesterday", "v1", "v2"));
        assertThat(file.calls())
                .containsExactly(
                        "selection.missedSince",
                        "selection.missedUntil",
                        "sql:changed-receptions-by-version.sql",
                        "selection.collect",
                        "direct:due-dead-letters");
        assertThat(headers)
                .containsEntry("since", "yesterday")
                .containsEntry("after", "v1")
                .containsEntry("below", "v2");
    }

    @Test
    void a_chunk_is_read_after_the_visits_that_its_receptions_are_part_of() throws Exception {
        file.on("transferWalks.begin", step -> new PlayedWalk(List.of(7L, 8L), List.of(6L)))
                .on("transferWalks.toRead", step -> List.of(7L, 8L, 9L))
                .on("receptionChunks.join", step -> "the chunk, read");
        Map<String, Object> headers = headersOf("sql:reception-services.sql");
        assertThat(file.ask("read-receptions", new PlayedChunk(List.of(7L, 8L))))
                .isEqualTo("the chunk, read");
        assertThat(file.calls())
                .containsExactly(
                        "transferWalks.begin",
                        "sql:transfers.sql",
                        "transferWalks.found",
                        "sql:transfers.sql",
                        "transferWalks.found",
                        "transferWalks.toRead",
                        "sql:receptions.sql",
                        "sql:reception-services.sql",
                        "receptionChunks.join");
        assertThat(headers).containsEntry("reception_ids", List.of(7L, 8L, 9L));
    }

    /** Asks for these, one list after the other. */
    public static final class PlayedWalk {
        private final Iterator<List<Long>> questions;

        private PlayedWalk(List<Long> first, List<Long> second) {
            questions = List.of(first, second).iterator();
        }

        /** Called by the route. */
        public boolean hasNext() {
            return questions.hasNext();
        }

        /** Called by the route. */
        public List<Long> next() {
            return questions.next();
        }
    }
}
