package io.identamocrm.clinic;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQL Server's row versions in H2; see {@code row-versions.sql}. */
public final class RowVersions {

    private RowVersions() {
    }

    /**
     * {@code MIN_ACTIVE_ROWVERSION()}: the lowest version of transactions still open, else the one that the next write gets.
     *
     * @param connection the caller's, as H2 hands it in
     */
    public static byte[] minActive(Connection connection) throws SQLException {
        return ByteBuffer.allocate(Long.BYTES).putLong(lowest(connection)).array();
    }

    static long lowest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT BASE_VALUE, (SELECT MIN(LowestVersion) FROM dbo.OpenTransactions) "
                     + "FROM INFORMATION_SCHEMA.SEQUENCES WHERE SEQUENCE_NAME = 'RowVersions'")) {
            row.next();
            long next = row.getLong(1);
            long open = row.getLong(2);
            return row.wasNull() ? next : Math.min(open, next);
        }
    }
}
