package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letters that a run and a person's commands change at the same time. */
class DeadLettersTogetherTest {

    private static final Instant START = Instant.parse("2026-02-03T10:00:00.123456789Z");
    private static final Map<Long, DeadLetters.Failed> REFUSED =
            Map.of(7L, new DeadLetters.Failed(Failure.of(FailureCode.DEAL_NOT_CREATED), "print"));

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final DeadLetters deadLetters = new DeadLetters(redis.client(), redis.keys(), "receptions");

    @BeforeEach
    void one_is_dead() {
        deadLetters.record(REFUSED, START, START);
    }

    @Test
    void a_retry_asked_for_during_the_run_outlives_the_runs_own_failure() {
        deadLetters.retry(List.of(7L), START.plusSeconds(30));
        deadLetters.record(REFUSED, START.plusSeconds(20), START.plusSeconds(40));
        assertThat(deadLetters.of(7).isDue(START.plusSeconds(41))).isTrue();
        deadLetters.record(REFUSED, START.plusSeconds(50), START.plusSeconds(60));
        assertThat(deadLetters.of(7).isDue(START.plusSeconds(61)))
                .as("it had its retry")
                .isFalse();
        assertThat(deadLetters.of(7).nextAt()).isEqualTo(START.plusSeconds(60).plus(DeadLetters.pauseAfter(3)));
    }

    @Test
    void a_letter_that_comes_due_during_the_run_by_itself_waits_for_the_longer_pause() {
        deadLetters.record(REFUSED, START.plusSeconds(50), START.plusSeconds(70));
        assertThat(deadLetters.of(7).nextAt()).isEqualTo(START.plusSeconds(70).plus(DeadLetters.pauseAfter(2)));
    }

    @Test
    void a_retry_does_not_bring_back_what_has_passed_or_was_discarded() {
        deadLetters.forget(List.of(7L));
        assertThat(deadLetters.retry(List.of(7L), START)).isEmpty();
        deadLetters.record(REFUSED, START, START);
        assertThat(deadLetters.discard(List.of(7L, 8L))).containsExactly(7L);
        assertThat(deadLetters.retry(List.of(7L), START)).isEmpty();
        assertThat(deadLetters.count()).isZero();
    }

    @Test
    void failures_and_retries_at_the_same_time_are_all_on_record() {
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> IntStream.range(0, 300)
                .forEach(i -> deadLetters.record(REFUSED, START.plusSeconds(i), START.plusSeconds(i))));
        for (int i = 0; i < 300; i++) {
            assertThat(deadLetters.retry(List.of(7L), START.plusSeconds(i))).containsExactly(7L);
        }
        run.join();
        assertThat(deadLetters.of(7).attempts()).isEqualTo(301);
    }
}
