package io.identamocrm.state;

import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Delivered;
import io.identamocrm.model.Status;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.Intents.Open;
import io.identamocrm.state.Intents.Standing;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

/** What was about to be done stays on record until it is known what became of it. */
class IntentsTest {

    private static final Open NONE = new Open(Map.of(), Map.of(), Map.of());
    private static final Delivered DELIVERED =
            delivered(0, Status.ARRIVED).putInto(105).build();
    private static final Intent DEAL = Intent.ofDeal("p:1", 42, 70_011, DELIVERED);
    private static final Intent CONTACT = Intent.ofContact("p:1", 60_022, "#Анна");
    private static final Intent STAGE =
            Intent.ofStage("p:1", 42, deal(9).updatedAt(77).build(), DELIVERED);

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final LocksForTests locks = new LocksForTests(redis);
    private final Intents intents = new Intents(redis.client(), redis.keys());

    /** As a batch is noted: in the script that proves the lock. */
    private void note(Open open) {
        WriteLock lock = locks.held();
        lock.prove(true, open.entries());
        lock.release();
    }

    private void clear(Open settled) {
        Changes changes = new Changes();
        intents.clear(changes, settled);
        changes.apply(redis.client());
    }

    @Test
    void nothing_is_open_at_first() {
        assertThat(intents.open()).isEqualTo(NONE);
        assertThat(intents.open().isEmpty()).isTrue();
    }

    @Test
    void what_one_process_noted_the_next_one_finds() {
        Open open = new Open(
                Map.of(42L, DEAL, 43L, Intent.ofDeal("p:1", 43, 0, null)),
                Map.of(11L, CONTACT, 12L, Intent.ofContact("p:2", 0, null)),
                Map.of(9L, STAGE));
        note(open);
        assertThat(new Intents(redis.client(), redis.keys()).open()).isEqualTo(open);
    }

    @Test
    void each_kind_alone_is_open() {
        for (Open open : new Open[] {
            new Open(Map.of(42L, DEAL), Map.of(), Map.of()),
            new Open(Map.of(), Map.of(11L, CONTACT), Map.of()),
            new Open(Map.of(), Map.of(), Map.of(9L, STAGE))
        }) {
            assertThat(open.isEmpty()).isFalse();
            note(open);
            assertThat(intents.open()).isEqualTo(open);
            clear(open);
            assertThat(intents.open()).isEqualTo(NONE);
        }
    }

    @Test
    void only_what_is_settled_is_cleared() {
        note(new Open(Map.of(42L, DEAL, 43L, DEAL), Map.of(11L, CONTACT), Map.of(9L, STAGE, 10L, STAGE)));
        clear(new Open(Map.of(42L, DEAL), Map.of(12L, CONTACT), Map.of()));
        clear(Open.ofStages(Set.of(9L)));
        clear(NONE);
        assertThat(intents.open()).isEqualTo(new Open(Map.of(43L, DEAL), Map.of(11L, CONTACT), Map.of(10L, STAGE)));
    }

    @Test
    void a_reception_a_patient_and_a_deal_with_the_same_number_are_three_things() {
        note(new Open(Map.of(7L, DEAL), Map.of(7L, CONTACT), Map.of(7L, STAGE)));
        clear(new Open(Map.of(7L, DEAL), Map.of(), Map.of()));
        assertThat(intents.open()).isEqualTo(new Open(Map.of(), Map.of(7L, CONTACT), Map.of(7L, STAGE)));
    }

    @Test
    void a_second_batch_is_added_to_the_first_and_the_latest_look_counts() {
        note(new Open(Map.of(42L, DEAL), Map.of(11L, CONTACT), Map.of()));
        Intent later = Intent.ofDeal("p:2", 42, 70_012, null);
        note(new Open(Map.of(42L, later), Map.of(), Map.of()));
        assertThat(intents.open()).isEqualTo(new Open(Map.of(42L, later), Map.of(11L, CONTACT), Map.of()));
    }

    @Test
    void what_an_older_build_noted_is_looked_for_too() {
        redis.client()
                .getMap(redis.keys().of("intents"), StringCodec.INSTANCE)
                .putAll(Map.of("deal:42", "70011", "contact:11", ""));
        assertThat(intents.open())
                .isEqualTo(new Open(
                        Map.of(42L, Intent.ofDeal("", 42, 70_011, null)),
                        Map.of(11L, Intent.ofContact("", 0, null)),
                        Map.of()));
    }

    @Test
    void a_deal_stands_as_at_the_look_before_only_if_nobody_has_touched_it() {
        Standing before = Standing.of(deal(9).in(100, 101).updatedAt(5).build());
        assertThat(before.isOf(deal(9).in(100, 101).updatedAt(5).build())).isTrue();
        assertThat(before.isOf(deal(9).in(100, 102).updatedAt(5).build())).isFalse();
        assertThat(before.isOf(deal(9).in(200, 101).updatedAt(5).build())).isFalse();
        assertThat(before.isOf(deal(9).in(100, 101).updatedAt(6).build())).isFalse();
    }
}
