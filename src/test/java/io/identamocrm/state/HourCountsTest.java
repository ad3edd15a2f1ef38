package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counts by the hour, over all processes. */
class HourCountsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:40:00Z");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final HourCounts counts = new HourCounts(redis.client(), redis.keys());

    @Test
    void counts_of_an_hour_add_up_whoever_counted_and_other_hours_stay_apart() {
        counts.add(NOON, Map.of("receptions created", 2L));
        new HourCounts(redis.client(), redis.keys())
                .add(NOON.plusSeconds(600), Map.of("receptions created", 3L, "receptions failed", 1L));
        counts.add(NOON.plus(Duration.ofHours(12)), Map.of("receptions created", 1L));
        assertThat(counts.since(NOON.minus(Duration.ofDays(6)), NOON.plus(Duration.ofDays(1))))
                .isEqualTo(Map.of(
                        Instant.parse("2026-03-02T12:00:00Z"),
                                Map.of("receptions created", 5L, "receptions failed", 1L),
                        Instant.parse("2026-03-03T00:00:00Z"), Map.of("receptions created", 1L)));
    }

    @Test
    void what_lies_before_the_time_asked_for_is_left_out() {
        counts.add(NOON, Map.of("receptions created", 2L));
        assertThat(counts.since(NOON.plus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(2))))
                .isEmpty();
    }

    @Test
    void a_day_is_forgotten_after_some_weeks() {
        counts.add(NOON, Map.of("receptions created", 2L));
        assertThat(redis.client()
                        .getMap(redis.keys().of("statistics:hours:2026-03-02"))
                        .remainTimeToLive())
                .isBetween(Duration.ofDays(34).toMillis(), Duration.ofDays(35).toMillis());
    }

    @Test
    void a_redis_that_has_forgotten_all_scripts_since_counts_on() {
        counts.add(NOON, Map.of("receptions created", 2L));
        redis.client().getScript().scriptFlush();
        counts.add(NOON, Map.of("receptions created", 3L));
        assertThat(counts.since(NOON.minus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(1))))
                .containsValue(Map.of("receptions created", 5L));
    }
}
