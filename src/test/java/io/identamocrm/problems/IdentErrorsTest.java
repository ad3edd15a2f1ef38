package io.identamocrm.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.settings.SqlServerUrl;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which message and exit code an error of the clinic's database ends in. */
class IdentErrorsTest {

    private static final String SECRET = "value of a column";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "18456 | 3 | refuses the login        | DB_PASSWORD",
                "18452 | 3 | refuses the login        | not of Windows",
                "18486 | 3 | locked                   | unlock",
                "18487 | 3 | password has ended       | set a password",
                "4060  | 3 | no such database         | DB_DATABASE",
                "916   | 3 | may not open it          | make a user",
                "927   | 3 | in restore               | administrator",
                "229   | 2 | may not read             | GRANT SELECT",
                "230   | 2 | may not read             | GRANT SELECT",
                "208   | 2 | table or view            | test-db",
                "207   | 2 | column that config/sql   | test-db",
                "102   | 2 | does not understand      | undo",
                "245   | 2 | holds something else     | convert",
                "468   | 2 | two collations          | COLLATE DATABASE_DEFAULT",
                "8645  | 3 | no memory               | by themselves",
                "40613 | 3 | offline                 | administrator",
                "1205  | 3 | give way in a deadlock   | next run",
                "1222  | 3 | stayed locked            | transactions open",
                "3952  | 3 | gives no snapshot        | another database",
                "3961  | 3 | gives no snapshot        | by themselves",
                "6005  | 3 | shutting down            | by themselves",
                "17809 | 3 | no more connections      | administrator",
                "9002  | 3 | reports error 9002       | Microsoft",
                "28000 | 3 | refuses the login        | DB_PASSWORD",
                "90146 | 3 | no such database         | DB_DATABASE",
                "90096 | 2 | may not read             | GRANT SELECT",
                "42102 | 2 | table or view            | test-db",
                "42122 | 2 | column that config/sql   | test-db",
                "40001 | 3 | give way in a deadlock   | next run"
            })
    void a_number_has_a_meaning_a_remedy_and_an_exit_code(int number, int exitCode, String text, String remedy) {
        Problem problem = Problem.of(new RuntimeException(new SQLException(SECRET, "S0001", number)));
        assertThat(problem.exitCode()).isEqualTo(exitCode);
        assertThat(problem.message())
                .startsWith("IDENT cannot be read: ")
                .contains(text, remedy, "error " + number)
                .doesNotContain(SECRET);
    }

    static Stream<Object[]> kinds() {
        return Stream.of(new Object[][] {
            {new SSLHandshakeException(SECRET), "no encrypted connection", "DB_OLD_TLS"},
            {
                new SSLHandshakeException("Server chose TLSv1, but that protocol version is not enabled"),
                "too old",
                "DB_OLD_TLS"
            },
            {new SSLHandshakeException("Received fatal alert: handshake_failure"), "too old", "update of SQL Server"},
            {
                new SSLHandshakeException(SECRET).initCause(new CertificateException(SECRET)),
                "not trusted",
                "DB_TRUST_CERTIFICATE"
            },
            {new SocketException(SECRET), "was cut", "by themselves"},
            {new UnknownHostException(SECRET), "no host of the name", "DB_SERVER"},
            {new SocketTimeoutException(SECRET), "did not answer in time", "overloaded"},
            {new IOException(SECRET), "cannot be reached", "DB_PORT"}
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void without_a_number_the_kind_of_exception_tells(Throwable cause, String text, String remedy) {
        SQLException driver = new SQLException(SECRET, "08S01", 0, cause);
        Problem problem = Problem.of(new SQLTransientConnectionException(SECRET, "08S01", driver));
        assertThat(problem.exitCode()).isEqualTo(3);
        assertThat(problem.message()).contains(text, remedy).doesNotContain(SECRET);
    }

    @Test
    void the_servers_own_word_counts_even_inside_a_pools_exception() {
        Problem problem = Problem.of(new SQLTransientConnectionException(
                "ident - not available", null, 0, new SQLException("Login failed", "S0001", 18456)));
        assertThat(problem.message()).contains("refuses the login");
    }

    private static String wayTo(String server, int port) {
        String url = SqlServerUrl.of(server, port, "IDENT", null, false, true) + ";loginTimeout=1";
        try (var connection = DriverManager.getConnection(url, "reader", "geheim")) {
            throw new AssertionError("connected with " + connection);
        } catch (SQLException e) {
            return IdentErrors.ofConnecting(e, url).text();
        }
    }

    @Test
    void what_is_wrong_with_the_way_to_a_sql_server_is_found_piece_by_piece() throws IOException {
        assertThat(wayTo("nowhere.invalid", 1433)).contains("no host of the name");
        assertThat(wayTo("nowhere.invalid\\SQLEXPRESS", 1433)).contains("no host of the name");
        assertThat(wayTo("127.0.0.1\\NOSUCH", 1433)).contains("does not tell the port of the instance");
        assertThat(wayTo("127.0.0.1", closedPort())).contains("nothing answers at the port");
        try (ServerSocket web = new ServerSocket(0)) {
            Thread server = new Thread(() -> answerAsAWebServer(web), "web");
            server.setDaemon(true);
            server.start();
            assertThat(wayTo("127.0.0.1", web.getLocalPort())).contains("not as SQL Server does");
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void answerAsAWebServer(ServerSocket web) {
        while (!web.isClosed()) {
            try (var caller = web.accept()) {
                caller.getInputStream().read(new byte[64]);
                caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            } catch (IOException e) {
                // Closed, or the caller has gone.
            }
        }
    }
}
