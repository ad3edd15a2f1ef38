package io.identamocrm.sync;

import io.identamocrm.ident.ChangeCursor;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.ident.ServerClock;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.RunHistory;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * From where a run reads, and where the next one goes on. The cursor moves only when everything below it has an outcome on record; where a
 * long run does not come to its end, a checkpoint tells the next one how far it came.
 */
public final class CursorPolicy {

    /** Where a copy answers, which may lag behind what was read before from the clinic's own database or from another copy. */
    public static final Duration OVERLAP_OF_COPY = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(CursorPolicy.class);
    /** So much later than it was marked, a change may show. */
    static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final int CHUNKS_PER_CHECKPOINT = 5;
    /** Instead of the database's identity: it went back in time, so that it is as strange as another one. */
    private static final String RESTORED = "restored";

    private final Cursors cursors;
    private final RunHistory history;
    private final IdentSql sql;
    private final Clock clock;
    private final String settings;
    private final AtomicReference<String> loggedCursor = new AtomicReference<>();

    /**
     * The policy of one account.
     *
     * @param history  where the progress of long runs is noted for those who watch
     * @param sql      tells whether this IDENT has row versions
     * @param settings fingerprint of the settings that choose rows and what becomes of them: a long run is gone on with only under the same
     */
    public CursorPolicy(Cursors cursors, RunHistory history, IdentSql sql, Clock clock, String settings) {
        this.cursors = cursors;
        this.history = history;
        this.sql = sql;
        this.clock = clock;
        this.settings = settings;
    }

    /** Reads the cursor. */
    public void begin(@Body Run run) {
        LocalDateTime cursor = cursors.of(run.kind().key());
        LocalDateTime since = switch (run.request().mode()) {
            case INCREMENTAL -> cursor == null ? null : ChangeCursor.since(cursor, OVERLAP);
            case SINCE -> run.request().since();
            case FULL, DEEP, IDS, BY_HAND -> null;
        };
        run.reads(new ChangeRange(cursor, since, null, null, null));
        if (!run.isByIds()) {
            LOG.atLevel(run.isShort() ? Level.DEBUG : Level.INFO)
                    .log(
                            "Starting {} synchronization, {}",
                            run.kind().one(),
                            run.isFull() ? "all " + run.kind().key() : "changes since " + since);
        }
    }

    /**
     * Asks which database answers, where a run of receptions goes by what runs before have seen, and whether it is a copy.
     *
     * @throws SQLException if IDENT is away
     */
    public void askForDatabase(@Body Run run) throws SQLException {
        if (run.isOfReceptions() && !run.isByIds()) {
            run.readsFrom(sql.database());
        }
        if (!run.isByIds() && sql.isCopy()) {
            run.readsCopy();
        }
    }

    /**
     * True if the run's changes may be told by row version here.
     *
     * @throws SQLException if IDENT is away
     */
    public boolean needsRowVersion(@Body Run run) throws SQLException {
        return run.isOfReceptions() && sql.hasRowVersions();
    }

    /**
     * Takes the clinic server's clock and the row version below which every transaction has ended. Changes are told by it from the second
     * run on; one that runs backwards means that another copy of the database was restored, and then, as when another database answers,
     * everything must be looked at, once. Until a full run has accepted it, changes are told by times.
     *
     * @param clockRows   of {@code server-clock.sql}
     * @param versionRows of {@code row-version.sql}; null if it was not asked
     */
    public void place(
            @Body Run run,
            @Header("server_clock_rows") List<Map<String, Object>> clockRows,
            @Header("row_version_rows") @Nullable List<Map<String, Object>> versionRows) {
        LocalDateTime serverClock = new ServerClock().read(clockRows);
        byte[] below = versionRows == null ? null : (byte[]) versionRows.get(0).get("row_version");
        ChangeRange range = run.range();
        byte[] kept = below == null ? null : cursors.versionOf(run.kind().key());
        recognise(run, runsBackwards(kept, below));
        boolean ofChanges = run.request().mode() == RunRequest.Mode.INCREMENTAL && range.since() != null;
        LocalDateTime since = ofChanges && run.isOfCopy() && range.cursor() != null
                ? ChangeCursor.since(range.cursor(), OVERLAP_OF_COPY)
                : range.since();
        boolean byVersion = kept != null && ofChanges && !run.isOfOtherDatabase();
        run.reads(new ChangeRange(range.cursor(), since, byVersion ? kept : null, below, serverClock));
        if (ofChanges && run.isOfOtherDatabase() && !Objects.equals(run.database(), cursors.otherDatabase())) {
            LOG.warn(
                    "IDENT's database is another than before, or was restored from a backup: all {} are looked at",
                    run.kind().key());
            run.reads(run.range().ofEverything());
        }
        if (run.isOfReceptions()) {
            logHowChangesAreTold(
                    below != null
                            ? "row version, changed bills by change time"
                            : run.isOfCopy()
                                    ? "change time, looking " + OVERLAP_OF_COPY.toMinutes()
                                            + " minutes back: IDENT's database is a copy, which may lag"
                                    : "change time: this IDENT has no row version of receptions");
        }
    }

