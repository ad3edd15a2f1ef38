package io.identamocrm.problems;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import io.identamocrm.ident.LockedRows;
import io.identamocrm.model.Explanation;
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

/**
 * What an error of the clinic's database means to a person, and what to do. Told by SQL Server's error number (documented under "Database
 * Engine events and errors"), by H2's, or by the kind of exception; never by its text, which is in the server's language and may hold data.
 */
public final class IdentErrors {

    private static final String ASK_DBA = "ask the clinic's database administrator";
    private static final String OTHER = "the server reports error ";
    /** The driver's own SQL state for a conversion that it does not have. */
    private static final String UNSUPPORTED = "22005";
    private static final int CONNECT_MILLISECONDS = 3000;
    private static final int SQL_BROWSER = 1434;

    /**
     * A meaning.
     *
     * @param exitCode of a command that ends with it
     * @param text     what is wrong, without a full stop
     * @param remedy   what to do
     */
    public record Meaning(int exitCode, String text, String remedy) {

        /**
         * The meaning of one failure, with its numbers.
         *
         * @param where what failed, or null if the reader knows
         */
        public Explanation explanation(String where, SQLException failure) {
            String numbers = numbers(failure);
            return new Explanation(where, numbers.isEmpty() ? text : text + " (" + numbers + ")", remedy);
        }
    }

    private static final Meaning WRONG_PASSWORD = away("the server refuses the login",
            "check DB_USERNAME and DB_PASSWORD; it must be a login of SQL Server, not of Windows, and the server must allow these");
    private static final Meaning LOGIN_SHUT = away("the login is disabled, locked or its password has ended",
            "let the database administrator unlock it, and set a password that does not end");
    private static final Meaning NO_DATABASE = away("the server has no such database, or the login may not open it",
            "check DB_DATABASE; if it is right, let the administrator make a user for the login in that database");
    private static final Meaning DATABASE_SHUT = away("the database is offline, in restore or damaged",
            ASK_DBA + "; runs go on by themselves");
    private static final Meaning NOT_ALLOWED = wrong("the login may not read everything that is needed",
            "let the administrator run: GRANT SELECT ON SCHEMA::dbo TO the login's user");
    private static final Meaning NO_TABLE = wrong("a table or view that config/sql names is not there, or the login may not see it",
            "run test-db, which lists all that is missing; correct config/sql for this IDENT build, or GRANT SELECT");
    private static final Meaning NO_COLUMN = wrong("a column that config/sql names is not there",
            "run test-db, which lists all that is missing; correct config/sql for this IDENT build");
    private static final Meaning BAD_SQL = wrong("the server does not understand a statement of config/sql", "undo the last edit there");
    private static final Meaning BAD_TYPE = wrong("a column holds something else than config/sql takes it for",
            "run test-db, which lists the columns' types, and convert the value in config/sql");
    private static final Meaning BAD_COLLATION = wrong("a statement of config/sql compares texts of two collations",
            "write COLLATE DATABASE_DEFAULT after the columns compared there");
    private static final Meaning DRIVER = wrong("SQL Server's driver itself refuses a value, a statement or a part of IDENT_JDBC_URL",
            "undo the last edit there or in config/sql; Microsoft's list of connection properties names what each may be");
    private static final Meaning NO_WINDOWS_LOGIN = wrong("integratedSecurity=true needs a library of Microsoft's that is not here",
            "leave it out of IDENT_JDBC_URL, and use a login of SQL Server (DB_USERNAME, DB_PASSWORD), or a Windows login by NTLM");
    private static final Meaning NO_TICKET = away("Kerberos gives no ticket for the server",
            ASK_DBA + " for the domain's krb5.conf and the server's name in it; or use a login of SQL Server (DB_USERNAME, DB_PASSWORD)");
    private static final Meaning DEADLOCK = away("the server chose us to give way in a deadlock",
            "nothing is to be done; the next run reads again");
    private static final Meaning LOCKED = away("a row stayed locked for too long", "nothing is to be done if it is rare; else " + ASK_DBA
            + " which program keeps transactions open");
    private static final Meaning NO_SNAPSHOT = away("the database gives no snapshot of its rows at present, or any more",
            "nothing is to be done if it is rare: runs go on by themselves. Else snapshot isolation was begun and not ended, or config/sql "
                    + "names another database that does not allow it: " + ASK_DBA);
    private static final Meaning GOING_DOWN = away("the server is shutting down or ended our session", "wait: runs go on by themselves");
    private static final Meaning NO_MEMORY = away("the server has no memory to spare for the statement",
            "nothing is to be done if it is rare; else " + ASK_DBA + "; runs go on by themselves");
    private static final Meaning FULL = away("the server takes no more connections", ASK_DBA);
    private static final String OLD_TLS_REMEDY = "let the administrator install Microsoft's update of SQL Server and Windows for TLS 1.2; "
            + "until then DB_OLD_TLS=yes lets this one connection use the old encryption";
    private static final Meaning TLS = away("no encrypted connection could be agreed on",
            "the server may be too old for today's encryption: " + OLD_TLS_REMEDY);
    private static final Meaning OLD_TLS = away("the server knows only an encryption that is too old (TLS 1.0 or 1.1, or RSA alone as key "
            + "exchange), and the login is always encrypted", OLD_TLS_REMEDY);
    private static final Meaning CERTIFICATE = away("the server's certificate is not trusted",
            "set DB_TRUST_CERTIFICATE=yes if the server signed it itself, as most do; else give it one from an authority");
    /** What Java says of a handshake for want of a protocol or a suite; always in English, and not the server's words. */
    private static final Pattern OLD_PROTOCOL = Pattern.compile("protocol.?version|selected protocol|server chose|cipher suite|"
            + "handshake_failure|appropriate protocol", Pattern.CASE_INSENSITIVE);
    private static final Meaning SLOW = away("the server did not answer in time", "see whether it is overloaded; runs go on by themselves");
    private static final Meaning ALL_IN_USE = away("no connection with it became free in time",
            "nothing is to be done if it is rare; else see whether the server is overloaded or a network lets connections hang");
    private static final Meaning CUT = away("the connection was cut",
            "see whether the server was restarted, or a firewall cuts connections; runs go on by themselves");
    private static final Meaning UNREACHABLE = away("the server cannot be reached",
            "check DB_SERVER and DB_PORT, that the server runs, and that no firewall is between; test-db tells more");
    private static final Meaning NO_HOST = away("there is no host of the name in DB_SERVER",
            "check its spelling, or write its address; names of a clinic's network are often unknown outside of it and in containers");
    private static final Meaning NO_PORT = away("the host is there, but nothing answers at the port",
            "check DB_PORT, that SQL Server runs and has TCP/IP enabled (SQL Server Configuration Manager), and the firewall");
    private static final Meaning NO_SQL_SERVER = away("something answers at the port, but not as SQL Server does", "check DB_PORT");
    private static final Meaning NO_INSTANCE = away("the host is there, but does not tell the port of the instance",
            "check the name after the backslash in DB_SERVER, start the service SQL Server Browser and open UDP port " + SQL_BROWSER
            + "; or write the host alone, and the instance's port into DB_PORT");

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

