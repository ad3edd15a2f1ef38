package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator's pause holds for all processes of the account until it is ended. */
class SchedulePauseTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123Z");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final SchedulePause pause = new SchedulePause(redis.client(), redis.keys());
    private final SchedulePause elsewhere = new SchedulePause(redis.client(), redis.keys());

    @Test
    void runs_may_start_unless_somebody_paused() {
        assertThat(pause.isOff()).isTrue();
        assertThat(pause.since()).isNull();
    }

    @Test
    void a_pause_is_seen_everywhere_and_has_no_end_of_its_own() {
        pause.begin(NOON);
        assertThat(elsewhere.isOff()).isFalse();
        assertThat(elsewhere.since()).isEqualTo(NOON);
        assertThat(redis.things())
                .hasSize(1)
                .allSatisfy(thing -> assertThat(redis.kept(thing)).isZero());
    }

    @Test
    void a_second_pause_does_not_change_since_when() {
        pause.begin(NOON);
        elsewhere.begin(NOON.plusSeconds(60));
        assertThat(pause.since()).isEqualTo(NOON);
    }

    @Test
    void anybody_may_end_it_and_begin_another() {
        pause.begin(NOON);
        elsewhere.end();
        assertThat(pause.isOff()).isTrue();
        assertThat(pause.since()).isNull();
        pause.end();
        pause.begin(NOON.plusSeconds(60));
        assertThat(elsewhere.since()).isEqualTo(NOON.plusSeconds(60));
    }
}
