package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.WON;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.assertThatDealOf;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.DeliveredBuilder;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Status;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reception whose own deal is finished business opens no other one. */
class ClosedReceptionTest {

    private final Clinic clinic = Clinic.with(policy());

    private static void assertClosed(Decision decision) {
        assertThat(decision.outcome()).isEqualTo(Outcome.CLOSED);
        assertThat(decision.deal()).isNull();
        assertThat(decision.contact()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {WON, LOST})
    void a_deal_of_this_reception_in_an_excluded_stage_closes_it(long stage) {
        Decision decision =
                clinic.decide(reception(7), amocrm().with(deal(1).holding(7).in(SECONDARY_PIPELINE, stage)));
        assertClosed(decision);
        assertThat(wayOf(decision))
                .contains("closed: deal 1 of this reception is finished business: stage " + stage + " of pipeline 200");
    }

    @Test
    void a_deal_of_this_reception_that_a_manager_moved_outside_our_pipelines_closes_it_too() {
        assertClosed(
                clinic.decide(reception(7), amocrm().with(deal(1).holding(7).in(FOREIGN_PIPELINE, FOREIGN_STAGE))));
    }

    @Test
    void a_closed_deal_of_another_reception_closes_nothing() {
        assertThat(clinic.decide(reception(7), amocrm().with(deal(1).holding(8).in(PRIMARY_PIPELINE, WON)))
                        .outcome())
                .isEqualTo(Outcome.CREATED);
    }

    @Test
    void an_active_deal_of_the_reception_goes_before_the_closed_one() {
        Decision decision = clinic.decide(
                reception(7), amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, WON), deal(2).holding(7)));
        assertThatDealOf(decision).isEqualTo(2);
    }

    @Test
    void a_finished_visit_does_not_take_the_free_deal_of_the_patients_next_one() {
        assertClosed(clinic.decide(
                reception(7), amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, WON), deal(2).ofNumber("N11"))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"CANCELLED", "NO_SHOW"})
    void a_visit_that_is_off_takes_no_free_deal(Status status) {
        Decision decision = clinic.decide(reception(7).with(status), amocrm().with(deal(2).ofNumber("N11")));
        assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"CANCELLED", "NO_SHOW"})
    void a_visit_called_off_after_its_deal_was_closed_is_closed_not_skipped(Status status) {
        assertClosed(clinic.decide(
                reception(7).with(status), amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, LOST))));
    }

    @Test
    void the_recreate_switch_opens_a_new_deal_and_leaves_the_closed_one_alone() {
        CrmSnapshot snapshot = amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, WON));
        Decision decision = Clinic.with(policy().recreateClosed(true)).decide(reception(7), snapshot);
        assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(decision.deal().isNew()).isTrue();
    }

    @Test
    void the_recreate_switch_opens_no_deal_for_a_cancelled_visit() {
        CrmSnapshot snapshot = amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, WON));
        assertThat(Clinic.with(policy().recreateClosed(true))
                        .decide(reception(7).cancelled(), snapshot)
                        .outcome())
                .isEqualTo(Outcome.SKIPPED);
    }

    @Nested
    class A_deal_that_it_is_remembered_with {

        @Test
        void is_taken_again_when_somebody_emptied_its_reception_id() {
            Decision decision = clinic.decide(reception(7), amocrm().with(deal(1)), delivered(1, Status.SCHEDULED));
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(wayOf(decision)).contains("step 1: deal 1 is remembered as the deal of reception 7: taken");
        }

        @Test
        void closes_it_where_a_manager_emptied_its_id_and_closed_it() {
            assertClosed(clinic.decide(
                    reception(7),
                    amocrm().with(deal(1).in(PRIMARY_PIPELINE, WON), deal(2).ofNumber("N11")),
                    delivered(1, Status.SCHEDULED)));
        }

        @Test
        void is_another_receptions_once_it_holds_that_ones_id() {
            Decision decision = clinic.decide(
                    reception(7),
                    amocrm().with(deal(1).holding(8).in(PRIMARY_PIPELINE, WON)),
                    delivered(1, Status.SCHEDULED));
            assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
        }
    }

    @Nested
    class A_deal_that_a_manager_deleted_or_merged {

        private final DeliveredBuilder removed = delivered(1, Status.SCHEDULED)
                .planned(reception(7).build().planStart())
                .gone();

        @Test
        void is_not_made_again_and_no_free_one_is_taken_in_its_place() {
            Decision decision = clinic.decide(reception(7), amocrm().with(deal(2).ofNumber("N11")), removed);
            assertClosed(decision);
            assertThat(wayOf(decision))
                    .contains(
                            "closed: a manager deleted or merged deal 1 of this reception: none is made in its place, "
                                    + "unless its status or planned start changes");
            assertThat(decision.delivered()).as("stays as it is remembered").isEqualTo(removed.build());
        }

        @Test
        void is_made_again_when_the_status_or_the_planned_start_changes() {
            assertThat(clinic.decide(reception(7).with(Status.ARRIVED), amocrm(), removed)
                            .outcome())
                    .isEqualTo(Outcome.CREATED);
            Decision moved = clinic.decide(reception(7).planStart(NOW.plusDays(9)), amocrm(), removed);
            assertThat(moved.outcome()).isEqualTo(Outcome.CREATED);
            assertThat(moved.delivered().gone()).isFalse();
        }

        @Test
        void is_made_again_when_somebody_sends_the_reception_by_hand_or_the_settings_say_so() {
            assertThat(clinic.byHand().decide(reception(7), amocrm(), removed).outcome())
                    .isEqualTo(Outcome.CREATED);
            assertThat(Clinic.with(policy().recreateDeleted(true))
                            .decide(reception(7), amocrm(), removed)
                            .outcome())
                    .isEqualTo(Outcome.CREATED);
        }

        @Test
        void of_a_merge_the_survivor_that_carries_the_reception_is_found() {
            assertThatDealOf(clinic.decide(reception(7), amocrm().with(deal(2).holding(7)), removed))
                    .isEqualTo(2);
        }
    }
}
