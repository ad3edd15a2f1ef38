package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.assertThatDealOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Attendance;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.DeliveredBuilder;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.VisitRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each row of a visit of several counts for: which one the visit goes on with, and whose deals and deliveries are its own. */
class VisitRowsTest {

    private static final Long BRANCH_LEFT_OUT = 3L;
    private static final long STAGE_SCHEDULED = 110;
    private static final long BY_HAND = 119;

    private static final Attendance TO_COME = new Attendance(false, false, false, NOW.plusDays(1));
    private static final Attendance CAME = new Attendance(false, false, true, NOW.plusDays(1));
    private static final Attendance CANCELLED = new Attendance(true, false, false, NOW.plusDays(1));

    private static VisitRow row(long id, Attendance attendance) {
        return new VisitRow(id, id == 7 ? null : Long.valueOf(7), PATIENT, null, attendance);
    }

    private static VisitRow rowLeftOut(long id, Attendance attendance) {
        return new VisitRow(id, 7L, PATIENT, BRANCH_LEFT_OUT, attendance);
    }

    @Nested
    class The_row_that_a_visit_goes_on_with {

        private final SyncPolicy policy = policy().branch(3, new SyncPolicy.Branch(Map.of(), Map.of(), null, true))
                .build();

        private Long current(VisitRow... visit) {
            return TransferChain.currentOf(List.of(visit), 7, policy, NOW);
        }

        @Test
        void is_none_where_nothing_was_moved() {
            assertThat(current()).isNull();
        }

        @Test
        void is_the_newest_that_takes_place_or_may() {
            assertThat(current(row(7, TO_COME), row(8, CAME), row(9, CANCELLED)))
                    .isEqualTo(8);
        }

        @Test
        void is_the_newest_of_all_if_none_does() {
            assertThat(current(row(7, CANCELLED), row(8, CANCELLED))).isEqualTo(8);
        }

        @Test
        void is_none_that_ident_no_longer_has() {
            assertThat(current(row(7, CANCELLED), VisitRow.gone(8))).isEqualTo(7);
            assertThat(current(VisitRow.gone(7))).isNull();
        }

        @Test
        void is_none_of_another_patient() {
            assertThat(current(row(7, TO_COME), new VisitRow(8, 7L, PATIENT + 1, null, TO_COME)))
                    .isEqualTo(7);
        }

        @Test
        void is_in_a_branch_left_out_only_if_it_takes_place_nowhere_else() {
            assertThat(current(row(7, TO_COME), rowLeftOut(8, TO_COME))).isEqualTo(7);
            assertThat(current(row(7, CANCELLED), rowLeftOut(8, TO_COME))).isEqualTo(8);
        }

        @Test
        void is_not_one_that_took_place_in_a_branch_left_out() {
            assertThat(current(row(7, CANCELLED), rowLeftOut(8, CAME))).isEqualTo(7);
        }
    }

    /** Row 7, cancelled, when the visit has gone on with row 8. */
    @Nested
    class A_row_from_which_the_visit_has_moved_on {

        private Decision decide(Attendance eight, CrmSnapshot snapshot, Map<Long, Delivered> memory) {
            return Clinic.with(policy())
                    .remembering(
                            reception(7).cancelled().inVisitWith(row(8, eight)).build(), snapshot, memory, null);
        }

        @Test
        void is_skipped_though_both_have_deals_as_long_as_the_other_is_to_come() {
            CrmSnapshot both = amocrm().with(deal(1).holding(7), deal(2).holding(8));
            assertThat(decide(TO_COME, both, Map.of()).outcome()).isEqualTo(Outcome.SKIPPED);
            assertThatDealOf(decide(CAME, both, Map.of())).isEqualTo(1);
        }

        @Test
        void is_skipped_where_only_one_of_them_has_a_deal() {
            assertThat(decide(CAME, amocrm().with(deal(1).holding(7)), Map.of()).outcome())
                    .isEqualTo(Outcome.SKIPPED);
            assertThat(decide(CAME, amocrm().with(deal(2).holding(8)), Map.of()).outcome())
                    .isEqualTo(Outcome.SKIPPED);
        }

        @Test
        void goes_its_own_way_where_the_others_deal_is_deleted_or_was_freed_since() {
            Map<Long, Delivered> memory =
                    Map.of(8L, delivered(2, Status.ARRIVED).build());
            assertThatDealOf(decide(CAME, amocrm().with(deal(1).holding(7)), memory))
                    .isEqualTo(1);
            assertThatDealOf(decide(CAME, amocrm().with(deal(1).holding(7), deal(2)), memory))
                    .isEqualTo(1);
        }

        @Test
        void is_skipped_where_the_others_deal_is_a_third_ones_by_now() {
            Map<Long, Delivered> memory =
                    Map.of(8L, delivered(2, Status.ARRIVED).build());
            assertThat(decide(CAME, amocrm().with(deal(1).holding(7), deal(2).holding(9)), memory)
                            .outcome())
                    .isEqualTo(Outcome.SKIPPED);
        }

        @Test
        void is_skipped_where_the_other_was_delivered_without_a_deal() {
            Map<Long, Delivered> memory =
                    Map.of(8L, delivered(0, Status.ARRIVED).build());
            assertThat(decide(CAME, amocrm().with(deal(1).holding(7)), memory).outcome())
                    .isEqualTo(Outcome.SKIPPED);
        }
    }

    /** Row 8, which the visit goes on with. */
    @Nested
    class What_is_remembered_of_the_row_moved_from {

        private final Clinic mapped = Clinic.with(policy().stage(Funnel.PRIMARY, Status.SCHEDULED, STAGE_SCHEDULED));

        private Decision decide(CrmSnapshot snapshot, DeliveredBuilder ofSeven) {
            return mapped.remembering(
                    reception(8).movedFrom(7L).inVisitWith(row(7, CANCELLED)).build(),
                    snapshot,
                    ofSeven == null ? Map.of() : Map.of(7L, ofSeven.build()),
                    null);
        }

        @Test
        void gives_it_the_deal_whose_reception_id_somebody_emptied() {
            Decision decision =
                    decide(amocrm().with(deal(1).in(PRIMARY_PIPELINE, BY_HAND)), delivered(1, Status.SCHEDULED));
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(decision.deal().stageId()).as("SCHEDULED is no news").isNull();
        }

        @Test
        void is_the_last_status_of_the_deal_that_moves_along() {
            CrmSnapshot snapshot = amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND));
            assertThat(decide(snapshot, delivered(1, Status.SCHEDULED)).deal().stageId())
                    .isNull();
            assertThat(decide(snapshot, delivered(1, Status.CANCELLED)).deal().stageId())
                    .isEqualTo(STAGE_SCHEDULED);
        }

        @Test
        void says_nothing_of_another_deal_than_the_one_it_was_delivered_in() {
            CrmSnapshot snapshot = amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND));
            assertThat(decide(snapshot, delivered(99, Status.CANCELLED)).deal().stageId())
                    .isNull();
            assertThat(decide(snapshot, delivered(0, Status.CANCELLED)).deal().stageId())
                    .as("a status without a deal is the last that anybody knows")
                    .isEqualTo(STAGE_SCHEDULED);
        }

        @Test
        void is_none_of_a_free_deal_that_it_takes() {
            Decision decision = decide(amocrm().with(deal(1).ofNumber("N11").in(PRIMARY_PIPELINE, BY_HAND)), null);
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(decision.deal().stageId()).isEqualTo(STAGE_SCHEDULED);
        }
    }
}
