package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterPauseTest {

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "7, PT1H4M", "9, PT4H16M", "10, PT6H", "1000, PT6H"})
    void pauses_double_up_to_six_hours(int attempts, Duration pause) {
        assertThat(DeadLetters.pauseAfter(attempts)).isEqualTo(pause);
    }

    @Property
    void a_pause_is_never_shorter_than_the_one_before(@ForAll @IntRange(min = 1, max = 100_000) int attempts) {
        assertThat(DeadLetters.pauseAfter(attempts + 1))
                .isGreaterThanOrEqualTo(DeadLetters.pauseAfter(attempts))
                .isLessThanOrEqualTo(Duration.ofHours(6));
    }
}
