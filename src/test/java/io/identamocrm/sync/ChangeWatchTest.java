package io.identamocrm.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.Lease;
import io.identamocrm.state.PlayedTiming;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RunLock;
import io.identamocrm.state.Scripts;
import io.identamocrm.sync.ChangeWatch.Look;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether and when somebody looks, and what follows. */
class ChangeWatchTest {

    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final Duration QUICK = Duration.ofMillis(2);
    private static final LocalDateTime READ = LocalDateTime.of(2026, 1, 1, 12, 0);

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final SampleClinic clinic = SampleClinic.inMemory();
    private final PlayedTiming timing = new PlayedTiming();
    private final Cursors cursors = new Cursors(redis.client(), redis.keys());
    private final ChangeWatch watch = process("one");

    @AfterEach
    void close() {
        clinic.close();
    }

    private ChangeWatch process(String name) {
        RunLock turn =
                new RunLock(new Scripts(redis.client(), timing), redis.keys(), "watch", name, new Lease(TURN, TURN));
        return new ChangeWatch(
                cursors, new IdentSql(Path.of("config/sql"), clinic.dataSource()), turn, INTERVAL, timing);
    }

    private static byte[] version(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Runs of both kinds have read everything up to there. */
    private void onRecord(long version, LocalDateTime time) {
        cursors.moveVersion("receptions", version(version));
        cursors.move("receptions", time, time);
        cursors.move("patients", time, time);
    }

    private RunRequest look(Duration length, long version, boolean receptions, boolean bills, boolean patients)
            throws SQLException {
        Look look = watch.begin();
        assertThat(look).as("due").isNotNull();
        timing.pass(length);
        return watch.end(
                look,
                List.of(Map.of(
                        "row_version",
                        version(version),
                        "receptions_changed",
                        receptions ? 1 : 0,
                        "bills_changed",
                        bills ? 1 : 0,
                        "patients_changed",
                        patients ? 1 : 0)));
    }

    private RunRequest idle(Duration length) throws SQLException {
        return look(length, 100, false, false, false);
    }

    /** The next look may begin so long after the last one began, and the trigger that asks for it may come a moment early. */
    private void assertNextAfter(Duration pause) throws SQLException {
        timing.pass(pause.minus(QUICK).minus(INTERVAL.dividedBy(10)).minusMillis(1));
        assertThat(watch.begin()).as("before " + pause).isNull();
        timing.pass(Duration.ofMillis(1));
        assertThat(watch.begin()).as("after " + pause).isNotNull();
    }

    @Test
    void nobody_looks_before_first_runs_have_set_the_cursors_or_where_there_are_no_row_versions() throws SQLException {
        assertThat(watch.begin()).isNull();
        cursors.moveVersion("receptions", version(99));
        cursors.move("receptions", READ, READ);
        assertThat(watch.begin()).isNull();
        cursors.move("patients", READ, READ);
        assertThat(watch.begin()).isNotNull();
        clinic.execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        assertThat(process("one").begin()).isNull();
    }

    @Test
    void a_change_is_followed_by_a_run_receptions_and_bills_first() throws SQLException {
        onRecord(99, READ);
        assertThat(idle(QUICK)).isNull();
        timing.pass(INTERVAL);
        assertThat(look(QUICK, 120, true, false, true).isOfReceptions()).isTrue();
        onRecord(119, READ.plusSeconds(3));
        timing.pass(INTERVAL);
        assertThat(look(QUICK, 120, false, true, true).isOfReceptions()).isTrue();
        onRecord(119, READ.plusSeconds(6));
        timing.pass(INTERVAL);
        assertThat(look(QUICK, 120, false, false, true).isOfPatients()).isTrue();
    }

    @Test
    void what_a_look_has_found_unchanged_is_not_read_again() throws SQLException {
        onRecord(99, READ);
        idle(QUICK);
        timing.pass(INTERVAL);
        assertThat(watch.begin().afterVersion()).isEqualTo(version(99));
        look(QUICK, 150, false, false, false);
        timing.pass(INTERVAL);
        Look later = watch.begin();
        assertThat(later.afterVersion()).isEqualTo(version(149));
        assertThat(later.nextVersion()).isEqualTo(version(150));
        onRecord(89, READ);
        assertThat(watch.begin().afterVersion()).as("another database").isEqualTo(version(89));
    }

    @Test
    void quick_looks_come_as_often_as_set_and_slow_ones_take_one_percent_of_the_time() throws SQLException {
        onRecord(99, READ);
        idle(QUICK);
        assertNextAfter(INTERVAL);
        idle(QUICK);
        timing.pass(INTERVAL);
        for (int i = 0; i < 40; i++) {
            idle(Duration.ofMillis(900));
            timing.pass(Duration.ofMinutes(2));
        }
        idle(Duration.ofMillis(900));
        timing.pass(Duration.ofSeconds(87));
        assertThat(watch.begin()).isNull();
        timing.pass(Duration.ofSeconds(3));
        assertThat(watch.begin()).isNotNull();
    }

    @Test
    void a_run_that_does_not_come_to_its_end_is_started_again_with_growing_pauses_until_something_is_on_record()
            throws SQLException {
        onRecord(99, READ);
        look(QUICK, 120, true, false, false);
        for (int seconds : new int[] {3, 6, 12, 24, 48, 60, 60}) {
            assertNextAfter(Duration.ofSeconds(seconds));
            assertThat(look(QUICK, 130, true, false, false)).isNotNull();
        }
        onRecord(129, READ.plusMinutes(5));
        timing.pass(Duration.ofMinutes(1));
        look(QUICK, 140, true, false, false);
        assertNextAfter(INTERVAL);
    }

    @Test
    void of_several_processes_one_looks_and_another_when_it_is_gone() throws SQLException {
        onRecord(99, READ);
        ChangeWatch other = process("other");
        idle(QUICK);
        timing.pass(INTERVAL);
        assertThat(other.begin()).isNull();
        idle(QUICK);
        timing.pass(TURN.minusSeconds(1));
        assertThat(other.begin()).isNull();
        timing.pass(Duration.ofSeconds(1));
        assertThat(other.begin()).isNotNull();
        assertThat(watch.begin()).isNull();
    }

    @Test
    void a_look_that_fails_is_followed_by_a_minute_without() throws SQLException {
        onRecord(99, READ);
        assertThat(watch.begin()).isNotNull();
        timing.pass(QUICK);
        watch.failed();
        assertNextAfter(Duration.ofMinutes(1).plus(QUICK));
    }
}
