package io.identamocrm.clinic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;

/** Rows for one table, sent in batches, so that 100,000 take seconds and little memory. */
final class RowBatch implements AutoCloseable {

    private static final int SIZE = 2000;

    private final PreparedStatement insert;
    private final String before;
    private final String after;
    private int waiting;

    RowBatch(Connection connection, String table, List<String> columns, ClinicServer server) throws SQLException {
        this.before = columns.contains("ID") ? server.ownIds(table, true) : "";
        this.after = columns.contains("ID") ? server.ownIds(table, false) : "";
        this.insert = connection.prepareStatement("INSERT INTO dbo." + table + " (" + String.join(", ", columns)
                + ") VALUES (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
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
            run(before);
            insert.executeBatch();
            run(after);
            insert.getConnection().commit();
            waiting = 0;
        }
    }

    private void run(String sql) throws SQLException {
        if (!sql.isEmpty()) {
            try (Statement statement = insert.getConnection().createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
