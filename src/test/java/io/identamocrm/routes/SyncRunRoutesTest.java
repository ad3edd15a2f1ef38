package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sync-run.camel.yaml} alone: the skeleton that runs of both kinds share. */
class SyncRunRoutesTest {

    /** As much of a run as the file looks at. */
    public record PlayedRun(boolean isOfReceptions, boolean isFull, boolean isMirrorNeeded) {}

    /** As much of a chunk as the file looks at. */
    public record PlayedChunk(int number, PlayedRun run) {

        /** What is to be decided again. */
        public String returned() {
            return "what came back";
        }
    }

    private static final PlayedRun RECEPTIONS = new PlayedRun(true, false, false);
    private static final PlayedRun PATIENTS = new PlayedRun(false, true, false);
    private static final String DUE_AT_ONCE = "mirrorRefreshes.isDueAtOnce";
    private static final String CATCH_UP = "mirrorRefreshes.isCatchUpDue";
    private static final String NEEDS_VERSION = "cursorPolicy.needsRowVersion";

    @RegisterExtension
    private final RouteFile file = RouteFile.named("sync-run.camel.yaml")
            .on("runReports.finish", step -> "the report")
            .on(
                    "chunks.done",
                    step -> step.getMessage().getBody(PlayedChunk.class).run());

