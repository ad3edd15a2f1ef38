package io.identamocrm.sync;

import io.identamocrm.ident.ChangeSigns;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.RunLock;
import io.identamocrm.state.Timing;
import io.identamocrm.sync.Run.Kind;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether a short run would find something, so that a booking need not wait for the minute to end. Where it stands
 * it takes from the cursors: what it misses, or its process takes along, the next run by the clock finds.
 */
public final class ChangeWatch {

    /** All looks together take one part in so many of the time at most. */
    public static final int SHARE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    /** One look counts for one in so many of how long looks usually take. */
    private static final int REMEMBERED = 4;
    /** The trigger may ask for a look one part in so many of the interval before it is due. */
    private static final int EARLY = 10;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Cursors cursors;
    private final IdentSql sql;
    private final RunLock turn;
    private final Duration interval;
    private final Timing timing;
    private final ScheduledRuns runs = new ScheduledRuns();

    private long asked;
    private long notBefore;
    private long usual = -1;
    /** The last look that found no reception changed, and the row versions below which it did. */
    private @Nullable Look lastIdle;

    private long idleBelow;
    /** What the last run was started for, and after which pause one more would be for the same. */
    private @Nullable Look startedFor;

    private Duration again = Duration.ZERO;

    /**
     * The watch of one process.
     *
     * @param turn     of all processes of the account, the one that has it looks
     * @param interval between two looks, if they are quick
     */
    public ChangeWatch(Cursors cursors, IdentSql sql, RunLock turn, Duration interval, Timing timing) {
        this.cursors = cursors;
        this.sql = sql;
        this.turn = turn;
        this.interval = interval;
        this.timing = timing;
        asked = timing.nanos();
        notBefore = asked;
    }

    /**
     * One look.
     *
     * @param cursor          the row version up to which every change of a reception is on record
     * @param after           the same, or up to which a look before has found no other
     * @param receptionsSince clinic wall clock when the last run of receptions began to read
     * @param patientsSince   the same of patients
     * @param begun           when it began, by the clock of this process
     */
    public record Look(
            long cursor, long after, LocalDateTime receptionsSince, LocalDateTime patientsSince, long begun) {

        /** Parameter {@code after} of {@code anything-changed.sql}. */
        public byte[] afterVersion() {
            return bytes(after);
        }

        /** Parameter {@code next}. */
        public byte[] nextVersion() {
            return bytes(after + 1);
        }

        private boolean standsWhere(@Nullable Look other) {
            return other != null
                    && cursor == other.cursor
                    && receptionsSince.equals(other.receptionsSince)
                    && patientsSince.equals(other.patientsSince);
        }

        private static byte[] bytes(long version) {
            return ByteBuffer.allocate(Long.BYTES).putLong(version).array();
        }
    }

    /**
     * Begins a look, if one is due and this process has the turn; else null. None is due before first runs have set the cursors.
     *
     * @throws SQLException if IDENT is away
     */
    public @Nullable Look begin() throws SQLException {
        long now = timing.nanos();
        if (now - notBefore < 0 || !sql.hasRowVersions()) {
            return null;
        }
        byte[] version = cursors.versionOf(Kind.RECEPTIONS.key());
        LocalDateTime receptions = cursors.readUpTo(Kind.RECEPTIONS.key());
        LocalDateTime patients = cursors.readUpTo(Kind.PATIENTS.key());
        if (version == null || receptions == null || patients == null || !turn.tryTake()) {
            return null;
        }
        asked = now;
        long cursor = ByteBuffer.wrap(version).getLong();
        long after = lastIdle != null && lastIdle.cursor == cursor ? idleBelow - 1 : cursor;
        return new Look(cursor, after, receptions, patients, timing.nanos());
    }

    /**
     * Ends a look. A run that was started for the same and did not come to its end is started again with growing pauses.
     *
     * @param rows of {@code anything-changed.sql}
     * @return the run that would find something, or null
     */
    public @Nullable RunRequest end(@Variable("look") Look look, @Header("look_rows") List<Map<String, Object>> rows) {
        long taken = timing.nanos() - look.begun;
        usual = usual < 0 ? taken : usual + (taken - usual) / REMEMBERED;
        Duration next = Duration.ofNanos(Math.max(interval.toNanos(), usual * SHARE));
        ChangeSigns signs = ChangeSigns.of(rows);
        if (signs.receptions() || signs.patients()) {
            again = look.standsWhere(startedFor) ? shorter(again.multipliedBy(2), LONGEST_PAUSE) : interval;
            startedFor = look;
            next = again.compareTo(next) > 0 ? again : next;
        }
        if (!signs.receptions()) {
            lastIdle = look;
            idleBelow = signs.version();
        }
        pause(next);
        return signs.receptions() ? runs.receptions() : signs.patients() ? runs.patients() : null;
    }

    /** A look has failed; the runs by the clock tell why, if it goes on. */
    public void failed() {
        LOG.debug("The look for changes failed");
        sql.learnAgain();
        asked = timing.nanos();
        pause(LONGEST_PAUSE);
    }

    /** From the beginning of the last look to that of the next one. */
    private void pause(Duration length) {
        notBefore = asked + length.toNanos() - interval.toNanos() / EARLY;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
