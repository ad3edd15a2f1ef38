package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteBufferTest {

    private static final int LARGE = 250;

    private final List<Delivery> completed = new ArrayList<>();
    private final WriteBuffer buffer = buffer(3);

    private WriteBuffer buffer(int batchSize) {
        return new WriteBuffer(
                new Overlay(PendingWrites.ofRun(), new OptimisticRows(Fixtures.PRINT)),
                batchSize,
                null,
                completed::add);
    }

    private static Deal deal(long id) {
        return Fixtures.deal(id).build();
    }

    /** A contact for a new patient; it has the provisional id -1 if it is the first thing that the buffer takes. */
    private Delivery contactOnItsWay() {
        Delivery delivery = Decided.newContact(Fixtures.patient(11).build());
        buffer.add(delivery);
        return delivery;
    }

    private static void closeAll(WriteBatch batch) {
        batch.writes().forEach(batch.buffer()::close);
    }

    @Test
    void only_full_batches_are_given_out() {
        for (int i = 1; i <= 4; i++) {
            assertThat(buffer.hasBatch()).as("after %s", i - 1).isEqualTo(i == 4);
            buffer.add(Decided.changedDeal(deal(i), i, "Осмотр"));
        }
        WriteBatch batch = buffer.takeBatch();
        assertThat(batch.writes()).extracting(Write::key).containsExactly(1L, 2L, 3L);
        assertThat(batch.buffer()).isSameAs(buffer);
        assertThat(buffer.hasBatch()).isFalse();
        assertThat(buffer.isEmpty()).isFalse();
    }

    @Test
    void at_the_end_of_a_run_what_is_left_goes_too() {
        buffer.add(Decided.changedDeal(deal(1), 1, "Осмотр"));
        buffer.flush();
        assertThat(buffer.hasBatch()).isTrue();
        assertThat(buffer.takeBatch().writes()).hasSize(1);
        assertThat(buffer.hasBatch()).isFalse();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void a_decision_added_after_the_flush_waits_for_a_full_batch_again() {
        buffer.flush();
        buffer.add(Decided.changedDeal(deal(1), 1, "Осмотр"));
        assertThat(buffer.hasBatch()).isFalse();
    }

    @Test
    void deals_created_with_their_contacts_go_fifty_at_a_time_at_most() {
        WriteBuffer large = buffer(LARGE);
        for (int i = 1; i <= 51; i++) {
            large.add(Decided.newDealWithContact(i, i));
        }
        assertThat(large.takeBatch().writes()).hasSize(50);
        assertThat(large.hasBatch()).isFalse();
    }

    @Test
    void what_others_may_wait_for_goes_first_and_each_batch_is_of_one_kind() {
        Deal base = deal(500);
        buffer.add(Decided.changedContact(Fixtures.contact(600).build(), 1, "Вымышленная Анна", List.of()));
        buffer.add(Decided.changedDeal(base, 2, "Осмотр"));
        buffer.add(Decided.linkedDeal(deal(501), 3, 600));
        buffer.add(Decided.newDealFor(4, 4, 600));
        buffer.add(Decided.newContact(Fixtures.patient(5).build()));
        buffer.add(Decided.newDealWithContact(6, 6));
        buffer.flush();
        List<Kind> kinds = new ArrayList<>();
        while (buffer.hasBatch()) {
            kinds.add(buffer.takeBatch().kind());
        }
        assertThat(kinds)
                .containsExactly(
                        Kind.CREATE_DEAL_WITH_CONTACT,
                        Kind.CREATE_CONTACT,
                        Kind.CREATE_DEAL,
                        Kind.LINK,
                        Kind.CHANGE_DEAL,
                        Kind.CHANGE_CONTACT);
    }

    @Test
    void a_decision_for_deal_and_contact_becomes_a_write_for_each() {
        Delivery delivery =
                Decided.newDealAndChangedContact(7, 11, Fixtures.contact(600).build());
        buffer.add(delivery);
        buffer.flush();
        WriteBatch deals = buffer.takeBatch();
        WriteBatch contacts = buffer.takeBatch();
        assertThat(deals.kind()).isEqualTo(Kind.CREATE_DEAL);
        assertThat(contacts.kind()).isEqualTo(Kind.CHANGE_CONTACT);
        closeAll(deals);
        assertThat(completed).isEmpty();
        closeAll(contacts);
        assertThat(completed).containsExactly(delivery);
    }

    @Test
    void a_deal_for_a_contact_on_its_way_waits_for_its_number() {
        contactOnItsWay();
        buffer.add(Decided.newDealFor(7, 11, -1));
        buffer.flush();
        assertThat(buffer.takeBatch().kind()).isEqualTo(Kind.CREATE_CONTACT);
        assertThat(buffer.hasBatch()).isFalse();
        assertThat(buffer.isEmpty()).isFalse();
        buffer.numberContact(-1, 600);
        WriteBatch deal = buffer.takeBatch();
        assertThat(deal.kind()).isEqualTo(Kind.CREATE_DEAL);
        assertThat(deal.writes()).extracting(write -> write.contactId).containsExactly(600L);
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void a_link_to_a_contact_on_its_way_waits_for_its_number() {
        buffer.add(Decided.newContactLinkedTo(deal(500), 7, 11));
        buffer.flush();
        assertThat(buffer.takeBatch().kind()).isEqualTo(Kind.CREATE_CONTACT);
        assertThat(buffer.hasBatch()).isFalse();
        buffer.numberContact(-1, 600);
        WriteBatch link = buffer.takeBatch();
        assertThat(link.kind()).isEqualTo(Kind.LINK);
        assertThat(link.writes())
                .extracting(write -> write.dealId, write -> write.contactId)
                .containsExactly(tuple(500L, 600L));
    }

    @Test
    void those_who_wait_for_a_contact_that_failed_are_decided_again() {
        Delivery contact = contactOnItsWay();
        Delivery waiting = Decided.newDealFor(7, 11, -1);
        buffer.add(waiting);
        buffer.flush();
        buffer.fail(buffer.takeBatch().writes().get(0), Failure.of(FailureCode.CONTACT_NOT_CREATED));
        assertThat(completed).containsExactly(contact, waiting);
        assertThat(contact.failure().code()).isEqualTo(FailureCode.CONTACT_NOT_CREATED);
        assertThat(waiting.failure()).isNull();
        assertThat(waiting.isOutdated()).isTrue();
        assertThat(waiting.isUnclear()).isFalse();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void those_who_wait_for_a_contact_that_turned_out_absent_are_decided_again() {
        Delivery contact = contactOnItsWay();
        Delivery waiting = Decided.newDealFor(7, 11, -1);
        buffer.add(waiting);
        buffer.flush();
        buffer.notDone(buffer.takeBatch().writes().get(0));
        assertThat(completed).containsExactly(contact, waiting);
        assertThat(contact.isOutdated()).isTrue();
        assertThat(contact.isUnclear()).isTrue();
        assertThat(waiting.isOutdated()).isTrue();
    }

    @Test
    void when_many_wait_batches_go_that_are_not_full() {
        contactOnItsWay();
        for (int i = 1; i <= 11; i++) {
            buffer.add(Decided.newDealFor(i, 11, -1));
        }
        assertThat(buffer.hasBatch()).isFalse();
        buffer.add(Decided.newDealFor(12, 11, -1));
        assertThat(buffer.takeBatch().kind()).isEqualTo(Kind.CREATE_CONTACT);
    }

    @Test
    void two_changes_of_one_deal_are_one_item() {
        Delivery first = Decided.changedDeal(deal(500), 7, "Осмотр");
        Delivery second = Decided.changedDeal(deal(500), 8, "Рентген");
        buffer.add(first);
        buffer.add(second);
        buffer.flush();
        WriteBatch batch = buffer.takeBatch();
        assertThat(batch.writes())
                .singleElement()
                .satisfies(
                        write -> assertThat(write.deal.values()).isEqualTo(Map.of(DealField.SERVICE_NAME, "Рентген")));
        closeAll(batch);
        assertThat(completed).containsExactly(first, second);
    }

    @Test
    void two_changes_of_one_contact_are_one_item() {
        buffer.add(Decided.changedContact(Fixtures.contact(600).build(), 11, "Вымышленная Анна", List.of()));
        buffer.add(Decided.changedContact(Fixtures.contact(600).build(), 11, null, List.of(Fixtures.PHONE)));
        buffer.flush();
        assertThat(buffer.takeBatch().writes()).singleElement().satisfies(write -> {
            assertThat(write.contact.name()).isEqualTo("Вымышленная Анна");
            assertThat(write.contact.phones()).containsExactly(Fixtures.PHONE);
        });
    }

    @Test
    void a_change_of_a_deal_on_its_way_becomes_part_of_its_creation() {
        Delivery creation = Decided.newDealFor(7, 11, 600);
        Delivery change = Decided.changedDeal(deal(-1), 7, "Осмотр");
        buffer.add(creation);
        buffer.add(change);
        buffer.flush();
        WriteBatch batch = buffer.takeBatch();
        assertThat(batch.kind()).isEqualTo(Kind.CREATE_DEAL);
        assertThat(batch.writes())
                .singleElement()
                .satisfies(write -> assertThat(write.deal.values())
                        .containsOnly(
                                Map.entry(DealField.RECEPTION_ID, "7"), Map.entry(DealField.SERVICE_NAME, "Осмотр")));
        assertThat(buffer.isEmpty()).isTrue();
        closeAll(batch);
        assertThat(completed).containsExactly(creation, change);
    }

    @Test
    void a_change_of_a_contact_on_its_way_becomes_part_of_its_creation() {
        contactOnItsWay();
        buffer.add(Decided.changedContact(Fixtures.contact(-1).build(), 11, "Вымышленная Анна Иная", List.of()));
        buffer.flush();
        WriteBatch batch = buffer.takeBatch();
        assertThat(batch.kind()).isEqualTo(Kind.CREATE_CONTACT);
        assertThat(batch.writes())
                .singleElement()
                .satisfies(write -> assertThat(write.contact.name()).isEqualTo("Вымышленная Анна Иная"));
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void what_has_to_go_again_goes_before_the_rest_and_as_the_batch_that_it_was() {
        for (int i = 1; i <= 6; i++) {
            buffer.add(Decided.changedDeal(deal(i), i, "Осмотр"));
        }
        List<Write> first = buffer.takeBatch().writes();
        buffer.sendNext(first.subList(0, 2));
        buffer.sendAlone(first.get(2));
        assertThat(buffer.isEmpty()).isFalse();
        List<List<Long>> keys = new ArrayList<>();
        while (buffer.hasBatch()) {
            keys.add(buffer.takeBatch().writes().stream().map(Write::key).toList());
        }
        assertThat(keys).containsExactly(List.of(1L, 2L), List.of(3L), List.of(4L, 5L, 6L));
    }

    @Test
    void a_delivery_to_be_decided_again_is_told_of_when_its_last_write_is_closed() {
        Delivery delivery =
                Decided.newDealAndChangedContact(7, 11, Fixtures.contact(600).build());
        buffer.add(delivery);
        buffer.flush();
        WriteBatch deals = buffer.takeBatch();
        WriteBatch contacts = buffer.takeBatch();
        contacts.writes().forEach(buffer::decideAgain);
        assertThat(completed).isEmpty();
        closeAll(deals);
        assertThat(completed).containsExactly(delivery);
        assertThat(delivery.isOutdated()).isTrue();
    }

    @Test
    void a_dry_run_has_nothing_to_send() {
        buffer.overlay(Decided.newDealWithContact(7, 11));
        buffer.flush();
        assertThat(buffer.hasBatch()).isFalse();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void unclear_answers_are_counted_up_to_the_next_clear_one() {
        assertThat(buffer.countUnclear()).isEqualTo(1);
        assertThat(buffer.countUnclear()).isEqualTo(2);
        buffer.countClear();
        assertThat(buffer.countUnclear()).isEqualTo(1);
    }

    @Test
    void batches_that_were_too_late_are_counted_up_to_the_next_clear_answer() {
        assertThat(buffer.countLate()).isEqualTo(1);
        assertThat(buffer.countLate()).isEqualTo(2);
        buffer.countClear();
        assertThat(buffer.countLate()).isEqualTo(1);
    }

    @Test
    void all_that_the_run_has_written_is_counted() {
        buffer.countWritten(50);
        buffer.countWritten(3);
        assertThat(buffer.written()).isEqualTo(53);
    }
}
