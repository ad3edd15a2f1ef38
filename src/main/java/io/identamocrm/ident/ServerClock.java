package io.identamocrm.ident;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * Which database answers: its name, and what tells it from others of this name, as far as the file asks for them.
     *
     * @param rows the one row of {@code server-clock.sql}
     * @return empty if the file asks for neither
     */
    public String database(List<Map<String, Object>> rows) {
        Row row = new Row(rows.get(0));
        return Stream.of("database_name", "database_guid").filter(row::has).map(row::text).filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }
}
