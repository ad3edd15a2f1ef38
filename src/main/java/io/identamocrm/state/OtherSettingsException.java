package io.identamocrm.state;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import java.util.List;

/** A process with other settings works on the account: each would take what the other left in Redis for wrong, and list amoCRM anew. */
public final class OtherSettingsException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private static final Explanation EXPLANATION =
            Explanation.of(StateText.OTHER_SETTINGS, StateText.OTHER_SETTINGS_REMEDY);

    /** Says so. */
    OtherSettingsException() {
        super(EXPLANATION.sentence());
    }

    @Override
    public List<Explanation> explanations() {
        return List.of(EXPLANATION);
    }
}
