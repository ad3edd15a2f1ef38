package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.PRIMARY_STAGE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.DealBuilder;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.DeliveredBuilder;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pipeline and stage of a deal that is there (section 4 of the domain rules). */
class StageRuleTest {

    private static final long STAGE_SCHEDULED = 110;
    private static final long STAGE_ARRIVED = 111;
    private static final long SECOND_ARRIVED = 211;
    private static final long BY_HAND = 119;

    /** Not every status is mapped, and SECONDARY maps fewer than PRIMARY. */
    private static PolicyBuilder mapped() {
        return policy().stage(Funnel.PRIMARY, Status.SCHEDULED, STAGE_SCHEDULED)
                .stage(Funnel.PRIMARY, Status.ARRIVED, STAGE_ARRIVED)
                .stage(Funnel.SECONDARY, Status.ARRIVED, SECOND_ARRIVED);
    }

    /** Where this status was last delivered, in the funnel PRIMARY; null for a reception of which nothing is remembered. */
    private static Decision decide(PolicyBuilder policy, ReceptionBuilder reception, DealBuilder deal, Status last) {
        return decide(policy, reception, deal, last == null ? null : delivered(1, last));
    }

    private static Decision decide(
            PolicyBuilder policy, ReceptionBuilder reception, DealBuilder deal, DeliveredBuilder last) {
        return Clinic.with(policy).decide(reception, amocrm().with(deal), last);
    }

    private static void assertMoved(Decision decision, long pipeline, Long stage) {
        assertThat(decision.deal().pipelineId()).isEqualTo(pipeline);
        assertThat(decision.deal().stageId()).isEqualTo(stage);
    }

    private static void assertStays(Decision decision) {
        DealWrite write = decision.deal();
        assertThat(write.pipelineId()).isNull();
        assertThat(write.stageId()).isNull();
    }

    @Nested
    class Wrong_pipeline {

        @Test
        void the_deal_moves_to_the_funnels_pipeline_and_its_default_stage() {
            assertMoved(
                    decide(
                            policy(),
                            reception(7).completedBefore(true),
                            deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND),
                            Status.SCHEDULED),
                    SECONDARY_PIPELINE,
                    SECONDARY_STAGE);
            assertMoved(
                    decide(
                            policy(),
                            reception(7),
                            deal(1).holding(7).in(SECONDARY_PIPELINE, 219),
                            delivered(1, Status.SCHEDULED).ofPipeline(SECONDARY_PIPELINE)),
                    PRIMARY_PIPELINE,
                    PRIMARY_STAGE);
        }

        @Test
        void without_a_default_stage_the_pipeline_alone_is_sent_never_a_stage_of_the_other_one() {
            assertMoved(
                    decide(
                            policy().target(Funnel.SECONDARY, SECONDARY_PIPELINE, null),
                            reception(7).completedBefore(true),
                            deal(1).holding(7),
                            Status.SCHEDULED),
                    SECONDARY_PIPELINE,
                    null);
        }

        @Test
        void the_stage_of_the_status_in_the_target_pipeline_takes_the_default_stages_place() {
            assertMoved(
                    decide(
                            mapped(),
                            reception(7).with(Status.ARRIVED).completedBefore(true),
                            deal(1).holding(7),
                            Status.SCHEDULED),
                    SECONDARY_PIPELINE,
                    SECOND_ARRIVED);
        }

        @Test
        void a_status_that_only_the_other_pipeline_maps_means_the_default_stage() {
            assertMoved(
                    decide(mapped(), reception(7).completedBefore(true), deal(1).holding(7), Status.SCHEDULED),
                    SECONDARY_PIPELINE,
                    SECONDARY_STAGE);
        }

        @Test
        void an_adopted_free_deal_moves_too() {
            assertMoved(
                    decide(policy(), reception(7).completedBefore(true), deal(1).ofNumber("N11"), (Status) null),
                    SECONDARY_PIPELINE,
                    SECONDARY_STAGE);
        }

        @Test
        void a_managers_drag_between_our_pipelines_stands_and_is_told_as_drift() {
            Decision decision =
                    decide(policy(), reception(7), deal(1).holding(7).in(SECONDARY_PIPELINE, 219), Status.SCHEDULED);
            assertStays(decision);
            assertThat(decision.drifted()).isEqualTo(1);
            assertThat(decision.delivered().stageIn())
                    .as("no stage is ours in either pipeline")
                    .isNull();
            assertThat(wayOf(decision))
                    .contains("stage: the funnel is PRIMARY, but it was so before, and somebody moved the deal: left "
                            + "alone");
        }

