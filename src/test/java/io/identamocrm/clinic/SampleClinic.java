package io.identamocrm.clinic;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A clinic's IDENT database without a clinic: the real tables' names, keys and types in H2, which speaks SQL Server's dialect in this mode;
 * or in a real SQL Server, if the property {@value SqlServerClinic#URL} names one. New ones have doctors, chairs, branches and a price list
 * but no patients; {@link ClinicGenerator} and {@link ClinicStaff} bring these.
 */
public final class SampleClinic implements AutoCloseable {

    /** A login of the H2 databases that may do all; without a password. */
    public static final String OWNER = "sa";

    private final ClinicServer server;
    private final ClinicDatabase database;

    private SampleClinic(ClinicServer server) {
        this.server = server;
        this.database = new ClinicDatabase(server.owner(), server);
        try {
            if (count("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = N'Receptions'") == 0) {
                server.make(database);
            }
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** A database of this process that nobody else knows; gone when closed. */
    public static SampleClinic inMemory() {
        return inMemory(UUID.randomUUID().toString());
    }

    /** A database of this process that others can reach through {@link #jdbcUrl()}; gone when closed. */
    public static SampleClinic inMemory(String name) {
        return new SampleClinic(
                SqlServerClinic.isWanted() ? SqlServerClinic.named(name, true) : H2Clinic.inMemory(name));
    }

    /**
     * A database that other processes can open at the same time through {@link #jdbcUrl()}; stays when closed.
     *
     * @param file without extension; opened if it exists, made if not
     */
    public static SampleClinic inFile(Path file) {
        return new SampleClinic(
                SqlServerClinic.isWanted()
                        ? SqlServerClinic.named(file.toAbsolutePath().toString(), false)
                        : H2Clinic.inFile(file));
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

    /** For anyone's own connection, as the owner or the {@link #reader()}; needs no escaping in settings. */
    public String jdbcUrl() {
        return server.jdbcUrl();
    }

    /** A login that may only read, as the product should get one. */
    public String reader() {
        return server.reader();
    }

    /** Its password. */
    public String readerPassword() {
        return server.readerPassword();
    }

    /** Pooled connections of a login that may do all. */
    public DataSource dataSource() {
        return server.owner();
    }

    /** Takes a table away, or brings it back, under another name. */
    public void rename(String table, String to) {
        database.run(server.rename(table, to));
    }

    /** Gives {@code Receptions} its column {@code RowVersion} (again). */
    public void addRowVersions() {
        database.run(server.addRowVersions());
    }

    /** False on SQL Server: its transactions, sequences and locks cannot be played. */
    public boolean isH2() {
        return server instanceof H2Clinic;
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

    /** Those personal values that a text holds. */
    public List<String> personalValuesIn(String text) {
        return PersonalValues.in(text, personalValues());
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
        server.close();
    }
}
