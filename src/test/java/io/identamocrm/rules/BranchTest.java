package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.PRIMARY_STAGE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy.Branch;
import io.identamocrm.model.SyncPolicy.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Branches of the clinic with pipelines, stages and users of their own, or left out. */
class BranchTest {

    private static final long BRANCH = 2;
    private static final long OWN_PIPELINE = 500;
    private static final long OWN_STAGE = 501;
    private static final long OWN_ARRIVED = 502;
    private static final long OWN_USER = 77;

    private static PolicyBuilder withOwnPrimary() {
        return policy().stage(Funnel.PRIMARY, Status.ARRIVED, 111)
                .stage(Funnel.SECONDARY, Status.ARRIVED, 211)
                .branch(
                        BRANCH,
                        new Branch(
                                Map.of(Funnel.PRIMARY, new Target(OWN_PIPELINE, OWN_STAGE)),
                                Map.of(Funnel.PRIMARY, Map.of(Status.ARRIVED, OWN_ARRIVED)),
                                OWN_USER,
                                false));
    }

    @Test
    void a_branch_has_its_own_pipeline_stage_and_user() {
        Decision decision = Clinic.with(withOwnPrimary()).decide(reception(7).inBranch(BRANCH), amocrm());
        assertThat(decision.deal().pipelineId()).isEqualTo(OWN_PIPELINE);
        assertThat(decision.deal().stageId()).isEqualTo(OWN_STAGE);
        assertThat(decision.deal().responsibleId()).isEqualTo(OWN_USER);
    }

    @Test
    void what_a_branch_does_not_set_is_the_clinics() {
        Decision decision = Clinic.with(withOwnPrimary())
                .decide(reception(7).inBranch(BRANCH).completedBefore(true), amocrm());
        assertThat(decision.deal().pipelineId()).isEqualTo(SECONDARY_PIPELINE);
        Decision elsewhere = Clinic.with(withOwnPrimary()).decide(reception(7).inBranch(1), amocrm());
        assertThat(elsewhere.deal().pipelineId()).isEqualTo(PRIMARY_PIPELINE);
        assertThat(elsewhere.deal().stageId()).isEqualTo(PRIMARY_STAGE);
        assertThat(elsewhere.deal().responsibleId()).isNotEqualTo(OWN_USER);
    }

    @Test
    void a_deal_in_the_branchs_pipeline_is_found_and_stays_there() {
        Decision decision = Clinic.with(withOwnPrimary())
                .decide(
                        reception(7).inBranch(BRANCH),
                        amocrm().with(deal(1).holding(7).in(OWN_PIPELINE, OWN_STAGE)));
        assertThat(decision.deal().id()).isEqualTo(1);
        assertThat(decision.deal().pipelineId()).isNull();
    }

    @Test
    void a_visit_that_changes_its_branch_takes_its_deal_along() {
        Decision decision = Clinic.with(withOwnPrimary())
                .decide(
                        reception(7).inBranch(BRANCH),
                        amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, PRIMARY_STAGE)),
                        delivered(1, Status.SCHEDULED));
        assertThat(decision.deal().pipelineId()).isEqualTo(OWN_PIPELINE);
        assertThat(decision.deal().stageId()).isEqualTo(OWN_STAGE);
    }

    @Test
    void where_deals_are_not_moved_one_in_another_branchs_pipeline_is_left_alone() {
        Decision decision = Clinic.with(withOwnPrimary().movePipelines(false))
                .decide(
                        reception(7).with(Status.ARRIVED).inBranch(1),
                        amocrm().with(deal(1).holding(7).in(OWN_PIPELINE, OWN_STAGE)),
                        delivered(1, Status.SCHEDULED).ofPipeline(OWN_PIPELINE));
        assertThat(decision.deal().pipelineId()).isNull();
        assertThat(decision.deal().stageId()).isNull();
    }

    @Test
    void stages_by_status_are_those_of_the_branchs_pipeline() {
        Decision decision = Clinic.with(withOwnPrimary())
                .decide(
                        reception(7).with(Status.ARRIVED).inBranch(BRANCH),
                        amocrm().with(deal(1).holding(7).in(OWN_PIPELINE, OWN_STAGE)),
                        delivered(1, Status.SCHEDULED).ofPipeline(OWN_PIPELINE));
        assertThat(decision.deal().stageId()).isEqualTo(OWN_ARRIVED);
    }

    @Test
    void a_branch_that_is_left_out_is_skipped_whatever_amocrm_holds() {
        PolicyBuilder leftOut = policy().branch(BRANCH, new Branch(Map.of(), Map.of(), null, true));
        Decision decision =
                Clinic.with(leftOut).decide(reception(7).inBranch(BRANCH), amocrm().with(deal(1).holding(7)));
        assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(decision.deal()).isNull();
        assertThat(decision.patientId()).isEqualTo(PATIENT);
        assertThat(wayOf(decision)).anyMatch(step -> step.contains("branch 2 is left out"));
    }
}
