package io.identamocrm.ops;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How the product is connected with the clinic's database: gently, read-only, and without a word of the password to anybody. */
final class IdentConnection {

    /** The driver logs what it throws once more, past our logs' rules. Kept here, as loggers that nobody holds are forgotten. */
    private static final Logger DRIVER = Logger.getLogger("com.microsoft.sqlserver.jdbc");
    private static final int SECOND = 1000;
    private static final int MINUTE = 60 * SECOND;

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private IdentConnection() {
    }

    /**
     * The URL of a SQL Server database. Values stand in braces, with closing ones doubled: none can bring in a property of its own.
     *
     * @param server   host, or HOST\INSTANCE; SQL Server Browser knows an instance's port
     * @param port     of the host; not used for an instance
     * @param database its name, whatever characters it has
     * @param encrypt  encrypt the connection; the login always is
     * @param trust    take the server's certificate as it is
     */
    static String url(String server, int port, String database, boolean encrypt, boolean trust) {
        int backslash = server.indexOf('\\');
        String place = backslash < 0 ? ";serverName=" + braced(server) + ";portNumber=" + port
                : ";serverName=" + braced(server.substring(0, backslash)) + ";instanceName=" + braced(server.substring(backslash + 1));
        // A server that holds a statement up longer than the lock time-out is told so by an error, before the socket's time-out cuts the line.
        return "jdbc:sqlserver://" + place + ";databaseName=" + braced(database) + ";encrypt=" + encrypt
                + ";trustServerCertificate=" + trust + ";applicationName=ident-amocrm;applicationIntent=ReadOnly;loginTimeout=15"
                + ";lockTimeout=60000;socketTimeout=120000";
    }

    private static String braced(String value) {
        return "{" + value.replace("}", "}}") + "}";
    }

    /** A pool of at most two connections; opens none before it is asked for one, so the server may be away. */
    static HikariDataSource open(Settings.Ident ident) {
        return new HikariDataSource(pool(ident));
    }

    /**
     * Connects once, without a pool, and lets go again: the driver's own word on what is wrong comes at once.
     *
     * @throws SQLException telling the reason
     */
    static void tryOnce(Settings.Ident ident) throws SQLException {
        Properties login = new Properties();
        if (isSqlServer(ident)) {
            // Where something listens that never answers, the driver's login time-out does not help.
            login.setProperty("socketTimeout", Integer.toString(15 * SECOND));
        }
        if (ident.username() != null) {
            login.setProperty("user", ident.username());
        }
        if (ident.password() != null) {
            login.setProperty("password", ident.password());
        }
        DriverManager.getConnection(ident.jdbcUrl(), login).close();
    }

    /** How the pool is set up. */
    static HikariConfig pool(Settings.Ident ident) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ident");
        config.setJdbcUrl(ident.jdbcUrl());
        config.setUsername(ident.username());
        config.setPassword(ident.password());
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(15 * SECOND);
        config.setValidationTimeout(5 * SECOND);
        // Firewalls of clinics forget silent connections; servers restart at night.
        config.setKeepaliveTime(2 * MINUTE);
        config.setIdleTimeout(5 * MINUTE);
        config.setMaxLifetime(30 * MINUTE);
        // The clinic's server may be away when we start; the first run tells.
        config.setInitializationFailTimeout(-1);
        // The pool by itself takes a session that the server has ended for a good one, and lends it once more.
        config.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public Override adjudicate(SQLException failure) {
                return IdentErrors.endsSession(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
            }
        });
        if (isSqlServer(ident)) {
            // Of us and a receptionist, the server shall refuse us: we come again.
            config.setConnectionInitSql("SET DEADLOCK_PRIORITY LOW");
        }
        return config;
    }

    static boolean isSqlServer(Settings.Ident ident) {
        return ident.jdbcUrl().startsWith("jdbc:sqlserver:");
    }
}
