package io.identamocrm.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What amoCRM made of a value of ours, told from what a manager made of it. */
class SentTest {

    private static final boolean SHORT_RUN = false;
    private static final boolean DEEP_RUN = true;

    private final Sent sent = Sent.of("#a", 1_000, null);

    @Test
    void a_value_that_amocrm_holds_is_nothing_to_remember() {
        assertThat(sent.readAs("#a", 1_000)).isNull();
        assertThat(sent.readAs("#a", 2_000)).isNull();
    }

    @Test
    void as_long_as_it_was_not_read_nothing_was_in_vain() {
        assertThat(sent.wasInVain("#a", "#x", SHORT_RUN)).isFalse();
        assertThat(sent.wasInVain("#a", null, SHORT_RUN)).isFalse();
    }

    @Test
    void what_amocrm_made_of_it_is_read_before_anybody_else_changes_the_row() {
        Sent read = sent.readAs("#x", 1_000);
        assertThat(read.wasInVain("#a", "#x", SHORT_RUN)).isTrue();
        assertThat(read.wasInVain("#a", "#y", SHORT_RUN))
                .as("a manager changed it since")
                .isFalse();
        assertThat(read.wasInVain("#b", "#x", SHORT_RUN)).as("another value").isFalse();
    }

    @Test
    void a_value_that_amocrm_drops_was_in_vain_too() {
        Sent read = sent.readAs(null, 1_000);
        assertThat(read.wasInVain("#a", null, SHORT_RUN)).isTrue();
        assertThat(read.wasInVain("#a", "#x", SHORT_RUN)).isFalse();
    }

    @Test
    void what_is_read_after_somebody_changed_the_row_tells_nothing_of_amocrm() {
        assertThat(sent.readAs("#x", 1_001)).isNull();
        assertThat(sent.readAs(null, 1_001)).isNull();
    }

    @Test
    void what_is_known_stays_as_long_as_the_field_does_whoever_changes_the_row() {
        Sent read = sent.readAs("#x", 1_000);
        assertThat(read.readAs("#x", 1_005)).isEqualTo(read);
        assertThat(read.readAs("#x", 1_000)).as("read twice is sent once").isEqualTo(read);
        assertThat(read.readAs("#y", 1_005)).isNull();
    }

    @Test
    void a_deep_run_sends_it_once_more_so_that_a_manager_within_the_second_of_our_write_is_corrected() {
        Sent once = sent.readAs("#x", 1_000);
        assertThat(once.wasInVain("#a", "#x", DEEP_RUN)).isFalse();
        Sent twice = Sent.of("#a", 2_000, once).readAs("#x", 2_000);
        assertThat(twice.wasInVain("#a", "#x", DEEP_RUN)).isTrue();
        assertThat(Sent.of("#a", 2_000, once).readAs("#a", 2_000))
                .as("it was the manager")
                .isNull();
    }

    @Test
    void another_value_is_no_further_try_of_the_first() {
        Sent other = Sent.of("#b", 2_000, sent.readAs("#x", 1_000));
        assertThat(other.wasInVain("#b", "#x", SHORT_RUN)).isFalse();
        assertThat(other.readAs("#x", 2_000).wasInVain("#b", "#x", DEEP_RUN)).isFalse();
    }

    @Test
    void a_try_that_ended_otherwise_begins_the_count_anew() {
        Sent other = Sent.of("#a", 2_000, sent.readAs("#x", 1_000)).readAs("#y", 2_000);
        assertThat(other.wasInVain("#a", "#y", SHORT_RUN)).isTrue();
        assertThat(other.wasInVain("#a", "#y", DEEP_RUN)).isFalse();
    }
}
