package io.identamocrm.ident;

import io.identamocrm.model.Subject;
import java.util.Objects;

/**
 * The row made sense. Whether it can be delivered is not decided here: a reception's patient and planned start may be missing.
 *
 * @param subject the reception or patient; never null
 */
public record ReadRow(Subject subject) implements RowResult {

    public ReadRow {
        Objects.requireNonNull(subject);
    }
}
