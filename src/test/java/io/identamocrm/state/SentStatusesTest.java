package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The status last sent for each reception. */
class SentStatusesTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();
    private final SentStatuses statuses = new SentStatuses(redis.client(), redis.keys());

    @ParameterizedTest
    @EnumSource
    void a_status_sent_is_known_to_every_process(Status status) {
        statuses.remember(Map.of(42L, status));
        assertThat(new SentStatuses(redis.client(), redis.keys()).of(List.of(42L))).isEqualTo(Map.of(42L, status));
    }

    @Test
    void only_those_asked_for_and_known_are_told() {
        statuses.remember(Map.of(1L, Status.SCHEDULED, 2L, Status.ARRIVED, 12L, Status.COMPLETED));
        assertThat(statuses.of(List.of(2L, 3L, 12L, 2L))).isEqualTo(Map.of(2L, Status.ARRIVED, 12L, Status.COMPLETED));
        assertThat(statuses.of(List.of())).isEmpty();
    }

    @Test
    void the_latest_counts_and_the_others_stay() {
        statuses.remember(Map.of(1L, Status.SCHEDULED, 2L, Status.SCHEDULED));
        statuses.remember(Map.of(2L, Status.CANCELLED));
        statuses.remember(Map.of());
        assertThat(statuses.of(List.of(1L, 2L))).isEqualTo(Map.of(1L, Status.SCHEDULED, 2L, Status.CANCELLED));
    }
}
