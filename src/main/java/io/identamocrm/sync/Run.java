package io.identamocrm.sync;

import io.identamocrm.delivery.WriteBuffer;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.BrakeKind;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run, from taking its lock to giving it back: the body of the exchange that the routes of a run hand on. */
public final class Run {

    /** What is synchronised. */
    public enum Kind {
        RECEPTIONS,
        PATIENTS;

        /** The name in keys, JSON and statistics. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** One of them: {@code reception}. */
        public String one() {
            return key().substring(0, key().length() - 1);
        }
    }

    private final Kind kind;
    private final RunRequest request;
    private final Instant startedAt;
    private final PendingWrites pending;
    private final RunLocks.Held locks;
    private final RunTally tally;
    private final SelectedRows rows;
    private final RunListener listener;
    private @Nullable ChangeRange range;
    private @Nullable WriteBuffer writeBuffer;
    private long requestsBefore;
    private boolean mirrorListed;
    private final Set<BrakeKind> held = EnumSet.noneOf(BrakeKind.class);
    private @Nullable String database;
    private boolean ofCopy;
    private boolean otherDatabase;
    private boolean listsEverything;
    private boolean mirrorFollows;
    private boolean mirrorNeeded;
    private long writtenBeforeListing;
    private boolean completed;

    /**
     * A run whose lock is held.
     *
     * @param locks    what it holds
     * @param pending  what it has decided and amoCRM has not confirmed
     * @param listener told of outcomes, beside the request's own listener
     */
    Run(
            Kind kind,
            RunRequest request,
            Instant startedAt,
            RunLocks.Held locks,
            PendingWrites pending,
            RunListener listener) {
        this.kind = kind;
        this.request = request;
        this.startedAt = startedAt;
        this.locks = locks;
        this.pending = pending;
        this.listener = listener;
        this.rows = new SelectedRows();
        this.tally = new RunTally(
                request,
                rows::takeContent,
                rows::takeChange,
                () -> isShort() ? range().cursor() : null,
                (decision, outcome) -> {
                    if (!request.dryRun()) {
                        listener.outcome(kind, decision, outcome);
                    }
                    request.listener().outcome(kind, decision, outcome);
                });
    }

    /** What is synchronised. */
    Kind kind() {
        return kind;
    }

    /** It is known how many it looks at. */
    void begun(int found) {
        if (!request.dryRun()) {
            listener.begun(kind, found);
        }
        request.listener().begun(kind, found);
    }

    /** What was asked for. */
    RunRequest request() {
        return request;
    }

    /** When it began. */
    Instant startedAt() {
        return startedAt;
    }

    /** What it holds. */
    RunLocks.Held locks() {
        return locks;
    }

    /** Requests that this process had made to amoCRM before. */
    long requestsBefore() {
        return requestsBefore;
    }

    /** Set by {@link RunReports} only. */
    void countsFrom(long count) {
        requestsBefore = count;
    }

    /** What has become of its rows. */
    RunTally tally() {
        return tally;
    }

    /** Which rows it looks at, and how far it has come. */
    SelectedRows rows() {
        return rows;
    }

    /**
     * Which changes it reads.
     *
     * @throws IllegalStateException until the cursor was read
     */
    ChangeRange range() {
        if (range == null) {
            throw new IllegalStateException("The cursor of the run was not read yet");
        }
        return range;
    }

    /** Set by {@link CursorPolicy} only. */
    void reads(ChangeRange toRead) {
        range = toRead;
    }

    /** What it has decided and amoCRM has not confirmed. */
    PendingWrites pending() {
        return pending;
    }

    /**
     * What collects its writes.
     *
     * @throws IllegalStateException until the mirror is up to date
     */
    public WriteBuffer writeBuffer() {
        if (writeBuffer == null) {
            throw new IllegalStateException(this + " may not write yet");
        }
        return writeBuffer;
    }

    /** Set by {@link WriteBuffers} only. */
    void open(WriteBuffer opened) {
        writeBuffer = opened;
    }

    /** True for the first time in a run that must list amoCRM from end to end. */
    boolean takeListing() {
        // Who wants to know what a full run would do is told of deletions too, which show in no list of changes.
        boolean due = (request.isDeep() || request.isFull() && request.dryRun()) && !mirrorListed;
        mirrorListed |= due;
        return due;
    }

    /** The brakes that hold back what they are for. */
    Set<BrakeKind> held() {
        return Collections.unmodifiableSet(held);
    }

    /** Set by {@link RunBrakes} only. */
    void hold(BrakeKind kind) {
        held.add(kind);
    }

