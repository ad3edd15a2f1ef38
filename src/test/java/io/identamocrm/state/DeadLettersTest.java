package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.state.DeadLetters.DeadLetter;
import io.identamocrm.state.DeadLetters.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What could not be delivered: counted, due after growing pauses, kept until it passes. */
class DeadLettersTest {

    private static final Instant BEGUN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant FAILED = BEGUN.plusSeconds(5);
    private static final Failed REFUSED =
            new Failed(new Failure(FailureCode.DEAL_NOT_CREATED, "NotSupportedChoice reception_cost"), "#a");
    private static final Failed GONE = new Failed(Failure.of(FailureCode.ROW_GONE), null);

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final DeadLetters deadLetters = new DeadLetters(redis.client(), redis.keys(), "receptions");

    @Test
    void a_first_failure_is_due_again_after_a_minute() {
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        assertThat(deadLetters.of(7))
                .isEqualTo(new DeadLetter(
                        7,
                        FailureCode.DEAL_NOT_CREATED,
                        "NotSupportedChoice reception_cost",
                        1,
                        FAILED,
                        FAILED,
                        FAILED.plusSeconds(60),
                        "#a",
                        Map.of()));
    }

    @Test
    void it_is_due_from_the_very_moment_on_that_it_names() {
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        DeadLetter deadLetter = deadLetters.of(7);
        assertThat(deadLetter.isDue(deadLetter.nextAt().minusNanos(1))).isFalse();
        assertThat(deadLetter.isDue(deadLetter.nextAt())).isTrue();
    }

    @Test
    void failing_again_counts_doubles_the_pause_and_tells_the_latest_reason_and_content() {
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        Instant later = FAILED.plusSeconds(90);
        deadLetters.record(Map.of(7L, GONE), later.minusSeconds(1), later);
        assertThat(deadLetters.of(7))
                .isEqualTo(new DeadLetter(
                        7, FailureCode.ROW_GONE, null, 2, FAILED, later, later.plusSeconds(120), null, Map.of()));
    }

    @Test
    void while_it_fails_the_pauses_grow_to_six_hours() {
        Instant at = FAILED;
        for (int attempt = 1; attempt <= 12; attempt++) {
            deadLetters.record(Map.of(7L, REFUSED), at, at);
            assertThat(deadLetters.of(7).attempts()).isEqualTo(attempt);
            assertThat(deadLetters.of(7).nextAt()).isEqualTo(at.plus(DeadLetters.pauseAfter(attempt)));
            at = deadLetters.of(7).nextAt();
        }
        assertThat(deadLetters.of(7).firstAt()).isEqualTo(FAILED);
    }

    @Test
    void refused_values_that_have_passed_are_forgotten_and_what_failed_otherwise_stays() {
        Failed value = new Failed(new Failure(FailureCode.FIELD_REFUSED, "1001 NotSupportedChoice"), "#a");
        deadLetters.record(Map.of(7L, value, 8L, GONE, 9L, value), BEGUN, FAILED);
        deadLetters.forgetRefused(List.of(7L, 8L, 10L));
        assertThat(deadLetters.all()).containsOnlyKeys(8L, 9L);
    }

    @Test
    void a_retry_makes_it_due_at_once_and_leaves_its_history() {
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        assertThat(deadLetters.retry(List.of(8L, 7L), FAILED.plusSeconds(1))).containsExactly(7L);
        assertThat(deadLetters.of(7))
                .isEqualTo(new DeadLetter(
                        7,
                        FailureCode.DEAL_NOT_CREATED,
                        "NotSupportedChoice reception_cost",
                        1,
                        FAILED,
                        FAILED,
                        FAILED.plusSeconds(1),
                        "#a",
                        Map.of()));
        assertThat(deadLetters.of(8)).isNull();
    }

    @Test
    void a_retry_asked_for_before_the_attempt_began_was_had_by_it() {
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        deadLetters.retry(List.of(7L), FAILED.plusSeconds(10));
        Instant again = FAILED.plusSeconds(12);
        deadLetters.record(Map.of(7L, REFUSED), FAILED.plusSeconds(10), again);
        assertThat(deadLetters.of(7).nextAt()).isEqualTo(again.plusSeconds(120));
    }

    @Test
    void one_that_passed_begins_from_one_when_it_fails_anew() {
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        deadLetters.forget(List.of(7L, 8L));
        assertThat(deadLetters.of(7)).isNull();
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED.plusSeconds(600));
        assertThat(deadLetters.of(7).attempts()).isEqualTo(1);
        assertThat(deadLetters.of(7).firstAt()).isEqualTo(FAILED.plusSeconds(600));
    }

    @Test
    void only_those_named_are_forgotten_or_discarded() {
        deadLetters.record(Map.of(7L, REFUSED, 8L, REFUSED, 9L, GONE), BEGUN, FAILED);
        deadLetters.forget(Set.of());
        assertThat(deadLetters.count()).isEqualTo(3);
        deadLetters.forget(Set.of(8L));
        assertThat(deadLetters.discard(List.of(9L, 10L))).containsExactly(9L);
        assertThat(deadLetters.all()).containsOnlyKeys(7L);
    }

    @Test
    void all_are_told_by_id_as_numbers() {
        deadLetters.record(Map.of(100L, REFUSED, 9L, GONE, 20L, REFUSED), BEGUN, FAILED);
        assertThat(deadLetters.all().keySet()).containsExactly(9L, 20L, 100L);
        assertThat(deadLetters.all().get(9L)).isEqualTo(deadLetters.of(9));
        assertThat(deadLetters.count()).isEqualTo(3);
    }

    @Test
    void receptions_and_patients_with_the_same_id_are_different_letters() {
        DeadLetters patients = new DeadLetters(redis.client(), redis.keys(), "patients");
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, FAILED);
        assertThat(patients.of(7)).isNull();
        patients.record(Map.of(7L, GONE), BEGUN, FAILED);
        deadLetters.forget(List.of(7L));
        assertThat(patients.of(7).code()).isEqualTo(FailureCode.ROW_GONE);
    }

    @Test
    void times_keep_their_nanoseconds() {
        Instant at = FAILED.plusNanos(123_456_789);
        deadLetters.record(Map.of(7L, REFUSED), BEGUN, at);
        assertThat(deadLetters.of(7).firstAt()).isEqualTo(at);
        assertThat(deadLetters.of(7).nextAt()).isEqualTo(at.plusSeconds(60));
    }
}
