package io.identamocrm.clinic;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** SQL Server's {@code MIN_ACTIVE_ROWVERSION()}, called by H2. */
public final class RowVersions {

    private RowVersions() {}

    /** The lowest version that an open transaction holds, or the one that the next write gets. */
    public static byte[] minActive(Connection connection) throws SQLException {
        try (ResultSet row = connection
                .createStatement()
                .executeQuery("SELECT COALESCE((SELECT MIN(Version) FROM dbo.OpenTransactions), "
                        + "(SELECT BASE_VALUE FROM INFORMATION_SCHEMA.SEQUENCES WHERE SEQUENCE_SCHEMA = 'dbo' "
                        + "AND SEQUENCE_NAME = 'RowVersions'))")) {
            row.next();
            return ByteBuffer.allocate(Long.BYTES).putLong(row.getLong(1)).array();
        }
    }
}
