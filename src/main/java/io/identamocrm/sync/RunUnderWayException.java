package io.identamocrm.sync;

/** Another run of the same kind holds the lock, in this process or another. */
public final class RunUnderWayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the kind of run. */
    public RunUnderWayException(String run) {
        super("Another " + run + " run is under way; try again when it has ended");
    }
}