    private void chunks(PlayedRun run, int count) {
        List<PlayedChunk> chunks = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            chunks.add(new PlayedChunk(number, run));
        }
        file.on("chunks.of", ask -> chunks.iterator());
    }

    @Test
    void a_run_of_receptions_takes_its_steps_in_this_order() throws Exception {
        chunks(RECEPTIONS, 1);
        file.on(NEEDS_VERSION, ask -> true);
        assertThat(file.ask("sync-run", RECEPTIONS)).isEqualTo("the report");
        assertThat(file.calls())
                .containsExactly(
                        "cursorPolicy.begin",
                        "runReports.begin",
                        "sql:server-clock.sql",
                        "cursorPolicy.askForDatabase",
                        NEEDS_VERSION,
                        "sql:row-version.sql",
                        "cursorPolicy.place",
                        "runLocks.acquireWriteLock",
                        "openFollowUps.noteDoubt",
                        "direct:account-setup",
                        DUE_AT_ONCE,
                        "writeBuffers.open",
                        "direct:reception-ids",
                        "runBrakes.begin",
                        "chunks.of",
                        "chunks.begin",
                        "direct:read-receptions",
                        "direct:deliver",
                        "chunks.done",
                        "chunks.areLeft",
                        "direct:deliver-rest",
                        CATCH_UP,
                        "cursorPolicy.moveOn",
                        "runBrakes.completed",
                        "openFollowUps.areDue",
                        "runReports.finish",
                        "runLocks.release",
                        "runReports.end");
    }

    @Test
    void amocrm_is_looked_at_before_anything_is_decided_where_that_is_due() throws Exception {
        chunks(RECEPTIONS, 1);
        file.on(DUE_AT_ONCE, ask -> true);
        file.ask("sync-run", RECEPTIONS);
        assertThat(file.calls())
                .containsSubsequence("direct:account-setup", DUE_AT_ONCE, "direct:crm-mirror", "writeBuffers.open");
        assertThat(file.bodies("direct:crm-mirror")).containsExactly(RECEPTIONS);
    }

    @Test
    void where_something_is_to_be_written_amocrm_is_looked_at_and_it_is_decided_again() throws Exception {
        PlayedRun needing = new PlayedRun(true, false, true);
        chunks(needing, 1);
        file.ask("sync-run", needing);
        assertThat(file.calls())
                .containsSubsequence(
                        "direct:read-receptions",
                        "direct:deliver",
                        "direct:crm-mirror",
                        "direct:deliver",
                        "chunks.done");
        assertThat(file.bodies("direct:crm-mirror")).containsExactly(needing);
        assertThat(file.bodies("direct:deliver")).last().isEqualTo("what came back");
        assertThat(file.bodies("chunks.done"))
                .as("the chunk itself goes on")
                .containsExactly(new PlayedChunk(1, needing));
    }

    @Test
    void a_run_that_has_written_much_lists_it_at_its_end_and_at_its_checkpoints() throws Exception {
        chunks(RECEPTIONS, 1);
        file.on(CATCH_UP, ask -> true).on("mirrorRefreshes.catchUpPause", ask -> 1);
        file.ask("sync-run", RECEPTIONS);
        assertThat(file.calls())
                .containsSubsequence(
                        "direct:deliver-rest",
                        CATCH_UP,
                        "mirrorRefreshes.catchUpPause",
                        "direct:crm-mirror",
                        "cursorPolicy.moveOn");
        file.forget();
        file.on("cursorPolicy.isCheckpointDue", ask -> true);
        file.ask("between-chunks", RECEPTIONS);
        assertThat(file.calls())
                .containsSubsequence("direct:deliver-rest", "cursorPolicy.checkpoint", CATCH_UP, "direct:crm-mirror");
    }

    @Test
    void a_run_of_patients_differs_in_what_it_selects_and_reads() throws Exception {
        chunks(PATIENTS, 1);
        file.ask("sync-run", PATIENTS);
        assertThat(file.calls())
                .contains("direct:patient-ids", "direct:read-patients")
                .doesNotContain("direct:reception-ids", "direct:read-receptions", "sql:row-version.sql");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursorPolicy.begin",
                "sql:server-clock.sql",
                "runLocks.acquireWriteLock",
                "direct:account-setup",
                "direct:crm-mirror",
                "direct:reception-ids",
                "direct:read-receptions",
                "direct:deliver",
                "direct:deliver-rest",
                "cursorPolicy.moveOn",
                "runReports.finish"
            })
    void whatever_fails_the_cursor_stays_and_the_locks_are_given_back(String step) {
        chunks(RECEPTIONS, 2);
        file.on(DUE_AT_ONCE, ask -> true);
        IllegalStateException failure = new IllegalStateException("away");
        file.failing(step, failure);
        assertThat(rootOf(file.send("sync-run", RECEPTIONS))).isSameAs(failure);
        assertThat(file.calls()).endsWith("runLocks.release", "runReports.end").containsOnlyOnce("runLocks.release");
        if (!step.startsWith("runReports") && !step.equals("cursorPolicy.moveOn")) {
            assertThat(file.calls()).doesNotContain("cursorPolicy.moveOn");
        }
    }

    private static Throwable rootOf(Exchange exchange) {
        Throwable cause = exchange.getException();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Test
    void a_chunk_that_fails_ends_the_run_before_the_next_one() {
        chunks(RECEPTIONS, 3);
        file.failing("direct:read-receptions", new IllegalStateException("away"));
        file.send("sync-run", RECEPTIONS);
        assertThat(file.bodies("direct:read-receptions")).hasSize(1);
    }

    @Test
    void long_runs_ask_amocrm_in_the_background_and_short_ones_do_not() {
        List<Object> background = new ArrayList<>();
        file.on("direct:account-setup", call -> {
            background.add(call.getProperty("background"));
            return null;
        });
        file.on("chunks.of", ask -> List.of().iterator());
        file.send("sync-run", PATIENTS);
        file.send("sync-run", RECEPTIONS);
        assertThat(background).containsExactly(true, false);
    }

    @Test
    void between_two_chunks_nothing_happens_unless_it_is_due() {
        chunks(RECEPTIONS, 2);
        file.on("chunks.areLeft", ask -> file.bodies("chunks.done").size() < 2);
        file.send("sync-run", RECEPTIONS);
        assertThat(file.calls())
                .containsSubsequence(
                        "chunks.done",
                        "chunks.areLeft",
                        "chunks.isStopAsked",
                        "cursorPolicy.isCheckpointDue",
                        "runLocks.mustYield",
                        "chunks.begin",
                        "chunks.done",
                        "chunks.areLeft",
                        "direct:deliver-rest");
        assertThat(file.calls())
                .containsOnlyOnce("direct:deliver-rest", "chunks.isStopAsked")
                .doesNotContain("direct:crm-mirror");
    }

    @Test
    void a_checkpoint_is_noted_when_everything_before_it_is_written() throws Exception {
        file.on("cursorPolicy.isCheckpointDue", ask -> true);
        assertThat(file.ask("between-chunks", RECEPTIONS)).isSameAs(RECEPTIONS);
        assertThat(file.calls()).containsSubsequence("direct:deliver-rest", "cursorPolicy.checkpoint");
    }

    @Test
    void who_yields_has_nothing_on_its_way_and_looks_at_amocrm_anew_where_that_is_due() throws Exception {
        file.on("runLocks.mustYield", ask -> true).on(DUE_AT_ONCE, ask -> true);
        assertThat(file.ask("between-chunks", RECEPTIONS)).isSameAs(RECEPTIONS);
        assertThat(file.calls())
                .containsSubsequence(
                        "direct:deliver-rest", "runLocks.yieldWriteLock", DUE_AT_ONCE, "direct:crm-mirror");
        assertThat(file.bodies("direct:crm-mirror")).containsExactly(RECEPTIONS);
    }

    @Test
    void very_many_unknown_receptions_are_decided_beside_the_run_and_judged() throws Exception {
        PlayedRun counting = new PlayedRun(true, true, false);
        chunks(counting, 2);
        file.on("runBrakes.begin", ask -> counting);
        assertThat(file.ask("run-brakes", RECEPTIONS)).isSameAs(RECEPTIONS);
        assertThat(file.calls())
                .containsSubsequence(
                        "runBrakes.begin",
                        "runBrakes.changedSince",
                        "sql:changed-receptions.sql",
                        "runBrakes.leaveOutChanged",
                        "writeBuffers.open",
                        "chunks.of",
                        "direct:read-receptions",
                        "direct:deliver",
                        "direct:read-receptions",
                        "direct:deliver",
                        "runBrakes.judge");
        assertThat(file.bodies("chunks.of")).containsExactly(counting);
        assertThat(file.bodies("runBrakes.judge")).containsExactly(RECEPTIONS);
    }

    @Test
    void nothing_is_read_where_there_is_nothing_to_doubt() throws Exception {
        file.ask("run-brakes", RECEPTIONS);
        assertThat(file.calls()).containsExactly("runBrakes.begin");
    }

    @Test
    void who_is_asked_to_stop_writes_what_is_decided_first() {
        file.on("chunks.isStopAsked", ask -> true);
        file.failing("chunks.stop", new IllegalStateException("stopped"));
        assertThat(file.send("between-chunks", RECEPTIONS).getException()).hasMessage("stopped");
        assertThat(file.calls()).containsExactly("chunks.isStopAsked", "direct:deliver-rest", "chunks.stop");
    }
}
