package io.identamocrm.ident;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The answer of {@code anything-changed.sql}.
 *
 * @param version  every change of a reception with a lower row version was seen
 * @param receptions whether a reception or a bill has changed
 * @param patients whether a patient has
 */
public record ChangeSigns(long version, boolean receptions, boolean patients) {

    /** Reads the one row. */
    public static ChangeSigns of(List<Map<String, Object>> rows) {
        Row row = new Row(rows.get(0));
        return new ChangeSigns(
                ByteBuffer.wrap((byte[]) rows.get(0).get("row_version")).getLong(),
                row.requiredNumber("receptions_changed") + row.requiredNumber("bills_changed") > 0,
                row.requiredNumber("patients_changed") > 0);
    }
}
