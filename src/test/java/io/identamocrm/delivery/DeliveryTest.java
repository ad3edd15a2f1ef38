package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private final Delivery delivery = Decided.newDealWithContact(7, 11);

    @Test
    void it_is_complete_when_every_write_is_closed() {
        Write link = new Write(Write.Kind.LINK, delivery, 1, delivery.decision.deal(), 2, null);
        Write change = new Write(Write.Kind.CHANGE_DEAL, delivery, 1, delivery.decision.deal(), 0, null);
        delivery.writeClosed(link);
        assertThat(delivery.isComplete()).isFalse();
        delivery.writeClosed(change);
        assertThat(delivery.isComplete()).isTrue();
    }

    @Test
    void the_first_reason_of_a_failure_counts() {
        delivery.fail(Failure.of(FailureCode.DEAL_NOT_CREATED));
        delivery.fail(Failure.of(FailureCode.CONTACT_NOT_UPDATED));
        assertThat(delivery.failure().code()).isEqualTo(FailureCode.DEAL_NOT_CREATED);
    }

    @Test
    void what_amocrm_no_longer_holds_as_decided_is_decided_again_and_that_attempt_counts() {
        assertThat(delivery.isOutdated()).isFalse();
        delivery.outdate();
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(delivery.isUnclear()).isFalse();
    }

    @Test
    void what_did_not_happen_after_a_lost_answer_is_decided_again_and_that_attempt_does_not_count() {
        delivery.notDone();
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(delivery.isUnclear()).isTrue();
    }

    @Test
    void what_failed_is_not_decided_again() {
        delivery.outdate();
        delivery.fail(Failure.of(FailureCode.DEAL_NOT_CREATED));
        assertThat(delivery.isOutdated()).isFalse();
    }

    @Test
    void it_tells_what_was_written_behind_the_reasons_of_the_decision() {
        delivery.note("deal 5 created");
        assertThat(delivery.withWritten().reasons()).containsExactly(new Reason("written", "deal 5 created"));
        assertThat(delivery.withWritten().outcome()).isEqualTo(Outcome.UPDATED);
        delivery.fail(Failure.of(FailureCode.CONTACT_NOT_UPDATED));
        assertThat(delivery.withWritten().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(delivery.withWritten().failure().code()).isEqualTo(FailureCode.CONTACT_NOT_UPDATED);
    }
}
