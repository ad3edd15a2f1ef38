package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.state.BrakeStates.Brake;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Redis keeps of brakes. */
class BrakeStatesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final BrakeStates brakes = new BrakeStates(redis.client(), redis.keys());

    @Test
    void none_is_pulled_at_first() {
        assertThat(brakes.all()).isEmpty();
        assertThat(brakes.of(BrakeKind.CREATIONS)).isNull();
        assertThat(brakes.release(BrakeKind.CREATIONS)).isNull();
    }

    @Test
    void a_pulled_one_shows_what_was_seen_last_and_since_when() {
        brakes.pull(BrakeKind.CREATIONS, 40, 100, NOON);
        brakes.pull(BrakeKind.CREATIONS, 50, 100, NOON.plusSeconds(60));
        assertThat(new BrakeStates(redis.client(), redis.keys()).all())
                .containsExactly(new Brake(BrakeKind.CREATIONS, 50, 100, NOON, false));
    }

    @Test
    void a_release_is_for_what_was_shown_and_over_with_more() {
        brakes.pull(BrakeKind.RECEPTIONS_GONE, 40, 100, NOON);
        assertThat(brakes.release(BrakeKind.RECEPTIONS_GONE))
                .isEqualTo(new Brake(BrakeKind.RECEPTIONS_GONE, 40, 100, NOON, true));
        assertThat(brakes.release(BrakeKind.RECEPTIONS_GONE)).as("once").isNull();
        brakes.pull(BrakeKind.RECEPTIONS_GONE, 41, 100, NOON.plusSeconds(60));
        assertThat(brakes.of(BrakeKind.RECEPTIONS_GONE))
                .isEqualTo(new Brake(BrakeKind.RECEPTIONS_GONE, 41, 100, NOON.plusSeconds(60), false));
        brakes.end(BrakeKind.RECEPTIONS_GONE);
        assertThat(brakes.all()).isEmpty();
    }

    @Test
    void a_choice_of_rows_is_another_only_beside_one_that_was_completed() {
        assertThat(brakes.isOtherChoice("all"))
                .as("nothing is known: an emptied memory shows itself")
                .isFalse();
        brakes.noteBegun("all");
        assertThat(brakes.isBegun("all")).isTrue();
        assertThat(brakes.isBegun("more")).isFalse();
        brakes.noteCompleted("all");
        assertThat(brakes.isBegun("all")).isFalse();
        assertThat(brakes.isOtherChoice("all")).isFalse();
        assertThat(brakes.isOtherChoice("more")).isTrue();
        assertThat(brakes.all()).isEmpty();
    }
}
