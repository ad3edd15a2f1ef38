package io.identamocrm.checks;

import io.identamocrm.ident.IdentSql;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.state.Timing;
import io.identamocrm.sync.ChangeWatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How often the service can look here whether anything has changed: as often as IDENT answers quickly. */
final class LookProbe {

    static final Text ABOUT = CheckText.LOOKS;
    private static final String FILE = "anything-changed.sql";
    private static final Pattern PARAMETER = Pattern.compile(":#(\\w+)");
    private static final int LOOKS = 5;
    /** What a look may take for a booking to be in amoCRM within seconds. */
    private static final Duration QUICK = Duration.ofMillis(30);
    /** Columns by which it looks. */
    private static final List<String> LOOKED_FOR_BY = List.of(
            SqlFiles.ROW_VERSION,
            "Orders.DateTimeAdded",
            "Orders.DateTimeChanged",
            "OrderServiceRelation.DateTimeAdded",
            "OrderServiceRelation.DateTimeChanged",
            "Patients.DateTimeChanged",
            "Persons.DateTimeChanged");

    private LookProbe() {}

    /**
     * Looks some times where nothing has changed and every table has to be looked at, which takes longest.
     *
     * @param version what {@code row-version.sql} returns
     * @param clock   what {@code server-clock.sql} returns
     * @param indexes learns which would help
     */
    static Finding of(
            Connection connection, IdentSql sql, byte[] version, @Nullable LocalDateTime clock, IndexProbe indexes)
            throws SQLException {
        Map<String, Object> values = Map.of(
                "next",
                new byte[Long.BYTES],
                "after",
                version,
                "receptions_since",
                Timestamp.valueOf(clock),
                "patients_since",
                Timestamp.valueOf(clock));
        Duration look = shortest(connection, sql.statement(FILE), values);
        Text text = CheckText.LOOK.with(look.toMillis());
        if (look.compareTo(QUICK) <= 0) {
            return Finding.ok(ABOUT, CheckText.LOOK_QUICK.with(text));
        }
        for (String column : LOOKED_FOR_BY) {
            if (sql.has(column)) {
                indexes.want(column, CheckText.LOOKS_TAKE_LONG);
            }
        }
        return Finding.warning(
                ABOUT,
                CheckText.LOOK_SLOW.with(
                        text, look.multipliedBy(ChangeWatch.SHARE).toSeconds()),
                CheckText.LOOK_SLOW_REMEDY);
    }

    private static Duration shortest(Connection connection, String named, Map<String, Object> values)
            throws SQLException {
        long shortest = Long.MAX_VALUE;
        try (PreparedStatement statement = connection.prepareStatement(SqlFiles.statement(named))) {
            for (int i = 0; i < LOOKS; i++) {
                int place = 0;
                for (Matcher parameter = PARAMETER.matcher(named); parameter.find(); ) {
                    statement.setObject(++place, values.get(parameter.group(1)));
                }
                long begun = Timing.REAL.nanos();
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                }
                shortest = Math.min(shortest, Timing.REAL.nanos() - begun);
            }
        }
        return Duration.ofNanos(shortest);
    }
}
