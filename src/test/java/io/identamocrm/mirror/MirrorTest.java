package io.identamocrm.mirror;

import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Sent;
import io.identamocrm.state.Changes;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.WriteLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The local copy of the account: rows come back as they were stored, and lookups find exactly what the rows say. */
class MirrorTest {

    private static final String BY_RECEPTION = "deals-by-reception";
    private static final String BY_NUMBER = "deals-by-number";
    private static final String BY_CONTACT = "deals-by-contact";
    private static final String BY_PATIENT = "contacts-by-patient";
    private static final String UNOWNED_BY_PHONE = "unowned-by-phone";
    private static final String OWNED_BY_PHONE = "owned-by-phone";

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Mirror mirror = mirrorOf(redis.keys());
    private final WriteLock lock = LocksForTests.of(redis);

    private Mirror mirrorOf(RedisKeys keys) {
        return new Mirror(
                redis.client(), keys::of, deal -> deal.pipelineId() != FOREIGN_PIPELINE, deal -> deal.stageId() != 142);
    }

    private Collection<Long> find(String index, Object value) {
        return mirror.find(Map.of(index, all(value.toString()))).getOrDefault(index + " " + value, List.of());
    }

    private static Map<String, Integer> all(String... values) {
        return Stream.of(values).collect(Collectors.toMap(value -> value, value -> -1));
    }

    private void store(Deal... deals) {
        store(List.of(deals), List.of());
    }

    private void store(Contact... contacts) {
        store(List.of(), List.of(contacts));
    }

    private void store(Collection<Deal> deals, Collection<Contact> contacts) {
        MirrorRows.store(mirror, lock, deals, contacts);
    }

    private void forgetDeals(Collection<Long> ids) {
        Changes changes = new Changes();
        mirror.forgetDeals(changes, ids);
        lock.commit(changes);
    }

    private void forgetContacts(Collection<Long> ids) {
        Changes changes = new Changes();
        mirror.forgetContacts(changes, ids);
        lock.commit(changes);
    }

    private void setFact(String name, String value) {
        Changes changes = new Changes();
        mirror.fact(changes, name, value);
        lock.commit(changes);
    }

    /** The keys of the rows and their indexes. */
    private List<String> ofRows() {
        return redis.things().stream()
                .filter(thing -> thing.startsWith("mirror:") && !thing.equals("mirror:manifest"))
                .toList();
    }

    @Test
    void a_row_that_was_known_when_it_was_written_is_found_in_a_Redis_that_went_back_meanwhile() {
        store(deal(500).holding(7).build());
        Changes changes = new Changes();
        mirror.store(changes, List.of(deal(500).holding(7).updatedAt(99).build()), List.of());
        redis.client().getKeys().flushdb();
        changes.apply(redis.client());
        assertThat(find(BY_RECEPTION, 7)).containsExactly(500L);
    }

    @Test
    void a_deal_comes_back_as_it_was_stored() {
        Deal full = deal(70).holding(42)
                .ofNumber("N1")
                .linkedTo(60L, 61L)
                .updatedAt(1_767_229_200)
                .saying("arrived 100 -")
                .sentInVain(DealField.RECEPTION_DATE, new Sent("#noon", 0, "#midnight", 2))
                .sentInVain(DealField.DOCTOR_NAME, new Sent("#Врач", 1_767_229_200, null, 0))
                .build();
        Deal empty = new Deal(-1, 0, 0, 0, null, Map.of(), Map.of(), Set.of(), null);
        store(full, empty);
        assertThat(mirror.deals(List.of(70L, -1L))).isEqualTo(Map.of(70L, full, -1L, empty));
        assertThat(mirror.dealCount()).isEqualTo(2);
    }

    @Test
    void a_contact_comes_back_as_it_was_stored() {
        Contact full = contact(60)
                .ofPatient(11)
                .named("Аня")
                .withPhones("+79123456789", "+79130001122")
                .sentInVain(ContactField.BIRTHDATE, Sent.of("#noon", 5, null).readAs(null, 5))
                .build();
        Contact empty = contact(61).named(null).build();
        store(full, empty);
        assertThat(mirror.contacts(List.of(60L, 61L))).isEqualTo(Map.of(60L, full, 61L, empty));
        assertThat(mirror.contactCount()).isEqualTo(2);
    }

