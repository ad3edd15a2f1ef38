package io.identamocrm.clinic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A clinic's IDENT database without a clinic: the real tables' names, keys and types in H2, which speaks SQL Server's dialect in this mode.
 * New ones have doctors, chairs, branches and a price list but no patients; {@link ClinicGenerator} and {@link ClinicStaff} bring these.
 */
public final class SampleClinic implements AutoCloseable {

    /** A login that may do all. */
    public static final String OWNER = "sa";
    /** Its password. */
    public static final String OWNER_PASSWORD = "";
    /** A login that may only read, as the product should get one. */
    public static final String READER = "ident_reader";
    /** Its password. */
    public static final String READER_PASSWORD = "reader";

    private static final String DIALECT = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    private final String jdbcUrl;
    private final boolean inMemory;
    private final JdbcConnectionPool pool;
    private final ClinicDatabase database;

    private SampleClinic(String jdbcUrl, boolean inMemory) {
        this.jdbcUrl = jdbcUrl;
        this.inMemory = inMemory;
        this.pool = JdbcConnectionPool.create(jdbcUrl, OWNER, OWNER_PASSWORD);
        this.database = new ClinicDatabase(pool);
        if (inMemory) {
            // Kept while nobody is connected. Not part of the URL: only the owner may set it.
            database.run("SET DB_CLOSE_DELAY -1");
        }
        if (count("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'Receptions'") == 0) {
            database.run(resource("schema.sql"));
            database.run(resource("catalogue.sql"));
        }
    }

    /** A database of this process that nobody else knows; gone when closed. */
    public static SampleClinic inMemory() {
        return inMemory(UUID.randomUUID().toString());
    }

    /** A database of this process that others can reach through {@link #jdbcUrl()}; gone when closed. */
    public static SampleClinic inMemory(String name) {
        return new SampleClinic("jdbc:h2:mem:" + name + DIALECT, true);
    }

    /**
     * A database that other processes can open at the same time through {@link #jdbcUrl()}; stays when closed.
     *
     * @param file without extension; opened if it exists, made if not
     */
    public static SampleClinic inFile(Path file) {
        return new SampleClinic("jdbc:h2:file:" + file.toAbsolutePath() + DIALECT + ";AUTO_SERVER=TRUE", false);
    }

    /** An in-memory clinic filled by the generator. */
    public static SampleClinic filled(ClinicGenerator.Options options) {
        return inMemory().fill(options);
    }

    /** Lets the generator fill this clinic, which must not have receptions yet. */
    public SampleClinic fill(ClinicGenerator.Options options) {
        new ClinicGenerator(options).fill(database);
        return this;
    }

    /** For anyone's own connection, as {@link #OWNER} or {@link #READER}; needs no escaping in settings. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** Pooled connections of {@link #OWNER}. */
    public DataSource dataSource() {
        return pool;
    }

    /** The people who book, receive and treat. */
    public ClinicStaff staff() {
        return new ClinicStaff(database);
    }

    /**
     * What must become of every reception, by a query that shares nothing with the product's own; ordered by planned start, id.
     *
     * @param now   clinic wall clock
     * @param grace a visit that ended longer ago without anybody having come was missed; zero: none is ever taken as missed
     */
    public List<ExpectedReception> expected(LocalDateTime now, Duration grace) {
        return ExpectedReception.all(database, now, grace);
    }

    /** Every personal string in the database, also in the forms it takes on its way; see {@link PersonalValues}. */
    public Set<String> personalValues() {
        return PersonalValues.of(database);
    }

    /** The number that a query of the caller's gives: {@code SELECT COUNT(*) …}. */
    public long count(String sql, Object... parameters) {
        return database.list(row -> row.getLong(1), sql, parameters).get(0);
    }

    /** Changes rows in ways that the staff cannot, to break something on purpose. Returns the number of rows changed. */
    public int execute(String sql, Object... parameters) {
        return database.update(sql, parameters);
    }

    @Override
    public void close() {
        if (inMemory) {
            database.run("SHUTDOWN");
        }
        pool.dispose();
    }

    private static String resource(String name) {
        try (InputStream in = SampleClinic.class.getResourceAsStream("/clinic/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
