package io.identamocrm.ident;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** Reads the answer of {@code server-clock.sql}. */
public final class ServerClock {

    /**
     * The clinic's wall clock as its server shows it.
     *
     * @param rows the one row of {@code server-clock.sql}
     * @throws UnreadableColumnException if it holds no time: no run can start without
     */
    public LocalDateTime read(List<Map<String, Object>> rows) {
        LocalDateTime time = rows.isEmpty() ? null : new Row(rows.get(0)).time("read_at");
        if (time == null) {
            throw new UnreadableColumnException("read_at", "date and time");
        }
        return time;
    }
}