    @Test
    void what_is_not_known_is_absent() {
        store(deal(70).holding(42).build());
        assertThat(mirror.deals(List.of(7L, 71L))).isEmpty();
        assertThat(mirror.deals(List.of())).isEmpty();
        assertThat(mirror.contacts(List.of(70L))).isEmpty();
        assertThat(mirror.find(Map.of())).isEmpty();
        assertThat(mirror.find(Map.of(BY_RECEPTION, all("43"), BY_NUMBER, all())))
                .isEmpty();
    }

    @Test
    void of_very_many_deals_the_free_ones_come_first_those_changed_last_before_the_others() {
        for (int i = 0; i < 30; i++) {
            store(deal(100 + i)
                    .holding(i)
                    .ofNumber("N1")
                    .linkedTo(60L)
                    .updatedAt(2_000)
                    .build());
        }
        store(
                deal(70).ofNumber("N1").linkedTo(60L).updatedAt(1_000).build(),
                deal(9).ofNumber("N1").linkedTo(60L).updatedAt(999).build());
        Map<String, Integer> limit = Map.of("#N1", 3);
        assertThat(mirror.find(Map.of(BY_NUMBER, limit)).get(BY_NUMBER + " #N1"))
                .startsWith(70L, 9L)
                .hasSize(3);
        assertThat(mirror.find(Map.of(BY_CONTACT, Map.of("60", 2))).get(BY_CONTACT + " 60"))
                .containsExactly(70L, 9L);
        store(deal(9).ofNumber("N1").linkedTo(60L).updatedAt(3_000).build());
        assertThat(mirror.find(Map.of(BY_NUMBER, limit)).get(BY_NUMBER + " #N1"))
                .startsWith(9L, 70L)
                .hasSize(3);
    }

    @Test
    void phones_of_more_than_so_many_patients_are_counted() {
        for (int from = 0; from < 1200; from += 200) {
            store(IntStream.range(from, from + 200)
                    .mapToObj(i -> contact(1000 + i)
                            .ofPatient(1000 + i)
                            .withPhones("+7495", "+8" + i % 400)
                            .build())
                    .toArray(Contact[]::new));
        }
        store(contact(60).withPhones("+80").build());
        assertThat(mirror.phonesOfMoreThan(1200)).isZero();
        assertThat(mirror.phonesOfMoreThan(1199)).isEqualTo(1);
        assertThat(mirror.phonesOfMoreThan(3))
                .as("nobody's contact is no patient")
                .isEqualTo(1);
        assertThat(mirror.phonesOfMoreThan(2)).isEqualTo(401);
    }

    @Test
    void deals_are_found_by_reception_number_and_contact() {
        store(
                deal(70).holding(42).ofNumber("N1").linkedTo(60L, 61L).build(),
                deal(71).ofNumber("N1").linkedTo(61L).build());
        assertThat(find(BY_RECEPTION, 42)).containsExactly(70L);
        assertThat(find(BY_NUMBER, "#N1")).containsExactlyInAnyOrder(70L, 71L);
        assertThat(find(BY_CONTACT, 60)).containsExactly(70L);
        assertThat(find(BY_CONTACT, 61)).containsExactlyInAnyOrder(70L, 71L);
    }

    @Test
    void contacts_are_found_by_patient_and_by_each_phone() {
        store(
                contact(60)
                        .ofPatient(11)
                        .withPhones("+79123456789", "+79130001122")
                        .build(),
                contact(61).withPhones("+79130001122").build());
        assertThat(find(BY_PATIENT, 11)).containsExactly(60L);
        assertThat(find(OWNED_BY_PHONE, "#+79123456789")).containsExactly(60L);
        assertThat(find(OWNED_BY_PHONE, "#+79130001122")).containsExactly(60L);
        assertThat(find(UNOWNED_BY_PHONE, "#+79130001122")).containsExactly(61L);
    }

