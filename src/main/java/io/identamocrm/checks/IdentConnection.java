package io.identamocrm.checks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.identamocrm.problems.IdentErrors;
import io.identamocrm.settings.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How the product is connected with the clinic's database: gently, read-only, and without a word of the password to anybody. */
public final class IdentConnection {

    /** The driver logs what it throws once more, past our logs' rules. Kept here, as loggers that nobody holds are forgotten. */
    private static final Logger DRIVER = Logger.getLogger("com.microsoft.sqlserver.jdbc");
    /**
     * Of us and a receptionist, the server shall refuse us: we come again. Where the database keeps rows as they were, they are read so:
     * nobody waits for anybody. Each statement is a transaction of its own, so none keeps old rows for long.
     */
    static final String MANNERS = "SET DEADLOCK_PRIORITY LOW; "
            + "IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND snapshot_isolation_state = 1) "
            + "SET TRANSACTION ISOLATION LEVEL SNAPSHOT;";
    /** The driver's property; where {@link OldTls} is allowed, its value stands for all versions up to it. */
    private static final String TLS = "sslProtocol";

    private static final String TLS_UP_TO = "TLSv1.2";
    private static final int SECOND = 1000;
    private static final int MINUTE = 60 * SECOND;

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private IdentConnection() {}

    /** A pool of at most two connections; opens none before it is asked for one, so the server may be away. */
    public static HikariDataSource open(Settings.Ident ident) {
        return new HikariDataSource(pool(ident));
    }

    /**
     * Connects once, without a pool, and lets go again: the driver's own word on what is wrong comes at once.
     *
     * @throws SQLException telling the reason
     */
    public static void tryOnce(Settings.Ident ident) throws SQLException {
        Properties login = new Properties();
        login.putAll(ident.secrets());
        if (ident.isSqlServer()) {
            // Where something listens that never answers, the driver's login time-out does not help.
            login.setProperty("socketTimeout", Integer.toString(15 * SECOND));
        }
        if (ident.oldTls()) {
            login.setProperty(TLS, TLS_UP_TO);
        }
        if (ident.username() != null) {
            login.setProperty("user", ident.username());
        }
        if (ident.password() != null) {
            login.setProperty("password", ident.password());
        }
        DriverManager.getConnection(ident.jdbcUrl(), login).close();
    }

    /**
     * Borrows a connection of the pool; one that lay idle is asked whether it is well. Where the pool has none it would try for a quarter of a
     * minute what the driver knows at once, which is longer than a stop may take, so the driver is asked before.
     *
     * @throws SQLException telling the reason
     */
    public static Connection borrow(HikariDataSource pool, Settings.Ident ident) throws SQLException {
        if (pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            tryOnce(ident);
        }
        return pool.getConnection();
    }

    /** How the pool is set up. */
    static HikariConfig pool(Settings.Ident ident) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ident");
        config.setJdbcUrl(ident.jdbcUrl());
        config.setUsername(ident.username());
        config.setPassword(ident.password());
        ident.secrets().forEach(config::addDataSourceProperty);
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
        // The clinic's server may be away when we start; the first run logs it.
        config.setInitializationFailTimeout(-1);
        // The pool by itself takes a session that the server has ended for a good one, and lends it once more.
        config.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public Override adjudicate(SQLException failure) {
                return IdentErrors.endsSession(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
            }
        });
        if (ident.isSqlServer()) {
            config.setConnectionInitSql(MANNERS);
        }
        if (ident.oldTls()) {
            config.addDataSourceProperty(TLS, TLS_UP_TO);
        }
        return config;
    }
}