    /** Looks whether it is the database of the runs before. */
    private void recognise(Run run, boolean backwards) {
        String answers = run.database();
        if (answers == null) {
            return;
        }
        String known = cursors.database();
        boolean other = known != null && !known.equals(answers);
        if (!run.request().dryRun() && !other && (backwards || known == null || cursors.otherDatabase() != null)) {
            cursors.noteDatabase(backwards ? RESTORED : answers);
        }
        if (other || backwards) {
            run.readsOtherDatabase();
        }
    }

    private void logHowChangesAreTold(String how) {
        if (!how.equals(loggedCursor.getAndSet(how))) {
            LOG.info("Changed receptions are found by {}", how);
        }
    }

    /**
     * Where a long run before did not come to its end, this one goes on there, with the rows that stand after the last one done. What has
     * changed meanwhile, a row that was put before that one too, is the short runs' business, so the cursor must not pass the moment at
     * which the first of them began to read.
     */
    void goOn(Run run) {
        Cursors.Progress last = run.isFull() && !run.request().dryRun()
                ? cursors.progressOf(run.kind().key())
                : null;
        if (last == null || runsBackwards(last.version(), run.versionBelow())) {
            return;
        }
        if (!last.settings().equals(settings)) {
            LOG.info(
                    "Settings have changed since the run that came as far as {} {}: all {} are looked at",
                    run.kind().one(),
                    last.last().id(),
                    run.kind().key());
            return;
        }
        int all = run.rows().found();
        run.rows().goOnAfter(last.last());
        LOG.info(
                "Going on after {} {}: {} of {} are left",
                run.kind().one(),
                last.last().id(),
                run.rows().found(),
                all);
        run.reads(run.range().begunAt(last.begun(), last.version()));
    }

    /** True if the database was restored in between; what a run saw of the other one says nothing about this one. */
    private static boolean runsBackwards(byte @Nullable [] earlier, byte @Nullable [] later) {
        return earlier != null && later != null && Arrays.compareUnsigned(earlier, later) > 0;
    }

    /** True if it is time to note how far a long run has come. */
    public boolean isCheckpointDue(@Body Run run) {
        return run.canGoOn() && run.rows().chunksSinceCheckpoint() >= CHUNKS_PER_CHECKPOINT;
    }

    /** Every chunk so far has its outcomes on record: should the run not come to its end, the next one goes on here. */
    public void checkpoint(@Body Run run) {
        SelectedRows rows = run.rows();
        cursors.noteProgress(
                run.kind().key(),
                new Cursors.Progress(
                        rows.knownLastDone(),
                        run.range().knownClock(),
                        run.range().versionBelow(),
                        settings));
        history.noteProgress(run.kind().key(), clock.instant());
        rows.checkpointNoted();
        double seconds = Duration.between(run.startedAt(), clock.instant()).toMillis() / 1000.0;
        double rate = rows.done() / Math.max(seconds, 0.001);
        LOG.info(
                "{} of {} {} done, {} a second, about {} s to go",
                rows.done(),
                rows.found(),
                run.kind().key(),
                Math.round(rate),
                Math.round((rows.found() - rows.done()) / Math.max(rate, 0.001)));
    }

    /**
     * Moves the cursor, if everything changed before it has an outcome on record; a long run that has ended needs no checkpoint any more.
     */
    public void moveOn(@Body Run run) {
        if (run.request().dryRun() || run.isByIds()) {
            return;
        }
        ChangeRange range = run.range();
        boolean gapless = range.since() == null
                || range.cursor() != null && !range.since().isAfter(range.cursor());
        // Beside a long run the short ones have moved the cursor on; it must not go back to where the long one began.
        boolean beside = run.request().isFull() && range.cursor() != null;
        String database = run.database();
        if (run.isOfOtherDatabase() && run.isFull() && database != null) {
            cursors.noteOtherDatabase(database);
        }
        // What a run of changes has held back, because it had to look at everything, may be bookings: the next one
        // brings them.
        boolean heldBookings =
                !run.request().isFull() && range.cursor() != null && !run.held().isEmpty();
        if (gapless && !beside && !heldBookings) {
            String kind = run.kind().key();
            // A run since a time looks at times only: a change that a wrong clock has marked is still to be found by
            // its version.
            if (range.versionBelow() == null) {
                // Should the column come back with another build, a version from before would say nothing about the
                // runs in between.
                cursors.forgetVersion(kind);
            } else if (run.request().mode() != RunRequest.Mode.SINCE && !run.isOfOtherDatabase()) {
                // What carries this version itself was written after the bound was read.
                cursors.moveVersion(kind, before(range.versionBelow()));
            }
            cursors.move(
                    kind,
                    ChangeCursor.next(range.cursor(), run.rows().latestChange(), range.knownClock()),
                    range.knownClock());
        }
        if (run.isFull()) {
            cursors.forgetProgress(run.kind().key());
        }
    }

    /** A full run has come to its end without holding new deals back: from now on its database is the one. */
    void accept(Run run) {
        String database = run.database();
        if (run.isOfOtherDatabase() && database != null) {
            cursors.noteDatabase(database);
            cursors.forgetVersion(run.kind().key());
        }
    }

    private static byte[] before(byte[] version) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(ByteBuffer.wrap(version).getLong() - 1)
                .array();
    }
}
