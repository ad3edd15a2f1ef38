package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.delivery.WriteBuffer;
import io.identamocrm.ident.ChangeCursor;
import io.identamocrm.ident.ServerClock;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.mirror.PendingWrites;
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
import io.identamocrm.state.WriteLock;
import io.identamocrm.sync.Run.Kind;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The steps around the deliveries that all kinds of runs share. */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    /** Part of a run's name in logs. */
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("HHmmss.SSS");
    private static final LocalDateTime EVERYTHING = LocalDateTime.of(1900, 1, 1, 0, 0);

    private final RedissonClient redis;
    private final RedisKeys keys;
    private final Cursors cursors;
    private final SentStatuses statuses;
    private final Map<Kind, DeadLetters> deadLetters = new EnumMap<>(Kind.class);
    private final RunHistory history;
    private final Mirror mirror;
    private final Intents intents;
    private final Duration unclearWindow;
    private final AccountSetup account;
    private final Fingerprint fingerprint;
    private final Clock clock;
    private final LongSupplier requests;
    private final int batchSize;
    private final RunListener listener;
    private final AtomicReference<Boolean> toldVersions = new AtomicReference<>();
    private final LocalDateTime horizon;
    private volatile boolean stopping;

    /**
     * Runs of one account.
     *
     * @param requests      counts the requests made to amoCRM so far
     * @param batchSize     items of a writing request at most
     * @param horizon       full runs look at visits planned from then on; null = all
     * @param unclearWindow how long to look for creations that may have happened
     * @param listener       is told of what runs do
     */
    public Runs(RedissonClient redis, RedisKeys keys, Mirror mirror, AccountSetup account, Fingerprint fingerprint, Clock clock,
                LongSupplier requests, int batchSize, LocalDateTime horizon, Duration unclearWindow, RunListener listener) {
        this.listener = listener;
        this.intents = new Intents(redis, keys);
        this.unclearWindow = unclearWindow;
        this.redis = redis;
        this.keys = keys;
        this.cursors = new Cursors(redis, keys);
        this.statuses = new SentStatuses(redis, keys);
        for (Kind kind : Kind.values()) {
            deadLetters.put(kind, new DeadLetters(redis, keys, kind.key()));
        }
        this.history = new RunHistory(redis, keys);
        this.mirror = mirror;
        this.account = account;
        this.fingerprint = fingerprint;
        this.clock = clock;
        this.requests = requests;
        this.batchSize = batchSize;
        this.horizon = horizon == null ? EVERYTHING : horizon;
    }

    /** The request of a scheduled run. */
    public RunRequest incremental() {
        return RunRequest.incremental();
    }

    /** The request of a scheduled deep run. */
    public RunRequest deep() {
        return RunRequest.deep();
    }

    /**
     * Opens a run of receptions: takes its lock, except for a dry run, and its cursor.
     *
     * @throws RunUnderWayException if another run of this kind holds the lock
     */
    public Run openReceptions(@Body RunRequest request, Exchange exchange) {
        return open(Kind.RECEPTIONS, request, exchange.getFromRouteId());
    }

    /** The same for patients. */
    public Run openPatients(@Body RunRequest request, Exchange exchange) {
        return open(Kind.PATIENTS, request, exchange.getFromRouteId());
    }

    private Run open(Kind kind, RunRequest request, String route) {
        boolean full = request.isFull();
        RunLock lock = request.dryRun() ? null : new RunLock(redis, keys, kind.key() + (full ? "-full" : ""));
        if (lock != null && !lock.tryTake()) {
            throw new RunUnderWayException((full ? "full " : "") + kind.one());
        }
        try {
            LocalDateTime cursor = cursors.of(kind.key());
            LocalDateTime since = switch (request.mode()) {
                case INCREMENTAL -> cursor == null ? null : ChangeCursor.since(cursor, OVERLAP);
                case SINCE -> request.since();
                case FULL, DEEP, IDS -> null;
            };
            Run run = new Run(kind, request, lock, new WriteLock(redis, keys), cursor, since, horizon, clock.instant(),
                    requests.getAsLong(), listener,
                    request.dryRun() ? PendingWrites.ofDryRun(mirror.scratch(request.scratch())) : PendingWrites.ofRun());
            MDC.put("route", route);
            MDC.put("run", kind.key() + "-" + STARTED.format(run.startedAt.atZone(ZoneOffset.UTC)));
            if (!run.isByIds()) {
                LOG.info("Starting {} synchronization, {}", kind.one(), run.isFull() ? "all " + kind.key() : "changes since " + since);
            }
            return run;
        } catch (RuntimeException e) {
            if (lock != null) {
                lock.release();
            }
            throw e;
        }
    }

    /** Waits until this run may decide and write for the account. */
    public void takeTurn(@ExchangeProperty("run") Run run) throws InterruptedException {
        run.writer.acquire(run.isFull());
    }

    /** Lets those who wait go first, and waits until they are done; nothing of the run may be on its way. */
    public void handOver(@ExchangeProperty("run") Run run) throws InterruptedException {
        run.writer.release();
        takeTurn(run);
    }

    /** Takes the clinic server's clock, read before anything else. */
    public void clockRead(@Body List<Map<String, Object>> rows, @ExchangeProperty("run") Run run) {
        run.serverClock = new ServerClock().read(rows);
    }

    /**
     * Takes the row version below which every transaction has ended. Changes are told by it from the second run on; one that runs backwards
     * means that another copy of the database was restored, and then everything must be looked at.
     */
    public void versionRead(@Body List<Map<String, Object>> rows, @ExchangeProperty("run") Run run) {
        run.versionBelow = (byte[]) rows.get(0).get("row_version");
        byte[] kept = cursors.versionOf(run.kind.key());
        if (kept == null || run.request.mode() != RunRequest.Mode.INCREMENTAL || run.since == null) {
            return;
        }
        if (runsBackwards(kept, run.versionBelow)) {
            LOG.warn("IDENT's row versions run backwards, as after the restoring of a backup: all {} are looked at", run.kind.key());
            run.since = null;
        } else {
            run.versionAfter = kept;
        }
    }

    /** Says which changes the cursor stands for, when that is news. */
    public void tellCursor(@ExchangeProperty("run") Run run) {
        boolean versions = run.versionBelow != null;
        if (!Boolean.valueOf(versions).equals(toldVersions.getAndSet(versions))) {
            LOG.info("Changed receptions are found by {}", versions ? "row version, changed bills by change time"
                    : "change time: this IDENT has no row version of receptions");
        }
    }

    /** Prepares the outbox, once the account's setup is known and the mirror fits it. */
    public void openOutbox(@ExchangeProperty("run") Run run) {
        mirror.noteRefreshed(clock.instant());
        run.outbox = new WriteBuffer(account.tools(), mirror, intents, unclearWindow, run.pending, new OptimisticRows(fingerprint), batchSize,
                run::settled);
    }

    /** From now on batches go that are not full. */
    public void flush(@ExchangeProperty("run") Run run) {
        run.outbox.flush();
    }

    /** Collects the ids to look at from the streamed rows, so that IDENT holds no cursor open for us meanwhile. */
    public List<Long> collectIds(@Body Iterator<Map<String, Object>> rows, @ExchangeProperty("run") Run run) {
        List<Long> ids = new ArrayList<>();
        rows.forEachRemaining(row -> ids.add(((Number) row.get(run.kind.one() + "_id")).longValue()));
        return found(notDone(ids, run), run);
    }

    /**
     * Where a long run before did not come to its end, this one goes on there. What has changed meanwhile is the short runs' business, so
     * the cursor must not pass the moment at which the first of them began to read.
     */
    private List<Long> notDone(List<Long> ids, Run run) {
        Cursors.Progress last = run.isFull() && !run.request.dryRun() ? cursors.progressOf(run.kind.key()) : null;
        int at = last == null || runsBackwards(last.version(), run.versionBelow) ? -1 : ids.indexOf(last.id());
        if (at >= 0) {
            LOG.info("Going on after {} {}: {} of {} are left", run.kind.one(), last.id(), ids.size() - at - 1, ids.size());
            run.serverClock = last.begun();
            run.versionBelow = last.version();
        }
        return ids.subList(at + 1, ids.size());
    }

    /** True if the database was restored in between; what a run saw of the other one says nothing about this one. */
    private static boolean runsBackwards(byte[] earlier, byte[] later) {
        return earlier != null && later != null && Arrays.compareUnsigned(earlier, later) > 0;
    }

    /**
     * Notes that a chunk begins.
     *
     * @throws RunStoppedException if the process is about to end
     */
    public List<Long> beginChunk(@Body List<Long> ids, @ExchangeProperty("run") Run run, CamelContext context) {
        run.chunkBegun(ids);
        if (context.isStopping() || context.isStopped()) {
            throw RunStoppedException.at(run);
        }
        run.askedToStop = stopping;
        return ids;
    }

    /** Lets the runs of this process end before their next chunk, with everything before it done. */
    public void stopSoon() {
        stopping = true;
    }

    /**
     * Ends a run that was asked to stop: everything before the chunk has its outcome on record.
     *
     * @throws RunStoppedException always
     */
    public void stop(@ExchangeProperty("run") Run run) {
        if (run.canGoOn()) {
            savePoint(run);
        }
        throw RunStoppedException.at(run);
    }

    /** Everything before the chunk has its outcome on record: should the run not come to its end, the next one goes on here. */
    public void savePoint(@ExchangeProperty("run") Run run) {
        cursors.noteProgress(run.kind.key(), new Cursors.Progress(run.lastDone, run.serverClock, run.versionBelow));
        history.noteProgress(run.kind.key(), clock.instant());
        run.chunksSinceSave = 0;
        double seconds = Duration.between(run.startedAt, clock.instant()).toMillis() / 1000.0;
        double rate = run.done / Math.max(seconds, 0.001);
        LOG.info("{} of {} {} done, {} a second, about {} s to go", run.done, run.found, run.kind.key(), Math.round(rate),
                Math.round((run.found - run.done) / Math.max(rate, 0.001)));
    }

    /** Adds the dead letters that are due to the ids that have changed, each id once, and notes the others. */
    public List<Long> withDueDeadLetters(@Body List<Long> changed, @ExchangeProperty("run") Run run) {
        if (run.request.mode() != RunRequest.Mode.INCREMENTAL) {
            return changed;
        }
        deadLetters.get(run.kind).all().forEach((id, deadLetter) -> {
            if (deadLetter.isDue(clock.instant())) {
                run.due.add(id);
            } else if (deadLetter.content() != null) {
                run.waiting.put(id, deadLetter.content());
            }
        });
        Set<Long> ids = new LinkedHashSet<>(changed);
        run.due.stream().sorted().forEach(ids::add);
        if (ids.size() > changed.size()) {
            LOG.info("Trying {} dead letters again", ids.size() - changed.size());
        }
        run.found = ids.size();
        run.begun();
        return List.copyOf(ids);
    }

    /** The ids named in the request. */
    public List<Long> namedIds(@ExchangeProperty("run") Run run) {
        return found(run.ids(), run);
    }

    private static List<Long> found(List<Long> ids, Run run) {
        run.found = ids.size();
        run.begun();
        LOG.info("Found {} {} to sync", ids.size(), run.kind.key());
        return ids;
    }

    /** Puts on record what has happened so far: statuses sent, failures, what has passed. */
    public void record(@ExchangeProperty("run") Run run) {
        Run.Progress progress = run.takeProgress();
        run.pending.chunkDecided();
        if (!run.request.dryRun()) {
            statuses.remember(progress.statuses());
            deadLetters.get(run.kind).record(progress.failures(), run.startedAt, clock.instant());
            deadLetters.get(run.kind).forget(progress.passed());
        }
    }

    /** Moves the cursor, if everything changed before it has an outcome on record. */
    private void moveCursor(Run run) {
        boolean gapless = run.since == null || run.previousCursor != null && !run.since.isAfter(run.previousCursor);
        // Beside a long run the short ones have moved the cursor on; it must not go back to where the long one began.
        boolean beside = run.request.isFull() && run.previousCursor != null;
        if (gapless && !beside) {
            // A run since a time looks at times only: a change that a wrong clock has marked is still to be found by its version.
            if (run.versionBelow == null) {
                // Should the column come back with another build, a version from before would say nothing about the runs in between.
                cursors.forgetVersion(run.kind.key());
            } else if (run.request.mode() != RunRequest.Mode.SINCE) {
                // What carries this version itself was written after the bound was read.
                cursors.moveVersion(run.kind.key(), before(run.versionBelow));
            }
            cursors.move(run.kind.key(), ChangeCursor.next(run.previousCursor, run.latestChange, run.serverClock), run.serverClock);
        }
    }

    private static byte[] before(byte[] version) {
        return ByteBuffer.allocate(Long.BYTES).putLong(ByteBuffer.wrap(version).getLong() - 1).array();
    }

    /** Everything has an outcome on record: moves the cursor and reports. */
    public RunReport finish(@ExchangeProperty("run") Run run) {
        RunReport report = run.report(clock.instant(), requests.getAsLong());
        run.completed = true;
        if (!run.request.dryRun() && !run.isByIds()) {
            moveCursor(run);
            if (run.isFull()) {
                cursors.forgetProgress(run.kind.key());
            }
            history.add(new RunHistory.Entry(run.kind.key(), report.mode(), clock.instant(), report.seconds(), figures(report)));
        }
        if (!run.request.dryRun()) {
            listener.completed(report);
        }
        int failed = report.count(Outcome.FAILED);
        String kind = run.kind == Kind.RECEPTIONS ? "Reception" : "Patient";
        LOG.info("{} sync completed: {} successful, {} failed", kind, report.found() - failed, failed);
        if (run.kind == Kind.RECEPTIONS) {
            LOG.info("Funnel distribution: {} primary, {} secondary", report.count(Funnel.PRIMARY), report.count(Funnel.SECONDARY));
        }
        return report;
    }

    private static Map<String, Long> figures(RunReport report) {
        Map<String, Long> figures = new HashMap<>();
        figures.put("found", (long) report.found());
        report.outcomes().forEach((outcome, count) -> figures.put(outcome.key(), count.longValue()));
        report.funnels().forEach((funnel, count) -> figures.put(funnel.name().toLowerCase(Locale.ROOT), count.longValue()));
        figures.put("amocrm_requests", report.requests());
        return figures;
    }

    /** Gives the locks back, however the run ended. */
    public void close(@ExchangeProperty("run") Run run) {
        MDC.remove("run");
        MDC.remove("route");
        if (run != null) {
            if (!run.completed && !run.request.dryRun()) {
                listener.failed(run.kind, run.mode(), Duration.between(run.startedAt, clock.instant()));
            }
            run.writer.release();
            if (run.lock != null) {
                run.lock.release();
            }
        }
    }
}
