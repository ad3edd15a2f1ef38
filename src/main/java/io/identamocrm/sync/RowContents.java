package io.identamocrm.sync;

import io.identamocrm.model.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What IDENT holds of each reception or patient, as a keyed print: tells whether a row that is read again has changed since it failed,
 * readable or not. Change times alone cannot, as the latest change is read again by every run until there is a later one.
 */
final class RowContents {

    /** The server's clock at the reading, which is another one each time. */
    private static final String READ_AT = "read_at";

    private RowContents() {
    }

    /**
     * The prints by id.
     *
     * @param idColumn alias of the id; rows without a readable one count for nobody
     * @param results  rows of several statements
     */
    static Map<Long, String> of(Fingerprint print, String idColumn, List<List<Map<String, Object>>> results) {
        Map<Long, List<String>> texts = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            for (Map<String, Object> row : results.get(i)) {
                if (row.get(idColumn) instanceof Number id) {
                    Map<String, Object> columns = new TreeMap<>(row);
                    columns.keySet().removeIf(READ_AT::equalsIgnoreCase);
                    texts.computeIfAbsent(id.longValue(), any -> new ArrayList<>()).add(i + columns.toString());
                }
            }
        }
        Map<Long, String> prints = new HashMap<>();
        // Sorted, because not every statement tells an order for the rows of one reception.
        texts.forEach((id, rows) -> prints.put(id, print.of(rows.stream().sorted().toList().toString())));
        return prints;
    }
}
