package io.identamocrm.ident;

import io.identamocrm.model.SyncItem;
import java.util.Objects;

/**
 * The row made sense. Whether it can be delivered is not decided here: a reception's patient and planned start may be missing.
 *
 * @param item the reception or patient; never null
 */
public record ReadRow(SyncItem item) implements RowResult {

    public ReadRow {
        Objects.requireNonNull(item);
    }
}
