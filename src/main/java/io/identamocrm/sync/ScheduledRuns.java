package io.identamocrm.sync;

import io.identamocrm.sync.RunRequest.Scope;

/** What the schedules ask for. */
public final class ScheduledRuns {

    /** Changed receptions. */
    public RunRequest receptions() {
        return RunRequest.incremental();
    }

    /** Changed patients. */
    public RunRequest patients() {
        return RunRequest.incremental().of(Scope.PATIENTS);
    }

    /** Everything here and there. */
    public RunRequest everything() {
        return RunRequest.deep().of(Scope.EVERYTHING);
    }
}
