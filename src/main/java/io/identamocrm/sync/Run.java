package io.identamocrm.sync;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.delivery.WriteBuffer;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncItem;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.RunLock;
import io.identamocrm.state.WriteLock;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The state of one run, from taking the lock to giving it back. The routes carry it in exchange property {@code run}. */
public final class Run {

    private static final int MOST_ATTEMPTS = 3;
    private static final int CHUNKS_PER_SAVE_POINT = 5;

    /** What is synchronised. */
    public enum Kind {
        RECEPTIONS, PATIENTS;

        /** The name in keys, JSON and statistics. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** One of them: {@code reception}. */
        public String one() {
            return key().substring(0, key().length() - 1);
        }
    }

    final Kind kind;
    final RunRequest request;
    /** Null for a dry run, which may go on beside others of its kind. */
    final RunLock lock;
    final WriteLock writer;
    final LocalDateTime previousCursor;
    LocalDateTime since;
    private final LocalDateTime horizon;
    final Instant startedAt;
    final long requestsBefore;
    private final RunListener listener;
    /** It has come to its end. */
    boolean completed;
    final PendingWrites pending;
    WriteBuffer outbox;
    LocalDateTime serverClock;
    /** Row versions of the changes to read, upper bound exclusive; the lower one null if changes are told by times. */
    byte[] versionAfter;
    byte[] versionBelow;
    LocalDateTime latestChange;
    int found;
    /** Everything up to this id, in the run's order, has been decided; null before the second chunk. */
    Long lastDone;
    int done;
    int chunksSinceSave;
    boolean askedToStop;
    /** The mirror has been listed from end to end. */
    boolean listed;
    private Long chunkEnd;
    private int chunkSize;
    /** Dead letters that this run tries again. */
    final Set<Long> due = new HashSet<>();
    /** Dead letters that are not due yet: what IDENT held of them when they failed. */
    final Map<Long, String> waiting = new HashMap<>();
    /** What IDENT holds of those under way. */
    private final Map<Long, Supplier<String>> contents = new HashMap<>();

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Funnel, Integer> funnels = new EnumMap<>(Funnel.class);
    private final Map<Long, Failure> failures = new TreeMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<Long, Integer> attempts = new HashMap<>();
    private final List<Long> withoutDeal = new ArrayList<>();
    private final Map<Long, Long> displaced = new TreeMap<>();
    private final List<SyncItem> returned = new ArrayList<>();

    private final Map<Long, Status> newStatuses = new HashMap<>();
    private final Map<Long, DeadLetters.Failed> newFailures = new HashMap<>();
    private final Set<Long> newlyPassed = new HashSet<>();

    Run(Kind kind, RunRequest request, RunLock lock, WriteLock writer, LocalDateTime previousCursor, LocalDateTime since,
        LocalDateTime horizon, Instant startedAt, long requestsBefore, RunListener listener, PendingWrites pending) {
        this.pending = pending;
        this.listener = listener;
        this.kind = kind;
        this.request = request;
        this.lock = lock;
        this.writer = writer;
        this.previousCursor = previousCursor;
        this.since = since;
        this.horizon = horizon;
        this.startedAt = startedAt;
        this.requestsBefore = requestsBefore;
    }

    /** True if only the named receptions or patients are looked at. */
    public boolean isByIds() {
        return request.mode() == RunRequest.Mode.IDS;
    }

    /** True if everything in the horizon is looked at: asked for, or because there is no cursor yet. */
    public boolean isFull() {
        return !isByIds() && since == null;
    }

    /** Lower bound of the changes to read, as JDBC takes it. */
    public Timestamp changedSince() {
        return Timestamp.valueOf(since);
    }

    /** True if changes of receptions are told by row version. */
    public boolean isByVersion() {
        return versionAfter != null;
    }

    /** Row version up to which every change is on record. */
    public byte[] versionAfter() {
        return versionAfter;
    }

    /** Row version from which on transactions may still be open. */
    public byte[] versionBelow() {
        return versionBelow;
    }

    /** First planned time that a full run looks at, as JDBC takes it. */
    public Timestamp plannedSince() {
        return Timestamp.valueOf(horizon);
    }

    /** The receptions or patients named in the request. */
    public List<Long> ids() {
        return request.ids();
    }

    /** A chunk begins: all before it are on their way. */
    void chunkBegun(List<Long> ids) {
        done += chunkSize;
        lastDone = chunkEnd;
        chunkSize = ids.size();
        chunkEnd = ids.get(ids.size() - 1);
        chunksSinceSave++;
    }

    /** True if it is time to note how far a long run has come. */
    public boolean isSavePointDue() {
        return canGoOn() && chunksSinceSave > CHUNKS_PER_SAVE_POINT;
    }

    /** True if another run could begin where this one has come to. */
    boolean canGoOn() {
        return isFull() && !request.dryRun() && lastDone != null;
    }

    /** True if somebody wants the process to end. */
    public boolean isAskedToStop() {
        return askedToStop;
    }

    /** True if the run is a long one and a short one waits for the account. */
    public boolean mustGiveWay() {
        return isFull() && writer.hasWaiter();
    }

