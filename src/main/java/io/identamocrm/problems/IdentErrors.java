package io.identamocrm.problems;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import io.identamocrm.ident.LockedRows;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;

/**
 * What an error of the clinic's database means to a person, and what to do. Told by SQL Server's error number (documented under "Database
 * Engine events and errors"), by H2's, or by the kind of exception; never by its text, which is in the server's language and may hold data.
 */
// Meanings are constants of this class.
@SuppressWarnings("ReferenceEquality")
public final class IdentErrors {

    /** The driver's own SQL state for a conversion that it does not have. */
    private static final String UNSUPPORTED = "22005";

    private static final int CONNECT_MILLISECONDS = 3000;
    private static final int SQL_BROWSER = 1434;

    /**
     * A meaning.
     *
     * @param exitCode of a command that ends with it
     * @param what     what is wrong, without a full stop
     * @param remedy   what to do
     * @param inWords  true if the table has words for it; else it is only the server's number
     */
    public record Meaning(int exitCode, Text what, Text remedy, boolean inWords) {

        /** What is wrong, in English. */
        public String text() {
            return what.english();
        }

        /**
         * The meaning of one failure, with its numbers.
         *
         * @param where what failed, or null if the reader knows
         */
        public Explanation explanation(@Nullable Text where, SQLException failure) {
            Text numbers = numbers(failure);
            return new Explanation(
                    where, numbers == null ? what : ProblemText.WITH_NUMBERS.with(what, numbers), remedy);
        }
    }

    private static final Meaning WRONG_PASSWORD = away(ProblemText.WRONG_PASSWORD, ProblemText.WRONG_PASSWORD_REMEDY);
    private static final Meaning LOGIN_SHUT = away(ProblemText.LOGIN_SHUT, ProblemText.LOGIN_SHUT_REMEDY);
    private static final Meaning NO_DATABASE = away(ProblemText.NO_DATABASE, ProblemText.NO_DATABASE_REMEDY);
    private static final Meaning DATABASE_SHUT =
            away(ProblemText.DATABASE_SHUT, ProblemText.DATABASE_SHUT_REMEDY.with(ProblemText.ASK_DBA));
    private static final Meaning NOT_ALLOWED = wrong(ProblemText.NOT_ALLOWED, ProblemText.NOT_ALLOWED_REMEDY);
    private static final Meaning NO_TABLE = wrong(ProblemText.NO_TABLE, ProblemText.NO_TABLE_REMEDY);
    private static final Meaning NO_COLUMN = wrong(ProblemText.NO_COLUMN, ProblemText.NO_COLUMN_REMEDY);
    private static final Meaning BAD_SQL = wrong(ProblemText.BAD_SQL, ProblemText.UNDO_EDIT);
    private static final Meaning BAD_TYPE = wrong(ProblemText.BAD_TYPE, ProblemText.BAD_TYPE_REMEDY);
    private static final Meaning BAD_COLLATION = wrong(ProblemText.BAD_COLLATION, ProblemText.BAD_COLLATION_REMEDY);
    private static final Meaning DRIVER = wrong(ProblemText.DRIVER, ProblemText.DRIVER_REMEDY);
    private static final Meaning NO_WINDOWS_LOGIN =
            wrong(ProblemText.NO_WINDOWS_LOGIN, ProblemText.NO_WINDOWS_LOGIN_REMEDY);
    private static final Meaning NO_TICKET =
            away(ProblemText.NO_TICKET, ProblemText.NO_TICKET_REMEDY.with(ProblemText.ASK_DBA));
    private static final Meaning DEADLOCK = away(ProblemText.DEADLOCK, ProblemText.DEADLOCK_REMEDY);
    private static final Meaning LOCKED = away(ProblemText.LOCKED, ProblemText.LOCKED_REMEDY.with(ProblemText.ASK_DBA));
    private static final Meaning NO_SNAPSHOT =
            away(ProblemText.NO_SNAPSHOT, ProblemText.NO_SNAPSHOT_REMEDY.with(ProblemText.ASK_DBA));
    private static final Meaning GOING_DOWN = away(ProblemText.GOING_DOWN, ProblemText.WAIT);
    private static final Meaning NO_MEMORY =
            away(ProblemText.NO_MEMORY, ProblemText.NO_MEMORY_REMEDY.with(ProblemText.ASK_DBA));
    private static final Meaning FULL = away(ProblemText.FULL, ProblemText.ASK_DBA);
    private static final Meaning TLS = away(ProblemText.TLS, ProblemText.TLS_REMEDY.with(ProblemText.OLD_TLS_REMEDY));
    private static final Meaning OLD_TLS = away(ProblemText.OLD_TLS, ProblemText.OLD_TLS_REMEDY);
    private static final Meaning CERTIFICATE = away(ProblemText.CERTIFICATE, ProblemText.CERTIFICATE_REMEDY);
    /** What Java says of a handshake for want of a protocol or a suite; always in English, and not the server's words. */
    private static final Pattern OLD_PROTOCOL = Pattern.compile(
            "protocol.?version|selected protocol|server chose|cipher suite|" + "handshake_failure|appropriate protocol",
            Pattern.CASE_INSENSITIVE);

