package io.identamocrm.mirror;

import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.identamocrm.mirror.MirrorSnapshot.Keys;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealBuilder;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.WriteLock;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of amoCRM when a chunk of receptions is decided. */
class MirrorSnapshotTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Mirror mirror = new Mirror(
            redis.client(),
            redis.keys()::of,
            deal -> deal.pipelineId() != FOREIGN_PIPELINE,
            deal -> deal.stageId() != 142);
    private final WriteLock lock = LocksForTests.of(redis);
    private final PendingWrites pending = PendingWrites.ofRun();

    private void store(DealBuilder... deals) {
        MirrorRows.store(mirror, lock, Stream.of(deals).map(DealBuilder::build).toList(), List.of());
    }

    private void store(ContactBuilder... contacts) {
        MirrorRows.store(
                mirror,
                lock,
                List.of(),
                Stream.of(contacts).map(ContactBuilder::build).toList());
    }

    private MirrorSnapshot load(Keys... receptions) {
        return MirrorSnapshot.load(mirror, pending, List.of(receptions), 30);
    }

    private static Keys patient(long id, String... phones) {
        return new Keys(null, List.of(), 0, List.of(), id, "#N" + id, List.of(phones));
    }

    private static Keys reception(long id, Long transferredFrom) {
        return new Keys(
                id, transferredFrom == null ? List.of() : List.of(transferredFrom), 0, List.of(), 11, null, List.of());
    }

    @Test
    void deals_of_a_reception_are_known_wherever_they_stand() {
        store(deal(70).holding(42), deal(71).in(FOREIGN_PIPELINE, FOREIGN_STAGE).holding(42), deal(72).holding(421));
        assertThat(load(reception(42, null)).dealsOfReception(42))
                .containsExactlyInAnyOrder(
                        deal(70).holding(42).build(),
                        deal(71).in(FOREIGN_PIPELINE, FOREIGN_STAGE).holding(42).build());
    }

    @Test
    void deals_of_the_reception_that_it_was_moved_from_are_known_too() {
        store(deal(70).holding(41));
        assertThat(load(reception(42, 41L)).dealsOfReception(41))
                .containsExactly(deal(70).holding(41).build());
    }

    @Test
    void deals_of_the_patients_number_are_known_in_our_pipelines() {
        store(
                deal(70).ofNumber("N11"),
                deal(71).ofNumber("N11").holding(7),
                deal(72).ofNumber("N1"),
                deal(73).in(FOREIGN_PIPELINE, FOREIGN_STAGE).ofNumber("N11"));
        assertThat(load(patient(11)).dealsOfPatientNumber("#N11"))
                .containsExactlyInAnyOrder(
                        deal(70).ofNumber("N11").build(),
                        deal(71).ofNumber("N11").holding(7).build());
    }

    @Test
    void
            contacts_of_the_patient_and_contacts_with_a_phone_of_theirs_are_known_with_the_deals_of_those_that_may_be_taken() {
        store(
                contact(60).ofPatient(11),
                contact(61).withPhones("+1", "+3"),
                contact(62).ofPatient(12).withPhones("+2"),
                contact(63).withPhones("+9"));
        store(
                deal(70).linkedTo(60L),
                deal(71).linkedTo(61L, 62L),
                deal(72).linkedTo(63L),
                deal(73).in(FOREIGN_PIPELINE, FOREIGN_STAGE).linkedTo(60L));
        MirrorSnapshot snapshot = load(patient(11, "#+1", "#+2"));
        assertThat(snapshot.contactsOfPatient(11))
                .containsExactly(contact(60).ofPatient(11).build());
        assertThat(snapshot.contactsWithPhone("#+1"))
                .containsExactly(contact(61).withPhones("+1", "+3").build());
        assertThat(snapshot.contactsWithPhone("#+2"))
                .containsExactly(contact(62).ofPatient(12).withPhones("+2").build());
        assertThat(snapshot.dealsOfContact(60))
                .containsExactly(deal(70).linkedTo(60L).build());
        assertThat(snapshot.dealsOfContact(61))
                .containsExactly(deal(71).linkedTo(61L, 62L).build());
    }

    @Test
    void the_deal_that_a_reception_is_remembered_with_is_known_whatever_it_holds() {
        store(deal(70), deal(71).in(FOREIGN_PIPELINE, FOREIGN_STAGE), deal(72));
        MirrorSnapshot snapshot = load(
                new Keys(42L, List.of(), 70, List.of(), 11, null, List.of()),
                new Keys(43L, List.of(), 71, List.of(), 11, null, List.of()),
                new Keys(44L, List.of(), 99, List.of(), 11, null, List.of()));
        assertThat(snapshot.deal(70)).isEqualTo(deal(70).build());
        assertThat(snapshot.deal(71).pipelineId()).isEqualTo(FOREIGN_PIPELINE);
        assertThat(snapshot.deal(99)).isNull();
        pending.claim(deal(70).holding(42).build(), 42);
        assertThat(snapshot.deal(70))
                .as("as it is about to be")
                .isEqualTo(deal(70).holding(42).build());
    }

    @Test
    void of_a_patients_thousands_of_deals_only_some_are_loaded_and_every_free_one_that_the_chunk_can_take() {
        store(contact(60).ofPatient(11));
        for (int from = 0; from < 1000; from += 250) {
            store(LongStream.range(from, from + 250)
                    .mapToObj(i -> deal(10_000 + i).holding(i).ofNumber("N11").linkedTo(60L))
                    .toArray(DealBuilder[]::new));
        }
        store(LongStream.range(0, 300)
                .mapToObj(i -> deal(70 + i).ofNumber("N11").linkedTo(60L))
                .toArray(DealBuilder[]::new));
        MirrorSnapshot snapshot = load(LongStream.range(5000, 5200)
                .mapToObj(id -> new Keys(id, List.of(), 0, List.of(), 11, "#N11", List.of()))
                .toArray(Keys[]::new));
        assertThat(snapshot.dealsOfPatientNumber("#N11")).hasSize(250).allMatch(Deal::isFree);
        assertThat(snapshot.dealsOfContact(60)).hasSize(250).allMatch(Deal::isFree);
        assertThat(load(patient(11)).dealsOfPatientNumber("#N11")).hasSize(51);
    }

    @Test
    void what_is_about_to_be_taken_hides_none_of_what_is_left() {
        store(LongStream.range(0, 100)
                .mapToObj(i -> deal(1000 + i).ofNumber("N11").updatedAt(900 + i))
                .toArray(DealBuilder[]::new));
        store(LongStream.range(0, 100)
                .mapToObj(i -> contact(5000 + i).withPhones("+1").updatedAt(900 + i))
                .toArray(ContactBuilder[]::new));
        LongStream.range(0, 100)
                .filter(i -> i >= 60)
                .forEach(i ->
                        pending.claim(deal(1000 + i).ofNumber("N11").holding(i).build(), i));
        assertThat(load(patient(11)).dealsOfPatientNumber("#N11"))
                .filteredOn(Deal::isFree)
                .hasSize(51);
        LongStream.range(0, 100)
                .filter(i -> i >= 40)
                .forEach(i -> pending.put(
                        contact(5000 + i).withPhones("+1").ofPatient(i).build()));
        assertThat(load(patient(11, "#+1")).contactsWithPhone("#+1"))
                .filteredOn(Contact::isUnowned)
                .hasSize(40);
    }

    @Test
    void an_older_free_deal_that_may_be_taken_comes_before_any_number_of_closed_ones() {
        store(LongStream.range(0, 200)
                .mapToObj(i -> deal(1000 + i)
                        .ofNumber("N11")
                        .linkedTo(60L)
                        .in(PRIMARY_PIPELINE, 142)
                        .updatedAt(900 + i))
                .toArray(DealBuilder[]::new));
        store(deal(70).ofNumber("N11").linkedTo(60L).updatedAt(1));
        store(contact(60).ofPatient(11));
        MirrorSnapshot snapshot = load(patient(11));
        assertThat(snapshot.dealsOfPatientNumber("#N11")).extracting(Deal::id).contains(70L);
        assertThat(snapshot.dealsOfContact(60)).extracting(Deal::id).contains(70L);
    }

    @Test
    void of_a_phone_of_very_many_patients_only_so_many_contacts_are_loaded_that_this_shows() {
        store(LongStream.range(0, 200)
                .mapToObj(i -> contact(1000 + i).ofPatient(1000 + i).withPhones("+1"))
                .toArray(ContactBuilder[]::new));
        store(LongStream.range(0, 200)
                .mapToObj(i -> contact(5000 + i).withPhones("+1"))
                .toArray(ContactBuilder[]::new));
        Collection<Contact> carriers = load(patient(11, "#+1")).contactsWithPhone("#+1");
        assertThat(carriers).filteredOn(contact -> !contact.isUnowned()).hasSize(31);
        assertThat(carriers).filteredOn(Contact::isUnowned).hasSize(51);
    }

    @Test
    void one_snapshot_serves_a_whole_chunk() {
        store(deal(70).holding(42), deal(71).holding(43).ofNumber("N12"));
        store(contact(60).ofPatient(11), contact(61).ofPatient(12).withPhones("+2"));
        MirrorSnapshot snapshot =
                load(reception(42, null), new Keys(43L, List.of(), 0, List.of(), 12, "#N12", List.of("#+2")));
        assertThat(snapshot.dealsOfReception(42)).extracting(Deal::id).containsExactly(70L);
        assertThat(snapshot.dealsOfReception(43)).extracting(Deal::id).containsExactly(71L);
        assertThat(snapshot.dealsOfPatientNumber("#N12")).extracting(Deal::id).containsExactly(71L);
        assertThat(snapshot.contactsOfPatient(11)).extracting(Contact::id).containsExactly(60L);
        assertThat(snapshot.contactsOfPatient(12)).extracting(Contact::id).containsExactly(61L);
        assertThat(snapshot.contactsWithPhone("#+2")).extracting(Contact::id).containsExactly(61L);
    }

    @Test
    void where_nothing_is_known_nothing_is_found() {
        MirrorSnapshot snapshot = load(new Keys(42L, List.of(41L), 0, List.of(), 11, "#N11", List.of("#+1")));
        assertThat(Stream.of(
                        snapshot.dealsOfReception(42),
                        snapshot.dealsOfReception(41),
                        snapshot.dealsOfPatientNumber("#N11"),
                        snapshot.dealsOfContact(60),
                        snapshot.contactsOfPatient(11),
                        snapshot.contactsWithPhone("#+1")))
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(snapshot.claimedBy(70)).isNull();
        assertThat(load().dealsOfReception(42)).isEmpty();
    }

    @Test
    void a_free_deal_taken_by_one_reception_is_seen_as_taken_by_the_next_of_the_same_chunk() {
        store(deal(70).ofNumber("N11"));
        MirrorSnapshot snapshot = load(patient(11), reception(42, null), reception(43, null));
        assertThat(snapshot.dealsOfPatientNumber("#N11")).allMatch(Deal::isFree);
        pending.claim(deal(70).ofNumber("N11").holding(42).build(), 42);
        assertThat(snapshot.claimedBy(70)).isEqualTo(42);
        assertThat(snapshot.dealsOfPatientNumber("#N11"))
                .containsExactly(deal(70).ofNumber("N11").holding(42).build());
        assertThat(snapshot.dealsOfReception(42))
                .containsExactly(deal(70).ofNumber("N11").holding(42).build());
        assertThat(snapshot.dealsOfReception(43)).isEmpty();
    }

    @Test
    void a_contact_about_to_be_created_is_the_patients_with_its_phones_and_deals() {
        MirrorSnapshot snapshot = load(patient(11, "#+1"));
        pending.put(contact(-1).ofPatient(11).withPhones("+1").build());
        pending.claim(deal(-2).holding(42).ofNumber("N11").linkedTo(-1L).build(), 42);
        assertThat(snapshot.contactsOfPatient(11)).extracting(Contact::id).containsExactly(-1L);
        assertThat(snapshot.contactsWithPhone("#+1")).extracting(Contact::id).containsExactly(-1L);
        assertThat(snapshot.dealsOfContact(-1)).extracting(Deal::id).containsExactly(-2L);
        assertThat(snapshot.dealsOfPatientNumber("#N11")).extracting(Deal::id).containsExactly(-2L);
    }

    @Test
    void a_row_about_to_lose_what_it_was_found_by_is_not_found_by_it() {
        store(deal(70).holding(42).ofNumber("N11").linkedTo(60L));
        store(contact(60).ofPatient(11).withPhones("+1"));
        MirrorSnapshot snapshot = load(new Keys(42L, List.of(), 0, List.of(), 11, "#N11", List.of("#+1")));
        pending.claim(deal(70).holding(43).ofNumber("N12").linkedTo(61L).build(), 43);
        pending.put(contact(60).ofPatient(12).withPhones("+2").build());
        assertThat(Stream.of(
                        snapshot.dealsOfReception(42),
                        snapshot.dealsOfPatientNumber("#N11"),
                        snapshot.dealsOfContact(60),
                        snapshot.contactsOfPatient(11),
                        snapshot.contactsWithPhone("#+1")))
                .allSatisfy(found -> assertThat(found).isEmpty());
        pending.releaseDeal(70);
        pending.releaseContact(60);
        assertThat(snapshot.dealsOfReception(42))
                .as("refused: the mirror tells the truth again")
                .hasSize(1);
        assertThat(snapshot.contactsOfPatient(11)).hasSize(1);
    }

    @Test
    void in_a_dry_run_what_was_decided_in_earlier_chunks_lies_over_the_mirror() {
        store(deal(70).ofNumber("N11").linkedTo(60L), deal(71).ofNumber("N11"));
        store(contact(60).withPhones("+1"));
        PendingWrites dry = PendingWrites.ofDryRun(mirror.scratch("one"));
        dry.claim(deal(70).ofNumber("N11").linkedTo(60L).holding(41).build(), 41);
        dry.claim(deal(-1).ofNumber("N11").linkedTo(-2L).holding(40).build(), 40);
        dry.put(contact(60).ofPatient(11).withPhones("+1", "+3").build());
        dry.put(contact(-2).withPhones("+3").build());
        dry.chunkDecided();
        MirrorSnapshot snapshot = MirrorSnapshot.load(
                mirror, dry, List.of(new Keys(42L, List.of(41L), 0, List.of(), 11, "#N11", List.of("#+1", "#+3"))), 30);
        assertThat(snapshot.dealsOfPatientNumber("#N11"))
                .extracting(Deal::id, Deal::isFree)
                .containsExactlyInAnyOrder(tuple(70L, false), tuple(71L, true), tuple(-1L, false));
        assertThat(snapshot.dealsOfReception(41)).extracting(Deal::id).containsExactly(70L);
        assertThat(snapshot.contactsOfPatient(11)).extracting(Contact::id).containsExactly(60L);
        assertThat(snapshot.contactsWithPhone("#+1"))
                .extracting(Contact::patientId)
                .containsExactly(11L);
        assertThat(snapshot.contactsWithPhone("#+3")).extracting(Contact::id).containsExactlyInAnyOrder(60L, -2L);
        assertThat(snapshot.dealsOfContact(60)).extracting(Deal::receptionId).containsExactly(41L);
        assertThat(snapshot.dealsOfContact(-2)).extracting(Deal::id).containsExactly(-1L);
    }

    /** Whatever the mirror holds and the run has decided: the same answers as from lists of all rows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_answers_as_if_it_held_every_row(long seed) {
        Random random = new Random(seed);
        CrmSnapshotOfLists all = amocrm();
        for (int i = 0; i < 25; i++) {
            DealBuilder deal = anyDeal(random, random.nextLong(1, 20));
            store(deal);
            all.with(deal);
            ContactBuilder contact = anyContact(random, random.nextLong(1, 20));
            store(contact);
            all.with(contact);
        }
        MirrorSnapshot snapshot = load(LongStream.rangeClosed(1, 9)
                .mapToObj(id -> new Keys(id, List.of(), 0, List.of(), id, "#N" + id, List.of("#+" + id)))
                .toArray(Keys[]::new));
        assertThatBothAnswerTheSame(snapshot, all);
        for (int i = 0; i < 6; i++) {
            DealBuilder deal = anyDeal(random, random.nextBoolean() ? random.nextLong(1, 20) : pending.provisionalId());
            pending.claim(deal.build(), 1_000 + i);
            all.with(deal).claimed(deal.build().id(), 1_000 + i);
            ContactBuilder contact = anyContact(random, pending.provisionalId());
            pending.put(contact.build());
            all.with(contact);
        }
        assertThatBothAnswerTheSame(snapshot, all);
    }

    private static void assertThatBothAnswerTheSame(MirrorSnapshot snapshot, CrmSnapshotOfLists all) {
        for (long value = 1; value <= 9; value++) {
            assertThatSame(snapshot.dealsOfReception(value), all.dealsOfReception(value));
            assertThatSame(snapshot.dealsOfPatientNumber("#N" + value), all.dealsOfPatientNumber("#N" + value));
            assertThatSame(snapshot.contactsOfPatient(value), all.contactsOfPatient(value));
            assertThatSame(snapshot.contactsWithPhone("#+" + value), all.contactsWithPhone("#+" + value));
        }
        all.contacts().stream()
                .filter(contact ->
                        contact.patientId() != null || !contact.phones().isEmpty())
                .forEach(contact ->
                        assertThatSame(snapshot.dealsOfContact(contact.id()), all.dealsOfContact(contact.id())));
        all.deals().forEach(deal -> assertThat(snapshot.claimedBy(deal.id())).isEqualTo(all.claimedBy(deal.id())));
    }

    private static <T> void assertThatSame(Collection<T> found, Collection<T> expected) {
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static DealBuilder anyDeal(Random random, long id) {
        DealBuilder deal = deal(id).linkedTo(random.longs(random.nextInt(3), 1, 20)
                .distinct()
                .boxed()
                .toArray(Long[]::new));
        if (random.nextBoolean()) {
            deal.holding(random.nextLong(1, 10));
        }
        return random.nextBoolean() ? deal.ofNumber("N" + random.nextInt(1, 10)) : deal;
    }

    private static ContactBuilder anyContact(Random random, long id) {
        ContactBuilder contact = contact(id)
                .withPhones(random.ints(random.nextInt(3), 1, 10)
                        .distinct()
                        .mapToObj(i -> "+" + i)
                        .toArray(String[]::new));
        return random.nextBoolean() ? contact.ofPatient(random.nextLong(1, 10)) : contact;
    }
}
