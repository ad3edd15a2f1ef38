package io.identamocrm.ident;

import io.identamocrm.model.Reception;
import java.util.Objects;

/**
 * The row made sense. Whether the reception can be delivered is not decided here: patient and planned start may be missing.
 *
 * @param reception never null
 */
public record ReadReception(Reception reception) implements RowResult {

    public ReadReception {
        Objects.requireNonNull(reception);
    }
}
