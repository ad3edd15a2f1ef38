package io.identamocrm.sync;

import io.identamocrm.ident.ChangeCursor;
import io.identamocrm.ident.RowVersion;
import io.identamocrm.ident.ServerClock;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.RowsAfterWrite;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.Intents;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.RunHistory;
import io.identamocrm.state.RunLock;
import io.identamocrm.state.SentStatuses;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes reception runs: the steps around the deliveries in route {@code reception-sync}. */
public final class ReceptionRuns {

    private static final Logger LOG = LoggerFactory.getLogger(ReceptionRuns.class);
    private static final String RUN = "receptions";
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    private static final LocalDateTime EVERYTHING = LocalDateTime.of(1900, 1, 1, 0, 0);

    private final RedissonClient redis;
    private final RedisKeys keys;
    private final Cursors cursors;
    private final SentStatuses statuses;
    private final DeadLetters deadLetters;
    private final RunHistory history;
    private final Mirror mirror;
    private final Intents intents;
    private final Duration unclearWindow;
    private final AccountSetup account;
    private final Fingerprint print;
    private final Clock clock;
    private final LongSupplier requests;
    private final int batchSize;
    private final LocalDateTime horizon;
    private final AtomicReference<Boolean> toldByVersion = new AtomicReference<>();

    /**
     * Runs of one account.
     *
     * @param requests  counts the requests made to amoCRM so far
     * @param batchSize items of a writing request at most
     * @param horizon   full runs look at visits planned from then on; null = all
     * @param unclearWindow how long to look for creations that may have happened
     */
    public ReceptionRuns(RedissonClient redis, RedisKeys keys, Mirror mirror, AccountSetup account, Fingerprint print, Clock clock,
                         LongSupplier requests, int batchSize, LocalDateTime horizon, Duration unclearWindow) {
        this.intents = new Intents(redis, keys);
        this.unclearWindow = unclearWindow;
        this.redis = redis;
        this.keys = keys;
        this.cursors = new Cursors(redis, keys);
        this.statuses = new SentStatuses(redis, keys);
        this.deadLetters = new DeadLetters(redis, keys);
        this.history = new RunHistory(redis, keys);
        this.mirror = mirror;
        this.account = account;
        this.print = print;
        this.clock = clock;
        this.requests = requests;
        this.batchSize = batchSize;
        this.horizon = horizon == null ? EVERYTHING : horizon;
    }

    /** The request of a scheduled run. */
    public RunRequest incremental() {
        return RunRequest.incremental();
    }

