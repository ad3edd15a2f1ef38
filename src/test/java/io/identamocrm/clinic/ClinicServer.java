package io.identamocrm.clinic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;

/** Where a sample clinic's database is, and what its two possible servers do differently. */
abstract class ClinicServer implements AutoCloseable {

    /** Connections of a login that may do all. */
    abstract DataSource owner();

    /** Where the database is, without a login. */
    abstract String jdbcUrl();

    abstract String reader();

    abstract String readerPassword();

    /** Makes tables, catalogue, row versions and the reader in an empty database. */
    abstract void make(ClinicDatabase database);

    /** A statement that lets the next row of a table get an id. */
    abstract String countOnFrom(String table, long next, boolean empty);

    /** A statement that allows rows of a table to bring ids of their own, or ends that; empty if nothing is needed. */
    abstract String ownIds(String table, boolean allowed);

    abstract String rename(String table, String to);

    abstract String addRowVersions();

    @Override
    public abstract void close();

    /** Numbers of persons, receptions and orders start far apart, so that one taken for the other is noticed. */
    static void countApart(ClinicDatabase database) {
        database.countOnFrom("Persons", ClinicGenerator.FIRST_PATIENT);
        database.countOnFrom("Receptions", ClinicGenerator.FIRST_RECEPTION);
        database.countOnFrom("Orders", 700_001);
    }

    static String resource(String name) {
        try (InputStream in = ClinicServer.class.getResourceAsStream("/clinic/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