    @Test
    void several_lookups_are_answered_at_once_each_by_its_own_name() {
        store(deal(70).holding(42).ofNumber("N1").build(), deal(71).holding(43).build());
        store(contact(42).ofPatient(42).build());
        assertThat(mirror.find(
                        Map.of(BY_RECEPTION, all("42", "43", "44"), BY_NUMBER, all("#N1"), BY_PATIENT, all("42"))))
                .isEqualTo(Map.of(
                        BY_RECEPTION + " 42",
                        List.of(70L),
                        BY_RECEPTION + " 43",
                        List.of(71L),
                        BY_NUMBER + " #N1",
                        List.of(70L),
                        BY_PATIENT + " 42",
                        List.of(42L)));
    }

    @Test
    void a_value_that_begins_like_another_is_another() {
        store(
                deal(70).holding(4).ofNumber("N4").build(),
                deal(71).holding(42).ofNumber("N42").build(),
                deal(7).holding(427).ofNumber("N4-2").build());
        assertThat(find(BY_RECEPTION, 4)).containsExactly(70L);
        assertThat(find(BY_RECEPTION, 42)).containsExactly(71L);
        assertThat(find(BY_RECEPTION, 427)).containsExactly(7L);
        assertThat(find(BY_NUMBER, "#N4")).containsExactly(70L);
    }

    @Test
    void a_deal_of_a_foreign_pipeline_is_found_by_its_reception_only() {
        store(deal(70).in(FOREIGN_PIPELINE, FOREIGN_STAGE)
                .holding(42)
                .ofNumber("N1")
                .linkedTo(60L)
                .build());
        assertThat(find(BY_RECEPTION, 42)).containsExactly(70L);
        assertThat(find(BY_NUMBER, "#N1")).isEmpty();
        assertThat(find(BY_CONTACT, 60)).isEmpty();
    }

    @Test
    void a_deal_that_is_moved_away_and_back_is_lost_and_found_with_it() {
        Deal ours = deal(70).ofNumber("N1").linkedTo(60L).build();
        store(ours);
        store(deal(70).in(FOREIGN_PIPELINE, FOREIGN_STAGE)
                .ofNumber("N1")
                .linkedTo(60L)
                .build());
        assertThat(find(BY_NUMBER, "#N1")).isEmpty();
        assertThat(find(BY_CONTACT, 60)).isEmpty();
        store(deal(70).in(SECONDARY_PIPELINE, SECONDARY_STAGE)
                .ofNumber("N1")
                .linkedTo(60L)
                .build());
        assertThat(find(BY_NUMBER, "#N1")).containsExactly(70L);
        assertThat(find(BY_CONTACT, 60)).containsExactly(70L);
    }

