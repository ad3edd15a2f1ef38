package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.WON;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Attendance;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.VisitRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Section 3 of the domain rules, "Transfers" and "What we closed ourselves": rows that were moved from one to the next are one visit. */
class TransfersTest {

    private static final long A = 7;
    private static final long B = 8;
    private static final long C = 9;

    /** A visit's rows, and an account in which nobody but us does anything. */
    private static final class Visit {
        private final Clinic clinic;
        private final InMemoryCrm crm = new InMemoryCrm(new CrmSnapshotOfLists());
        private final Map<Long, Long> from = new LinkedHashMap<>();
        private final Map<Long, Status> statuses = new LinkedHashMap<>();
        private final Map<Long, Decision> last = new LinkedHashMap<>();

        private Visit(SyncPolicy policy) {
            this.clinic = new Clinic(policy);
        }

        Visit row(long id, Long movedFrom, Status status) {
            from.put(id, movedFrom);
            statuses.put(id, status);
            return this;
        }

        Visit row(long id, Status status) {
            return row(id, from.get(id), status);
        }

        /** IDENT no longer has it; whoever was moved from it says so still. */
        void remove(long id) {
            from.remove(id);
            statuses.remove(id);
        }

        /** One run: these rows are decided and written, in this order. */
        void run(List<Long> order) {
            crm.snapshot().forgetClaims();
            for (long id : order) {
                Decision decision = clinic.decide(of(id), crm);
                crm.apply(decision);
                last.put(id, decision);
            }
        }

        void run(Long... order) {
            run(List.of(order));
        }

        private ReceptionBuilder of(long id) {
            List<VisitRow> others = statuses.keySet().stream()
                    .filter(other -> other != id)
                    .map(this::rowOf)
                    .collect(Collectors.toCollection(ArrayList::new));
            Stream<Long> holders = statuses.keySet().stream()
                    .map(crm::delivered)
                    .filter(Objects::nonNull)
                    .map(remembered -> crm.snapshot().deal(remembered.deal()))
                    .filter(Objects::nonNull)
                    .map(Deal::receptionId);
            Stream.concat(from.values().stream(), holders)
                    .filter(Objects::nonNull)
                    .filter(other -> other != id && !statuses.containsKey(other))
                    .distinct()
                    .forEach(other -> others.add(VisitRow.gone(other)));
            ReceptionBuilder own = reception(id).with(statuses.get(id)).inVisitWith(others.toArray(VisitRow[]::new));
            return from.get(id) == null ? own : own.movedFrom(from.get(id));
        }

        private VisitRow rowOf(long id) {
            Status status = statuses.get(id);
            return new VisitRow(
                    id,
                    from.get(id),
                    PATIENT,
                    null,
                    new Attendance(
                            status == Status.CANCELLED,
                            status == Status.COMPLETED,
                            status == Status.ARRIVED,
                            status == Status.NO_SHOW ? NOW.minusDays(2) : NOW.plusDays(1)));
        }

        List<Deal> deals() {
            return crm.snapshot().deals();
        }

        Deal onlyDeal() {
            assertThat(deals()).hasSize(1);
            return deals().get(0);
        }
    }

    private static Visit visit() {
        return new Visit(policy().build());
    }

    private static Visit closing() {
        return new Visit(policy().stage(Funnel.PRIMARY, Status.CANCELLED, LOST)
                .stage(Funnel.PRIMARY, Status.NO_SHOW, LOST)
                .stage(Funnel.PRIMARY, Status.COMPLETED, WON)
                .build());
    }

