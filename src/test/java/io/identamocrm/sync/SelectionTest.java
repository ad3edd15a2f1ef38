package io.identamocrm.sync;

import static io.identamocrm.sync.RunFixtures.CLOCK;
import static io.identamocrm.sync.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RunHistory;
import io.identamocrm.sync.RunFixtures.Heard;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which receptions or patients a run looks at. */
class SelectionTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Heard heard = new Heard();

    private Selection selection(LocalDateTime horizon) {
        Cursors cursors = new Cursors(redis.client(), redis.keys());
        return new Selection(
                new CursorPolicy(cursors, new RunHistory(redis.client(), redis.keys()), null, CLOCK, "settings"),
                kind -> deadLetters(),
                horizon,
                Duration.ofHours(12),
                CLOCK);
    }

    private DeadLetters deadLetters() {
        return new DeadLetters(redis.client(), redis.keys(), "receptions");
    }

    private void failedAt(Instant when, long id, String content) {
        deadLetters()
                .record(
                        Map.of(id, new DeadLetters.Failed(Failure.of(FailureCode.ROW_UNREADABLE), content)),
                        when,
                        when);
    }

    private static Iterator<Map<String, Object>> rows(long... ids) {
        return LongStream.of(ids)
                .mapToObj(id -> Map.<String, Object>of("reception_id", (int) id))
                .iterator();
    }

    private Run incremental() {
        Run run = RunFixtures.receptions(RunRequest.incremental().withListener(heard));
        run.reads(RunFixtures.incremental().range());
        return run;
    }

    @Test
    void named_ones_are_taken_as_they_were_named() {
        Run run = RunFixtures.receptions(RunRequest.one(7).withListener(heard));
        selection(null).named(run);
        assertThat(run.rows().ids()).containsExactly(7L);
        assertThat(heard.lines).containsExactly("begun RECEPTIONS 1");
    }

    @Test
    void found_ones_are_taken_in_the_order_in_which_ident_returned_them_and_the_cursor_is_read_out() {
        Run run = incremental();
        Iterator<Map<String, Object>> rows = rows(9, 4, 6);
        selection(null).collect(run, rows);
        assertThat(run.rows().ids()).containsExactly(9L, 4L, 6L);
        assertThat(rows.hasNext()).isFalse();
        assertThat(heard.lines).containsExactly("begun RECEPTIONS 3");
    }

    @Test
    void dead_letters_that_are_due_come_once_each_after_the_changed_ones() {
        failedAt(NOON.minus(Duration.ofMinutes(1)), 4, null);
        failedAt(NOON.minus(Duration.ofHours(1)), 20, null);
        failedAt(NOON.minus(Duration.ofHours(1)), 12, null);
        Run run = incremental();
        selection(null).collect(run, rows(9, 4));
        selection(null).addDueDeadLetters(run);
        assertThat(run.rows().ids()).containsExactly(9L, 4L, 12L, 20L);
        assertThat(run.rows().due()).containsExactlyInAnyOrder(4L, 12L, 20L);
        assertThat(heard.lines).containsExactly("begun RECEPTIONS 2", "begun RECEPTIONS 4");
    }

    @Test
    void a_dead_letter_that_is_not_due_waits_unless_ident_holds_something_else() {
        failedAt(NOON.minus(Duration.ofSeconds(59)), 4, "as it failed");
        Run run = incremental();
        selection(null).collect(run, rows(4));
        selection(null).addDueDeadLetters(run);
        assertThat(run.rows().due()).isEmpty();
        run.rows().read(Map.of(4L, () -> "as it failed"));
        assertThat(run.rows().leavesAlone(4)).isTrue();
    }

    @Test
    void only_runs_of_changes_try_dead_letters_again() {
        failedAt(NOON.minus(Duration.ofHours(1)), 12, null);
        Run run = RunFixtures.receptions(RunRequest.since(RunFixtures.CLINIC_NOON.minusDays(1)));
        run.reads(RunFixtures.incremental().range());
        selection(null).collect(run, rows(9));
        selection(null).addDueDeadLetters(run);
        assertThat(run.rows().ids()).containsExactly(9L);
    }

    @Test
    void the_horizon_bounds_what_a_full_run_looks_at_and_without_one_it_is_everything() {
        LocalDateTime horizon = LocalDateTime.of(2025, 1, 1, 0, 0);
        assertThat(selection(horizon).plannedSince()).isEqualTo(Timestamp.valueOf(horizon));
        assertThat(selection(null).plannedSince()).isBefore(Timestamp.valueOf(LocalDateTime.of(1950, 1, 1, 0, 0)));
    }
}
