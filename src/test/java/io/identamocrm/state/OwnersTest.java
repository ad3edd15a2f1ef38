package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names for runs, as no other run of any process has. */
class OwnersTest {

    @Test
    void every_run_of_every_process_has_a_name_of_its_own() {
        Owners one = new Owners();
        assertThat(one.begin()).isNotEqualTo(one.begin()).isNotEqualTo(new Owners().begin());
    }

    @Test
    void a_name_tells_the_process_and_as_long_as_the_run_lasts_it_is_among_the_live_ones() {
        Owners owners = new Owners("p");
        assertThat(owners.live()).isEqualTo(",,");
        String first = owners.begin();
        assertThat(first).isEqualTo("p:1").startsWith(owners.process() + ":");
        assertThat(owners.live()).isEqualTo(",p:1,");
        owners.end(first);
        assertThat(owners.begin()).isEqualTo("p:2");
        assertThat(owners.live()).isEqualTo(",p:2,");
    }

    @Test
    void the_account_has_counted_as_far_as_any_run_of_the_process_has_seen_unless_that_is_lost() {
        Owners owners = new Owners();
        owners.saw(5);
        owners.saw(3);
        assertThat(owners.counter()).isEqualTo(5);
        owners.startAnewAt(1);
        assertThat(owners.counter()).isEqualTo(1);
    }
}
