package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 1 of the domain rules: the status is derived, the first match wins. */
class StatusRuleTest {

    private static final Duration GRACE = Duration.ofHours(12);

    @Test
    void a_reception_without_any_mark_is_scheduled() {
        assertThat(statusOf(reception(1))).isEqualTo(Status.SCHEDULED);
    }

    @Test
    void a_cancelled_reception_is_cancelled() {
        assertThat(statusOf(reception(1).cancelled())).isEqualTo(Status.CANCELLED);
    }

    @Test
    void cancellation_wins_over_everything_else() {
        assertThat(statusOf(reception(1)
                        .cancelled()
                        .checkIssued()
                        .endedAt(NOW)
                        .startedAt(NOW)
                        .appearedAt(NOW)
                        .planEnd(NOW.minusYears(1))))
                .isEqualTo(Status.CANCELLED);
    }

    @Test
    void an_issued_check_completes_a_reception() {
        assertThat(statusOf(reception(1).checkIssued())).isEqualTo(Status.COMPLETED);
    }

    @Test
    void the_end_of_the_treatment_completes_a_reception() {
        assertThat(statusOf(reception(1).endedAt(NOW))).isEqualTo(Status.COMPLETED);
    }

    @Test
    void completion_wins_over_arrival_and_over_a_past_plan() {
        assertThat(statusOf(reception(1)
                        .checkIssued()
                        .startedAt(NOW)
                        .appearedAt(NOW)
                        .planEnd(NOW.minusYears(1))))
                .isEqualTo(Status.COMPLETED);
    }

    @Test
    void a_started_treatment_means_arrived() {
        assertThat(statusOf(reception(1).startedAt(NOW))).isEqualTo(Status.ARRIVED);
    }

    @Test
    void a_patient_who_appeared_has_arrived() {
        assertThat(statusOf(reception(1).appearedAt(NOW))).isEqualTo(Status.ARRIVED);
    }

    @Test
    void a_patient_who_arrived_long_ago_is_no_no_show() {
        assertThat(statusOf(reception(1).appearedAt(NOW.minusDays(3)).planEnd(NOW.minusDays(3))))
                .isEqualTo(Status.ARRIVED);
    }

    @Test
    void a_plan_end_further_in_the_past_than_the_grace_period_is_a_no_show() {
        assertThat(statusOf(reception(1).planEnd(NOW.minus(GRACE).minusSeconds(1))))
                .isEqualTo(Status.NO_SHOW);
    }

    @Test
    void a_plan_end_exactly_the_grace_period_ago_is_still_scheduled() {
        assertThat(statusOf(reception(1).planEnd(NOW.minus(GRACE)))).isEqualTo(Status.SCHEDULED);
    }

    @Test
    void a_grace_period_of_zero_switches_no_show_off() {
        assertThat(StatusRule.statusOf(
                        reception(1).planEnd(NOW.minusYears(1)).build().attendance(), NOW, Duration.ZERO))
                .isEqualTo(Status.SCHEDULED);
    }

    @Test
    void a_reception_without_planned_end_is_never_a_no_show() {
        assertThat(statusOf(reception(1).planStart(NOW.minusYears(1)).planEnd(null)))
                .isEqualTo(Status.SCHEDULED);
    }

    private static Status statusOf(ReceptionBuilder reception) {
        return StatusRule.statusOf(reception.build().attendance(), NOW, GRACE);
    }
}
