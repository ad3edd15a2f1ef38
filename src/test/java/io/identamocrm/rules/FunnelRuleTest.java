package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 2 of the domain rules: the funnel follows from the patient's other completed receptions. */
class FunnelRuleTest {

    @Test
    void a_patient_without_completed_receptions_is_primary() {
        assertThat(funnelOf(reception(1).completedBefore(false))).isEqualTo(Funnel.PRIMARY);
    }

    @ParameterizedTest
    @EnumSource
    void a_patient_who_has_completed_another_visit_is_secondary(Status status) {
        assertThat(funnelOf(reception(1).with(status).completedBefore(true))).isEqualTo(Funnel.SECONDARY);
    }

    @ParameterizedTest
    @EnumSource
    void the_own_completed_visit_is_not_counted(Status status) {
        assertThat(funnelOf(reception(1).with(status).completedBefore(false))).isEqualTo(Funnel.PRIMARY);
    }

    @Test
    void the_switch_counts_the_own_completed_visit_too() {
        Decision decision = Clinic.with(policy().countOwnVisit(true))
                .decide(reception(1).checkIssued().completedBefore(false), amocrm());
        assertThat(decision.funnel()).isEqualTo(Funnel.SECONDARY);
    }

    @Test
    void a_count_that_cannot_be_read_fails_the_reception_and_is_never_taken_as_zero() {
        Decision decision = Clinic.with(policy()).decide(reception(1).completedBefore(null), amocrm());
        assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(decision.failure()).isEqualTo(Failure.of(FailureCode.COMPLETED_COUNT_UNREADABLE));
        assertThat(decision.funnel()).isNull();
        assertThat(decision.deal()).isNull();
        assertThat(decision.contact()).isNull();
    }

    private static Funnel funnelOf(ReceptionBuilder reception) {
        return Clinic.with(policy()).decide(reception, amocrm()).funnel();
    }
}
