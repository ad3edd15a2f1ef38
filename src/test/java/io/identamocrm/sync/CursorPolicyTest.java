package io.identamocrm.sync;

import static io.identamocrm.sync.RunFixtures.CLINIC_NOON;
import static io.identamocrm.sync.RunFixtures.CLOCK;
import static io.identamocrm.sync.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.ident.UnreadableColumnException;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RunHistory;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a run begins to read, and where the next one goes on. */
class CursorPolicyTest {

    private static final String RECEPTIONS = Run.Kind.RECEPTIONS.key();
    private static final List<Map<String, Object>> CLOCK_ROWS =
            List.of(Map.of("read_at", Timestamp.valueOf(CLINIC_NOON)));

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private Cursors cursors() {
        return new Cursors(redis.client(), redis.keys());
    }

    private RunHistory history() {
        return new RunHistory(redis.client(), redis.keys());
    }

    private CursorPolicy policy() {
        return policy("settings");
    }

    private CursorPolicy policy(String settings) {
        return new CursorPolicy(cursors(), history(), null, CLOCK, settings);
    }

    /** What the run is left to look at of these. */
    private List<Long> left(List<Long> ids, Run run, CursorPolicy policy) {
        run.rows().select(ids);
        policy.goOn(run);
        return run.rows().ids();
    }

    private List<Long> left(List<Long> ids, Run run) {
        return left(ids, run, policy());
    }

    private static byte[] version(int number) {
        return new byte[] {0, 0, 0, 0, 0, 0, (byte) (number >> 8), (byte) number};
    }

    private static List<Map<String, Object>> versionRows(int number) {
        return List.of(Map.of("row_version", version(number)));
    }

    private Run begun(RunRequest request) {
        Run run = RunFixtures.receptions(request);
        policy().begin(run);
        return run;
    }

    private Run placed(RunRequest request, List<Map<String, Object>> versionRows) {
        return placed(request, versionRows, "the clinic's");
    }

    private Run placed(RunRequest request, List<Map<String, Object>> versionRows, String database) {
        Run run = begun(request);
        run.readsFrom(database);
        policy().place(run, CLOCK_ROWS, versionRows);
        return run;
    }

    @Test
    void without_a_cursor_a_run_of_changes_is_a_full_one() {
        Run run = placed(RunRequest.incremental(), null);
        assertThat(run.isFull()).isTrue();
        assertThat(run.mode()).isEqualTo("full");
        assertThat(run.range().serverClock()).isEqualTo(CLINIC_NOON);
    }

