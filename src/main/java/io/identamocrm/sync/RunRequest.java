package io.identamocrm.sync;

import java.time.LocalDateTime;
import java.util.List;

/**
 * What a run of receptions or patients is asked to do.
 *
 * @param mode   which of them
 * @param since  with SINCE: changes from this clinic wall clock time on; else null
 * @param ids    with IDS: these; else empty
 * @param dryRun decide everything, write nothing
 * @param detail keep each decision in the report
 */
public record RunRequest(Mode mode, LocalDateTime since, List<Long> ids, boolean dryRun, boolean detail) {

    /** Which receptions or patients a run looks at. */
    public enum Mode {
        /** Changed since the cursor; all of them when there is no cursor yet. */
        INCREMENTAL,
        /** Changed since a given time. */
        SINCE,
        /** All in the horizon. */
        FULL,
        /** All in the horizon, after amoCRM was listed from end to end, so that what vanished there is known. */
        DEEP,
        /** Those named. */
        IDS
    }

    public RunRequest {
        ids = List.copyOf(ids);
    }

    /** Changes since the cursor. */
    public static RunRequest incremental() {
        return new RunRequest(Mode.INCREMENTAL, null, List.of(), false, false);
    }

    /** Changes since a time. */
    public static RunRequest since(LocalDateTime time) {
        return new RunRequest(Mode.SINCE, time, List.of(), false, false);
    }

    /** Everything. */
    public static RunRequest full() {
        return new RunRequest(Mode.FULL, null, List.of(), false, false);
    }

    /** Everything here and there. */
    public static RunRequest deep() {
        return new RunRequest(Mode.DEEP, null, List.of(), false, false);
    }

    /** True if amoCRM is listed from end to end and compared. */
    public boolean isDeep() {
        return mode == Mode.DEEP;
    }

    /** The same for receptions, once the run of patients has listed amoCRM. */
    public RunRequest afterPatients() {
        return isDeep() ? full() : this;
    }

    /** True if everything is looked at because it was asked for. */
    public boolean isFull() {
        return mode == Mode.FULL || mode == Mode.DEEP;
    }

    /** One reception or patient, with its decision in the report. */
    public static RunRequest one(long id) {
        return new RunRequest(Mode.IDS, null, List.of(id), false, true);
    }

    /** The same without writing. */
    public RunRequest asDryRun() {
        return new RunRequest(mode, since, ids, true, detail);
    }
}
