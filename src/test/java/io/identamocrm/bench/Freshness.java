package io.identamocrm.bench;

import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.SandboxAccount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long bookings made at random moments take to stand in amoCRM as deals, and what a service costs both sides where nothing happens. */
final class Freshness {

    static final int BOOKINGS = Integer.getInteger("bench.bookings", 200);
    private static final int AVERAGE_PAUSE_MILLISECONDS = 1500;
    private static final int IDLE_MINUTES = Integer.getInteger("bench.idle-minutes", 3);
    private static final long RECEPTION_ID = 26;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofMinutes(8);

    private static final Pattern PARAMETER = Pattern.compile("(?i)\\?\\d*(?: AS (\\w+))?");
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");
    private static final Long NOBODY = 0L;
    private static final byte[] NEVER = HexFormat.of().parseHex("7fffffffffffffff");

    private final EmbeddedSetUp setUp;
    private final Map<Long, Long> bookedAt = new HashMap<>();
    private final List<Double> seconds = new ArrayList<>();
    private long writesSeen;

    /** Of a clinic and an account that match each other. */
    Freshness(EmbeddedSetUp setUp) {
        this.setUp = setUp;
    }

    /** Variables of a service on its usual schedules. */
    static Map<String, String> service(Map<String, String> variables) throws Exception {
        Map<String, String> service = new HashMap<>(variables);
        service.put("MANAGEMENT_PORT", Integer.toString(EmbeddedRedis.freePort()));
        return service;
    }

    /** Books, and returns how long it took until the deals were seen: median, 95 of 100, all. */
    String ofBookings(ProductProcess service) throws Exception {
        Random chance = new Random(1);
        long patient = setUp.clinic().count("SELECT MIN(ID_Persons) FROM dbo.Patients WHERE PatientNumber IS NOT NULL");
        SampleClinic clinic = setUp.clinic();
        for (int i = 0; i < BOOKINGS; i++) {
            long next = System.nanoTime() + chance.nextInt(2 * AVERAGE_PAUSE_MILLISECONDS) * 1_000_000L;
            while (System.nanoTime() < next) {
                look();
                Thread.sleep(5);
            }
            service.requireAlive();
            LocalDateTime start = LocalDateTime.now().withNano(0).plusDays(2).plusMinutes(i);
            bookedAt.put(clinic.staff().book(patient, start, LocalDateTime.now()), System.nanoTime());
        }
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (!bookedAt.isEmpty() && System.nanoTime() < end) {
            look();
            Thread.sleep(5);
        }
        if (!bookedAt.isEmpty()) {
            throw new IllegalStateException(bookedAt.size() + " bookings never arrived");
        }
        double[] sorted =
                seconds.stream().mapToDouble(second -> second).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "p50 %.1f s, p95 %.1f s, longest %.1f s",
                sorted[BOOKINGS / 2],
                sorted[BOOKINGS * 95 / 100],
                sorted[BOOKINGS - 1]);
    }

    private void look() {
        long writes = setUp.sandbox().journal().writes();
        if (writes == writesSeen) {
            return;
        }
        writesSeen = writes;
        long now = System.nanoTime();
        SandboxAccount account = setUp.sandbox().account();
        for (EntityView lead : account.leads()) {
            Long booked = bookedAt.remove(Long.valueOf(lead.fields().getOrDefault(RECEPTION_ID, "0")));
            if (booked != null) {
                seconds.add((now - booked) / 1e9);
            }
        }
    }

    /** What some idle minutes cost, as an hour. */
    String ofIdleHour(ProductProcess service) throws Exception {
        // What was booked last is read once more for as long as cursors of time overlap, and its patient with the next
        // run of patients.
        Thread.sleep(SETTLED.toMillis());
        SampleClinic clinic = setUp.clinic();
        clinic.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000");
        clinic.execute("SET QUERY_STATISTICS TRUE");
        setUp.sandbox().journal().clear();
        Duration processor = service.processorTime();
        Thread.sleep(Duration.ofMinutes(IDLE_MINUTES).toMillis());
        service.requireAlive();
        long statements = 0;
        long rows = 0;
        try (Connection connection = clinic.dataSource().getConnection();
                ResultSet executed = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT SQL_STATEMENT, EXECUTION_COUNT FROM INFORMATION_SCHEMA.QUERY_STATISTICS WHERE SQL_STATEMENT LIKE '%SELECT%' "
                                        + "AND SQL_STATEMENT NOT LIKE '%QUERY_STATISTICS%' AND SQL_STATEMENT NOT LIKE '%OpenTransactions%'")) {
            while (executed.next()) {
                statements += executed.getLong(2);
                rows += executed.getLong(2) * rowsRead(connection, executed.getString(1));
            }
        }
        clinic.execute("SET QUERY_STATISTICS FALSE");
        int hours = 60 / IDLE_MINUTES;
        return String.format(
                Locale.ROOT,
                "%d requests, %d statements at IDENT that read %,d rows, %.0f s of processor",
                setUp.sandbox().journal().count() * hours,
                statements * hours,
                rows * hours,
                service.processorTime().minus(processor).toMillis() * hours / 1000.0);
    }

    /** How many rows of tables and indexes a statement reads where nothing is newer than what it asks for, as the sample clinic counts. */
    private static long rowsRead(Connection connection, String statement) throws SQLException {
        try (PreparedStatement explained = connection.prepareStatement("EXPLAIN ANALYZE " + statement)) {
            int place = 0;
            for (Matcher parameter = PARAMETER.matcher(statement); parameter.find(); ) {
                String type = parameter.group(1);
                explained.setObject(
                        ++place, type == null ? NOBODY : type.equalsIgnoreCase("binary") ? NEVER : LocalDateTime.now());
            }
            ResultSet plan = explained.executeQuery();
            plan.next();
            return SCANNED.matcher(plan.getString(1))
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
        }
    }
}
