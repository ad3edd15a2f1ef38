package io.identamocrm.clinic;

import io.identamocrm.clinic.ClinicGenerator.Options;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The generator's visits of two years back and six weeks ahead, with their orders. */
final class GeneratedReceptions {

    private static final int DAYS_BACK = 730;
    private static final int DAYS_AHEAD = 45;
    /** Far above every patient's id. */
    private static final int NOBODY = 900_000_000;

    private static final int[] LENGTHS = {30, 30, 45, 60, 90};
    private static final int SERVICES = 10;

    private final Options options;
    private final Random random;
    private final long brokenRows;

    private RowBatch receptions;
    private RowBatch orders;
    private RowBatch lines;
    private int lastOrder = 700_000;
    private int lastLine;

    /** In the order of {@link ClinicGenerator.Shares#weights()}. */
    private enum Fate {
        COMPLETED,
        ARRIVED,
        PLANNED,
        MISSED,
        CANCELLED_BY_TIME,
        CANCELLED_BY_REASON,
        MOVED
    }

    GeneratedReceptions(Options options, Random random) {
        this.options = options;
        this.random = random;
        this.brokenRows = Math.round(options.receptions() * options.shares().broken());
    }

    void write(Connection connection, ClinicDatabase database) throws SQLException {
        try (RowBatch receptionRows = database.batch(connection, "Receptions", Visit.COLUMNS);
                RowBatch orderRows = database.batch(
                        connection,
                        "Orders",
                        List.of(
                                "ID",
                                "DateTimeOrder",
                                "ID_OwnCompanies",
                                "ID_Receptions",
                                "ID_Patients",
                                "ID_Staffs",
                                "IsBillFormed",
                                "DateTimeAdded"));
                RowBatch lineRows = database.batch(
                        connection,
                        "OrderServiceRelation",
                        List.of(
                                "ID",
                                "ID_Orders",
                                "ID_ServicePrices",
                                "CountService",
                                "DiscountSum",
                                "ID_Returns",
                                "DateTimeAdded"))) {
            receptions = receptionRows;
            orders = orderRows;
            lines = lineRows;
            for (int n = 0; n < options.receptions(); ) {
                n += isBroken(n) ? broken(n) : sound(n);
            }
        }
    }

    /** The broken rows lie evenly among the others. */
    private boolean isBroken(int n) {
        return brokenBefore(n + 1) > brokenBefore(n);
    }

    private long brokenBefore(int n) {
        return n * brokenRows / options.receptions();
    }

    private int broken(int n) throws SQLException {
        switch ((int) (brokenBefore(n) % 3)) {
            case 0 -> {
                Visit visit = planned(n);
                visit.patient = null;
                write(visit);
            }
            case 1 -> {
                Visit visit = completed(n, past());
                visit.patient = NOBODY + n;
                write(visit);
            }
            default -> {
                Visit visit = planned(n);
                visit.start = null;
                visit.end = null;
                write(visit);
            }
        }
        return 1;
    }

    /** Writes one visit; two rows if it was moved. Returns the number of rows. */
    private int sound(int n) throws SQLException {
        Fate fate = fate();
        if (fate == Fate.MOVED && (n + 1 == options.receptions() || isBroken(n + 1))) {
            fate = Fate.CANCELLED_BY_TIME;
        }
        switch (fate) {
            case COMPLETED -> write(completed(n, past()));
            case ARRIVED -> write(arrived(n));
            case PLANNED -> write(planned(n));
            case MISSED -> write(booked(n, past()));
            case CANCELLED_BY_TIME -> write(cancelled(booked(n, chance(0.7) ? past() : future())));
            case CANCELLED_BY_REASON -> {
                Visit visit = booked(n, chance(0.7) ? past() : future());
                visit.cancelReason = 1 + random.nextInt(5);
                visit.changed = between(visit.added, visit.start);
                write(visit);
            }
            case MOVED -> {
                Visit old = cancelled(booked(n, past()));
                Visit moved = chance(0.5) ? planned(n + 1) : completed(n + 1, old.start.plusDays(1));
                moved.patient = old.patient;
                moved.movedFrom = old.id;
                moved.added = old.canceled;
                write(old);
                write(moved);
                return 2;
            }
        }
        return 1;
    }