    private static final Meaning SLOW = away(ProblemText.SLOW, ProblemText.SLOW_REMEDY);
    private static final Meaning ALL_IN_USE = away(ProblemText.ALL_IN_USE, ProblemText.ALL_IN_USE_REMEDY);
    private static final Meaning CUT = away(ProblemText.CUT, ProblemText.CUT_REMEDY);
    private static final Meaning UNREACHABLE = away(ProblemText.UNREACHABLE, ProblemText.UNREACHABLE_REMEDY);
    private static final Meaning NO_HOST = away(ProblemText.NO_HOST, ProblemText.NO_HOST_REMEDY);
    private static final Meaning NO_PORT = away(ProblemText.NO_PORT, ProblemText.NO_PORT_REMEDY);
    private static final Meaning NO_SQL_SERVER = away(ProblemText.NO_SQL_SERVER, ProblemText.CHECK_PORT);
    private static final Meaning NO_INSTANCE =
            away(ProblemText.NO_INSTANCE, ProblemText.NO_INSTANCE_REMEDY.with(SQL_BROWSER));

    private static final Map<Integer, Meaning> BY_NUMBER = new HashMap<>();

    static {
        numbers(WRONG_PASSWORD, 18456, 18452, 28000);
        numbers(LOGIN_SHUT, 18470, 18486, 18487, 18488);
        numbers(NO_DATABASE, 4060, 4062, 4063, 4064, 911, 916, 90146, 90013);
        numbers(DATABASE_SHUT, 921, 922, 924, 926, 927, 942, 945, 976, 983, 40197, 40501, 40613);
        numbers(NOT_ALLOWED, 229, 230, 262, 297, 300, 90096);
        numbers(NO_TABLE, 208, 42102, 42103, 42104);
        numbers(NO_COLUMN, 207, 4104, 42122);
        numbers(BAD_SQL, 102, 105, 156, 170, 195, 319, 42000, 42001);
        numbers(BAD_COLLATION, 451, 457, 468);
        numbers(NO_MEMORY, 701, 1204, 8645, 8651);
        numbers(BAD_TYPE, 206, 241, 242, 245, 248, 257, 402, 8114, 8115, 8134, 22007, 22018);
        numbers(DEADLOCK, 1205, 40001);
        LockedRows.ERRORS.forEach(number -> numbers(LOCKED, number));
        numbers(NO_SNAPSHOT, 3952, 3956, 3957, 3958, 3961, 3966);
        numbers(GOING_DOWN, 596, 6005, 17142, 17187, 18401, 90121, 90098);
        numbers(FULL, 17809, 10928, 10929);
    }

    private IdentErrors() {}

    private static Meaning away(Text what, Text remedy) {
        return new Meaning(Problem.UNREACHABLE, what, remedy, true);
    }

    private static Meaning wrong(Text what, Text remedy) {
        return new Meaning(Problem.WRONG_SETUP, what, remedy, true);
    }

    private static void numbers(Meaning meaning, int... numbers) {
        for (int number : numbers) {
            BY_NUMBER.put(number, meaning);
        }
    }

