package io.identamocrm.clinic;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Random;

/**
 * Fills a clinic with patients, visits and bills. The same options give the same rows in every process: chance comes from the seed, and the
 * only clock is {@link Options#now()}. Ids follow each other without gaps: patients from {@value #FIRST_PATIENT}, receptions from
 * {@value #FIRST_RECEPTION}.
 */
public final class ClinicGenerator {

    /** {@code Persons.ID} of the first patient. */
    public static final int FIRST_PATIENT = 5001;
    /** {@code Receptions.ID} of the first reception. */
    public static final int FIRST_RECEPTION = 100_001;

    private final Options options;

    /** A generator that makes the same rows each time it is asked. */
    public ClinicGenerator(Options options) {
        this.options = Objects.requireNonNull(options);
    }

    /**
     * What to make.
     *
     * @param seed       of all chance
     * @param receptions number of rows in {@code Receptions}, exactly; 1 or more
     * @param patients   number of patients, exactly; 1 to 1,000,000
     * @param now        clinic wall clock: visits before it are past, no row is marked later
     * @param shares     how the receptions came out
     * @param messy      also odd patients: unusable and crowded phones, padded or missing names, nonsense birthdays, emoji, huge comments
     */
    public record Options(long seed, int receptions, int patients, LocalDateTime now, Shares shares, boolean messy) {

        public Options {
            Objects.requireNonNull(now);
            Objects.requireNonNull(shares);
            if (receptions < 1 || patients < 1 || patients > 1_000_000) {
                throw new IllegalArgumentException("A sample clinic has receptions, and 1 to 1,000,000 patients");
            }
        }

        /** A clinic as it is: all statuses, five receptions for two patients, messy, one broken row in a hundred. */
        public static Options of(int receptions, LocalDateTime now) {
            return new Options(1, receptions, Math.max(1, receptions * 2 / 5), now, Shares.REALISTIC, true);
        }

        /** As many receptions, each of which gets a deal in an empty account; tidy patients with a usable phone each. */
        public static Options deliverable(int receptions, LocalDateTime now) {
            return of(receptions, now).with(Shares.DELIVERABLE).tidy();
        }

        /** With other chance. */
        public Options withSeed(long other) {
            return new Options(other, receptions, patients, now, shares, messy);
        }

        /** With another number of patients. */
        public Options withPatients(int other) {
            return new Options(seed, receptions, other, now, shares, messy);
        }

        /** With other shares. */
        public Options with(Shares other) {
            return new Options(seed, receptions, patients, now, other, messy);
        }

        /** Without odd patients. */
        public Options tidy() {
            return new Options(seed, receptions, patients, now, shares, false);
        }
    }

    /**
     * Weights of what became of receptions, relative to each other; {@code broken} apart.
     *
     * @param completed         treated, billed or both
     * @param arrived           in the house at this hour
     * @param planned           in the future
     * @param missed            in the past, and nobody came
     * @param cancelledByTime   called off, mostly with a reason
     * @param cancelledByReason called off without a time
     * @param moved             pairs of a cancelled row and the later one it was moved to
     * @param broken            part of all rows, 0 to 1, exact: without patient, with the id of no patient, without planned start, in turn
     */
    public record Shares(
            int completed,
            int arrived,
            int planned,
            int missed,
            int cancelledByTime,
            int cancelledByReason,
            int moved,
            double broken) {

        /** A clinic as it is. */
        public static final Shares REALISTIC = new Shares(104, 2, 40, 14, 18, 8, 7, 0.01);
        /** Only what opens a deal. */
        public static final Shares DELIVERABLE = new Shares(70, 2, 28, 0, 0, 0, 0, 0);

        /** With another part of broken rows. */
        public Shares withBroken(double other) {
            return new Shares(completed, arrived, planned, missed, cancelledByTime, cancelledByReason, moved, other);
        }

        int[] weights() {
            return new int[] {completed, arrived, planned, missed, cancelledByTime, cancelledByReason, moved};
        }
    }

    void fill(ClinicDatabase database) {
        database.with(connection -> {
            requireEmpty(connection);
            connection.setAutoCommit(false);
            Random random = new Random(options.seed());
            new GeneratedPatients(options, random).write(connection, database);
            new GeneratedReceptions(options, random).write(connection, database);
            connection.commit();
            connection.setAutoCommit(true);
            return null;
        });
        // Rows with ids of their own do not move the tables' counters.
        for (String table : new String[] {"Persons", "Receptions", "Orders", "OrderServiceRelation"}) {
            String last = "SELECT COALESCE(MAX(ID), 0) + 1 FROM dbo." + table;
            long next = database.list(row -> row.getLong(1), last).get(0);
            database.countOnFrom(table, next);
        }
    }

    private static void requireEmpty(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1 FROM dbo.Patients")) {
            if (rows.next()) {
                throw new IllegalStateException("The generator fills empty clinics only");
            }
        }
    }
}
