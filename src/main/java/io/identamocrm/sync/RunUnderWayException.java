package io.identamocrm.sync;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.util.List;

/** Another run of the same kind holds the lock, in this process or another. */
public final class RunUnderWayException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    /** Names the kind of run. */
    public RunUnderWayException(String run) {
        this(Text.of(run));
    }

    /** The same in all languages. */
    public RunUnderWayException(Text run) {
        this(Explanation.of(SyncText.UNDER_WAY.with(run), SyncText.UNDER_WAY_REMEDY));
    }

    private RunUnderWayException(Explanation explanation) {
        super(explanation.sentence());
        this.explanation = explanation;
    }

    @Override
    public List<Explanation> explanations() {
        return List.of(explanation);
    }
}
