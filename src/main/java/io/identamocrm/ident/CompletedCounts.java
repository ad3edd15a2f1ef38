package io.identamocrm.ident;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The completed receptions of a chunk's patients: rows of {@code completed-receptions.sql}, by patient. */
final class CompletedCounts {

    private final Map<Long, Integer> counts = new HashMap<>();

    static CompletedCounts of(List<Map<String, Object>> rows) {
        CompletedCounts completed = new CompletedCounts();
        for (Map<String, Object> columns : rows) {
            Row row = new Row(columns);
            Long patient = numberIfAny(row, "patient_id");
            Long count = numberIfAny(row, "completed");
            if (patient != null && count != null && count >= 0 && count <= Integer.MAX_VALUE) {
                completed.counts.put(patient, count.intValue());
            }
        }
        return completed;
    }

    /** Null when there is no row with a usable count: unknown is not 0, it would put a patient of ten years into the wrong funnel. */
    Integer of(long patient) {
        return counts.get(patient);
    }

    private static Long numberIfAny(Row row, String column) {
        try {
            return row.number(column);
        } catch (UnreadableColumnException e) {
            return null;
        }
    }
}
