package io.identamocrm.sync;

import io.identamocrm.ident.RowVersion;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.state.RunLock;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The state of one reception run, from taking the lock to giving it back. The routes carry it in exchange property {@code run}. */
public final class ReceptionRun {

    private static final int MOST_ATTEMPTS = 3;

    final RunRequest request;
    final RunLock lock;
    final boolean locked;
    final LocalDateTime previousCursor;
    final RowVersion previousVersion;
    LocalDateTime since;
    private final LocalDateTime horizon;
    final Instant startedAt;
    final long requestsBefore;
    final PendingWrites pending = new PendingWrites();
    Outbox outbox;
    LocalDateTime serverClock;
    /** Set where IDENT has row versions and the run takes up at the cursor or sets it. */
    RowVersion activeVersion;
    LocalDateTime latestChange;
    int found;

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Funnel, Integer> funnels = new EnumMap<>(Funnel.class);
    private final Map<Long, Failure> failures = new TreeMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<Long, Integer> attempts = new HashMap<>();
    private final List<Reception> returned = new ArrayList<>();

    private final Map<Long, Status> newStatuses = new HashMap<>();
    private final Map<Long, Failure> newFailures = new HashMap<>();
    private final Set<Long> newlyPassed = new HashSet<>();

    ReceptionRun(RunRequest request, RunLock lock, boolean locked, LocalDateTime previousCursor, RowVersion previousVersion,
                 LocalDateTime since, LocalDateTime horizon, Instant startedAt, long requestsBefore) {
        this.request = request;
        this.lock = lock;
        this.locked = locked;
        this.previousCursor = previousCursor;
        this.previousVersion = previousVersion;
        this.since = since;
        this.horizon = horizon;
        this.startedAt = startedAt;
        this.requestsBefore = requestsBefore;
    }

    /** True if only the named receptions are looked at. */
    public boolean isByIds() {
        return request.mode() == RunRequest.Mode.IDS;
    }

    /** True if everything in the horizon is looked at: asked for, or because there is no cursor yet. */
    public boolean isFull() {
        return !isByIds() && since == null;
    }

    /** True if the run takes up at the cursor or sets it: what is read since a given time or by ids has gaps. */
    public boolean keepsCursor() {
        return request.mode() == RunRequest.Mode.INCREMENTAL || request.mode() == RunRequest.Mode.FULL;
    }

    /** True if the receptions changed since the last run are found by their row version, and only what else counts by times. */
    public boolean isByVersion() {
        return activeVersion != null && !isFull();
    }

    /** Row version from which to read, as JDBC takes it. */
    public byte[] fromVersion() {
        return previousVersion.bytes();
    }

    /** Row version below which to read, as JDBC takes it. */
    public byte[] belowVersion() {
        return activeVersion.bytes();
    }

    /** Lower bound of the changes to read, as JDBC takes it. */
    public Timestamp changedSince() {
        return Timestamp.valueOf(since);
    }

    /** First planned time that a full run looks at, as JDBC takes it. */
    public Timestamp plannedSince() {
        return Timestamp.valueOf(horizon);
    }

    /** The receptions named in the request. */
    public List<Long> ids() {
        return request.ids();
    }

    /** True if the mirror may be brought up to date: a dry run beside another run leaves that to the other. */
    public boolean mayRefreshMirror() {
        return locked;
    }

    /** What collects the run's writes. */
    public Outbox outbox() {
        return outbox;
    }

    /** True while writes are unsent or receptions wait to be decided again. */
    public boolean isUnfinished() {
        return !returned.isEmpty() || outbox != null && !outbox.isEmpty();
    }

    /** Hands over the receptions that must be decided again, because amoCRM no longer held what they were decided on. */
    public List<Reception> takeReturned() {
        List<Reception> taken = List.copyOf(returned);
        returned.clear();
        return taken;
    }

    int attemptsOf(Reception reception) {
        return attempts.getOrDefault(reception.id(), 0) + 1;
    }

    /** Nothing of the delivery is open any more. */
    void settled(Delivery delivery) {
        Decision decision = delivery.decision;
        long id = decision.receptionId();
        if (delivery.isOutdated() && (delivery.isUnclear() || delivery.attempt < MOST_ATTEMPTS)) {
            attempts.put(id, delivery.isUnclear() ? delivery.attempt - 1 : delivery.attempt);
            returned.add(delivery.reception);
            return;
        }
        attempts.remove(id);
        if (delivery.isOutdated()) {
            delivery.fail(Delivery.KEEPS_CHANGING);
        }
        Failure failure = delivery.failure();
        record(id, failure == null ? decision.outcome() : Outcome.FAILED, decision.funnel(), failure);
        if (failure == null) {
            newStatuses.put(id, decision.status());
        }
        if (request.detail()) {
            decisions.add(delivery.withWritten());
        }
    }

    /** A reception that could not even be decided. */
    void failed(long id, Failure failure) {
        record(id, Outcome.FAILED, null, failure);
        if (request.detail()) {
            decisions.add(Decision.failed(id, null, failure, List.of()));
        }
    }

    private void record(long id, Outcome outcome, Funnel funnel, Failure failure) {
        outcomes.merge(outcome, 1, Integer::sum);
        if (failure != null) {
            failures.put(id, failure);
            newFailures.put(id, failure);
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

    record Progress(Map<Long, Status> statuses, Map<Long, Failure> failures, Set<Long> passed) {
    }

    RunReport report(Instant now, long requestsNow) {
        String mode = isFull() ? "full" : request.mode().name().toLowerCase(Locale.ROOT);
        return new RunReport(mode, since, request.dryRun(), found, Map.copyOf(outcomes), Map.copyOf(funnels), failures, requestsNow - requestsBefore,
                (now.toEpochMilli() - startedAt.toEpochMilli()) / 1000.0, List.copyOf(decisions));
    }
}
