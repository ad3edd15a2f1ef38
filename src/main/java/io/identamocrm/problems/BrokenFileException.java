package io.identamocrm.problems;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import java.util.List;

/** Files of {@code routes/} or {@code config/} that cannot be used; the message names file, line and reason of each. */
public final class BrokenFileException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient List<Explanation> faults;

    /** One file. */
    public BrokenFileException(Explanation fault) {
        this(List.of(fault));
    }

    /** One or several; a line of the message for each. */
    public BrokenFileException(List<Explanation> faults) {
        super(Explanation.lines(faults));
        this.faults = List.copyOf(faults);
    }

    @Override
    public List<Explanation> explanations() {
        return faults;
    }
}
