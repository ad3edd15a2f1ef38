package io.identamocrm.mirror;

import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Sent;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RedisKeys;
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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private static final String BY_PHONE = "contacts-by-phone";

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();
    private final Mirror mirror = mirrorOf(redis.keys());

    private Mirror mirrorOf(RedisKeys keys) {
        return new Mirror(redis.client(), keys::of, deal -> deal.pipelineId() != FOREIGN_PIPELINE);
    }

    private Collection<Long> find(String index, Object value) {
        return mirror.find(Map.of(index, List.of(value.toString()))).getOrDefault(index + " " + value, List.of());
    }

    private void store(Deal... deals) {
        mirror.store(List.of(deals), List.of());
    }

    private void store(Contact... contacts) {
        mirror.store(List.of(), List.of(contacts));
    }

    @Test
    void a_deal_comes_back_as_it_was_stored() {
        Deal full = deal(70).holding(42).ofNumber("N1").linkedTo(60L, 61L).updatedAt(1_767_229_200)
                .sentInVain(DealField.RECEPTION_DATE, new Sent("#noon", "#midnight"))
                .sentInVain(DealField.DOCTOR_NAME, new Sent("#Врач", null)).build();
        Deal empty = new Deal(-1, 0, 0, 0, null, Map.of(), Map.of(), Set.of());
        store(full, empty);
        assertThat(mirror.deals(List.of(70L, -1L))).isEqualTo(Map.of(70L, full, -1L, empty));
        assertThat(mirror.dealCount()).isEqualTo(2);
    }

    @Test
    void a_contact_comes_back_as_it_was_stored() {
        Contact full = contact(60).ofPatient(11).namedByUs("Вымышленная Анна").named("Аня").withPhones("+79123456789", "+79130001122")
                .sentInVain(ContactField.BIRTHDATE, new Sent("#noon", null)).build();
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
        assertThat(mirror.find(Map.of(BY_RECEPTION, List.of("43"), BY_NUMBER, List.of()))).isEmpty();
    }

    @Test
    void deals_are_found_by_reception_number_and_contact() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L, 61L).build(), deal(71).ofNumber("N1").linkedTo(61L).build());
        assertThat(find(BY_RECEPTION, 42)).containsExactly(70L);
        assertThat(find(BY_NUMBER, "#N1")).containsExactlyInAnyOrder(70L, 71L);
        assertThat(find(BY_CONTACT, 60)).containsExactly(70L);
        assertThat(find(BY_CONTACT, 61)).containsExactlyInAnyOrder(70L, 71L);
    }

    @Test
    void contacts_are_found_by_patient_and_by_each_phone() {
        store(contact(60).ofPatient(11).withPhones("+79123456789", "+79130001122").build(), contact(61).withPhones("+79130001122").build());
        assertThat(find(BY_PATIENT, 11)).containsExactly(60L);
        assertThat(find(BY_PHONE, "#+79123456789")).containsExactly(60L);
        assertThat(find(BY_PHONE, "#+79130001122")).containsExactlyInAnyOrder(60L, 61L);
    }

    @Test
    void several_lookups_are_answered_at_once_each_by_its_own_name() {
        store(deal(70).holding(42).ofNumber("N1").build(), deal(71).holding(43).build());
        store(contact(42).ofPatient(42).build());
        assertThat(mirror.find(Map.of(BY_RECEPTION, List.of("42", "43", "44"), BY_NUMBER, List.of("#N1"), BY_PATIENT, List.of("42"))))
                .isEqualTo(Map.of(BY_RECEPTION + " 42", List.of(70L), BY_RECEPTION + " 43", List.of(71L), BY_NUMBER + " #N1", List.of(70L),
                        BY_PATIENT + " 42", List.of(42L)));
    }

    @Test
    void a_value_that_begins_like_another_is_another() {
        store(deal(70).holding(4).ofNumber("N4").build(), deal(71).holding(42).ofNumber("N42").build(),
                deal(7).holding(427).ofNumber("N4-2").build());
        assertThat(find(BY_RECEPTION, 4)).containsExactly(70L);
        assertThat(find(BY_RECEPTION, 42)).containsExactly(71L);
        assertThat(find(BY_RECEPTION, 427)).containsExactly(7L);
        assertThat(find(BY_NUMBER, "#N4")).containsExactly(70L);
    }

    @Test
    void a_deal_of_a_foreign_pipeline_is_found_by_its_reception_only() {
        store(deal(70).in(FOREIGN_PIPELINE, FOREIGN_STAGE).holding(42).ofNumber("N1").linkedTo(60L).build());
        assertThat(find(BY_RECEPTION, 42)).containsExactly(70L);
        assertThat(find(BY_NUMBER, "#N1")).isEmpty();
        assertThat(find(BY_CONTACT, 60)).isEmpty();
    }

    @Test
    void a_deal_that_is_moved_away_and_back_is_lost_and_found_with_it() {
        Deal ours = deal(70).ofNumber("N1").linkedTo(60L).build();
        store(ours);
        store(deal(70).in(FOREIGN_PIPELINE, FOREIGN_STAGE).ofNumber("N1").linkedTo(60L).build());
        assertThat(find(BY_NUMBER, "#N1")).isEmpty();
        assertThat(find(BY_CONTACT, 60)).isEmpty();
        store(deal(70).in(SECONDARY_PIPELINE, SECONDARY_STAGE).ofNumber("N1").linkedTo(60L).build());
        assertThat(find(BY_NUMBER, "#N1")).containsExactly(70L);
        assertThat(find(BY_CONTACT, 60)).containsExactly(70L);
    }

    @Test
    void a_changed_row_is_found_by_its_new_values_only() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L, 61L).build());
        store(deal(70).holding(43).ofNumber("N2").linkedTo(61L, 62L).build());
        store(contact(60).ofPatient(11).withPhones("+1", "+2").build());
        store(contact(60).ofPatient(12).withPhones("+2", "+3").build());
        assertThat(Stream.of(find(BY_RECEPTION, 42), find(BY_NUMBER, "#N1"), find(BY_CONTACT, 60), find(BY_PATIENT, 11),
                find(BY_PHONE, "#+1"))).allSatisfy(old -> assertThat(old).isEmpty());
        assertThat(Stream.of(find(BY_RECEPTION, 43), find(BY_NUMBER, "#N2"), find(BY_CONTACT, 61), find(BY_CONTACT, 62)))
                .allSatisfy(now -> assertThat(now).containsExactly(70L));
        assertThat(Stream.of(find(BY_PATIENT, 12), find(BY_PHONE, "#+2"), find(BY_PHONE, "#+3")))
                .allSatisfy(now -> assertThat(now).containsExactly(60L));
        assertThat(mirror.dealCount()).isEqualTo(1);
    }

    @Test
    void a_row_forgotten_is_found_by_nothing_and_its_neighbours_stay() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build(), deal(71).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(contact(60).ofPatient(11).withPhones("+1").build(), contact(61).ofPatient(11).withPhones("+1").build());
        mirror.forgetDeals(List.of(70L, 99L));
        mirror.forgetContacts(List.of(61L));
        assertThat(mirror.deals(List.of(70L, 71L))).containsOnlyKeys(71L);
        assertThat(mirror.contacts(List.of(60L, 61L))).containsOnlyKeys(60L);
        assertThat(Stream.of(find(BY_RECEPTION, 42), find(BY_NUMBER, "#N1"), find(BY_CONTACT, 60)))
                .allSatisfy(found -> assertThat(found).containsExactly(71L));
        assertThat(Stream.of(find(BY_PATIENT, 11), find(BY_PHONE, "#+1"))).allSatisfy(found -> assertThat(found).containsExactly(60L));
    }

    @Test
    void when_the_last_row_is_forgotten_nothing_is_left_in_redis() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(deal(70).holding(43).ofNumber("N2").linkedTo(61L).updatedAt(7).build());
        store(contact(60).ofPatient(11).withPhones("+1", "+2").build());
        mirror.forgetDeals(List.of(70L));
        mirror.forgetContacts(List.of(60L));
        assertThat(redis.things()).isEmpty();
    }

    @Test
    void the_newest_deal_and_contact_are_those_with_the_highest_number() {
        store(deal(9).holding(42).build(), deal(10).holding(42).build(), deal(100).holding(42).build(),
                deal(1_000).holding(421).build(),
                deal(11).in(FOREIGN_PIPELINE, FOREIGN_STAGE).holding(43).build());
        store(contact(9).ofPatient(11).build(), contact(10).ofPatient(11).build(), contact(100).ofPatient(11).build());
        assertThat(mirror.newestDealsOf(List.of(42L, 43L, 44L))).isEqualTo(Map.of(42L, 100L, 43L, 11L));
        assertThat(mirror.newestContactsOf(Set.of(11L, 12L))).isEqualTo(Map.of(11L, 100L));
        assertThat(mirror.newestDealsOf(List.of())).isEmpty();
    }

    @Test
    void rows_changed_at_or_after_a_second_are_counted_by_their_latest_change() {
        store(deal(70).updatedAt(1_000).build(), deal(71).updatedAt(1_001).build(), deal(72).updatedAt(1_002).build());
        store(contact(60).updatedAt(5_000).build());
        assertThat(mirror.deals.countChangedSince(1_001)).isEqualTo(2);
        store(deal(70).updatedAt(1_003).build());
        assertThat(mirror.deals.countChangedSince(1_001)).isEqualTo(3);
        assertThat(mirror.deals.countChangedSince(1_003)).isEqualTo(1);
        mirror.forgetDeals(List.of(70L));
        assertThat(mirror.deals.countChangedSince(1_003)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 501, 1_203})
    void every_row_is_shown_once(int count) {
        mirror.store(LongStream.rangeClosed(1, count).mapToObj(id -> deal(id).holding(id).build()).toList(),
                List.of(contact(5_000).build()));
        List<Long> shown = new ArrayList<>();
        mirror.forEachDeal(deal -> {
            assertThat(deal.receptionId()).isEqualTo(deal.id());
            shown.add(deal.id());
        });
        assertThat(shown).containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
        List<Contact> contacts = new ArrayList<>();
        mirror.forEachContact(contacts::add);
        assertThat(contacts).containsExactly(contact(5_000).build());
    }

    @Test
    void all_rows_but_those_named_are_forgotten_and_counted() {
        mirror.store(LongStream.rangeClosed(1, 603).mapToObj(id -> deal(id).holding(id).build()).toList(), List.of());
        assertThat(mirror.deals.keepOnly(Set.of(1L, 600L, 9_999L))).isEqualTo(601);
        assertThat(mirror.dealCount()).isEqualTo(2);
        assertThat(find(BY_RECEPTION, 600)).containsExactly(600L);
        assertThat(find(BY_RECEPTION, 602)).isEmpty();
        assertThat(mirror.deals.keepOnly(Set.of(1L, 600L))).isZero();
    }

    @Test
    void rows_read_anew_keep_what_we_remember_beside_them() {
        Sent vain = new Sent("#noon", null);
        store(deal(70).holding(42).sentInVain(DealField.RECEPTION_DATE, vain).build());
        Map<Long, Deal> rows = mirror.reread(List.of(deal(70).holding(43).updatedAt(2_000).build(), deal(71).holding(44).build()));
        assertThat(rows).isEqualTo(Map.of(70L, deal(70).holding(43).updatedAt(2_000).sentInVain(DealField.RECEPTION_DATE, vain).build(),
                71L, deal(71).holding(44).build()));
        assertThat(mirror.deals(List.of(70L, 71L))).isEqualTo(rows);
        assertThat(find(BY_RECEPTION, 42)).isEmpty();
        assertThat(find(BY_RECEPTION, 43)).containsExactly(70L);
    }

    @Test
    void a_mirror_made_with_the_same_settings_is_kept() {
        mirror.ensureMadeWith("these settings");
        store(deal(70).holding(42).build());
        mirror.noteRefreshed(Instant.EPOCH);
        mirrorOf(redis.keys()).ensureMadeWith("these settings");
        assertThat(mirror.dealCount()).isEqualTo(1);
        assertThat(mirror.refreshedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void a_mirror_made_with_other_settings_is_dropped_whole_and_once() {
        mirror.ensureMadeWith("these settings");
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(contact(60).ofPatient(11).withPhones("+1").build());
        mirror.markStale(Entity.LEADS, 1, 2);
        mirror.noteRefreshed(Instant.EPOCH);
        mirror.progress().fastPut(Entity.LEADS + ":cursor", "1000");
        mirror.ensureMadeWith("other settings");
        assertThat(mirror.dealCount() + mirror.contactCount()).isZero();
        assertThat(find(BY_RECEPTION, 42)).isEmpty();
        assertThat(find(BY_PHONE, "#+1")).isEmpty();
        assertThat(mirror.refreshedAt()).isNull();
        assertThat(mirror.progress().keySet()).as("nothing but what it was made with").hasSize(1);
        store(deal(71).build());
        mirror.ensureMadeWith("other settings");
        assertThat(mirror.dealCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"these settings", "1 these settings", "3 these settings"})
    void rows_in_the_format_of_another_build_are_dropped(String madeWith) {
        mirror.progress().fastPut("setup", madeWith);
        store(deal(70).build());
        mirror.ensureMadeWith("these settings");
        assertThat(mirror.dealCount()).isZero();
    }

    @Test
    void rows_in_the_format_of_this_build_are_kept() {
        mirror.progress().fastPut("setup", Mirror.ROW_FORMAT + " these settings");
        store(deal(70).build());
        mirror.ensureMadeWith("these settings");
        assertThat(mirror.dealCount()).isEqualTo(1);
    }

    @Test
    void a_mirror_dropped_leaves_nothing_in_redis() {
        mirror.ensureMadeWith("these settings");
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(contact(60).ofPatient(11).withPhones("+1").build());
        assertThat(redis.things()).isNotEmpty();
        mirror.clear();
        assertThat(redis.things()).isEmpty();
    }

    @Test
    void the_time_of_the_last_refresh_is_remembered() {
        assertThat(mirror.refreshedAt()).isNull();
        mirror.noteRefreshed(Instant.parse("2026-03-02T12:00:00.123Z"));
        assertThat(mirrorOf(redis.keys()).refreshedAt()).isEqualTo(Instant.parse("2026-03-02T12:00:00.123Z"));
    }

    @Test
    void deals_changed_in_a_span_that_was_not_read_again_are_in_doubt_until_all_are_read() {
        assertThat(doubted()).isEmpty();
        mirror.markStale(Entity.LEADS, 1_000, 2_000);
        assertThat(doubted()).containsExactly(1_000L, 1_500L, 2_000L);
        mirror.markFresh(Entity.LEADS);
        assertThat(doubted()).isEmpty();
    }

    @Test
    void spans_in_doubt_grow_together() {
        mirror.markStale(Entity.LEADS, 1_000, 1_500);
        mirror.markStale(Entity.LEADS, 1_400, 2_000);
        assertThat(doubted()).containsExactly(1_000L, 1_500L, 2_000L);
        mirror.markStale(Entity.LEADS, 999, 2_001);
        assertThat(doubted()).containsExactly(999L, 1_000L, 1_500L, 2_000L, 2_001L);
    }

    @Test
    void doubts_about_contacts_are_none_about_deals() {
        mirror.markStale(Entity.CONTACTS, 0, 9_000);
        assertThat(doubted()).isEmpty();
        mirror.markStale(Entity.LEADS, 1_000, 1_000);
        mirror.markFresh(Entity.CONTACTS);
        assertThat(doubted()).containsExactly(1_000L);
    }

    @Test
    void a_doubt_is_never_seen_half_while_it_comes_and_goes() {
        CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 300; i++) {
                mirror.markStale(Entity.LEADS, 1_000, 2_000);
                mirror.markFresh(Entity.LEADS);
            }
        });
        while (!elsewhere.isDone()) {
            assertThat(doubted()).isSubsetOf(1_000L, 1_500L, 2_000L);
        }
        elsewhere.join();
    }

    private List<Long> doubted() {
        Predicate<Deal> stale = mirror.isStale();
        return LongStream.of(999, 1_000, 1_500, 2_000, 2_001).filter(at -> stale.test(deal(70).updatedAt(at).build())).boxed().toList();
    }

    @Test
    void what_a_dry_run_would_have_written_stays_beside_the_mirror() {
        store(deal(70).holding(42).build());
        Mirror scratch = mirror.scratch("one");
        scratch.store(List.of(deal(-1).holding(43).ofNumber("N1").build(), deal(70).holding(44).build()),
                List.of(contact(-2).ofPatient(11).build()));
        assertThat(scratch.newestDealsOf(List.of(42L, 43L, 44L))).isEqualTo(Map.of(43L, -1L, 44L, 70L));
        assertThat(mirror.newestDealsOf(List.of(42L, 43L, 44L))).isEqualTo(Map.of(42L, 70L));
        assertThat(mirror.contactCount()).isZero();
        assertThat(mirror.scratch("two").dealCount()).as("another dry run").isZero();
        assertThat(mirror.scratch("one").dealCount()).as("the same dry run").isEqualTo(2);
        scratch.clear();
        assertThat(mirror.scratch("one").dealCount()).isZero();
        assertThat(mirror.deals(List.of(70L))).isEqualTo(Map.of(70L, deal(70).holding(42).build()));
    }

    @Test
    void a_scratch_that_nobody_clears_ends_by_itself_and_the_mirror_does_not() {
        store(deal(70).holding(42).ofNumber("N1").linkedTo(60L).build());
        store(contact(60).ofPatient(11).withPhones("+1").build());
        List<String> own = redis.things();
        Mirror scratch = mirror.scratch("one");
        scratch.store(mirror.deals(List.of(70L)).values(), mirror.contacts(List.of(60L)).values());
        scratch.progress().fastPut("anything", "1");
        scratch.keepFor(Duration.ofHours(1));
        assertThat(redis.things()).filteredOn(thing -> !own.contains(thing)).hasSizeGreaterThan(own.size())
                .allSatisfy(thing -> assertThat(redis.kept(thing)).as(thing).isPositive());
        assertThat(own).allSatisfy(thing -> assertThat(redis.kept(thing)).as(thing).isZero());
    }

    @Test
    void two_accounts_on_one_redis_do_not_see_each_other() {
        store(deal(70).holding(42).build());
        Mirror another = mirrorOf(new RedisForTests().keys());
        assertThat(another.dealCount()).isZero();
        another.store(List.of(deal(70).holding(43).build()), List.of());
        another.clear();
        assertThat(find(BY_RECEPTION, 42)).containsExactly(70L);
    }

    /** Whatever is stored, changed and forgotten in whatever order: the indexes say what the rows say, no more and no less. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void indexes_and_rows_stay_in_step(long seed) {
        Random random = new Random(seed);
        Map<Long, Deal> deals = new TreeMap<>();
        Map<Long, Contact> contacts = new TreeMap<>();
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(6)) {
                case 0 -> forget(random, deals, mirror::forgetDeals);
                case 1 -> forget(random, contacts, mirror::forgetContacts);
                case 2 -> {
                    Set<Long> kept = new TreeSet<>(deals.keySet());
                    kept.removeIf(id -> random.nextInt(4) == 0);
                    assertThat(mirror.deals.keepOnly(kept)).isEqualTo(deals.size() - kept.size());
                    deals.keySet().retainAll(kept);
                }
                default -> {
                    Map<Long, Deal> changedDeals = new HashMap<>();
                    Map<Long, Contact> changedContacts = new HashMap<>();
                    for (int i = random.nextInt(5); i >= 0; i--) {
                        Deal deal = anyDeal(random);
                        changedDeals.put(deal.id(), deal);
                        Contact contact = anyContact(random);
                        changedContacts.put(contact.id(), contact);
                    }
                    mirror.store(changedDeals.values(), changedContacts.values());
                    deals.putAll(changedDeals);
                    contacts.putAll(changedContacts);
                }
            }
            assertThat(allFound()).as("step %s", step).isEqualTo(allExpected(deals.values(), contacts.values()));
            assertThat(mirror.deals.countChangedSince(1_005)).isEqualTo((int) deals.values().stream()
                    .filter(deal -> deal.updatedAt() >= 1_005).count());
        }
        assertThat(mirror.deals(deals.keySet())).isEqualTo(deals);
        assertThat(mirror.contacts(contacts.keySet())).isEqualTo(contacts);
        assertThat(List.of(mirror.dealCount(), mirror.contactCount())).containsExactly(deals.size(), contacts.size());
        mirror.forgetDeals(deals.keySet());
        mirror.forgetContacts(contacts.keySet());
        assertThat(redis.things()).isEmpty();
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
        return builder.linkedTo(random.longs(random.nextInt(3), 1, 12).distinct().boxed().toArray(Long[]::new)).build();
    }

    private static Contact anyContact(Random random) {
        var builder = contact(random.nextLong(1, 13)).updatedAt(random.nextLong(1_000, 1_010));
        if (random.nextBoolean()) {
            builder.ofPatient(random.nextLong(1, 12));
        }
        return builder.withPhones(random.ints(random.nextInt(3), 1, 12).distinct().mapToObj(i -> "+" + i).toArray(String[]::new)).build();
    }

    private Map<String, Set<Long>> allFound() {
        List<String> numbers = LongStream.range(0, 13).mapToObj(Long::toString).toList();
        Map<String, Set<Long>> found = new TreeMap<>();
        mirror.find(Map.of(BY_RECEPTION, numbers, BY_CONTACT, numbers, BY_PATIENT, numbers,
                BY_NUMBER, numbers.stream().map(number -> "#N" + number).toList(),
                BY_PHONE, numbers.stream().map(number -> "#+" + number).toList()))
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
            contact.phones().forEach(phone -> expect(expected, BY_PHONE, phone, contact.id()));
        }
        return expected;
    }

    private static void expect(Map<String, Set<Long>> expected, String index, Object value, long id) {
        if (value != null) {
            expected.computeIfAbsent(index + " " + value, entry -> new TreeSet<>()).add(id);
        }
    }
}
