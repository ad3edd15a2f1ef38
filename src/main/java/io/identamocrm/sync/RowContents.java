package io.identamocrm.sync;

import io.identamocrm.ident.ReadRow;
import io.identamocrm.model.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What IDENT holds of each reception or patient, as a keyed fingerprint: tells whether a row that is read again has changed since it
 * failed, readable or not. Change times alone cannot, as the latest change is read again by every run until there is a later one.
 */
final class RowContents {

    /** The server's clock at the reading, which is another one each time. */
    private static final String READ_AT = "read_at";

    private RowContents() {}

    /**
     * The fingerprints by id, each made when it is asked for: few are.
     *
     * @param idColumn alias of the id; rows without a readable one count for nobody
     * @param results  rows of several statements
     */
    static Map<Long, Supplier<String>> of(
            Fingerprint fingerprint, String idColumn, List<List<Map<String, Object>>> results) {
        Map<Long, List<ReadRow>> rows = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            for (Map<String, Object> row : results.get(i)) {
                if (row.get(idColumn) instanceof Number id) {
                    rows.computeIfAbsent(id.longValue(), any -> new ArrayList<>())
                            .add(new ReadRow(i, row));
                }
            }
        }
        Map<Long, Supplier<String>> fingerprints = new HashMap<>();
        // Sorted, because not every statement tells an order for the rows of one reception.
        rows.forEach((id, own) -> fingerprints.put(
                id,
                () -> fingerprint.of(
                        own.stream().map(ReadRow::text).sorted().toList().toString())));
        return fingerprints;
    }

    private record ReadRow(int statement, Map<String, Object> columns) {

        String text() {
            Map<String, Object> sorted = new TreeMap<>(columns);
            sorted.keySet().removeIf(READ_AT::equalsIgnoreCase);
            return statement + sorted.toString();
        }
    }
}