    @Test
    void changes_are_read_from_two_minutes_before_the_cursor() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(1), CLINIC_NOON.minusHours(1));
        Run run = begun(RunRequest.incremental());
        assertThat(run.isFull()).isFalse();
        assertThat(run.changedSince())
                .isEqualTo(Timestamp.valueOf(CLINIC_NOON.minusHours(1).minusMinutes(2)));
    }

    @Test
    void changes_in_a_copy_are_read_from_a_quarter_of_an_hour_before_the_cursor() {
        LocalDateTime cursor = CLINIC_NOON.minusHours(1);
        cursors().move(RECEPTIONS, cursor, cursor);
        for (RunRequest request :
                List.of(RunRequest.incremental(), RunRequest.since(cursor.minusDays(1)), RunRequest.full())) {
            Run run = begun(request);
            LocalDateTime asked = run.range().since();
            run.readsCopy();
            policy().place(run, CLOCK_ROWS, null);
            assertThat(run.range().since())
                    .isEqualTo(request.mode() == RunRequest.Mode.INCREMENTAL ? cursor.minusMinutes(15) : asked);
        }
    }

    @Test
    void who_asks_for_everything_or_for_a_time_gets_that_whatever_the_cursor_says() {
        cursors().move(RECEPTIONS, CLINIC_NOON, CLINIC_NOON);
        assertThat(begun(RunRequest.full()).isFull()).isTrue();
        assertThat(begun(RunRequest.deep()).isFull()).isTrue();
        assertThat(begun(RunRequest.one(7)).isFull())
                .as("named ones are not everything")
                .isFalse();
        LocalDateTime since = CLINIC_NOON.minusDays(3);
        assertThat(begun(RunRequest.since(since)).changedSince()).isEqualTo(Timestamp.valueOf(since));
    }

    @Test
    void changes_are_told_by_row_version_from_the_second_run_on() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(1), CLINIC_NOON.minusHours(1));
        Run first = placed(RunRequest.incremental(), versionRows(300));
        assertThat(first.isByVersion()).as("no version on record yet").isFalse();
        policy().moveOn(first);
        Run second = placed(RunRequest.incremental(), versionRows(400));
        assertThat(second.isByVersion()).isTrue();
        assertThat(second.versionAfter())
                .as("the bound itself may have been written after it was read")
                .isEqualTo(version(299));
        assertThat(second.versionBelow()).isEqualTo(version(400));
    }

    @Test
    void versions_that_run_backwards_mean_a_restored_database_and_a_look_at_everything() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(1), CLINIC_NOON.minusHours(1));
        cursors().moveVersion(RECEPTIONS, version(500));
        Run run = placed(RunRequest.incremental(), versionRows(499));
        assertThat(run.isByVersion()).isFalse();
        assertThat(run.isFull()).isTrue();
        assertThat(run.isOfOtherDatabase()).isTrue();
    }

    @Test
    void another_database_is_looked_at_as_a_whole_once_and_by_times_until_a_full_run_accepts_it() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(1), CLINIC_NOON.minusHours(1));
        cursors().moveVersion(RECEPTIONS, version(500));
        assertThat(placed(RunRequest.incremental(), versionRows(501)).isOfOtherDatabase())
                .as("the first is none")
                .isFalse();
        Run strange = placed(RunRequest.incremental(), versionRows(600), "another");
        assertThat(strange.isFull()).isTrue();
        policy().moveOn(strange);
        Run later = placed(RunRequest.incremental(), versionRows(600), "another");
        assertThat(later.isFull()).isFalse();
        assertThat(later.isByVersion()).isFalse();
        policy().moveOn(later);
        assertThat(cursors().versionOf(RECEPTIONS))
                .as("still that of the first")
                .isEqualTo(version(500));
        assertThat(placed(RunRequest.incremental(), versionRows(501)).isByVersion())
                .as("the first is back")
                .isTrue();
        Run again = placed(RunRequest.incremental(), versionRows(600), "another");
        assertThat(again.isFull()).as("and away once more").isTrue();
        Run accepted = placed(RunRequest.full(), versionRows(600), "another");
        assertThat(accepted.isOfOtherDatabase()).isTrue();
        policy().accept(accepted);
        Run next = placed(RunRequest.incremental(), versionRows(601), "another");
        assertThat(next.isOfOtherDatabase()).isFalse();
        assertThat(next.isFull()).isFalse();
        assertThat(cursors().versionOf(RECEPTIONS)).as("begins anew").isNull();
    }

    @Test
    void a_dry_run_remembers_no_database() {
        placed(RunRequest.full().asDryRun(), null, "another");
        assertThat(cursors().database()).isNull();
    }

    @Test
    void the_same_version_as_before_is_not_backwards() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(1), CLINIC_NOON.minusHours(1));
        cursors().moveVersion(RECEPTIONS, version(500));
        assertThat(placed(RunRequest.incremental(), versionRows(500)).isByVersion())
                .isTrue();
    }

    @Test
    void a_server_without_a_clock_is_no_server_to_read_from() {
        Run run = begun(RunRequest.incremental());
        assertThatThrownBy(() -> policy().place(run, List.of(), null)).isInstanceOf(UnreadableColumnException.class);
    }

    @Test
    void the_cursor_moves_to_the_latest_change_seen_but_not_beyond_the_servers_clock() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(2), CLINIC_NOON.minusHours(2));
        Run run = placed(RunRequest.incremental(), null);
        run.rows().changed(1, CLINIC_NOON.minusHours(1));
        policy().moveOn(run);
        assertThat(cursors().of(RECEPTIONS)).isEqualTo(CLINIC_NOON.minusHours(1));
        assertThat(cursors().readUpTo(RECEPTIONS)).isEqualTo(CLINIC_NOON);
        Run another = placed(RunRequest.incremental(), null);
        another.rows().changed(1, CLINIC_NOON.plusYears(1));
        policy().moveOn(another);
        assertThat(cursors().of(RECEPTIONS)).isEqualTo(CLINIC_NOON);
    }

    @Test
    void a_run_that_left_a_gap_or_went_on_beside_the_short_ones_does_not_move_the_cursor() {
        LocalDateTime cursor = CLINIC_NOON.minusHours(2);
        cursors().move(RECEPTIONS, cursor, cursor);
        for (RunRequest request : List.of(
                RunRequest.since(CLINIC_NOON.minusHours(1)),
                RunRequest.full(),
                RunRequest.deep(),
                RunRequest.one(7),
                RunRequest.incremental().asDryRun())) {
            Run run = placed(request, null);
            run.rows().changed(1, CLINIC_NOON);
            policy().moveOn(run);
            assertThat(cursors().of(RECEPTIONS)).as(request.mode().toString()).isEqualTo(cursor);
        }
    }

    @Test
    void a_run_since_an_earlier_time_leaves_no_gap_and_yet_moves_no_version() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(2), CLINIC_NOON.minusHours(2));
        cursors().moveVersion(RECEPTIONS, version(300));
        Run run = placed(RunRequest.since(CLINIC_NOON.minusHours(3)), versionRows(400));
        run.rows().changed(1, CLINIC_NOON.minusHours(1));
        policy().moveOn(run);
        assertThat(cursors().of(RECEPTIONS)).isEqualTo(CLINIC_NOON.minusHours(1));
        assertThat(cursors().versionOf(RECEPTIONS)).isEqualTo(version(300));
    }

    @Test
    void where_the_column_has_gone_the_old_version_is_given_up() {
        cursors().move(RECEPTIONS, CLINIC_NOON.minusHours(2), CLINIC_NOON.minusHours(2));
        cursors().moveVersion(RECEPTIONS, version(300));
        policy().moveOn(placed(RunRequest.incremental(), null));
        assertThat(cursors().versionOf(RECEPTIONS)).isNull();
    }

    @Test
    void a_long_run_goes_on_after_its_checkpoint_and_stands_for_the_time_when_it_was_begun() {
        Run broken = placed(RunRequest.full(), versionRows(300));
        broken.rows().select(List.of(1L, 2L, 3L, 4L));
        broken.rows().chunkDone(List.of(1L, 2L));
        policy().checkpoint(broken);
        assertThat(history().lastProgress(RECEPTIONS)).isEqualTo(NOON);

        Run next = RunFixtures.receptions(RunRequest.full());
        policy().begin(next);
        policy().place(next, List.of(Map.of("read_at", Timestamp.valueOf(CLINIC_NOON.plusHours(3)))), versionRows(900));
        assertThat(left(List.of(1L, 2L, 3L, 4L), next)).containsExactly(3L, 4L);
        policy().moveOn(next);
        assertThat(cursors().readUpTo(RECEPTIONS))
                .as("what changed meanwhile is the short runs' business")
                .isEqualTo(CLINIC_NOON);
        assertThat(cursors().versionOf(RECEPTIONS)).isEqualTo(version(299));
        assertThat(left(List.of(1L, 2L), placed(RunRequest.full(), versionRows(900))))
                .as("it has come to its end")
                .containsExactly(1L, 2L);
    }

    @Test
    void
            a_run_begins_anew_where_the_database_was_restored_or_settings_have_changed_but_not_where_the_last_row_is_gone() {
        Run broken = placed(RunRequest.full(), versionRows(300));
        broken.rows().select(List.of(1L, 2L, 3L));
        broken.rows().chunkDone(List.of(1L, 2L));
        policy().checkpoint(broken);
        assertThat(left(List.of(1L, 2L, 3L), placed(RunRequest.full(), versionRows(200))))
                .containsExactly(1L, 2L, 3L);
        assertThat(left(List.of(1L, 2L, 3L), placed(RunRequest.full(), versionRows(400)), policy("others")))
                .containsExactly(1L, 2L, 3L);
        assertThat(left(List.of(1L, 3L), placed(RunRequest.full(), versionRows(400))))
                .containsExactly(3L);
        assertThat(left(List.of(1L, 2L, 3L), placed(RunRequest.full().asDryRun(), versionRows(400))))
                .as("a dry run looks at all")
                .containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunRequest.Mode.class,
            names = {"INCREMENTAL", "BY_HAND"})
    void short_runs_need_no_checkpoint(RunRequest.Mode mode) {
        cursors().move(RECEPTIONS, CLINIC_NOON, CLINIC_NOON);
        Run run = placed(mode == RunRequest.Mode.BY_HAND ? RunRequest.one(7) : RunRequest.incremental(), null);
        run.rows().select(List.of(1L));
        for (int chunk = 0; chunk < 10; chunk++) {
            run.rows().chunkDone(List.of(1L));
        }
        assertThat(policy().isCheckpointDue(run)).isFalse();
    }

    @Test
    void a_checkpoint_is_due_after_every_fifth_chunk_of_a_long_run() {
        Run run = placed(RunRequest.full(), null);
        run.rows().select(List.of(1L, 2L, 3L, 4L, 5L, 6L));
        for (int chunk = 1; chunk <= 4; chunk++) {
            run.rows().chunkDone(List.of(1L));
            assertThat(policy().isCheckpointDue(run)).isFalse();
        }
        run.rows().chunkDone(List.of(1L));
        assertThat(policy().isCheckpointDue(run)).isTrue();
        policy().checkpoint(run);
        assertThat(policy().isCheckpointDue(run)).isFalse();
        assertThat(redis.kept("progress:receptions")).isBetween(Duration.ofHours(23), Duration.ofDays(1));
    }
}