        @Test
        void a_dragged_deal_moves_with_the_next_change_of_its_funnel_and_not_before() {
            Decision dragged =
                    decide(policy(), reception(7), deal(1).holding(7).in(SECONDARY_PIPELINE, 219), Status.SCHEDULED);
            assertMoved(
                    decide(
                            policy(),
                            reception(7).completedBefore(true),
                            deal(1).holding(7),
                            delivered(1, Status.SCHEDULED)
                                    .ofPipeline(dragged.delivered().pipeline())),
                    SECONDARY_PIPELINE,
                    SECONDARY_STAGE);
        }

        @Test
        void where_nobody_knows_the_funnel_of_before_the_pipeline_is_left() {
            assertStays(decide(policy(), reception(7).completedBefore(true), deal(1).holding(7), (Status) null));
            assertStays(decide(
                    policy(),
                    reception(7).completedBefore(true),
                    deal(1).holding(7),
                    delivered(1, Status.SCHEDULED).ofPipeline(null)));
        }

        @Test
        void a_deal_in_its_funnels_pipeline_is_no_drift() {
            assertThat(decide(policy(), reception(7), deal(1).holding(7), Status.SCHEDULED)
                            .drifted())
                    .isNull();
        }

        @Test
        void the_move_switch_off_leaves_the_pipeline() {
            Decision decision = decide(
                    policy().movePipelines(false),
                    reception(7).completedBefore(true),
                    deal(1).holding(7),
                    Status.SCHEDULED);
            assertStays(decision);
            assertThat(wayOf(decision))
                    .contains("stage: the funnel is SECONDARY, but deals are not moved between pipelines: left alone");
        }

        @Test
        void
                a_deal_that_we_closed_is_opened_again_in_its_funnels_pipeline_or_with_the_move_switch_off_where_it_stands() {
            DealBuilder closed = deal(1).holding(7).in(SECONDARY_PIPELINE, LOST);
            DeliveredBuilder byUs = delivered(1, Status.CANCELLED).putInto(SECONDARY_PIPELINE, LOST);
            assertMoved(decide(policy(), reception(7), closed, byUs), PRIMARY_PIPELINE, PRIMARY_STAGE);
            Decision where = decide(policy().movePipelines(false), reception(7), closed, byUs);
            assertMoved(where, SECONDARY_PIPELINE, SECONDARY_STAGE);
            assertThat(wayOf(where))
                    .contains("stage: we closed the deal, and the visit became SCHEDULED: moved to pipeline 200, stage "
                            + SECONDARY_STAGE);
        }

