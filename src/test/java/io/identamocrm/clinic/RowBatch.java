package io.identamocrm.clinic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Rows for one table, sent in batches, so that 100,000 take seconds and little memory. */
final class RowBatch implements AutoCloseable {

    private static final int SIZE = 2000;

    private final PreparedStatement insert;
    private int waiting;

    RowBatch(Connection connection, String table, List<String> columns) throws SQLException {
        this.insert = connection.prepareStatement("INSERT INTO dbo." + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
    }

    void add(Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
        if (++waiting == SIZE) {
            flush();
        }
    }

    @Override
    public void close() throws SQLException {
        flush();
        insert.close();
    }

    private void flush() throws SQLException {
        if (waiting > 0) {
            insert.executeBatch();
            insert.getConnection().commit();
            waiting = 0;
        }
    }
}
