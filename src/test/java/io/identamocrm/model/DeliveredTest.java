package io.identamocrm.model;

import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is ours in a deal or contact, as it becomes known. */
class DeliveredTest {

    private final Delivered put = delivered(0, Status.ARRIVED).putInto(105).build();

    @Test
    void ids_are_added_when_amocrm_has_given_them() {
        assertThat(put.in(1).linkedTo(50L))
                .isEqualTo(
                        delivered(1, Status.ARRIVED).putInto(105).linkedTo(50).build());
        assertThat(new OwnContact(0, "#Анна", false).in(50)).isEqualTo(new OwnContact(50, "#Анна", false));
    }

    @Test
    void a_deal_that_is_gone_stands_in_no_stage_of_ours() {
        assertThat(put.in(1).asGone())
                .isEqualTo(delivered(1, Status.ARRIVED).gone().build());
        assertThat(new OwnContact(50, "#Анна", false).asGone()).isEqualTo(new OwnContact(50, "#Анна", true));
    }

    @Test
    void a_stage_that_was_withheld_is_none_that_we_set() {
        assertThat(put.asWithheld())
                .isEqualTo(delivered(0, Status.ARRIVED).withheld().build());
    }

    @Test
    void of_an_older_build_only_the_status_is_known() {
        assertThat(Delivered.ofStatus(Status.ARRIVED))
                .isEqualTo(delivered(0, Status.ARRIVED).ofPipeline(null).build());
    }
}