    /** What collects the run's writes. */
    public WriteBuffer outbox() {
        return outbox;
    }

    /** True while writes are unsent or receptions wait to be decided again. */
    public boolean isUnfinished() {
        return !returned.isEmpty() || outbox != null && !outbox.isEmpty();
    }

    /** Hands over what must be decided again, because amoCRM no longer held what they were decided on. */
    public List<SyncItem> takeReturned() {
        List<SyncItem> taken = List.copyOf(returned);
        returned.clear();
        return taken;
    }

    int attemptsOf(SyncItem item) {
        return attempts.getOrDefault(item.id(), 0) + 1;
    }

    /** Nothing of the delivery is open any more. */
    void settled(Delivery delivery) {
        Decision decision = delivery.decision;
        long id = decision.id();
        if (delivery.isOutdated() && (delivery.isUnclear() || delivery.attempt < MOST_ATTEMPTS)) {
            attempts.put(id, delivery.isUnclear() ? delivery.attempt - 1 : delivery.attempt);
            returned.add(delivery.item);
            return;
        }
        attempts.remove(id);
        if (delivery.isOutdated()) {
            delivery.fail(Delivery.KEEPS_CHANGING);
        }
        Failure failure = delivery.failure();
        Outcome outcome = failure == null ? decision.outcome() : Outcome.FAILED;
        record(id, outcome, decision.funnel(), failure);
        settled(decision, outcome);
        if (failure == null && decision.status() != null) {
            newStatuses.put(id, decision.status());
        }
        if (request.detail()) {
            decisions.add(delivery.withWritten());
        }
        if (request.dryRun() && decision.deal() != null) {
            if (decision.deal().isNew()) {
                withoutDeal.add(id);
            } else if (decision.deal().stageId() != null && decision.deal().id() > 0) {
                displaced.put(decision.deal().id(), id);
            }
        }
    }

    private void settled(Decision decision, Outcome outcome) {
        if (!request.dryRun()) {
            listener.settled(kind, decision, outcome);
        }
        request.listener().settled(kind, decision, outcome);
    }

    /** It is known how many the run looks at. */
    void begun() {
        request.listener().begun(kind, found);
    }

    /** Dead letters of the chunk whose rows IDENT did not return: they would stay for ever without a word. */
    void missing(Collection<Long> asked, Collection<Long> returned) {
        for (Long id : asked) {
            if (due.contains(id) && !returned.contains(id)) {
                failed(id, Failure.of(FailureCode.ROW_GONE));
            }
        }
    }

    /** Takes fingerprints of what IDENT holds of a chunk. */
    void read(Map<Long, Supplier<String>> fingerprints) {
        contents.putAll(fingerprints);
    }

    /**
     * True for a dead letter that is not due and whose row is what it was when it failed: it was read only because the cursor overlaps, and
     * is none of this run's business.
     */
    boolean leavesAlone(long id) {
        String failed = waiting.get(id);
        Supplier<String> content = contents.get(id);
        if (failed == null || content == null || !failed.equals(content.get())) {
            return false;
        }
        contents.remove(id);
        found--;
        return true;
    }

    /** One that could not even be decided. */
    void failed(long id, Failure failure) {
        record(id, Outcome.FAILED, null, failure);
        Decision decision = Decision.failed(id, null, failure, List.of());
        if (request.detail()) {
            decisions.add(decision);
        }
        settled(decision, Outcome.FAILED);
    }

    private void record(long id, Outcome outcome, Funnel funnel, Failure failure) {
        outcomes.merge(outcome, 1, Integer::sum);
        Supplier<String> content = contents.remove(id);
        if (failure != null) {
            failures.put(id, failure);
            newFailures.put(id, new DeadLetters.Failed(failure, content == null ? null : content.get()));
        } else {
            newlyPassed.add(id);
            if (funnel != null) {
                funnels.merge(funnel, 1, Integer::sum);
            }
        }
    }

    /** Takes what has happened since the last call, to be put on record. */
    Progress takeProgress() {
        Progress progress = new Progress(Map.copyOf(newStatuses), Map.copyOf(newFailures), Set.copyOf(newlyPassed));
        newStatuses.clear();
        newFailures.clear();
        newlyPassed.clear();
        return progress;
    }

    record Progress(Map<Long, Status> statuses, Map<Long, DeadLetters.Failed> failures, Set<Long> passed) {
    }

    /** What it turned out to be: an incremental run without a cursor is a full one. */
    String mode() {
        return isFull() && !request.isFull() ? "full" : request.mode().name().toLowerCase(Locale.ROOT);
    }

    RunReport report(Instant now, long requestsNow) {
        return new RunReport(kind, mode(), since, request.dryRun(), found, Map.copyOf(outcomes), Map.copyOf(funnels), failures,
                requestsNow - requestsBefore,
                (now.toEpochMilli() - startedAt.toEpochMilli()) / 1000.0, List.copyOf(decisions),
                List.copyOf(withoutDeal), Map.copyOf(displaced));
    }
}
