package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What all processes of an account remember of states and alerts. */
class AlertStatesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NINE = Instant.parse("2026-11-26T09:00:00Z");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private AlertStates states() {
        return new AlertStates(redis.client(), redis.keys(), new Scripts(redis.client(), Timing.REAL));
    }

    @Test
    void the_account_sees_what_any_process_sees() {
        assertThat(states().report("a", MINUTE, List.of("ident-away", "brake:creations")))
                .containsExactlyInAnyOrder("ident-away", "brake:creations");
        assertThat(states().report("b", MINUTE, List.of("blocked")))
                .containsExactlyInAnyOrder("ident-away", "brake:creations", "blocked");
        assertThat(states().report("a", MINUTE, List.of("ident-away")))
                .as("what a process says takes the place of what it said before")
                .containsExactlyInAnyOrder("ident-away", "blocked");
        assertThat(states().report("b", MINUTE, List.of())).containsExactly("ident-away");
        assertThat(states().report("a", MINUTE, List.of())).isEmpty();
    }

    @Test
    void of_processes_that_change_a_state_at_once_one_does_with_its_alerts() {
        assertThat(states().change("stale", null, "told 1", Map.of("mail stale", "x")))
                .isTrue();
        assertThat(states().change("stale", null, "told 2", Map.of("mail stale", "y")))
                .isFalse();
        assertThat(states().states()).containsExactly(Map.entry("stale", "told 1"));
        assertThat(states().toTell()).containsExactly(Map.entry("mail stale", "x"));
        assertThat(states().change("stale", "told 1", null, Map.of("mail stale", "z")))
                .isTrue();
        assertThat(states().states()).isEmpty();
        assertThat(states().toTell()).containsExactly(Map.entry("mail stale", "z"));
    }

    @Test
    void of_processes_that_take_an_alert_at_once_one_gets_it() {
        states().change("stale", null, "told", Map.of("mail stale", "0"));
        assertThat(states().replace("mail stale", "0", "1")).isTrue();
        assertThat(states().replace("mail stale", "0", "1")).isFalse();
        assertThat(states().replace("mail stale", "0", null)).isFalse();
        assertThat(states().replace("mail stale", "1", null)).isTrue();
        assertThat(states().toTell()).isEmpty();
    }

    @Test
    void dead_letters_are_counted_against_the_least_of_six_hours() {
        assertThat(states().growthOfDeadLetters(50, NINE)).isZero();
        assertThat(states().growthOfDeadLetters(40, NINE.plusSeconds(600))).isZero();
        assertThat(states().growthOfDeadLetters(45, NINE.plusSeconds(1200))).isEqualTo(5);
        assertThat(states().growthOfDeadLetters(52, NINE.plus(Duration.ofHours(6))))
                .isEqualTo(12);
        assertThat(states().growthOfDeadLetters(52, NINE.plus(Duration.ofHours(7))))
                .isZero();
    }
}
