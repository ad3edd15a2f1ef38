package io.identamocrm.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.settings.SqlServerUrl;
import io.identamocrm.tds.TdsFault.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server that speaks SQL Server's protocol does so well enough for SQL Server's driver. */
class TdsServerTest {

    private final TdsServer server = new TdsServer("jdbc:h2:mem:tds;MODE=MSSQLServer", "sa", "", null);

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                SqlServerUrl.of("127.0.0.1", server.port(), "IDENT", null, false, true), "reader", "any");
    }

    @Test
    void values_of_every_type_come_back_as_they_went() throws SQLException {
        Timestamp time = Timestamp.valueOf("2026-03-05 14:07:09");
        byte[] version = {0, 0, 0, 0, 0, 1, (byte) 0x86, (byte) 0xA0};
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT CAST(? AS nvarchar(20)), CAST(? AS int), CAST(? AS bigint), CAST(? AS datetime), CAST(? AS varbinary(8)), "
                                + "CAST(? AS decimal(10, 2)), CAST(? AS bit), CAST(? AS int)")) {
            for (int time1 = 0; time1 < 3; time1++) {
                statement.setString(1, "Образцов");
                statement.setInt(2, -7);
                statement.setLong(3, 1L << 40);
                statement.setTimestamp(4, time);
                statement.setBytes(5, version);
                statement.setBigDecimal(6, new BigDecimal("-1234.50"));
                statement.setBoolean(7, true);
                statement.setNull(8, Types.INTEGER);
                try (ResultSet row = statement.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("Образцов");
                    assertThat(row.getInt(2)).isEqualTo(-7);
                    assertThat(row.getLong(3)).isEqualTo(1L << 40);
                    assertThat(row.getTimestamp(4)).isEqualTo(time);
                    assertThat(row.getBytes(5)).isEqualTo(version);
                    assertThat(row.getBigDecimal(6)).isEqualTo("-1234.50");
                    assertThat(row.getBoolean(7)).isTrue();
                    assertThat(row.getObject(8)).isNull();
                    assertThat(row.next()).isFalse();
                }
            }
        }
    }

    @Test
    void many_rows_span_packets() throws SQLException {
        try (Connection connection = connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT X, N'a text that makes it long' FROM SYSTEM_RANGE(1, 1000)")) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            assertThat(count).isEqualTo(1000);
        }
    }

    @Test
    void an_error_has_its_number_and_the_session_goes_on() throws SQLException {
        server.fail(text -> text.contains("1205"), TdsFault.error(1205));
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> connection.createStatement().executeQuery("SELECT 1205"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getErrorCode()).isEqualTo(1205));
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void a_line_cut_among_rows_gives_the_rows_before_it() throws SQLException {
        server.fail(text -> text.contains("RANGE"), TdsFault.of(Kind.CUT_AMONG_ROWS));
        try (Connection connection = connect()) {
            ResultSet rows = connection.createStatement().executeQuery("SELECT X FROM SYSTEM_RANGE(1, 1000)");
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
            assertThat(connection.isValid(1)).isFalse();
        }
    }

    @Test
    void metadata_alone_stays_asked_for_after_an_error() throws SQLException {
        server.fail(text -> text.startsWith("set fmtonly on"), TdsFault.error(1222));
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT 1 AS one")) {
            assertThatThrownBy(statement::getMetaData).isInstanceOf(SQLException.class);
            server.heal();
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).as("the session gives no rows any more").isFalse();
            }
            assertThat(connection
                            .prepareStatement("SELECT 1 AS one")
                            .getMetaData()
                            .getColumnLabel(1))
                    .isEqualToIgnoringCase("one");
        }
    }
}