    @Test
    void the_deal_moves_along_though_the_old_row_is_cancelled_in_the_same_minute_and_cancelled_closes() {
        Visit visit = closing().row(A, null, Status.SCHEDULED);
        visit.run(A);
        visit.row(A, Status.CANCELLED).row(B, A, Status.SCHEDULED);
        visit.run(A, B);
        assertThat(visit.onlyDeal().receptionId()).isEqualTo(B);
        assertThat(visit.onlyDeal().stageId()).isNotEqualTo(LOST);
        assertThat(visit.last.get(A).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(visit.last.get(A).reasons().toString()).contains("moved to reception " + B);
    }

    @Test
    void a_deal_that_we_closed_with_the_old_row_is_moved_on_with_the_new_one() {
        Visit visit = closing().row(A, null, Status.SCHEDULED);
        visit.run(A);
        visit.row(A, Status.CANCELLED);
        visit.run(A);
        assertThat(visit.onlyDeal().stageId()).isEqualTo(LOST);
        visit.row(B, A, Status.SCHEDULED);
        visit.run(B);
        assertThat(visit.onlyDeal().receptionId()).isEqualTo(B);
        assertThat(visit.onlyDeal().stageId()).isNotEqualTo(LOST);
    }

    @Test
    void in_a_chain_of_moves_the_last_row_takes_the_deal_in_whatever_order_they_are_read() {
        for (List<Long> order : List.of(List.of(A, B, C), List.of(C, B, A), List.of(B, C, A), List.of(C, A, B))) {
            Visit visit = visit().row(A, null, Status.SCHEDULED);
            visit.run(A);
            visit.row(A, Status.CANCELLED).row(B, A, Status.CANCELLED).row(C, B, Status.SCHEDULED);
            visit.run(order);
            assertThat(visit.onlyDeal().receptionId()).as(order.toString()).isEqualTo(C);
        }
    }

    @Test
    void a_visit_that_is_moved_back_is_the_first_rows_again() {
        Visit visit = visit().row(A, null, Status.SCHEDULED);
        visit.run(A);
        visit.row(A, Status.CANCELLED).row(B, A, Status.SCHEDULED);
        visit.run(A, B);
        visit.row(A, Status.SCHEDULED).row(B, Status.CANCELLED);
        visit.run(B, A);
        assertThat(visit.onlyDeal().receptionId()).isEqualTo(A);
    }

    @Test
    void a_row_that_took_place_keeps_its_deal_and_the_one_moved_from_it_gets_its_own() {
        Visit visit = visit().row(A, null, Status.SCHEDULED);
        visit.run(A);
        visit.row(A, Status.COMPLETED).row(B, A, Status.SCHEDULED);
        visit.run(A, B);
        assertThat(visit.deals()).extracting(Deal::receptionId).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void a_follow_up_booked_from_a_row_that_took_place_is_closed_when_it_is_cancelled() {
        Visit visit = closing().row(A, null, Status.COMPLETED);
        visit.run(A);
        visit.row(B, A, Status.SCHEDULED);
        visit.run(A, B);
        visit.row(B, Status.CANCELLED);
        visit.run(A, B);
        assertThat(visit.deals())
                .extracting(deal -> deal.receptionId() + " " + deal.stageId())
                .containsExactlyInAnyOrder(A + " " + WON, B + " " + LOST);
    }

    @Test
    void a_visit_that_goes_on_in_a_branch_left_out_leaves_its_deal_as_it_is() {
        Visit visit = new Visit(policy().stage(Funnel.PRIMARY, Status.CANCELLED, LOST)
                .branch(3, new SyncPolicy.Branch(Map.of(), Map.of(), null, true))
                .build());
        visit.row(A, null, Status.SCHEDULED);
        visit.run(A);
        long before = visit.onlyDeal().stageId();
        ReceptionBuilder moved = reception(A)
                .with(Status.CANCELLED)
                .inVisitWith(new VisitRow(B, A, PATIENT, 3L, new Attendance(false, false, false, NOW.plusDays(1))));
        Decision decision = visit.clinic.decide(moved, visit.crm);
        assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(visit.onlyDeal().stageId()).isEqualTo(before);
    }

    @Test
    void a_row_of_another_patient_is_no_part_of_the_visit() {
        ReceptionBuilder moved = reception(A)
                .with(Status.SCHEDULED)
                .inVisitWith(new VisitRow(B, A, PATIENT + 1, null, new Attendance(false, false, false, null)));
        assertThat(Clinic.with(policy())
                        .decide(moved, new InMemoryCrm(new CrmSnapshotOfLists()))
                        .outcome())
                .isEqualTo(Outcome.CREATED);
    }

    @Test
    void a_row_left_out_is_not_what_the_visit_goes_on_with() {
        ReceptionBuilder moved = reception(A)
                .with(Status.SCHEDULED)
                .inVisitWith(new VisitRow(B, A, PATIENT, 3L, new Attendance(false, false, false, null)));
        assertThat(Clinic.with(policy().branch(3, new SyncPolicy.Branch(Map.of(), Map.of(), null, true)))
                        .decide(moved, new InMemoryCrm(new CrmSnapshotOfLists()))
                        .outcome())
                .isEqualTo(Outcome.CREATED);
    }

    @Test
    void what_we_closed_is_kept_up_to_date_and_moves_on_with_a_later_status() {
        Visit visit = closing().row(A, null, Status.SCHEDULED);
        visit.run(A);
        visit.row(A, Status.NO_SHOW);
        visit.run(A);
        assertThat(visit.onlyDeal().stageId()).isEqualTo(LOST);
        visit.row(A, Status.COMPLETED);
        visit.run(A);
        assertThat(visit.onlyDeal().stageId())
                .as("the bill was issued the next day")
                .isEqualTo(WON);
        Decision paid = visit.clinic.decide(visit.of(A).cost("2500"), visit.crm);
        assertThat(paid.outcome()).as("a late bill").isEqualTo(Outcome.UPDATED);
        assertThat(paid.deal().values()).containsOnlyKeys(DealField.RECEPTION_COST);
        assertThat(paid.deal().stageId()).isNull();
    }

    @Test
    void a_cancelled_visit_that_is_on_again_goes_to_the_default_stage_where_its_status_has_none() {
        Visit visit = closing().row(A, null, Status.SCHEDULED);
        visit.run(A);
        long before = visit.onlyDeal().stageId();
        visit.row(A, Status.CANCELLED);
        visit.run(A);
        visit.row(A, Status.SCHEDULED);
        visit.run(A);
        assertThat(visit.onlyDeal().stageId()).isEqualTo(before);
    }

    @Test
    void a_managers_own_close_that_we_found_as_our_map_would_have_it_is_the_managers() {
        Visit visit = closing().row(A, null, Status.SCHEDULED);
        visit.run(A);
        visit.crm.move(visit.onlyDeal().id(), LOST);
        visit.row(A, Status.CANCELLED);
        visit.run(A);
        visit.row(A, Status.SCHEDULED);
        visit.run(A);
        assertThat(visit.last.get(A).outcome()).isEqualTo(Outcome.CLOSED);
        assertThat(visit.onlyDeal().stageId()).isEqualTo(LOST);
    }

    /** What happens to a visit of up to five rows: who was moved from whom, and then, step by step, a status, a removal, and a run. */
    record Moves(List<Integer> from, List<Step> steps, boolean closes, long seed) {
        record Step(int row, Status status) {}
    }

    @Provide
    static Arbitrary<Moves> moves() {
        Arbitrary<List<Integer>> from =
                Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(4);
        Arbitrary<Moves.Step> step = Arbitraries.integers()
                .between(0, 4)
                .flatMap(row -> Arbitraries.of(
                                Status.SCHEDULED, Status.SCHEDULED, Status.CANCELLED, Status.NO_SHOW, null)
                        .map(status -> new Moves.Step(row, status)));
        return Combinators.combine(
                        from, step.list().ofMinSize(1).ofMaxSize(8), Arbitraries.of(true, false), Arbitraries.longs())
                .as(Moves::new);
    }

    /** Rows move, are cancelled, un-cancelled, missed and removed; after every run the visit has the one deal it ever had. */
    @Property(tries = 3_000)
    void however_rows_are_moved_cancelled_and_removed_a_visit_has_one_deal(@ForAll("moves") Moves moves) {
        Visit visit = moves.closes() ? closing() : visit();
        int rows = moves.from().size() + 1;
        Random order = new Random(moves.seed());
        visit.row(1, null, Status.SCHEDULED);
        visit.run(1L);
        for (int i = 1; i < rows; i++) {
            visit.row(1 + i, 1L + moves.from().get(i - 1) % i, Status.SCHEDULED);
        }
        if (moves.closes()) {
            visit.from.put(1L, (long) rows);
        }
        for (Moves.Step step : moves.steps()) {
            long id = 1 + step.row() % rows;
            if (step.status() != null && visit.statuses.containsKey(id)) {
                visit.row(id, step.status());
            } else if (step.status() == null && !isLink(visit, id)) {
                visit.remove(id);
            }
            List<Long> decided = new ArrayList<>(visit.statuses.keySet());
            Collections.shuffle(decided, order);
            visit.run(decided);
            assertThat(visit.deals()).as(visit.from + " " + visit.statuses).hasSize(1);
            long current = visit.statuses.entrySet().stream()
                    .filter(row -> !row.getValue().isOff())
                    .mapToLong(Map.Entry::getKey)
                    .max()
                    .orElse(visit.statuses.keySet().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0));
            if (current != 0 && !visit.statuses.get(current).isOff()) {
                assertThat(visit.onlyDeal().receptionId())
                        .as(visit.from + " " + visit.statuses)
                        .isEqualTo(current);
                assertThat(visit.onlyDeal().stageId())
                        .as("no closed deal for a live visit")
                        .isNotIn(WON, LOST);
            }
        }
    }

    /** Rows that took place among them: each of those keeps a deal of its own, and so does the one that the visit goes on with. */
    @Property(tries = 2_000)
    void whatever_becomes_of_the_others_a_row_that_took_place_keeps_its_deal(@ForAll("moves") Moves moves) {
        Visit visit = closing();
        int rows = moves.from().size() + 1;
        Random order = new Random(moves.seed());
        visit.row(1, null, Status.SCHEDULED);
        visit.run(1L);
        for (int i = 1; i < rows; i++) {
            visit.row(1 + i, 1L + moves.from().get(i - 1) % i, Status.SCHEDULED);
        }
        for (Moves.Step step : moves.steps()) {
            long id = 1 + step.row() % rows;
            Status status =
                    step.status() == null ? order.nextBoolean() ? Status.COMPLETED : Status.ARRIVED : step.status();
            if (!TransferChain.tookPlace(visit.statuses.get(id)) || TransferChain.tookPlace(status)) {
                visit.row(id, status);
            }
            List<Long> decided = new ArrayList<>(visit.statuses.keySet());
            Collections.shuffle(decided, order);
            visit.run(decided);
            String as = visit.from + " " + visit.statuses + " " + visit.deals();
            List<Long> on = visit.statuses.keySet().stream()
                    .filter(row -> !visit.statuses.get(row).isOff())
                    .toList();
            assertThat(visit.deals()).as(as).extracting(Deal::receptionId).doesNotHaveDuplicates();
            for (long row : visit.statuses.keySet()) {
                boolean current = !on.isEmpty() && row == Collections.max(on);
                List<Deal> held = visit.deals().stream()
                        .filter(deal -> deal.receptionId() == row)
                        .toList();
                if (current || TransferChain.tookPlace(visit.statuses.get(row))) {
                    assertThat(held).as(as).hasSize(1);
                    assertThat(held.get(0).stageId()).as(as).isNotEqualTo(LOST);
                } else if (!held.isEmpty()) {
                    assertThat(held.get(0).stageId()).as(as).isEqualTo(LOST);
                }
            }
        }
    }

    /** Without the row nobody could tell any more that the others are one visit. */
    private static boolean isLink(Visit visit, long id) {
        return visit.from.values().stream().anyMatch(from -> from != null && from == id);
    }
}
