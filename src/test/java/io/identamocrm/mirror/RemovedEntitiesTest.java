package io.identamocrm.mirror;

import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import io.identamocrm.state.Changes;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.Memory;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.WriteLock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What managers deleted or merged: the mirror forgets it, and what was ours is remembered as gone. */
class RemovedEntitiesTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Mirror mirror = new Mirror(redis.client(), redis.keys()::of, deal -> true, deal -> true);
    private final Memory memory = new Memory(redis.client(), redis.keys());
    private final RemovedEntities removed = new RemovedEntities(mirror, memory);
    private final WriteLock lock = LocksForTests.of(redis);

    @BeforeEach
    void deliver() {
        Changes changes = new Changes();
        mirror.store(
                changes,
                List.of(deal(70).holding(42).build(), deal(71).holding(42).build(), deal(72).build()),
                List.of(
                        contact(60).ofPatient(11).build(),
                        contact(61).ofPatient(11).build(),
                        contact(62).build()));
        memory.remember(changes, 42, delivered(70, Status.ARRIVED).putInto(105).build());
        memory.remember(changes, 11, new OwnContact(60, "#Анна", false));
        lock.commit(changes);
    }

    private void removeDeals(Set<Long> ids) {
        Changes changes = new Changes();
        removed.deals(changes, ids);
        lock.commit(changes);
    }

    private void removeContacts(Set<Long> ids) {
        Changes changes = new Changes();
        removed.contacts(changes, ids);
        lock.commit(changes);
    }

    @Test
    void a_deal_of_ours_is_remembered_as_gone() {
        removeDeals(Set.of(70L));
        assertThat(mirror.deals(List.of(70L, 71L, 72L))).containsOnlyKeys(71L, 72L);
        assertThat(memory.receptions(List.of(42L)))
                .isEqualTo(Map.of(42L, delivered(70, Status.ARRIVED).gone().build()));
    }

    @Test
    void a_deal_that_was_nobodys_or_a_duplicate_says_nothing_of_the_receptions_own() {
        removeDeals(Set.of(71L, 72L, 99L));
        assertThat(mirror.deals(List.of(70L, 71L, 72L))).containsOnlyKeys(70L);
        assertThat(memory.receptions(List.of(42L)))
                .isEqualTo(
                        Map.of(42L, delivered(70, Status.ARRIVED).putInto(105).build()));
    }

    @Test
    void a_contact_of_ours_is_remembered_as_gone() {
        removeContacts(Set.of(60L, 62L));
        assertThat(mirror.contacts(List.of(60L, 61L, 62L))).containsOnlyKeys(61L);
        assertThat(memory.patients(List.of(11L))).isEqualTo(Map.of(11L, new OwnContact(60, "#Анна", true)));
    }

    @Test
    void a_contact_that_was_a_duplicate_says_nothing_of_the_patients_own() {
        removeContacts(Set.of(61L));
        assertThat(memory.patients(List.of(11L))).isEqualTo(Map.of(11L, new OwnContact(60, "#Анна", false)));
    }

    @Test
    void nothing_removed_is_nothing_changed() {
        Changes changes = new Changes();
        removed.deals(changes, Set.of());
        removed.contacts(changes, Set.of());
        assertThat(changes.isEmpty()).isTrue();
    }
}
