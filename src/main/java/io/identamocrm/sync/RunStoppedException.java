package io.identamocrm.sync;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.util.List;

/** The process is about to end, so the run does; nothing is lost. */
public final class RunStoppedException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    private RunStoppedException(Explanation explanation) {
        super(explanation.sentence());
        this.explanation = explanation;
    }

    /** Tells how far the run has come, and how to go on. */
    static RunStoppedException at(Run run) {
        boolean receptions = run.kind() == Run.Kind.RECEPTIONS;
        Text soFar = (receptions ? SyncText.RECEPTION_RUN_STOPPED : SyncText.PATIENT_RUN_STOPPED)
                .with(run.rows().done(), run.rows().found());
        Text further = run.request().dryRun()
                ? SyncText.NOTHING_WRITTEN
                : !run.canGoOn()
                        ? SyncText.LOOKS_AT_ALL
                        : (receptions ? SyncText.GOES_ON_AFTER_RECEPTION : SyncText.GOES_ON_AFTER_PATIENT)
                                .with(run.rows().knownLastDone().id());
        return new RunStoppedException(Explanation.of(soFar, further));
    }

    /** How far the run has come. */
    public String soFar() {
        return explanation.fault();
    }

    @Override
    public List<Explanation> explanations() {
        return List.of(explanation);
    }
}
