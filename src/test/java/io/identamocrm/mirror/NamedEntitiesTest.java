package io.identamocrm.mirror;

import static io.identamocrm.mirror.ListedAccount.READER;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import io.identamocrm.state.Changes;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.Memory;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.WriteLock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody has named receptions or patients: what amoCRM holds of them is asked for by id, whatever the mirror believes. */
class NamedEntitiesTest {

    private static final long BEFORE = 1_000;
    private static final long NOW = 100_000;

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Mirror mirror = new Mirror(redis.client(), redis.keys()::of, deal -> true, deal -> true);
    private final Memory memory = new Memory(redis.client(), redis.keys());
    private final WriteLock lock = LocksForTests.of(redis);
    private final ListedAccount account = new ListedAccount(NOW);

    @BeforeEach
    void deliver() {
        Changes changes = new Changes();
        mirror.store(
                changes,
                List.of(
                        deal(70).holding(42).updatedAt(BEFORE).build(),
                        deal(71).holding(43).updatedAt(BEFORE).build()),
                List.of(
                        contact(60).ofPatient(11).updatedAt(BEFORE).build(),
                        contact(61).ofPatient(12).updatedAt(BEFORE).build()));
        memory.remember(changes, 42, delivered(70, Status.ARRIVED).build());
        memory.remember(changes, 11, new OwnContact(60, "#Анна", false));
        lock.commit(changes);
        account.put(deal(70).holding(42).updatedAt(BEFORE), deal(71).holding(43).updatedAt(BEFORE));
        account.put(
                contact(60).ofPatient(11).updatedAt(BEFORE),
                contact(61).ofPatient(12).updatedAt(BEFORE));
    }

    private void lookAt(List<Long> deals, List<Long> contacts) {
        account.answerAll(
                new NamedEntities(mirror, READER, new RemovedEntities(mirror, memory), lock, deals, contacts));
    }

    @Test
    void what_was_deleted_is_forgotten_and_remembered_as_gone() {
        account.delete(Entity.LEADS, 70);
        account.delete(Entity.CONTACTS, 60);
        lookAt(List.of(70L, 71L), List.of(60L, 61L));
        assertThat(mirror.deals(List.of(70L, 71L))).containsOnlyKeys(71L);
        assertThat(mirror.contacts(List.of(60L, 61L))).containsOnlyKeys(61L);
        assertThat(memory.receptions(List.of(42L)))
                .isEqualTo(Map.of(42L, delivered(70, Status.ARRIVED).gone().build()));
        assertThat(memory.patients(List.of(11L))).isEqualTo(Map.of(11L, new OwnContact(60, "#Анна", true)));
    }

    @Test
    void what_is_there_is_taken_as_it_is_now() {
        account.put(deal(70).holding(44).updatedAt(NOW));
        account.put(contact(60).ofPatient(13).updatedAt(NOW));
        lookAt(List.of(70L), List.of(60L));
        assertThat(mirror.deals(List.of(70L)))
                .isEqualTo(Map.of(70L, deal(70).holding(44).updatedAt(NOW).build()));
        assertThat(mirror.contacts(List.of(60L)))
                .isEqualTo(Map.of(60L, contact(60).ofPatient(13).updatedAt(NOW).build()));
    }

    @Test
    void deals_alone_or_contacts_alone_are_looked_at_too() {
        account.delete(Entity.LEADS, 70);
        account.delete(Entity.CONTACTS, 60);
        lookAt(List.of(70L), List.of());
        assertThat(mirror.deals(List.of(70L))).isEmpty();
        assertThat(mirror.contacts(List.of(60L))).as("nobody asked").hasSize(1);
        lookAt(List.of(), List.of(60L));
        assertThat(mirror.contacts(List.of(60L))).isEmpty();
    }
}
