package io.identamocrm.clinic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A write that is not yet done when others are: what it writes has its versions, but nobody sees it before {@link #commit}. */
public final class OpenTransaction implements AutoCloseable {

    private final ClinicDatabase database;
    private final Connection connection;
    private final long lowest;

    OpenTransaction(DataSource dataSource, ClinicDatabase database) {
        this.database = database;
        try {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            lowest = RowVersions.lowest(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The sample clinic's database failed", e);
        }
        database.update("INSERT INTO dbo.OpenTransactions (LowestVersion) VALUES (?)", lowest);
    }

    /** Changes rows that stay locked until the end. */
    public OpenTransaction execute(String sql, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException("The sample clinic's database failed", e);
        }
    }

    /** Now everybody sees it. */
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The sample clinic's database failed", e);
        }
        database.update("DELETE FROM dbo.OpenTransactions WHERE LowestVersion = ?", lowest);
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The sample clinic's database failed", e);
        }
    }
}