    private Fate fate() {
        int[] weights = options.shares().weights();
        int point = random.nextInt(IntStream.of(weights).sum());
        int kind = 0;
        while (point >= weights[kind]) {
            point -= weights[kind++];
        }
        return Fate.values()[kind];
    }

    private Visit booked(int n, LocalDateTime start) {
        Visit visit = new Visit(ClinicGenerator.FIRST_RECEPTION + n);
        visit.patient = ClinicGenerator.FIRST_PATIENT + random.nextInt(options.patients());
        visit.doctor = chance(0.03) ? null : 1 + random.nextInt(5);
        visit.chair = chance(0.03) ? null : 1 + random.nextInt(6);
        visit.start = start;
        visit.end = start.plusMinutes(LENGTHS[random.nextInt(LENGTHS.length)]);
        visit.added = earlier(start, options.now()).minusMinutes(24 * 60 + random.nextInt(30 * 24 * 60));
        visit.comment = chance(0.1) ? "Приём %06d: просит позвонить доктору".formatted(n + 1) : null;
        return visit;
    }

    private Visit planned(int n) {
        return booked(n, future());
    }

    private Visit arrived(int n) {
        Visit visit = booked(n, options.now().minusMinutes(10 + random.nextInt(80)));
        visit.appeared = visit.start.minusMinutes(random.nextInt(20));
        visit.started = chance(0.5) ? visit.start.plusMinutes(random.nextInt(10)) : null;
        return visit;
    }

    private Visit completed(int n, LocalDateTime start) {
        Visit visit = booked(n, start);
        visit.appeared = chance(0.95) ? visit.start.minusMinutes(random.nextInt(20)) : null;
        visit.started = chance(0.95) ? visit.start.plusMinutes(random.nextInt(10)) : null;
        double how = random.nextDouble();
        visit.ended = how < 0.9 ? visit.end.plusMinutes(random.nextInt(15)) : null;
        visit.checkIssued = how > 0.15 ? visit.end.plusMinutes(15 + random.nextInt(15)) : null;
        return visit;
    }

    private Visit cancelled(Visit visit) {
        visit.canceled = between(visit.added, visit.start);
        visit.cancelReason = chance(0.7) ? 1 + random.nextInt(5) : null;
        visit.cancelComment = chance(0.2) ? "Отмена %06d: заболела бабушка".formatted(visit.id) : null;
        return visit;
    }

    private void write(Visit visit) throws SQLException {
        if (visit.changed == null && chance(0.8)) {
            visit.changed = visit.lastEvent();
        }
        visit.write(receptions);
        if (visit.isTreated()) {
            int bills = chance(0.85) ? 1 : random.nextInt(3);
            for (int i = 0; i < bills; i++) {
                bill(visit);
            }
        }
    }

    private void bill(Visit visit) throws SQLException {
        orders.add(
                ++lastOrder,
                visit.start,
                1,
                visit.id,
                visit.patient,
                visit.doctor,
                visit.checkIssued != null,
                visit.start);
        int services = 1 + random.nextInt(3);
        for (int i = 0; i < services; i++) {
            BigDecimal discount = chance(0.7) ? null : BigDecimal.valueOf(random.nextInt(50));
            lines.add(
                    ++lastLine,
                    lastOrder,
                    1 + random.nextInt(SERVICES),
                    chance(0.9) ? 1 : 2,
                    discount,
                    chance(0.03) ? 1 : null,
                    visit.start);
        }
    }

    /** At least two days ago, so that what was missed then stays missed under every sensible grace period. */
    private LocalDateTime past() {
        return slot(-2 - random.nextInt(DAYS_BACK));
    }

    private LocalDateTime future() {
        return slot(1 + random.nextInt(DAYS_AHEAD));
    }

    private LocalDateTime slot(int days) {
        return options.now().toLocalDate().plusDays(days).atTime(9, 0).plusMinutes(15L * random.nextInt(44));
    }

    /** A minute between the two, but never after now. */
    private LocalDateTime between(LocalDateTime from, LocalDateTime to) {
        long minutes = Duration.between(from, earlier(to, options.now())).toMinutes();
        return from.plusMinutes(1 + random.nextInt((int) Math.max(1, minutes)));
    }

    private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? one : other;
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
