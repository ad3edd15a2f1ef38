package io.identamocrm.console;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import java.util.List;

/** What was asked for cannot be done at this moment; nothing was tried. */
final class NotNowException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    NotNowException(Explanation explanation) {
        super(explanation.sentence());
        this.explanation = explanation;
    }

    @Override
    public List<Explanation> explanations() {
        return List.of(explanation);
    }
}
