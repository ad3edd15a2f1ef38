package io.identamocrm.clinic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Plain JDBC on the sample clinic, as short as its callers need it. */
final class ClinicDatabase {

    private final DataSource dataSource;
    private final ClinicServer server;

    ClinicDatabase(DataSource dataSource, ClinicServer server) {
        this.dataSource = dataSource;
        this.server = server;
    }

    /** The next id that the server gives to a row of a table. */
    void countOnFrom(String table, long next) {
        boolean empty =
                list(row -> row.getLong(1), "SELECT COUNT(*) FROM dbo." + table).get(0) == 0;
        run(server.countOnFrom(table, next, empty));
    }

    /** Rows with ids of their own for one table. */
    RowBatch batch(Connection connection, String table, List<String> columns) throws SQLException {
        return new RowBatch(connection, table, columns, server);
    }

    /** Takes one value from a row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Work on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T with(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The sample clinic's database failed", e);
        }
    }

    /** Runs a script of several statements. */
    void run(String script) {
        with(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(script);
            }
        });
    }

    /** Number of rows changed. */
    int update(String sql, Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                set(statement, parameters);
                return statement.executeUpdate();
            }
        });
    }

    /** The id that the database gave to the inserted row. */
    long insert(String sql, Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"ID"})) {
                set(statement, parameters);
                statement.executeUpdate();
                try (ResultSet keys = statement.getGeneratedKeys()) {
                    keys.next();
                    return keys.getLong(1);
                }
            }
        });
    }

    <T> List<T> list(RowReader<T> reader, String sql, Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                set(statement, parameters);
                try (ResultSet rows = statement.executeQuery()) {
                    List<T> list = new ArrayList<>();
                    while (rows.next()) {
                        list.add(reader.read(rows));
                    }
                    return list;
                }
            }
        });
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
