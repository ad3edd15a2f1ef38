package io.identamocrm.sync;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run of receptions or patients is asked to do.
 *
 * @param scope  whether receptions, patients or both; a run of one kind has its own route and does not look at it
 * @param mode   which of them
 * @param since  with SINCE: changes from this clinic wall clock time on; else null
 * @param ids    with IDS and BY_HAND: these; else empty
 * @param scratch name of the place where a dry run keeps what it would have written; null for a run that writes
 * @param detail keep each decision in the report
 * @param listener is told of every decision, of a dry run too; never null
 */
public record RunRequest(
        Scope scope,
        Mode mode,
        @Nullable LocalDateTime since,
        List<Long> ids,
        @Nullable String scratch,
        boolean detail,
        RunListener listener) {

    /** What a schedule or an operator starts. */
    public enum Scope {
        RECEPTIONS,
        PATIENTS,
        EVERYTHING
    }

    /** Which receptions or patients a run looks at. */
    public enum Mode {
        /** Changed since the cursor; all of them when there is no cursor yet. */
        INCREMENTAL,
        /** Changed since a given time. */
        SINCE,
        /** All in the horizon. */
        FULL,
        /** All in the horizon, after amoCRM was listed from end to end, so that what orphaned there is known. */
        DEEP,
        /** Those named, as any run would decide them. */
        IDS,
        /** Those named, because somebody wants them sent: what a manager closed or removed does not keep them from it. */
        BY_HAND
    }

    public RunRequest {
        ids = List.copyOf(ids);
    }

    /** Changes since the cursor. */
    public static RunRequest incremental() {
        return new RunRequest(Scope.RECEPTIONS, Mode.INCREMENTAL, null, List.of(), null, false, RunListener.NONE);
    }

    /** Changes since a time. */
    public static RunRequest since(LocalDateTime time) {
        return new RunRequest(Scope.RECEPTIONS, Mode.SINCE, time, List.of(), null, false, RunListener.NONE);
    }

    /** Everything. */
    public static RunRequest full() {
        return new RunRequest(Scope.RECEPTIONS, Mode.FULL, null, List.of(), null, false, RunListener.NONE);
    }

    /** Everything here and there. */
    public static RunRequest deep() {
        return new RunRequest(Scope.RECEPTIONS, Mode.DEEP, null, List.of(), null, false, RunListener.NONE);
    }

    /** The same, of that scope. */
    public RunRequest of(Scope other) {
        return new RunRequest(other, mode, since, ids, scratch, detail, listener);
    }

    /** True if only receptions are asked for. */
    public boolean isOfReceptions() {
        return scope == Scope.RECEPTIONS;
    }

    /** True if only patients are asked for. */
    public boolean isOfPatients() {
        return scope == Scope.PATIENTS;
    }

    /** True if amoCRM is listed from end to end and compared. */
    public boolean isDeep() {
        return mode == Mode.DEEP;
    }

    /** True if somebody wants those that are named sent. */
    public boolean isByHand() {
        return mode == Mode.BY_HAND;
    }

    /** True if only the named receptions or patients are looked at. */
    public boolean isByIds() {
        return mode == Mode.IDS || mode == Mode.BY_HAND;
    }

    /** The same for receptions, once the run of patients has listed amoCRM. */
    public RunRequest afterPatients() {
        return isDeep() ? new RunRequest(scope, Mode.FULL, since, ids, scratch, detail, listener) : this;
    }

    /** True if everything is looked at because it was asked for. */
    public boolean isFull() {
        return mode == Mode.FULL || mode == Mode.DEEP;
    }

    /** One reception or patient that somebody wants sent, with its decision in the report. */
    public static RunRequest one(long id) {
        return new RunRequest(Scope.RECEPTIONS, Mode.BY_HAND, null, List.of(id), null, true, RunListener.NONE);
    }

    /** What the next run would do for one reception or patient, with its decision in the report. */
    public static RunRequest explained(long id) {
        return new RunRequest(Scope.RECEPTIONS, Mode.IDS, null, List.of(id), null, true, RunListener.NONE).asDryRun();
    }

    /** None of them: amoCRM is listed, and that is all. */
    public static RunRequest none() {
        return new RunRequest(Scope.RECEPTIONS, Mode.IDS, null, List.of(), null, false, RunListener.NONE);
    }

    /** True if everything is decided and nothing is written. */
    public boolean dryRun() {
        return scratch != null;
    }

    /** The same without writing. */
    public RunRequest asDryRun() {
        return new RunRequest(scope, mode, since, ids, UUID.randomUUID().toString(), detail, listener);
    }

    /** The same, told to somebody. */
    public RunRequest withListener(RunListener somebody) {
        return new RunRequest(scope, mode, since, ids, scratch, detail, somebody);
    }
}
