package io.identamocrm.state;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
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
        return new LockLostException(true, Explanation.of(StateText.TAKEN, StateText.TAKEN_REMEDY));
    }

    /** Redis was emptied, restarted, exchanged, or lost a part. */
    public static LockLostException forgotten(Text what) {
        return new LockLostException(false, Explanation.of(StateText.FORGOTTEN.with(what), StateText.FORGOTTEN_REMEDY));
    }

    /** The same, with what was written just before and may be there twice. */
    public LockLostException naming(Text pairs) {
        return new LockLostException(
                taken,
                Explanation.of(
                        StateText.WRITTEN_ALL_THE_SAME.with(explanation.what(), pairs),
                        StateText.WRITTEN_ALL_THE_SAME_REMEDY));
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
