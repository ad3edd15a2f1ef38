package io.identamocrm.checks;

import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which indexes would spare the clinic's server work. To make them is its administrator's or IDENT's business, so there is one finding. */
final class IndexProbe {

    private static final String SCHEMA = "dbo";
    /** What a login may SELECT from, it sees here; the driver's own way asks for rights on the whole server. */
    private static final String SQL_SERVER_INDEXES = """
            SELECT COUNT(*)
            FROM sys.indexes AS made
            JOIN sys.index_columns AS part ON part.object_id = made.object_id AND part.index_id = made.index_id
            JOIN sys.columns AS named ON named.object_id = part.object_id AND named.column_id = part.column_id
            WHERE made.object_id = OBJECT_ID(?) AND made.is_disabled = 0 AND made.is_hypothetical = 0 AND made.has_filter = 0
              AND part.key_ordinal = 1 AND LOWER(named.name) = LOWER(?)""";

    private final Connection connection;
    private final boolean sqlServer;
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<Text> reasons = new LinkedHashSet<>();

    IndexProbe(Connection connection, boolean sqlServer) {
        this.connection = connection;
        this.sqlServer = sqlServer;
    }

    /**
     * Notes that an index is wanted, if there is none that begins with the column.
     *
     * @param column {@code TABLE.COLUMN}
     * @param reason what the server does without
     */
    void want(String column, Text reason) throws SQLException {
        String[] names = column.split("\\.");
        if (!isIndexed(names[0], names[1])) {
            wanted.add("CREATE INDEX IX_" + names[0] + "_" + names[1] + " ON " + SCHEMA + "." + names[0] + " ("
                    + names[1] + ")");
            reasons.add(reason);
        }
    }

    /** One warning with all that is wanted, or none. */
    List<Finding> findings() {
        return wanted.isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        CheckText.INDEXES,
                        Text.joined(Text.of("; "), List.copyOf(reasons)),
                        CheckText.INDEXES_REMEDY.with(String.join("; ", wanted))));
    }

    private boolean isIndexed(String table, String column) throws SQLException {
        if (sqlServer) {
            try (PreparedStatement statement = connection.prepareStatement(SQL_SERVER_INDEXES)) {
                statement.setNString(1, SCHEMA + "." + table);
                statement.setNString(2, column);
                try (ResultSet count = statement.executeQuery()) {
                    return count.next() && count.getInt(1) > 0;
                }
            }
        }
        try (ResultSet indexes =
                connection.getMetaData().getIndexInfo(connection.getCatalog(), SCHEMA, table, false, true)) {
            while (indexes.next()) {
                if (indexes.getInt("ORDINAL_POSITION") == 1
                        && column.equalsIgnoreCase(indexes.getString("COLUMN_NAME"))) {
                    return true;
                }
            }
            return false;
        }
    }
}
