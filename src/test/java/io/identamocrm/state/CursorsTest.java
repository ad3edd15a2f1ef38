package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.state.Cursors.Position;
import io.identamocrm.state.Cursors.Progress;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.codec.StringCodec;

/** How far into IDENT's changes each kind of run has come. */
class CursorsTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 2, 12, 0);
    private static final byte[] VERSION = {0, 0, 0, 0, 0, (byte) 0xFF, 0x1A, (byte) 0x80};

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Cursors cursors = new Cursors(redis.client(), redis.keys());

    private static Position at(long id) {
        return new Position(Position.startOf(NOON), id);
    }

    @Test
    void nothing_is_known_before_the_first_success() {
        assertThat(cursors.of("receptions")).isNull();
        assertThat(cursors.readUpTo("receptions")).isNull();
        assertThat(cursors.versionOf("receptions")).isNull();
        assertThat(cursors.progressOf("receptions")).isNull();
    }

    @Test
    void a_cursor_is_where_it_was_moved_to_for_every_process() {
        cursors.move("receptions", NOON, NOON.plusSeconds(7));
        Cursors another = new Cursors(redis.client(), redis.keys());
        assertThat(another.of("receptions")).isEqualTo(NOON);
        assertThat(another.readUpTo("receptions")).isEqualTo(NOON.plusSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-02T00:00:00", "2026-03-02T12:00:00.003", "2026-03-02T12:00:00.1234567"})
    void a_cursor_keeps_every_digit_of_sql_servers_clock(LocalDateTime to) {
        cursors.move("receptions", to, to);
        assertThat(cursors.of("receptions")).isEqualTo(to);
        assertThat(cursors.readUpTo("receptions")).isEqualTo(to);
    }

    @Test
    void each_kind_of_run_has_its_own() {
        cursors.move("receptions", NOON, NOON);
        cursors.moveVersion("receptions", VERSION);
        cursors.noteProgress("receptions", new Progress(at(5), NOON, null, "settings"));
        cursors.move("patients", NOON.plusDays(1), NOON.plusDays(2));
        assertThat(cursors.of("receptions")).isEqualTo(NOON);
        assertThat(cursors.of("patients")).isEqualTo(NOON.plusDays(1));
        assertThat(cursors.readUpTo("patients")).isEqualTo(NOON.plusDays(2));
        assertThat(cursors.versionOf("patients")).isNull();
        assertThat(cursors.progressOf("patients")).isNull();
    }

    @Test
    void a_row_version_keeps_every_bit() {
        cursors.moveVersion("receptions", VERSION);
        assertThat(cursors.versionOf("receptions")).containsExactly(VERSION);
    }

    @Test
    void a_row_version_given_up_leaves_the_clock() {
        cursors.move("receptions", NOON, NOON);
        cursors.moveVersion("receptions", VERSION);
        cursors.forgetVersion("receptions");
        assertThat(cursors.versionOf("receptions")).isNull();
        assertThat(cursors.of("receptions")).isEqualTo(NOON);
        assertThat(cursors.readUpTo("receptions")).isEqualTo(NOON);
    }

    @Test
    void a_long_run_finds_how_far_it_had_come() {
        cursors.noteProgress("receptions", new Progress(at(4711), NOON.plusNanos(100), VERSION, "settings"));
        Progress found = cursors.progressOf("receptions");
        assertThat(found.last()).isEqualTo(at(4711));
        assertThat(found.begun()).isEqualTo(NOON.plusNanos(100));
        assertThat(found.version()).containsExactly(VERSION);
        assertThat(found.settings()).isEqualTo("settings");
    }

    @Test
    void a_long_run_over_a_database_without_row_versions_finds_it_too() {
        cursors.noteProgress("receptions", new Progress(at(4711), NOON, null, "settings"));
        assertThat(cursors.progressOf("receptions")).isEqualTo(new Progress(at(4711), NOON, null, "settings"));
    }

    @Test
    void only_the_last_progress_counts_and_a_run_that_ended_has_none() {
        cursors.noteProgress("receptions", new Progress(at(1), NOON, VERSION, "settings"));
        cursors.noteProgress("receptions", new Progress(at(2), NOON, null, "settings"));
        assertThat(cursors.progressOf("receptions")).isEqualTo(new Progress(at(2), NOON, null, "settings"));
        cursors.forgetProgress("receptions");
        assertThat(cursors.progressOf("receptions")).isNull();
    }

    @Test
    void progress_ends_by_itself_and_cursors_do_not() {
        cursors.move("receptions", NOON, NOON);
        cursors.noteProgress("receptions", new Progress(at(1), NOON, null, "settings"));
        assertThat(redis.kept("progress:receptions")).isBetween(Duration.ofHours(23), Duration.ofDays(1));
        assertThat(redis.kept("cursors")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4711", "4711 2026-03-02T12:00 -"})
    void what_an_older_build_noted_of_its_progress_begins_the_run_anew(String noted) {
        redis.client()
                .getBucket(redis.keys().of("progress:receptions"), StringCodec.INSTANCE)
                .set(noted);
        assertThat(cursors.progressOf("receptions")).isNull();
    }

    @Test
    void a_position_is_before_those_planned_a_tenth_of_a_microsecond_later_and_those_of_a_higher_id() {
        assertThat(new Position(Position.startOf(null), 9))
                .isLessThan(new Position(Position.startOf(NOON.minusYears(100)), 1));
        assertThat(at(2)).isLessThan(at(3)).isLessThan(new Position(Position.startOf(NOON.plusNanos(100)), 1));
        assertThat(Position.startOf(NOON.plusSeconds(1)) - Position.startOf(NOON))
                .as("a second")
                .isEqualTo(10_000_000);
        assertThat(Position.startOf(NOON.plusNanos(999_999_900)))
                .as("the last of a second")
                .isEqualTo(Position.startOf(NOON.plusSeconds(1)) - 1);
    }
}
