package io.identamocrm.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers the product's scripts can rely on. */
class RedisAtStartTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.8.19", "5.0.14.1", "6.0.16", "6.1.240"})
    void older_ones_than_6_2_are_refused_in_plain_words(String version) {
        assertThat(RedisAtStart.fault(version, true).sentence()).contains(version, "6.2 or newer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.0", "6.2", "6.2.6-v5", "6.10.1", "7.4.1", "8.0-rc1", "10.0.0", "unknown"})
    void newer_ones_and_those_without_a_number_are_taken(String version) {
        assertThat(RedisAtStart.fault(version, true)).isNull();
    }

    @Test
    void one_that_may_not_be_asked_is_refused_with_the_right_that_is_missing() {
        assertThat(RedisAtStart.fault("", false).sentence()).contains("INFO", "+info");
    }

    @Test
    void one_that_does_not_say_which_it_is_is_refused_as_a_failover_could_not_be_seen() {
        assertThat(RedisAtStart.fault("7.2.0", false).sentence()).contains("run_id");
    }
}
