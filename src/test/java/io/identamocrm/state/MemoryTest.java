package io.identamocrm.state;

import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Delivered;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.client.codec.StringCodec;

/** What is ours in amoCRM, apart from the mirror. */
class MemoryTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Memory memory = new Memory(redis.client(), redis.keys());

    private void remember(long reception, Delivered delivered) {
        Changes changes = new Changes();
        memory.remember(changes, reception, delivered);
        changes.apply(redis.client());
    }

    private void remember(long patient, OwnContact contact) {
        Changes changes = new Changes();
        memory.remember(changes, patient, contact);
        changes.apply(redis.client());
    }

    @ParameterizedTest
    @EnumSource
    void what_was_delivered_is_known_to_every_process(Status status) {
        Delivered all = delivered(70_011, status)
                .putInto(105)
                .withheld()
                .linkedTo(50)
                .planned(LocalDateTime.of(2026, 3, 3, 9, 0))
                .gone()
                .of(11L)
                .build();
        Delivered least = Delivered.ofStatus(status);
        remember(1, all);
        remember(2, least);
        assertThat(new Memory(redis.client(), redis.keys()).receptions(List.of(1L, 2L, 3L)))
                .isEqualTo(Map.of(1L, all, 2L, least));
    }

    @Test
    void the_contact_of_a_patient_is_known_to_every_process() {
        OwnContact named = new OwnContact(50, "#Анна", false, Set.of("#+79123456789", "#anna@example.ru"));
        OwnContact gone = new OwnContact(51, null, true);
        remember(11, named);
        remember(12, gone);
        assertThat(new Memory(redis.client(), redis.keys()).patients(List.of(11L, 12L, 13L, 11L)))
                .isEqualTo(Map.of(11L, named, 12L, gone));
    }

    @Test
    void nobody_asked_for_is_nobody_told() {
        remember(1, Delivered.ofStatus(Status.ARRIVED));
        assertThat(memory.receptions(List.of())).isEmpty();
        assertThat(memory.patients(List.of())).isEmpty();
        assertThat(memory.patients(List.of(1L))).as("a reception is no patient").isEmpty();
    }

    @Test
    void the_latest_counts() {
        remember(1, Delivered.ofStatus(Status.SCHEDULED));
        remember(1, delivered(9, Status.ARRIVED).build());
        assertThat(memory.receptions(List.of(1L)))
                .isEqualTo(Map.of(1L, delivered(9, Status.ARRIVED).build()));
    }

    @Test
    void what_an_older_build_remembered_counts_until_something_newer_is_known() {
        redis.client()
                .getMap(redis.keys().of("statuses"), StringCodec.INSTANCE)
                .putAll(Map.of("1", "ARRIVED", "2", "CANCELLED"));
        remember(2, delivered(9, Status.COMPLETED).build());
        assertThat(memory.receptions(List.of(1L, 2L, 3L)))
                .isEqualTo(Map.of(
                        1L,
                        Delivered.ofStatus(Status.ARRIVED),
                        2L,
                        delivered(9, Status.COMPLETED).build()));
    }

    @Test
    void everything_is_shown_whatever_its_size() {
        Changes changes = new Changes();
        Map<Long, Delivered> receptions = new HashMap<>();
        Map<Long, OwnContact> patients = new HashMap<>();
        for (long id = 1; id <= 1_200; id++) {
            receptions.put(id, delivered(id + 5, Status.ARRIVED).build());
            patients.put(id, new OwnContact(id + 9, null, false));
            memory.remember(changes, id, receptions.get(id));
            memory.remember(changes, id, patients.get(id));
        }
        changes.apply(redis.client());
        Map<Long, Delivered> shown = new HashMap<>();
        memory.forEachReception(shown::put);
        assertThat(shown).isEqualTo(receptions);
        Map<Long, OwnContact> shownPatients = new HashMap<>();
        memory.forEachPatient(shownPatients::put);
        assertThat(shownPatients).isEqualTo(patients);
    }

    @Test
    void it_stays_when_the_mirror_is_lost_and_holds_ids_codes_and_fingerprints_only() {
        remember(
                1,
                delivered(9, Status.ARRIVED)
                        .planned(LocalDateTime.of(2026, 3, 3, 9, 0))
                        .build());
        remember(11, new OwnContact(50, PRINT.of("x"), false));
        assertThat(redis.things()).containsExactly("memory:patients", "memory:receptions");
        assertThat(redis.contents())
                .contains("memory:patients={11={\"c\":50,\"n\":\"#x\"}}")
                .contains("memory:receptions={1={\"d\":9,\"s\":\"ARRIVED\",\"p\":100,\"t\":\"#2026-03-03T09:00\"}}");
    }
}
