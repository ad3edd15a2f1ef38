package io.identamocrm.clinic;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * A sample clinic in a real SQL Server: a database of its own with a Cyrillic collation, dropped afterwards, and a login that may only read
 * if the server lets us make one. The server's clock must show this machine's time.
 */
final class SqlServerClinic extends ClinicServer {

    /** The system property with the server's URL, which names no database; a login that may create databases stands in two more. */
    static final String URL = "ident.jdbc.url";

    /** Leaves the collation, and the numbers that rows count on from, to an engine that knows no more than T-SQL's core. */
    private static final boolean PLAIN = Boolean.getBoolean("ident.jdbc.plain");

    private static final String ADD_ROW_VERSIONS = "ALTER TABLE dbo.Receptions ADD RowVersion rowversion NOT NULL";
    private static final String USER = System.getProperty("ident.jdbc.user");
    private static final String PASSWORD = System.getProperty("ident.jdbc.password");
    /** Good only in databases that live for a test; long enough for a server's policy. */
    private static final String READER_PASSWORD = "Reader-" + UUID.randomUUID();
    /** What this process has made and would otherwise leave behind. */
    private static final Set<String> KEPT = ConcurrentHashMap.newKeySet();

    private final String name;
    private final boolean ownReader;
    private final HikariDataSource pool = new HikariDataSource();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> KEPT.forEach(SqlServerClinic::drop), "drop clinics"));
    }

    private SqlServerClinic(String name) {
        this.name = name;
        master("IF DB_ID(N'" + name + "') IS NULL CREATE DATABASE [" + name + "]"
                + (PLAIN ? "" : " COLLATE Cyrillic_General_CI_AS"));
        this.ownReader = canMakeLogin(name);
        pool.setJdbcUrl(jdbcUrl());
        pool.setUsername(USER);
        pool.setPassword(PASSWORD);
    }

    static boolean isWanted() {
        return System.getProperty(URL, "").startsWith("jdbc:sqlserver:");
    }

    /** Opens a database or makes it; one that is kept is dropped when this process ends, others when closed. */
    static SqlServerClinic named(String text, boolean dropWhenClosed) {
        String name = "ident_test_"
                + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
        if (!dropWhenClosed) {
            KEPT.add(name);
        }
        return new SqlServerClinic(name);
    }

    private static boolean canMakeLogin(String name) {
        try {
            master("IF SUSER_ID(N'" + name + "') IS NULL CREATE LOGIN [" + name + "] WITH PASSWORD = N'"
                    + READER_PASSWORD + "', CHECK_POLICY = OFF ELSE ALTER LOGIN [" + name + "] WITH PASSWORD = N'"
                    + READER_PASSWORD + "'");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void master(String sql) {
        try (Connection connection = DriverManager.getConnection(System.getProperty(URL), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("SQL Server refuses what a sample clinic needs", e);
        }
    }

    private static void drop(String name) {
        master("IF DB_ID(N'" + name + "') IS NOT NULL BEGIN ALTER DATABASE [" + name
                + "] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; " + "DROP DATABASE [" + name + "] END");
        master("IF SUSER_ID(N'" + name + "') IS NOT NULL DROP LOGIN [" + name + "]");
    }

    @Override
    DataSource owner() {
        return pool;
    }

    @Override
    String jdbcUrl() {
        return System.getProperty(URL) + ";databaseName=" + name;
    }

    @Override
    String reader() {
        return ownReader ? name : USER;
    }

    @Override
    String readerPassword() {
        return ownReader ? READER_PASSWORD : PASSWORD;
    }

    @Override
    void make(ClinicDatabase database) {
        database.run(resource("schema.sql"));
        // Of the catalogue's tables only this one counts by itself.
        database.run(ownIds("Persons", true) + ";\n" + resource("catalogue.sql") + "\n" + ownIds("Persons", false));
        database.run(ADD_ROW_VERSIONS);
        countApart(database);
        if (ownReader) {
            database.run("CREATE USER [" + name + "] FOR LOGIN [" + name + "]; GRANT SELECT ON SCHEMA::dbo TO [" + name
                    + "]");
        }
    }

    /** A table that never had a row takes the number itself, others the one after it. */
    @Override
    String countOnFrom(String table, long next, boolean empty) {
        return PLAIN
                ? "SELECT 1"
                : "DBCC CHECKIDENT (N'dbo." + table + "', RESEED, " + (empty ? next : next - 1) + ") WITH NO_INFOMSGS";
    }

    @Override
    String ownIds(String table, boolean allowed) {
        return "SET IDENTITY_INSERT dbo." + table + (allowed ? " ON" : " OFF");
    }

    @Override
    String rename(String table, String to) {
        return "EXEC sp_rename N'dbo." + table + "', N'" + to + "'";
    }

    @Override
    String addRowVersions() {
        return ADD_ROW_VERSIONS;
    }

    @Override
    public void close() {
        pool.close();
        if (!KEPT.contains(name)) {
            drop(name);
        }
    }
}
