package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.state.Intents.Open;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was about to be created stays on record until it is known what became of it. */
class IntentsTest {

    private static final Open NONE = new Open(Map.of(), Set.of());

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();
    private final Intents intents = new Intents(redis.client(), redis.keys());

    @Test
    void nothing_is_open_at_first() {
        assertThat(intents.open()).isEqualTo(NONE);
        assertThat(intents.open().isEmpty()).isTrue();
    }

    @Test
    void what_one_process_recorded_the_next_one_finds() {
        Open creations = new Open(Map.of(42L, 0L, 43L, 70_011L), Set.of(11L, 12L));
        intents.record(creations);
        assertThat(new Intents(redis.client(), redis.keys()).open()).isEqualTo(creations);
    }

    @Test
    void deals_alone_and_patients_alone_are_open() {
        intents.record(new Open(Map.of(42L, 0L), Set.of()));
        assertThat(intents.open()).isEqualTo(new Open(Map.of(42L, 0L), Set.of()));
        assertThat(intents.open().isEmpty()).isFalse();
        intents.clear(intents.open());
        intents.record(new Open(Map.of(), Set.of(11L)));
        assertThat(intents.open()).isEqualTo(new Open(Map.of(), Set.of(11L)));
        assertThat(intents.open().isEmpty()).isFalse();
    }

    @Test
    void only_what_is_settled_is_cleared() {
        intents.record(new Open(Map.of(42L, 0L, 43L, 5L), Set.of(11L, 12L)));
        intents.clear(new Open(Map.of(42L, 0L), Set.of(12L)));
        assertThat(intents.open()).isEqualTo(new Open(Map.of(43L, 5L), Set.of(11L)));
        intents.clear(NONE);
        assertThat(intents.open()).isEqualTo(new Open(Map.of(43L, 5L), Set.of(11L)));
    }

    @Test
    void a_reception_and_a_patient_with_the_same_number_are_two_things() {
        intents.record(new Open(Map.of(7L, 0L), Set.of(7L)));
        intents.clear(new Open(Map.of(7L, 0L), Set.of()));
        assertThat(intents.open()).isEqualTo(new Open(Map.of(), Set.of(7L)));
    }

    @Test
    void a_second_batch_is_added_to_the_first_and_the_latest_look_at_a_reception_counts() {
        intents.record(new Open(Map.of(42L, 0L), Set.of(11L)));
        intents.record(new Open(Map.of(42L, 70_011L, 43L, 0L), Set.of(12L)));
        assertThat(intents.open()).isEqualTo(new Open(Map.of(42L, 70_011L, 43L, 0L), Set.of(11L, 12L)));
    }

    @Test
    void to_record_and_to_clear_nothing_is_nothing() {
        intents.record(NONE);
        intents.clear(NONE);
        intents.clear(new Open(Map.of(1L, 1L), Set.of(1L)));
        assertThat(intents.open()).isEqualTo(NONE);
        assertThat(redis.things()).isEmpty();
    }
}