    /**
     * Takes the lock and the cursor.
     *
     * @throws RunUnderWayException if another run of this kind holds the lock; a dry run goes on without it
     */
    public ReceptionRun open(@Body RunRequest request) {
        RunLock lock = new RunLock(redis, keys, RUN);
        boolean locked = lock.tryTake();
        if (!locked && !request.dryRun()) {
            throw new RunUnderWayException("reception");
        }
        try {
            return open(request, lock, locked);
        } catch (RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    private ReceptionRun open(RunRequest request, RunLock lock, boolean locked) {
        LocalDateTime cursor = cursors.of(RUN);
        LocalDateTime since = switch (request.mode()) {
            case INCREMENTAL -> cursor == null ? null : ChangeCursor.since(cursor, OVERLAP);
            case SINCE -> request.since();
            case FULL, IDS -> null;
        };
        String stored = cursors.version(RUN);
        RowVersion version = stored == null ? null : new RowVersion(stored);
        ReceptionRun run = new ReceptionRun(request, lock, locked, cursor, version, since, horizon, clock.instant(), requests.getAsLong());
        if (!run.isByIds()) {
            LOG.info("Starting reception synchronization, {}", run.isFull() ? "all receptions" : "changes since " + since);
        }
        return run;
    }

    /** Takes the clinic server's clock, read before anything else. */
    public void clockRead(@Body List<Map<String, Object>> rows, @ExchangeProperty("run") ReceptionRun run) {
        run.serverClock = new ServerClock().read(rows);
    }

    /**
     * Takes whether this IDENT has row versions, and says it when that is news.
     *
     * @return true if the row version is to be read next
     */
    public boolean versionsThere(@Body List<Map<String, Object>> rows) {
        boolean there = RowVersion.isThere(rows);
        if (!Boolean.valueOf(there).equals(toldByVersion.getAndSet(there))) {
            LOG.info("Changed receptions are found by {}", there ? "row version, changed orders by change time"
                    : "change time: this IDENT has no row version of receptions");
        }
        return there;
    }

    /**
     * Takes the row version up to which all changes can be seen, read before the run's first row. Without a stored one that leads there,
     * changes since the last run cannot be told from others, so all receptions are looked at.
     */
    public void versionRead(@Body List<Map<String, Object>> rows, @ExchangeProperty("run") ReceptionRun run) {
        run.activeVersion = RowVersion.read(rows);
        if (run.isFull()) {
            return;
        }
        if (run.previousVersion == null) {
            LOG.warn("The last run went by change times and this IDENT has row versions: looking at all receptions once");
            run.since = null;
        } else if (run.previousVersion.compareTo(run.activeVersion) > 0) {
            LOG.warn("IDENT's row versions have gone back from {} to {}, its database was restored: looking at all receptions",
                    run.previousVersion.hex(), run.activeVersion.hex());
            run.since = null;
        }
    }

    /** Prepares the outbox, once the account's setup is known and the mirror fits it. */
    public void openOutbox(@ExchangeProperty("run") ReceptionRun run) {
        run.outbox = new Outbox(account.tools(), mirror, intents, unclearWindow, run.pending, new RowsAfterWrite(print), batchSize, run::settled);
    }

    /** From now on batches go that are not full. */
    public void flush(@ExchangeProperty("run") ReceptionRun run) {
        run.outbox.flush();
    }

    /** Collects the ids of the receptions to look at from the streamed rows, so that IDENT holds no cursor open for us meanwhile. */
    public List<Long> collectIds(@Body Iterator<Map<String, Object>> rows, @ExchangeProperty("run") ReceptionRun run) {
        List<Long> ids = new ArrayList<>();
        rows.forEachRemaining(row -> ids.add(((Number) row.get("reception_id")).longValue()));
        return found(ids, run);
    }

    /** The ids named in the request. */
    public List<Long> namedIds(@ExchangeProperty("run") ReceptionRun run) {
        return found(run.ids(), run);
    }

    private static List<Long> found(List<Long> ids, ReceptionRun run) {
        run.found = ids.size();
        LOG.info("Found {} receptions to sync", ids.size());
        return ids;
    }

    /** Puts on record what has happened so far: statuses sent, failures, receptions that passed. */
    public void record(@ExchangeProperty("run") ReceptionRun run) {
        ReceptionRun.Progress progress = run.takeProgress();
        if (!run.request.dryRun()) {
            statuses.remember(progress.statuses());
            deadLetters.record(progress.failures(), clock.instant());
            deadLetters.forget(progress.passed());
        }
    }

    /** Everything has an outcome on record: moves the cursor and reports. */
    public RunReport finish(@ExchangeProperty("run") ReceptionRun run) {
        RunReport report = run.report(clock.instant(), requests.getAsLong());
        if (!run.request.dryRun() && !run.isByIds()) {
            boolean gapless = run.since == null || run.previousCursor != null && !run.since.isAfter(run.previousCursor);
            if (gapless) {
                moveCursors(run, ChangeCursor.next(run.previousCursor, run.latestChange, run.serverClock));
            }
            history.add(RUN, clock.instant(), entry(report));
        }
        int failed = report.count(Outcome.FAILED);
        LOG.info("Reception sync completed: {} successful, {} failed", report.found() - failed, failed);
        LOG.info("Funnel distribution: {} primary, {} secondary", report.count(Funnel.PRIMARY), report.count(Funnel.SECONDARY));
        return report;
    }

    private void moveCursors(ReceptionRun run, LocalDateTime to) {
        if (run.activeVersion != null) {
            cursors.move(RUN, to, run.serverClock, run.activeVersion.hex());
            return;
        }
        if (run.keepsCursor()) {
            // Should row versions come back with another build, one from before would say nothing about the runs in between.
            cursors.forgetVersion(RUN);
        }
        cursors.move(RUN, to, run.serverClock);
    }

    private static Map<String, Long> entry(RunReport report) {
        Map<String, Long> entry = new HashMap<>();
        entry.put("found", (long) report.found());
        report.outcomes().forEach((outcome, count) -> entry.put(outcome.key(), count.longValue()));
        report.funnels().forEach((funnel, count) -> entry.put(funnel.name().toLowerCase(Locale.ROOT), count.longValue()));
        entry.put("amocrm_requests", report.requests());
        return entry;
    }

    /** Gives the lock back, however the run ended. */
    public void close(@ExchangeProperty("run") ReceptionRun run) {
        if (run != null && run.locked) {
            run.lock.release();
        }
    }
}
