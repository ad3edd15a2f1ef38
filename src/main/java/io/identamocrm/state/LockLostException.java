package io.identamocrm.state;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import java.util.List;

/**
 * The run no longer has the right to write: another one has, or Redis no longer holds what the run relied on. It stops at once; the next
 * one looks at what is in amoCRM first.
 */
public final class LockLostException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final boolean taken;
    private final transient Explanation explanation;

    private LockLostException(boolean taken, Explanation explanation) {
        super(explanation.sentence());
        this.taken = taken;
        this.explanation = explanation;
    }

    /** Another run has taken the lock. */
    static LockLostException taken() {
        return new LockLostException(true, Explanation.of("Another run has taken over, as this one showed no sign of life for too long",
                "nothing more was written. See why the process stood still (memory, processor, a suspended machine); the other run "
                        + "delivers what is left"));
    }

    /** Redis was emptied, restarted, exchanged, or lost a part. */
    public static LockLostException forgotten(String what) {
        return new LockLostException(false, Explanation.of("Redis no longer holds what the run relied on (" + what + ")",
                "nothing more was written; the next run lists amoCRM anew and goes on. See whether Redis was emptied, restarted without "
                        + "its data, failed over or runs out of memory"));
    }

    /** The same, with what was written just before and may be there twice. */
    public LockLostException naming(String pairs) {
        return new LockLostException(taken, Explanation.of(explanation.what() + ". Its last batch was written all the same: " + pairs,
                "compare these in amoCRM, and run ident-amocrm reconcile"));
    }

    /** True if another run has taken the lock. */
    public boolean isTaken() {
        return taken;
    }

    @Override
    public List<Explanation> explanations() {
        return List.of(explanation);
    }
}
