package io.identamocrm.clinic;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A sample clinic in H2, in its SQL Server mode. */
final class H2Clinic extends ClinicServer {

    static final String READER = "ident_reader";
    static final String READER_PASSWORD = "reader";

    private static final String DIALECT = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    private final String jdbcUrl;
    private final boolean inMemory;
    private final JdbcConnectionPool pool;

    private H2Clinic(String jdbcUrl, boolean inMemory) {
        this.jdbcUrl = jdbcUrl;
        this.inMemory = inMemory;
        this.pool = JdbcConnectionPool.create(jdbcUrl, SampleClinic.OWNER, "");
        if (inMemory) {
            // Kept while nobody is connected. Not part of the URL: only the owner may set it.
            new ClinicDatabase(pool, this).run("SET DB_CLOSE_DELAY -1");
        }
    }

    static H2Clinic inMemory(String name) {
        return new H2Clinic("jdbc:h2:mem:" + name + DIALECT, true);
    }

    static H2Clinic inFile(Path file) {
        return new H2Clinic("jdbc:h2:file:" + file.toAbsolutePath() + DIALECT + ";AUTO_SERVER=TRUE", false);
    }

    @Override
    DataSource owner() {
        return pool;
    }

    @Override
    String jdbcUrl() {
        return jdbcUrl;
    }

    @Override
    String reader() {
        return READER;
    }

    @Override
    String readerPassword() {
        return READER_PASSWORD;
    }

    @Override
    void make(ClinicDatabase database) {
        database.run("CREATE SCHEMA IF NOT EXISTS dbo");
        database.run(resource("schema.sql"));
        database.run(resource("catalogue.sql"));
        database.run(resource("row-versions-h2.sql"));
        countApart(database);
        database.run("CREATE USER " + READER + " PASSWORD '" + READER_PASSWORD + "'; GRANT SELECT ON SCHEMA dbo TO "
                + READER);
    }

    @Override
    String countOnFrom(String table, long next, boolean empty) {
        return "ALTER TABLE dbo." + table + " ALTER COLUMN ID RESTART WITH " + next;
    }

    @Override
    String ownIds(String table, boolean allowed) {
        return "";
    }

    @Override
    String rename(String table, String to) {
        return "ALTER TABLE dbo." + table + " RENAME TO " + to;
    }

    @Override
    String addRowVersions() {
        String script = resource("row-versions-h2.sql");
        int start = script.indexOf("ALTER TABLE");
        return script.substring(start, script.indexOf(';', start));
    }

    @Override
    public void close() {
        if (inMemory) {
            new ClinicDatabase(pool, this).run("SHUTDOWN");
        }
        pool.dispose();
    }
}