    /** The meaning of a failure, by what its exceptions tell. */
    public static Meaning of(SQLException failure) {
        Meaning found = UNREACHABLE;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && BY_NUMBER.containsKey(sql.getErrorCode())) {
                return BY_NUMBER.get(sql.getErrorCode());
            }
            Meaning kind = ofKind(cause);
            // Of a handshake, its certificate is the reason; of a line, what is known of it first.
            found = kind != null && (found == UNREACHABLE || kind == CERTIFICATE || kind == NO_HOST) ? kind : found;
        }
        SQLException deepest = deepest(failure);
        if (found != UNREACHABLE || isConnection(deepest)) {
            return found;
        }
        if (deepest.getErrorCode() > 0) {
            // The server itself has spoken, of something that is not in the table.
            return new Meaning(
                    Problem.UNREACHABLE,
                    ProblemText.OTHER.with(deepest.getErrorCode()),
                    ProblemText.OTHER_REMEDY,
                    false);
        }
        return deepest instanceof SQLServerException
                ? DRIVER
                : deepest instanceof SQLTransientConnectionException ? ALL_IN_USE : found;
    }

    private static @Nullable Meaning ofKind(Throwable cause) {
        if (cause instanceof CertificateException) {
            return CERTIFICATE;
        } else if (cause instanceof SSLException) {
            return OLD_PROTOCOL.matcher(String.valueOf(cause.getMessage())).find() ? OLD_TLS : TLS;
        } else if (cause instanceof UnknownHostException) {
            return NO_HOST;
        } else if (cause instanceof SocketTimeoutException || cause instanceof SQLTimeoutException) {
            return SLOW;
        } else if (cause instanceof UnsatisfiedLinkError) {
            return NO_WINDOWS_LOGIN;
        } else if (cause instanceof GSSException) {
            return NO_TICKET;
        } else if (cause instanceof NumberFormatException
                || cause instanceof SQLServerException sql && UNSUPPORTED.equals(sql.getSQLState())) {
            return BAD_TYPE;
        }
        return cause instanceof SocketException && !(cause instanceof ConnectException) ? CUT : null;
    }

    /** True if the server did not mind what it was asked, and the same may pass another time. */
    public static boolean isPassing(SQLException failure) {
        Meaning meaning = of(failure);
        return meaning.exitCode == Problem.UNREACHABLE && meaning.inWords;
    }

    /** True if the server did not understand what it was asked, so that its own words name the place and hold nothing of a row. */
    public static boolean isOfStatement(SQLException failure) {
        Meaning meaning = of(failure);
        return meaning == BAD_SQL || meaning == NO_TABLE || meaning == NO_COLUMN || !meaning.inWords;
    }

    /** The meaning of a failure to connect; where exceptions do not tell what is wrong with the way there, it is tried piece by piece. */
    public static Meaning ofConnecting(SQLException failure, String jdbcUrl) {
        Meaning meaning = of(failure);
        return meaning == UNREACHABLE && jdbcUrl.startsWith("jdbc:sqlserver:") ? way(jdbcUrl) : meaning;
    }

    /** True if the connection is no good any more: it has ended, or reads in a way that the database no longer allows. */
    public static boolean endsSession(SQLException failure) {
        Meaning meaning = of(failure);
        return meaning == GOING_DOWN || meaning == NO_SNAPSHOT;
    }

    /** {@code SQL state 08S01, error 0}, of the exception that tells the reason; null if it has neither. */
    public static @Nullable Text numbers(SQLException failure) {
        SQLException deepest = deepest(failure);
        return deepest.getSQLState() == null && deepest.getErrorCode() == 0
                ? null
                : ProblemText.SQL_NUMBERS.with(deepest.getSQLState(), deepest.getErrorCode());
    }

    private static SQLException deepest(SQLException failure) {
        SQLException deepest = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                deepest = sql;
            }
        }
        return deepest;
    }

    private static boolean isConnection(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("HY") || failure.getErrorCode() == 90067);
    }

    private static Meaning way(String url) {
        Map<String, String> parts = new HashMap<>();
        try {
            for (DriverPropertyInfo part : new SQLServerDriver().getPropertyInfo(url, new Properties())) {
                parts.put(part.name, part.value);
            }
            Integer.parseInt(parts.get("portNumber"));
        } catch (SQLException | NumberFormatException e) {
            return wrong(ProblemText.NO_JDBC_URL, ProblemText.JDBC_URL_FORM);
        }
        InetAddress host;
        try {
            host = InetAddress.getByName(parts.get("serverName"));
        } catch (UnknownHostException e) {
            return NO_HOST;
        }
        String instance = parts.get("instanceName");
        if (instance != null && !instance.isEmpty() && !url.contains("portNumber")) {
            return NO_INSTANCE;
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, Integer.parseInt(parts.get("portNumber"))), CONNECT_MILLISECONDS);
            return NO_SQL_SERVER;
        } catch (IOException | IllegalArgumentException e) {
            return NO_PORT;
        }
    }
}