    private IdentErrors() {
    }

    private static Meaning away(String text, String remedy) {
        return new Meaning(Problem.UNREACHABLE, text, remedy);
    }

    private static Meaning wrong(String text, String remedy) {
        return new Meaning(Problem.WRONG_SETUP, text, remedy);
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
            return away(OTHER + deepest.getErrorCode(), "see Microsoft's list of errors under this number");
        }
        return deepest instanceof SQLServerException ? DRIVER : deepest instanceof SQLTransientConnectionException ? ALL_IN_USE : found;
    }

    private static Meaning ofKind(Throwable cause) {
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
        return meaning.exitCode == Problem.UNREACHABLE && !meaning.text.startsWith(OTHER);
    }

    /** True if the server did not understand what it was asked, so that its own words name the place and hold nothing of a row. */
    public static boolean isOfStatement(SQLException failure) {
        Meaning meaning = of(failure);
        return meaning == BAD_SQL || meaning == NO_TABLE || meaning == NO_COLUMN || meaning.text.startsWith(OTHER);
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

    /** {@code SQL state 08S01, error 0}, of the exception that tells the reason; empty if it has neither. */
    public static String numbers(SQLException failure) {
        SQLException deepest = deepest(failure);
        return deepest.getSQLState() == null && deepest.getErrorCode() == 0 ? ""
                : "SQL state " + deepest.getSQLState() + ", error " + deepest.getErrorCode();
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
            return wrong("IDENT_JDBC_URL is not written as SQL Server's driver reads it",
                    "write jdbc:sqlserver://HOST:1433;databaseName=…");
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
            socket.connect(new InetSocketAddress(host, Integer.parseInt(parts.get("portNumber"))), CONNECT_MILLISECONDS);
            return NO_SQL_SERVER;
        } catch (IOException | IllegalArgumentException e) {
            return NO_PORT;
        }
    }
}
