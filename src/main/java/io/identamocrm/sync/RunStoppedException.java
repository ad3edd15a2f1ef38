package io.identamocrm.sync;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
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
        String soFar = "The " + run.kind().one() + " run was stopped after " + run.rows().done() + " of "
                + run.rows().found() + " " + run.kind().key();
        String further = run.request().dryRun() ? "nothing was written"
                : run.canGoOn() ? "run the same command again: it goes on after " + run.kind().one() + " " + run.rows().lastDone().id()
                : "run the same command again: it looks at all of them, and what is done costs no request";
        return new RunStoppedException(Explanation.of(soFar, further));
    }

    @Override
    public List<Explanation> explanations() {
        return List.of(explanation);
    }
}