        @Test
        void the_move_switch_off_still_sets_stages_of_the_pipeline_where_the_deal_stands() {
            assertMoved(
                    decide(
                            mapped().movePipelines(false),
                            reception(7).with(Status.ARRIVED).completedBefore(true),
                            deal(1).holding(7),
                            Status.SCHEDULED),
                    PRIMARY_PIPELINE,
                    STAGE_ARRIVED);
        }
    }

    @Nested
    class Stage_by_status {

        @Test
        void a_status_that_has_changed_since_it_was_last_sent_sets_its_stage() {
            assertMoved(
                    decide(mapped(), reception(7).with(Status.ARRIVED), deal(1).holding(7), Status.SCHEDULED),
                    PRIMARY_PIPELINE,
                    STAGE_ARRIVED);
        }

        @Test
        void a_status_that_has_not_changed_lets_the_managers_later_move_stand() {
            assertStays(decide(
                    mapped(),
                    reception(7).with(Status.ARRIVED),
                    deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND),
                    Status.ARRIVED));
        }

        @Test
        void a_status_never_sent_as_far_as_is_remembered_lets_the_managers_move_stand() {
            assertStays(decide(
                    mapped(),
                    reception(7).with(Status.ARRIVED),
                    deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND),
                    (Status) null));
        }

        @Test
        void an_unmapped_status_leaves_the_stage_alone() {
            assertStays(decide(mapped(), reception(7).with(Status.COMPLETED), deal(1).holding(7), Status.ARRIVED));
        }

        @Test
        void without_a_map_a_changed_status_leaves_the_stage_alone() {
            assertStays(decide(policy(), reception(7).with(Status.ARRIVED), deal(1).holding(7), Status.SCHEDULED));
        }

        @Test
        void a_deal_that_stands_in_the_stage_already_is_not_moved() {
            assertStays(decide(
                    mapped(),
                    reception(7).with(Status.ARRIVED),
                    deal(1).holding(7).in(PRIMARY_PIPELINE, STAGE_ARRIVED),
                    Status.SCHEDULED));
        }

        @Test
        void an_adopted_free_deal_gets_the_stage_of_the_status() {
            assertMoved(
                    decide(mapped(), reception(7), deal(1).ofNumber("N11"), (Status) null),
                    PRIMARY_PIPELINE,
                    STAGE_SCHEDULED);
        }

        @Test
        void an_adopted_free_deal_gets_it_even_if_the_status_was_sent_to_another_deal() {
            assertMoved(
                    decide(mapped(), reception(7), deal(1).ofNumber("N11"), delivered(2, Status.SCHEDULED)),
                    PRIMARY_PIPELINE,
                    STAGE_SCHEDULED);
        }

        @ParameterizedTest
        @EnumSource(Status.class)
        void every_status_can_have_a_stage(Status status) {
            Status before = status == Status.SCHEDULED ? Status.ARRIVED : Status.SCHEDULED;
            assertMoved(
                    decide(
                            policy().stage(Funnel.PRIMARY, status, 150),
                            reception(7).with(status),
                            deal(1).holding(7),
                            before),
                    PRIMARY_PIPELINE,
                    150L);
        }
    }

    @Nested
    class Protected_stages {

        private final DealBuilder treasured = deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND);

        @Test
        void a_deal_in_a_protected_stage_is_not_moved_by_a_changed_status() {
            Decision decision = decide(
                    mapped().protectedStages(BY_HAND), reception(7).with(Status.ARRIVED), treasured, Status.SCHEDULED);
            assertStays(decision);
            assertThat(wayOf(decision)).contains("stage: stage 119 is protected: left alone");
        }

        @Test
        void a_deal_in_a_protected_stage_is_not_moved_to_another_pipeline() {
            assertStays(decide(
                    policy().protectedStages(BY_HAND),
                    reception(7).completedBefore(true),
                    treasured,
                    Status.SCHEDULED));
        }

        @Test
        void an_adopted_deal_in_a_protected_stage_is_not_moved() {
            assertStays(decide(
                    mapped().protectedStages(BY_HAND),
                    reception(7),
                    deal(1).ofNumber("N11").in(PRIMARY_PIPELINE, BY_HAND),
                    (Status) null));
        }

        /** The deal of a visit that became ARRIVED while a manager kept it in a protected stage. */
        private DeliveredBuilder withheld() {
            Decision decision = decide(
                    mapped().protectedStages(BY_HAND), reception(7).with(Status.ARRIVED), treasured, Status.SCHEDULED);
            assertThat(decision.delivered())
                    .isEqualTo(delivered(1, Status.ARRIVED)
                            .withheld()
                            .planned(reception(7).build().planStart())
                            .of(PATIENT)
                            .build());
            return delivered(1, Status.ARRIVED).withheld();
        }

        @Test
        void a_withheld_stage_lapses_and_is_not_made_up_for() {
            DealBuilder back = deal(1).holding(7).in(PRIMARY_PIPELINE, PRIMARY_STAGE);
            Decision later =
                    decide(mapped().protectedStages(BY_HAND), reception(7).with(Status.ARRIVED), back, withheld());
            assertStays(later);
            assertThat(later.delivered().withheld()).as("still never sent").isTrue();
        }

        @Test
        void after_a_withheld_stage_the_next_change_of_status_sets_one_again() {
            DealBuilder back = deal(1).holding(7).in(PRIMARY_PIPELINE, PRIMARY_STAGE);
            Decision next = decide(mapped().protectedStages(BY_HAND), reception(7), back, withheld());
            assertMoved(next, PRIMARY_PIPELINE, STAGE_SCHEDULED);
            assertThat(next.delivered().withheld()).isFalse();
        }

        @Test
        void a_move_that_was_withheld_lapses_too() {
            Decision decision = decide(
                    policy().protectedStages(BY_HAND), reception(7).completedBefore(true), treasured, Status.SCHEDULED);
            assertThat(decision.delivered().withheld()).isTrue();
            assertStays(decide(
                    policy().protectedStages(BY_HAND),
                    reception(7).completedBefore(true),
                    deal(1).holding(7),
                    delivered(1, Status.SCHEDULED)
                            .ofPipeline(decision.delivered().pipeline())
                            .withheld()));
        }

        @Test
        void where_nothing_was_due_nothing_is_withheld() {
            assertThat(decide(mapped().protectedStages(BY_HAND), reception(7), treasured, Status.SCHEDULED)
                            .delivered()
                            .withheld())
                    .isFalse();
        }

        @Test
        void its_fields_are_updated_nevertheless() {
            assertThat(decide(policy().protectedStages(BY_HAND), reception(7), treasured, Status.SCHEDULED)
                            .deal()
                            .values())
                    .isNotEmpty();
        }
    }

    @Nested
    class What_is_remembered {

        @Test
        void the_stage_that_we_set_is_ours_as_long_as_the_deal_stands_there() {
            assertThat(decide(mapped(), reception(7).with(Status.ARRIVED), deal(1).holding(7), Status.SCHEDULED)
                            .delivered()
                            .stage())
                    .isEqualTo(STAGE_ARRIVED);
            DeliveredBuilder put = delivered(1, Status.ARRIVED).putInto(STAGE_ARRIVED);
            assertThat(decide(
                                    mapped(),
                                    reception(7).with(Status.ARRIVED),
                                    deal(1).holding(7).in(PRIMARY_PIPELINE, STAGE_ARRIVED),
                                    put)
                            .delivered()
                            .stage())
                    .isEqualTo(STAGE_ARRIVED);
            assertThat(decide(
                                    mapped(),
                                    reception(7).with(Status.ARRIVED),
                                    deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND),
                                    put)
                            .delivered()
                            .stage())
                    .as("a manager moved it")
                    .isNull();
        }

        @Test
        void the_contact_that_we_linked_stays_known() {
            assertThat(decide(
                                    policy(),
                                    reception(7),
                                    deal(1).holding(7).linkedTo(60L),
                                    delivered(1, Status.SCHEDULED).linkedTo(50))
                            .delivered()
                            .contact())
                    .isEqualTo(50);
        }

        @Test
        void a_new_deal_begins_with_nothing_of_the_one_before() {
            Decision decision = Clinic.with(policy())
                    .decide(
                            reception(7),
                            amocrm(),
                            delivered(0, Status.SCHEDULED)
                                    .linkedTo(50)
                                    .putInto(BY_HAND)
                                    .withheld());
            assertThat(decision.delivered())
                    .isEqualTo(delivered(0, Status.SCHEDULED)
                            .putInto(PRIMARY_STAGE)
                            .planned(reception(7).build().planStart())
                            .of(PATIENT)
                            .build());
        }
    }

    @Nested
    class What_a_deal_says_of_itself {

        private Decision decide(ReceptionBuilder reception, DealBuilder deal) {
            return Clinic.with(mapped()).withSyncState().decide(reception, amocrm().with(deal));
        }

        @Test
        void stands_for_what_redis_has_lost() {
            assertMoved(
                    decide(reception(7).with(Status.ARRIVED), deal(1).holding(7).saying("scheduled 100 -")),
                    PRIMARY_PIPELINE,
                    STAGE_ARRIVED);
            assertStays(decide(
                    reception(7).with(Status.ARRIVED),
                    deal(1).holding(7).in(PRIMARY_PIPELINE, BY_HAND).saying("arrived 100 -")));
            assertMoved(
                    decide(
                            reception(7).completedBefore(true),
                            deal(1).holding(7).saying("scheduled 100 -")),
                    SECONDARY_PIPELINE,
                    SECONDARY_STAGE);
        }

        @Test
        void is_nothing_where_the_deal_was_another_receptions() {
            assertMoved(
                    decide(reception(7), deal(1).ofNumber("N11").saying("scheduled 100 -")),
                    PRIMARY_PIPELINE,
                    STAGE_SCHEDULED);
        }

        @Test
        void counts_less_than_what_redis_remembers() {
            assertMoved(
                    Clinic.with(mapped())
                            .withSyncState()
                            .decide(
                                    reception(7).with(Status.ARRIVED),
                                    amocrm().with(deal(1).holding(7).saying("arrived 100 -")),
                                    delivered(1, Status.SCHEDULED)),
                    PRIMARY_PIPELINE,
                    STAGE_ARRIVED);
        }

        @Test
        void is_written_with_what_it_tells_of() {
            Decision decision =
                    decide(reception(7).with(Status.ARRIVED), deal(1).holding(7).saying("scheduled 100 -"));
            assertThat(decision.deal().values()).containsEntry(DealField.SYNC_STATE, "arrived 100 111");
            assertThat(Clinic.with(mapped())
                            .decide(reception(7), amocrm())
                            .deal()
                            .values())
                    .doesNotContainKey(DealField.SYNC_STATE);
        }
    }
}