    /** Which database it reads, see {@link IdentSql#database}; null if nobody has asked. */
    @Nullable
    String database() {
        return database;
    }

    /** True if that is not the database of the runs before, or one that went back in time. */
    boolean isOfOtherDatabase() {
        return otherDatabase;
    }

    /** Set by {@link CursorPolicy} only. */
    void readsFrom(String identity) {
        database = identity;
    }

    /** True if that may lag behind the one that the clinic writes into. */
    boolean isOfCopy() {
        return ofCopy;
    }

    /** Set by {@link CursorPolicy} only. */
    void readsCopy() {
        ofCopy = true;
    }

    /** Set by {@link CursorPolicy} only. */
    void readsOtherDatabase() {
        otherDatabase = true;
    }

    /** Set by {@link MirrorRefreshes} only. */
    void lists(boolean everything) {
        listsEverything = everything;
    }

    /** True if the listing under way is one of everything. */
    boolean isListingEverything() {
        return listsEverything;
    }

    /** The mirror has followed the account, as far as this run knows. */
    void mirrorFollowed() {
        mirrorFollows = true;
        mirrorNeeded = false;
        writtenBeforeListing = writeBuffer == null ? 0 : writeBuffer.written();
    }

    /** Others may have written meanwhile. */
    void mirrorIsBehind() {
        mirrorFollows = false;
    }

    /** True if the mirror has followed the account in this run. */
    boolean followsMirror() {
        return mirrorFollows;
    }

    /** Something is to be written: from now on decisions wait until the mirror has followed the account. */
    void needMirror() {
        mirrorNeeded = true;
    }

    /** True if something is to be written that was decided on the mirror as it was; it is decided again once that follows the account. */
    public boolean isMirrorNeeded() {
        return mirrorNeeded;
    }

    /** Deals and contacts that it has written. */
    long written() {
        return writeBuffer == null ? 0 : writeBuffer.written();
    }

    /** Deals and contacts that it has written since the mirror last followed the account. */
    long writtenSinceListing() {
        return writeBuffer == null ? 0 : writeBuffer.written() - writtenBeforeListing;
    }

    /** True if receptions are synchronised, false for patients. */
    public boolean isOfReceptions() {
        return kind == Kind.RECEPTIONS;
    }

    /** True if only the named receptions or patients are looked at. */
    public boolean isByIds() {
        return request.isByIds();
    }

    /** True if it looks at what has changed since the run before: one of those that come every minute, or every few seconds. */
    boolean isShort() {
        return request.mode() == RunRequest.Mode.INCREMENTAL && range != null && range.since() != null;
    }

    /** True if everything in the horizon is looked at: asked for, or because there is no cursor yet. */
    public boolean isFull() {
        return !isByIds() && range().since() == null;
    }

    /**
     * Where it looks at everything: up to when a visit was last changed that is old if nobody remembers it, clinic wall clock; else null.
     * Before the first cursor, all are.
     */
    @Nullable
    LocalDateTime history() {
        return !isFull()
                ? null
                : range().cursor() == null
                        ? LocalDateTime.MAX
                        : range().cursor().minus(CursorPolicy.OVERLAP);
    }

    /** True if changes of receptions are told by row version. */
    public boolean isByVersion() {
        return range().versionAfter() != null;
    }

    /** Lower bound of the changes to read, as JDBC takes it. */
    public Timestamp changedSince() {
        return Timestamp.valueOf(range().knownSince());
    }

    /** Row version up to which every change is on record. */
    public byte @Nullable [] versionAfter() {
        return range().versionAfter();
    }

    /** Row version from which on transactions may still be open. */
    public byte @Nullable [] versionBelow() {
        return range().versionBelow();
    }

    /** True while writes are unsent or receptions wait to be decided again. */
    public boolean isUnfinished() {
        return tally.hasReturned() || writeBuffer != null && !writeBuffer.isEmpty();
    }

    /** True if another run could go on where this one has come to. */
    boolean canGoOn() {
        return isFull() && !request.dryRun() && rows.lastDone() != null;
    }

    /** What it turned out to be: an incremental run without a cursor is a full one. */
    String mode() {
        return range != null && isFull() && !request.isFull()
                ? "full"
                : request.mode().name().toLowerCase(Locale.ROOT);
    }

    /** Everything has its outcome on record. */
    void complete() {
        completed = true;
    }

    /** True if it has come to its end. */
    boolean isCompleted() {
        return completed;
    }

    @Override
    public String toString() {
        return "Run[" + mode() + " of " + kind.key() + "]";
    }
}
