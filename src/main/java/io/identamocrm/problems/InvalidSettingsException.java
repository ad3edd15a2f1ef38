package io.identamocrm.problems;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import java.util.List;

/** Settings that cannot work; says all that is wrong at once, a line each. */
public final class InvalidSettingsException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient List<Explanation> faults;

    /** One per wrong setting; never a secret. */
    public InvalidSettingsException(List<Explanation> faults) {
        super(Explanation.lines(faults));
        this.faults = List.copyOf(faults);
    }

    @Override
    public List<Explanation> explanations() {
        return faults;
    }
}