    @Test
    void a_changed_row_is_found_by_its_new_values_only() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L, 61L).build());
        store(deal(70).holding(43).ofNumber("N2").linkedTo(61L, 62L).build());
        store(contact(60).ofPatient(11).withPhones("+1", "+2").build());
        store(contact(60).ofPatient(12).withPhones("+2", "+3").build());
        assertThat(Stream.of(
                        find(BY_RECEPTION, 42),
                        find(BY_NUMBER, "#N1"),
                        find(BY_CONTACT, 60),
                        find(BY_PATIENT, 11),
                        find(OWNED_BY_PHONE, "#+1")))
                .allSatisfy(old -> assertThat(old).isEmpty());
        assertThat(Stream.of(
                        find(BY_RECEPTION, 43), find(BY_NUMBER, "#N2"), find(BY_CONTACT, 61), find(BY_CONTACT, 62)))
                .allSatisfy(now -> assertThat(now).containsExactly(70L));
        assertThat(Stream.of(find(BY_PATIENT, 12), find(OWNED_BY_PHONE, "#+2"), find(OWNED_BY_PHONE, "#+3")))
                .allSatisfy(now -> assertThat(now).containsExactly(60L));
        assertThat(mirror.dealCount()).isEqualTo(1);
    }

    @Test
    void a_row_forgotten_is_found_by_nothing_and_its_neighbours_stay() {
        store(
                deal(70).holding(42).ofNumber("N1").linkedTo(60L).build(),
                deal(71).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(
                contact(60).ofPatient(11).withPhones("+1").build(),
                contact(61).ofPatient(11).withPhones("+1").build());
        forgetDeals(List.of(70L, 99L));
        forgetContacts(List.of(61L));
        assertThat(mirror.deals(List.of(70L, 71L))).containsOnlyKeys(71L);
        assertThat(mirror.contacts(List.of(60L, 61L))).containsOnlyKeys(60L);
        assertThat(Stream.of(find(BY_RECEPTION, 42), find(BY_NUMBER, "#N1"), find(BY_CONTACT, 60)))
                .allSatisfy(found -> assertThat(found).containsExactly(71L));
        assertThat(Stream.of(find(BY_PATIENT, 11), find(OWNED_BY_PHONE, "#+1")))
                .allSatisfy(found -> assertThat(found).containsExactly(60L));
    }

    @Test
    void when_the_last_row_is_forgotten_nothing_is_left_of_rows_and_indexes() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(deal(70).holding(43).ofNumber("N2").linkedTo(61L).updatedAt(7).build());
        store(contact(60).ofPatient(11).withPhones("+1", "+2").build());
        forgetDeals(List.of(70L));
        forgetContacts(List.of(60L));
        assertThat(ofRows()).isEmpty();
    }

    @Test
    void the_newest_deal_and_contact_are_those_with_the_highest_number() {
        store(
                deal(9).holding(42).build(),
                deal(10).holding(42).build(),
                deal(100).holding(42).build(),
                deal(1_000).holding(421).build(),
                deal(11).in(FOREIGN_PIPELINE, FOREIGN_STAGE).holding(43).build());
        store(
                contact(9).ofPatient(11).build(),
                contact(10).ofPatient(11).build(),
                contact(100).ofPatient(11).build());
        assertThat(mirror.newestDealsOf(List.of(42L, 43L, 44L))).isEqualTo(Map.of(42L, 100L, 43L, 11L));
        assertThat(mirror.newestContactsOf(Set.of(11L, 12L))).isEqualTo(Map.of(11L, 100L));
        assertThat(mirror.newestDealsOf(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 501, 1_203})
    void every_row_is_shown_once(int count) {
        store(
                LongStream.rangeClosed(1, count)
                        .mapToObj(id -> deal(id).holding(id).build())
                        .toList(),
                List.of(contact(5_000).build()));
        List<Long> shown = new ArrayList<>();
        mirror.forEachDeal(deal -> {
            assertThat(deal.receptionId()).isEqualTo(deal.id());
            shown.add(deal.id());
        });
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
        List<Contact> contacts = new ArrayList<>();
        mirror.forEachContact(contacts::add);
        assertThat(contacts).containsExactly(contact(5_000).build());
    }

    @Test
    void rows_read_anew_keep_what_we_remember_beside_them() {
        Sent vain = Sent.of("#noon", 5, null).readAs(null, 5);
        store(deal(70).holding(42).sentInVain(DealField.RECEPTION_DATE, vain).build());
        Map<Long, Deal> rows = mirror.reread(List.of(
                deal(70).holding(43).updatedAt(2_000).build(),
                deal(71).holding(44).build()));
        assertThat(rows)
                .isEqualTo(Map.of(
                        70L,
                        deal(70).holding(43)
                                .updatedAt(2_000)
                                .sentInVain(DealField.RECEPTION_DATE, vain)
                                .build(),
                        71L,
                        deal(71).holding(44).build()));
        assertThat(mirror.rereadContacts(List.of(contact(60).build())))
                .isEqualTo(Map.of(60L, contact(60).build()));
    }

    @Test
    void what_is_ours_in_amocrm_is_known_by_a_deal_that_holds_a_reception_wherever_it_stands() {
        assertThat(mirror.holdsReceptions()).isFalse();
        store(deal(70).ofNumber("N1").build(), deal(71).holdingUnreadableRow().build());
        assertThat(mirror.holdsReceptions()).isFalse();
        store(
                deal(72).in(FOREIGN_PIPELINE, FOREIGN_STAGE).holding(42).build(),
                deal(73).holding(42).build(),
                deal(74).holding(43).build());
        assertThat(mirror.holdsReceptions()).isTrue();
        assertThat(mirror.dealsOf(List.of(42L, 43L, 44L))).isEqualTo(Map.of(42L, List.of(72L, 73L), 43L, List.of(74L)));
    }

    @Test
    void its_keys_are_all_that_rows_are_kept_in() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(
                contact(60).ofPatient(11).withPhones("+1").build(),
                contact(61).withPhones("+1").build());
        assertThat(ofRows().stream().map(redis.keys()::of))
                .containsExactlyInAnyOrderElementsOf(Mirror.keys(redis.keys()::of));
    }

    @Test
    void a_mirror_made_with_the_same_settings_is_kept() {
        mirror.ensureMadeWith("these settings", lock);
        lock.setMirrorWhole(true);
        store(deal(70).holding(42).build());
        mirrorOf(redis.keys()).ensureMadeWith("these settings", lock);
        assertThat(mirror.dealCount()).isEqualTo(1);
        assertThat(lock.isMirrorWhole()).isTrue();
    }

    @Test
    void a_mirror_made_with_other_settings_is_not_whole_and_keeps_its_rows_until_they_are_listed_again() {
        mirror.ensureMadeWith("these settings", lock);
        lock.setMirrorWhole(true);
        store(deal(70).holding(42).build());
        mirror.ensureMadeWith("other settings", lock);
        assertThat(lock.isMirrorWhole()).isFalse();
        assertThat(mirror.hasRowsOfOtherSetup()).isTrue();
        assertThat(mirror.dealCount()).isEqualTo(1);
        assertThatCode(lock::renew).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"these settings", "1 these settings", "2 these settings"})
    void rows_in_the_format_of_another_build_are_dropped(String madeWith) {
        setFact("setup", madeWith);
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(contact(60).ofPatient(11).withPhones("+1").build());
        mirror.ensureMadeWith("these settings", lock);
        assertThat(ofRows()).isEmpty();
        assertThat(lock.isMirrorWhole()).isFalse();
        assertThatCode(lock::renew).doesNotThrowAnyException();
    }

    @Test
    void rows_of_which_nobody_knows_what_they_were_made_with_are_dropped() {
        store(deal(70).build());
        mirror.ensureMadeWith("these settings", lock);
        assertThat(mirror.dealCount()).isZero();
    }

    @Test
    void rows_in_the_format_of_this_build_are_kept() {
        setFact("setup", Mirror.ROW_FORMAT + " these settings");
        store(deal(70).build());
        mirror.ensureMadeWith("these settings", lock);
        assertThat(mirror.dealCount()).isEqualTo(1);
        assertThat(lock.isMirrorWhole()).isTrue();
    }

    @Test
    void the_time_of_the_last_refresh_is_remembered() {
        assertThat(mirror.refreshedAt()).isNull();
        mirror.noteRefreshed(Instant.parse("2026-03-02T12:00:00.123Z"), lock);
        assertThat(mirrorOf(redis.keys()).refreshedAt()).isEqualTo(Instant.parse("2026-03-02T12:00:00.123Z"));
    }

    @Test
    void what_a_dry_run_keeps_is_kept_for_a_while_by_a_redis_that_has_forgotten_all_scripts_too() {
        for (String name : List.of("one", "two")) {
            String here = name;
            Mirror scratch = mirror.scratch(name);
            keep(scratch, List.of(deal(-1).holding(43).build()), List.of());
            scratch.keepFor(Duration.ofHours(1));
            assertThat(redis.client()
                            .getMap(redis.client()
                                    .getKeys()
                                    .getKeysStream()
                                    .filter(key -> key.endsWith("dry-run:" + here + ":deals"))
                                    .findFirst()
                                    .orElseThrow())
                            .remainTimeToLive())
                    .isBetween(
                            Duration.ofMinutes(55).toMillis(),
                            Duration.ofHours(1).toMillis());
            redis.client().getScript().scriptFlush();
        }
    }

    private void keep(Mirror scratch, Collection<Deal> deals, Collection<Contact> contacts) {
        Changes changes = new Changes();
        scratch.store(changes, deals, contacts);
        scratch.fact(changes, "anything", "1");
        scratch.apply(changes);
    }

    @Test
    void what_a_dry_run_would_have_written_stays_beside_the_mirror() {
        store(deal(70).holding(42).build());
        Mirror scratch = mirror.scratch("one");
        keep(
                scratch,
                List.of(
                        deal(-1).holding(43).ofNumber("N1").build(),
                        deal(70).holding(44).build()),
                List.of(contact(-2).ofPatient(11).build()));
        assertThat(scratch.newestDealsOf(List.of(42L, 43L, 44L))).isEqualTo(Map.of(43L, -1L, 44L, 70L));
        assertThat(scratch.fact("anything")).isEqualTo("1");
        assertThat(mirror.newestDealsOf(List.of(42L, 43L, 44L))).isEqualTo(Map.of(42L, 70L));
        assertThat(mirror.contactCount()).isZero();
        assertThat(mirror.scratch("two").dealCount()).as("another dry run").isZero();
        assertThat(mirror.scratch("one").dealCount()).as("the same dry run").isEqualTo(2);
        scratch.drop();
        assertThat(mirror.scratch("one").dealCount()).isZero();
        assertThat(mirror.scratch("one").fact("anything")).isNull();
        assertThat(mirror.deals(List.of(70L)))
                .isEqualTo(Map.of(70L, deal(70).holding(42).build()));
        assertThatCode(lock::renew).doesNotThrowAnyException();
    }

    @Test
    void a_scratch_that_nobody_drops_ends_by_itself_and_the_mirror_does_not() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(contact(60).ofPatient(11).withPhones("+1").build());
        List<String> own = ofRows();
        Mirror scratch = mirror.scratch("one");
        keep(
                scratch,
                mirror.deals(List.of(70L)).values(),
                mirror.contacts(List.of(60L)).values());
        scratch.keepFor(Duration.ofHours(1));
        assertThat(redis.things())
                .filteredOn(thing -> thing.startsWith("mirror:dry-run:"))
                .hasSizeGreaterThan(own.size())
                .allSatisfy(thing -> assertThat(redis.kept(thing)).as(thing).isPositive());
        assertThat(own)
                .allSatisfy(thing -> assertThat(redis.kept(thing)).as(thing).isZero());
    }

    @Test
    void two_accounts_on_one_redis_do_not_see_each_other() {
        store(deal(70).holding(42).build());
        RedisForTests other = new RedisForTests();
        Mirror another = mirrorOf(other.keys());
        assertThat(another.dealCount()).isZero();
        MirrorRows.store(
                another, LocksForTests.of(other), List.of(deal(70).holding(43).build()), List.of());
        assertThat(find(BY_RECEPTION, 42)).containsExactly(70L);
        assertThat(find(BY_RECEPTION, 43)).isEmpty();
    }

    /** Whatever is stored, changed and forgotten in whatever order: the indexes say what the rows say, no more and no less. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void indexes_and_rows_stay_in_step(long seed) {
        Random random = new Random(seed);
        Map<Long, Deal> deals = new TreeMap<>();
        Map<Long, Contact> contacts = new TreeMap<>();
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(5)) {
                case 0 -> forget(random, deals, this::forgetDeals);
                case 1 -> forget(random, contacts, this::forgetContacts);
                default -> {
                    Map<Long, Deal> changedDeals = new HashMap<>();
                    Map<Long, Contact> changedContacts = new HashMap<>();
                    for (int i = random.nextInt(5); i >= 0; i--) {
                        Deal deal = anyDeal(random);
                        changedDeals.put(deal.id(), deal);
                        Contact contact = anyContact(random);
                        changedContacts.put(contact.id(), contact);
                    }
                    store(changedDeals.values(), changedContacts.values());
                    deals.putAll(changedDeals);
                    contacts.putAll(changedContacts);
                }
            }
            assertThat(allFound()).as("step %s", step).isEqualTo(allExpected(deals.values(), contacts.values()));
        }
        assertThat(mirror.deals(deals.keySet())).isEqualTo(deals);
        assertThat(mirror.contacts(contacts.keySet())).isEqualTo(contacts);
        assertThat(List.of(mirror.dealCount(), mirror.contactCount())).containsExactly(deals.size(), contacts.size());
        forgetDeals(deals.keySet());
        forgetContacts(contacts.keySet());
        assertThat(ofRows()).isEmpty();
    }

    private static <T> void forget(Random random, Map<Long, T> rows, Consumer<Collection<Long>> forget) {
        List<Long> ids = List.of(random.nextLong(1, 13), random.nextLong(1, 13));
        forget.accept(Set.copyOf(ids));
        ids.forEach(rows::remove);
    }

    private static Deal anyDeal(Random random) {
        var builder = deal(random.nextLong(1, 13)).updatedAt(random.nextLong(1_000, 1_010));
        if (random.nextInt(3) == 0) {
            builder.in(FOREIGN_PIPELINE, FOREIGN_STAGE);
        }
        if (random.nextBoolean()) {
            builder.holding(random.nextLong(1, 12));
        }
        if (random.nextBoolean()) {
            builder.ofNumber("N" + random.nextInt(1, 12));
        }
        return builder.linkedTo(random.longs(random.nextInt(3), 1, 12)
                        .distinct()
                        .boxed()
                        .toArray(Long[]::new))
                .build();
    }

    private static Contact anyContact(Random random) {
        var builder = contact(random.nextLong(1, 13)).updatedAt(random.nextLong(1_000, 1_010));
        if (random.nextBoolean()) {
            builder.ofPatient(random.nextLong(1, 12));
        }
        return builder.withPhones(random.ints(random.nextInt(3), 1, 12)
                        .distinct()
                        .mapToObj(i -> "+" + i)
                        .toArray(String[]::new))
                .build();
    }

    private Map<String, Set<Long>> allFound() {
        Map<String, Integer> numbers =
                all(LongStream.range(0, 13).mapToObj(Long::toString).toArray(String[]::new));
        Map<String, Integer> phones =
                all(numbers.keySet().stream().map(number -> "#+" + number).toArray(String[]::new));
        Map<String, Set<Long>> found = new TreeMap<>();
        mirror.find(Map.of(
                        BY_RECEPTION,
                        numbers,
                        BY_CONTACT,
                        numbers,
                        BY_PATIENT,
                        numbers,
                        BY_NUMBER,
                        all(numbers.keySet().stream()
                                .map(number -> "#N" + number)
                                .toArray(String[]::new)),
                        UNOWNED_BY_PHONE,
                        phones,
                        OWNED_BY_PHONE,
                        phones))
                .forEach((entry, ids) -> found.put(entry, new TreeSet<>(ids)));
        return found;
    }

    private static Map<String, Set<Long>> allExpected(Collection<Deal> deals, Collection<Contact> contacts) {
        Map<String, Set<Long>> expected = new TreeMap<>();
        for (Deal deal : deals) {
            expect(expected, BY_RECEPTION, deal.receptionId(), deal.id());
            if (deal.pipelineId() != FOREIGN_PIPELINE) {
                expect(expected, BY_NUMBER, deal.fingerprints().get(DealField.PATIENT_NUMBER), deal.id());
                deal.contactIds().forEach(contact -> expect(expected, BY_CONTACT, contact, deal.id()));
            }
        }
        for (Contact contact : contacts) {
            expect(expected, BY_PATIENT, contact.patientId(), contact.id());
            contact.phones()
                    .forEach(phone -> expect(
                            expected, contact.isUnowned() ? UNOWNED_BY_PHONE : OWNED_BY_PHONE, phone, contact.id()));
        }
        return expected;
    }

    private static void expect(Map<String, Set<Long>> expected, String index, Object value, long id) {
        if (value != null) {
            expected.computeIfAbsent(index + " " + value, entry -> new TreeSet<>())
                    .add(id);
        }
    }
}
