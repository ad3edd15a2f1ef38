package io.identamocrm.sync;

/** The process is about to end, so the run does; nothing is lost. */
public final class RunStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the kind of run. */
    public RunStoppedException(String run) {
        super("The " + run + " run was stopped; the next one goes on where it came to");
    }
}
