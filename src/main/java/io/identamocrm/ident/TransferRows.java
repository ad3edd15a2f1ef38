package io.identamocrm.ident;

import io.identamocrm.model.Attendance;
import io.identamocrm.model.VisitRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the rows of {@code transfers.sql}. */
public final class TransferRows {

    private TransferRows() {}

    /** The rows that can be told apart; what else is unreadable in them counts as not given. */
    public static List<VisitRow> read(List<Map<String, Object>> rows) {
        List<VisitRow> read = new ArrayList<>(rows.size());
        for (Map<String, Object> columns : rows) {
            Row row = new Row(columns);
            Long id = row.number("reception_id");
            if (id != null) {
                Long from = row.number("transferred_from_id");
                // Some write 0 where nothing is meant; all such rows would be one visit.
                read.add(new VisitRow(
                        id,
                        from == null || from <= 0 ? null : from,
                        row.number("patient_id"),
                        row.number("branch_id"),
                        new Attendance(
                                row.isSet("canceled_at") || row.isSet("cancel_reason_id"),
                                row.isSet("ended_at") || row.isSet("check_issued_at"),
                                row.isSet("started_at") || row.isSet("appeared_at"),
                                row.timeIfAny("plan_end"))));
            }
        }
        return read;
    }
}
