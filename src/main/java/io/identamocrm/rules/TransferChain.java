package io.identamocrm.rules;

import io.identamocrm.model.Attendance;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.VisitRow;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of IDENT that are one visit, since each was moved to the next (domain rules, section 3, "Transfers"). Which of them the visit's
 * deal goes with depends on the set alone, not on the order of planning or reading; forks and cycles are the same set.
 */
public final class TransferChain {

    private final long own;
    private final List<VisitRow> rows;
    private final @Nullable Long current;
    private final SyncPolicy policy;
    private final LocalDateTime now;

    private TransferChain(
            List<VisitRow> visit, long own, SyncPolicy policy, LocalDateTime now, BiPredicate<VisitRow, Long> goneOf) {
        this.own = own;
        this.policy = policy;
        this.now = now;
        Long patient = visit.stream()
                .filter(row -> row.id() == own)
                .map(VisitRow::patient)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        // A row that IDENT no longer has is its patient's, if another row still is; else of whoever the visit now is.
        boolean several = visit.stream()
                        .map(VisitRow::patient)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count()
                > 1;
        this.rows = visit.stream()
                .filter(row ->
                        row.isGone() ? !several || goneOf.test(row, patient) : Objects.equals(row.patient(), patient))
                .toList();
        this.current = current();
    }

    /** The visit as a reception's case sees it. */
    static TransferChain of(ReceptionCase one) {
        // Its own row is what it was decided on: the others' were read a moment earlier.
        List<VisitRow> visit = one.reception().visit().stream()
                .map(row -> row.id() != one.id()
                        ? row
                        : new VisitRow(
                                row.id(),
                                row.from(),
                                row.patient(),
                                row.branch(),
                                one.reception().attendance()))
                .toList();
        return new TransferChain(
                visit, one.id(), one.basis().policy(), one.basis().now(), one::isGoneRowOf);
    }

    /**
     * The row that a visit goes on with: the newest that takes place or may, in a branch that is left out only if it does so nowhere else;
     * if none does, the newest.
     *
     * @param visit  its rows; empty where nothing was moved
     * @param own    one of them, whose patient counts
     * @param policy which branches are left out, and from when on a visit is missed
     * @param now    the clinic's wall clock
     * @return null where nothing was moved
     */
    public static @Nullable Long currentOf(List<VisitRow> visit, long own, SyncPolicy policy, LocalDateTime now) {
        return new TransferChain(visit, own, policy, now, (row, patient) -> true).current;
    }

    private @Nullable Long current() {
        List<VisitRow> there = rows.stream().filter(row -> !row.isGone()).toList();
        Predicate<VisitRow> on = row -> !statusOf(row).isOff();
        Predicate<VisitRow> ours = row -> !policy.leavesOut(row.branch());
        // Elsewhere it only goes on if it is still to come: what took place there is a visit of its own.
        Predicate<VisitRow> toCome = row -> !tookPlace(statusOf(row));
        return newest(there, on.and(ours))
                .or(() -> newest(there, on.and(toCome)))
                .or(() -> newest(there, ours))
                .map(VisitRow::id)
                .orElse(null);
    }

    private static Optional<VisitRow> newest(List<VisitRow> some, Predicate<VisitRow> such) {
        return some.stream().filter(such).max(Comparator.comparingLong(VisitRow::id));
    }

    private Status statusOf(VisitRow row) {
        Attendance attendance = Objects.requireNonNull(row.attendance(), "IDENT has the row no longer");
        return StatusRule.statusOf(attendance, now, policy.noShowGrace());
    }

    /** The row that the visit goes on with; null where nothing was moved, or nothing is left of it. */
    @Nullable
    Long goesOnWith() {
        return current;
    }

    /** The other rows whose deal is the reception's if the visit goes on with it; those that took place keep theirs. */
    List<VisitRow> forerunners() {
        return current == null || current != own
                ? List.of()
                : rows.stream()
                        .filter(row -> row.id() != own && (row.isGone() || !tookPlace(statusOf(row))))
                        .toList();
    }

    /** True if the row that the visit goes on with took place: a visit of its own, whatever was moved to or from it. */
    boolean goesOnWithOneThatTookPlace() {
        return rows.stream().anyMatch(row -> current != null && row.id() == current && tookPlace(statusOf(row)));
    }

    static boolean tookPlace(Status status) {
        return status == Status.ARRIVED || status == Status.COMPLETED;
    }
}
