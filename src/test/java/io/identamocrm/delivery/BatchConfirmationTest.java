package io.identamocrm.delivery;

import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.Response;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.mirror.MirrorRows;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import io.identamocrm.state.LockLostException;
import io.identamocrm.state.WriteLock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchConfirmationTest {

    private static final long NOW = AccountInRedis.NOW.getEpochSecond();

    private final AccountInRedis account = new AccountInRedis();
    private final BatchConfirmation confirmation =
            new BatchConfirmation(account.mirror, account.rows, account.memory, account.intents);
    private final Deal deal = Fixtures.deal(500).holding(7).build();
    private final Contact contact = Fixtures.contact(600).ofPatient(11).build();

    private void confirm(WriteBatch batch, String json) {
        confirmation.confirm(batch.answered(AccountInRedis.success(json)));
    }

    /** The first of several batches that a delivery needs. */
    private WriteBatch firstOf(Delivery delivery) {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(delivery);
        buffer.flush();
        return buffer.takeBatch();
    }

    private static void assertDone(Delivery delivery, String what) {
        assertThat(delivery.failure()).isNull();
        assertThat(delivery.isOutdated()).isFalse();
        assertThat(delivery.withWritten().reasons())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains(what));
    }

    @Test
    void deals_created_with_contacts_are_told_apart_by_the_number_of_the_item_and_enter_the_mirror() {
        Delivery first = Decided.newDealWithContact(7, 11);
        Delivery second = Decided.newDealWithContact(8, 12);
        confirm(
                account.batch(first, second),
                "[{'id': 502, 'contact_id': 602, 'request_id': ['1']}, "
                        + "{'id': 501, 'contact_id': 601, 'request_id': ['0']}]");
        assertThat(account.deal(501).receptionId()).isEqualTo(7);
        assertThat(account.deal(501).contactIds()).containsExactly(601L);
        assertThat(account.deal(501).updatedAt()).isEqualTo(NOW);
        assertThat(account.deal(502).receptionId()).isEqualTo(8);
        assertThat(account.contact(602).patientId()).isEqualTo(12);
        assertThat(account.completed).containsExactly(first, second);
        assertDone(first, "deal 501 created, with a new contact");
        assertDone(second, "deal 502 created, with a new contact");
    }

    @Test
    void a_created_contact_frees_those_who_wait_for_it() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        buffer.add(Decided.newDealFor(7, 11, -1));
        buffer.flush();
        confirm(buffer.takeBatch(), "{'_embedded': {'contacts': [{'id': 601, 'request_id': '0'}]}}");
        assertThat(account.contact(601).patientId()).isEqualTo(11);
        WriteBatch waiting = buffer.takeBatch();
        assertThat(waiting.kind()).isEqualTo(Kind.CREATE_DEAL);
        confirm(waiting, "{'_embedded': {'leads': [{'id': 501, 'request_id': '0'}]}}");
        assertThat(account.deal(501).contactIds()).containsExactly(601L);
        assertThat(account.completed).hasSize(2);
    }

    @Test
    void a_contact_created_with_its_deal_frees_those_who_wait_for_it() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newDealWithContact(7, 11));
        buffer.add(Decided.newDealFor(8, 11, -1));
        buffer.flush();
        confirm(buffer.takeBatch(), "[{'id': 501, 'contact_id': 601, 'request_id': ['0']}]");
        assertThat(buffer.takeBatch().writes())
                .extracting(write -> write.contactId)
                .containsExactly(601L);
    }

    @Test
    void changes_are_told_apart_by_id_and_enter_the_mirror_with_amocrms_time() {
        account.store(deal);
        Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
        confirm(account.batch(delivery), "{'_embedded': {'leads': [{'id': 500, 'updated_at': 4000}]}}");
        assertThat(account.deal(500).fingerprints())
                .containsEntry(DealField.SERVICE_NAME, "#Осмотр")
                .containsEntry(DealField.RECEPTION_ID, "#7");
        assertThat(account.deal(500).updatedAt()).isEqualTo(4000);
        assertThat(account.completed).containsExactly(delivery);
        assertDone(delivery, "deal 500 changed");
    }

    @Test
    void a_change_of_a_contact_enters_the_mirror() {
        account.store(contact);
        Delivery delivery = Decided.changedContact(contact, 11, null, List.of(Fixtures.PHONE));
        confirm(account.batch(delivery), "{'_embedded': {'contacts': [{'id': 600, 'updated_at': 4000}]}}");
        assertThat(account.contact(600).phones()).contains("#" + Fixtures.PHONE);
        assertDone(delivery, "contact 600 changed");
    }

    @Test
    void a_deal_that_follows_to_another_patient_is_the_formers_until_that_ones_contact_is_off() {
        account.store(deal);
        Delivery delivery = Decided.followingDeal(
                deal,
                7,
                600,
                delivered(500, Status.SCHEDULED).linkedTo(601).of(12L).build());
        WriteBatch link = account.batch(delivery);
        confirm(link, "{'_embedded': {'links': [{'to_entity_id': 600}]}}");
        assertThat(account.deal(500).contactIds()).containsExactly(600L);
        assertThat(account.delivered(7).patient()).isEqualTo(12);
        assertThat(account.completed).isEmpty();
        WriteBatch off = link.buffer().takeBatch();
        assertThat(off.kind()).isEqualTo(Kind.UNLINK);
        assertThat(off.writes()).extracting(write -> write.contactId).containsExactly(601L);
        confirmation.confirm(off.answered(new Response.NoContent(AccountInRedis.NOW)));
        assertThat(account.delivered(7).patient()).isEqualTo(11);
        assertThat(account.completed).containsExactly(delivery);
        assertDone(delivery, "contact 601");
        assertThat(link.buffer().written()).as("each of the two writes").isEqualTo(2);
    }

    @Test
    void a_link_is_no_delivery_as_long_as_the_deal_is_not_given_the_reception() {
        Deal free = Fixtures.deal(500).build();
        account.store(free);
        WriteBatch link = firstOf(Decided.takenDeal(free, 7, 600, null));
        assertThat(link.kind()).isEqualTo(Kind.LINK);
        confirm(link, "{'_embedded': {'links': [{'to_entity_id': 600}]}}");
        assertThat(account.deal(500).contactIds()).containsExactly(600L);
        assertThat(account.delivered(7)).isNull();
        confirm(link.buffer().takeBatch(), "{'_embedded': {'leads': [{'id': 500}]}}");
        assertThat(account.delivered(7))
                .isEqualTo(delivered(500, Status.SCHEDULED)
                        .linkedTo(600)
                        .of(Fixtures.PATIENT)
                        .build());
    }

    @Test
    void a_deal_that_is_changed_after_the_former_patients_contact_is_off_is_the_new_ones() {
        account.store(deal);
        WriteBatch link = firstOf(Decided.takenDeal(
                deal,
                7,
                600,
                delivered(500, Status.SCHEDULED).linkedTo(601).of(12L).build()));
        confirm(link, "{'_embedded': {'links': [{'to_entity_id': 600}]}}");
        confirmation.confirm(link.buffer().takeBatch().answered(new Response.NoContent(AccountInRedis.NOW)));
        confirm(link.buffer().takeBatch(), "{'_embedded': {'leads': [{'id': 500}]}}");
        assertThat(account.delivered(7).patient()).isEqualTo(Fixtures.PATIENT);
        assertThat(account.delivered(7).contact()).isEqualTo(600);
    }

    @Test
    void rows_of_deals_and_of_contacts_both_count_as_written() {
        WriteBatch both = account.batch(Decided.newDealWithContact(7, 11), Decided.newDealWithContact(8, 12));
        confirm(
                both,
                "[{'id': 501, 'contact_id': 601, 'request_id': ['0']}, "
                        + "{'id': 502, 'contact_id': 602, 'request_id': ['1']}]");
        assertThat(both.buffer().written()).isEqualTo(4);
    }

    @Test
    void a_change_is_confirmed_on_the_mirrors_row_of_this_moment_so_that_a_link_before_it_stays() {
        account.store(deal);
        WriteBatch link = account.batch(Decided.linkedDeal(deal, 7, 600));
        confirm(link, "{'_embedded': {'links': [{'to_entity_id': 600}]}}");
        assertThat(account.deal(500).contactIds()).containsExactly(600L);
        confirm(
                account.batch(Decided.changedDeal(deal, 7, "Осмотр")),
                "{'_embedded': {'leads': [{'id': 500, 'updated_at': 4000}]}}");
        assertThat(account.deal(500).contactIds()).containsExactly(600L);
        assertThat(account.deal(500).fingerprints()).containsEntry(DealField.SERVICE_NAME, "#Осмотр");
        assertThat(account.completed)
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.failure()).isNull());
    }

    @Test
    void a_change_that_the_answer_does_not_mention_is_decided_again_as_it_may_have_met_something_that_is_gone() {
        account.store(deal);
        account.store(contact);
        Delivery ofDeal = Decided.changedDeal(deal, 7, "Осмотр");
        Delivery ofContact = Decided.changedContact(contact, 11, "Вымышленная Анна", List.of());
        confirm(account.batch(ofDeal), "{'_embedded': {'leads': []}}");
        confirm(account.batch(ofContact), "{'_embedded': {'contacts': []}}");
        assertThat(account.deal(500))
                .as("only an answer about it alone says that")
                .isNotNull();
        assertThat(account.contact(600)).isNotNull();
        assertThat(account.completed).containsExactly(ofDeal, ofContact).allMatch(Delivery::isOutdated);
    }

    @Test
    void a_creation_that_the_answer_does_not_mention_has_failed_and_the_others_have_not() {
        Delivery mentioned = Decided.newDealFor(8, 11, 600);
        Delivery left = Decided.newDealFor(7, 11, 600);
        confirm(account.batch(left, mentioned), "{'_embedded': {'leads': [{'id': 501, 'request_id': '1'}]}}");
        assertThat(left.failure().code()).isEqualTo(FailureCode.DEAL_NOT_CREATED);
        assertDone(mentioned, "deal 501 created for contact 600");
        assertThat(account.completed).containsExactlyInAnyOrder(left, mentioned);
    }

    @Test
    void an_empty_answer_mentions_nothing() {
        account.store(deal);
        Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
        confirmation.confirm(account.batch(delivery).answered(new Response.NoContent(AccountInRedis.NOW)));
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(account.delivered(7))
                .as("nothing is recorded that was not sent")
                .isNull();
    }

    // What is ours

    @Test
    void what_was_delivered_is_remembered_with_the_ids_that_amocrm_gave() {
        Delivery delivery = Decided.newDealWithContact(7, 11);
        confirm(account.batch(delivery), "[{'id': 501, 'contact_id': 601, 'request_id': ['0']}]");
        Delivered expected = delivered(501, Status.SCHEDULED)
                .putInto(Fixtures.PRIMARY_STAGE)
                .linkedTo(601)
                .of(Fixtures.PATIENT)
                .build();
        assertThat(account.delivered(7)).isEqualTo(expected);
        assertThat(delivery.delivered()).isEqualTo(expected);
        assertThat(account.own(11)).isEqualTo(new OwnContact(601, "#Вымышленная Анна", false));
    }

    @Test
    void every_kind_of_write_is_remembered_with_its_confirmation() {
        account.store(deal);
        account.store(contact);
        confirm(
                account.batch(Decided.newDealFor(8, 11, 600)),
                "{'_embedded': {'leads': [{'id': 501, 'request_id': '0'}]}}");
        assertThat(account.delivered(8))
                .isEqualTo(delivered(501, Status.SCHEDULED)
                        .putInto(Fixtures.PRIMARY_STAGE)
                        .linkedTo(600)
                        .of(Fixtures.PATIENT)
                        .build());
        confirm(
                account.batch(Decided.newContact(Fixtures.patient(12).build())),
                "{'_embedded': {'contacts': [{'id': 602, 'request_id': '0'}]}}");
        assertThat(account.own(12)).isEqualTo(new OwnContact(602, "#Вымышленная Анна", false));
        confirm(
                account.batch(Decided.changedDeal(deal, 7, 100L, 105L, Map.of())),
                "{'_embedded': {'leads': [{'id': 500}]}}");
        assertThat(account.delivered(7))
                .isEqualTo(delivered(500, Status.SCHEDULED)
                        .putInto(105)
                        .of(Fixtures.PATIENT)
                        .build());
        confirm(
                account.batch(Decided.changedContact(contact, 11, "Иная Анна", List.of())),
                "{'_embedded': {'contacts': [{'id': 600}]}}");
        assertThat(account.own(11)).isEqualTo(new OwnContact(600, "#Иная Анна", false));
        confirm(account.batch(Decided.linkedDeal(deal, 7, 600)), "{'_embedded': {'links': [{'to_entity_id': 600}]}}");
        assertThat(account.delivered(7).contact()).isEqualTo(600);
    }

    @Test
    void of_a_visit_moved_while_its_deal_was_unsent_both_receptions_are_remembered_with_the_deal() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newDealFor(7, 11, 600));
        buffer.add(Decided.changedDeal(Fixtures.deal(-1).build(), 8, null, null, Map.of(DealField.RECEPTION_ID, "8")));
        buffer.flush();
        confirm(account.note(buffer.takeBatch()), "{'_embedded': {'leads': [{'id': 501, 'request_id': '0'}]}}");
        assertThat(account.deal(501).receptionId()).isEqualTo(8);
        assertThat(List.of(account.delivered(7).deal(), account.delivered(8).deal()))
                .containsExactly(501L, 501L);
    }

    @Test
    void nothing_is_open_any_more_whatever_the_answer_mentions() {
        WriteBatch batch = account.note(account.batch(Decided.newDealFor(7, 11, 600), Decided.newDealFor(8, 11, 600)));
        assertThat(account.intents.open().deals()).containsOnlyKeys(7L, 8L);
        confirm(batch, "{'_embedded': {'leads': [{'id': 501, 'request_id': '1'}]}}");
        assertThat(account.intents.open().isEmpty()).isTrue();
        WriteBatch move = account.note(account.batch(Decided.changedDeal(deal, 7, 100L, 105L, Map.of())));
        confirmation.confirm(move.answered(new Response.NoContent(AccountInRedis.NOW)));
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    // When the lock was lost while the batch was on its way

    private String lossOf(WriteBatch batch, String answer) {
        try {
            confirm(batch, answer);
        } catch (LockLostException e) {
            assertThat(e.isTaken()).isTrue();
            return e.getMessage();
        }
        throw new AssertionError("The loss was not told");
    }

    @Test
    void a_creation_names_the_deals_that_its_receptions_have_now() {
        WriteBatch late =
                account.note(account.batch(Decided.newDealWithContact(7, 11), Decided.newDealWithContact(8, 12)));
        WriteLock other = account.takeOver();
        MirrorRows.store(
                account.mirror, other, List.of(Fixtures.deal(450).holding(8).build()), List.of());
        assertThat(lossOf(
                        late,
                        "[{'id': 501, 'contact_id': 601, 'request_id': ['0']}, "
                                + "{'id': 502, 'contact_id': 602, 'request_id': ['1']}]"))
                .startsWith("Another run has taken over")
                .contains(
                        "Its last batch was written all the same: reception 7: deal 501, reception 8: deals 450 and 502");
        assertThat(account.deal(502)).as("it is true, whoever holds the lock").isNotNull();
        assertThat(account.delivered(7).deal()).isEqualTo(501);
    }

    @Test
    void a_creation_of_contacts_tells_how_many() {
        WriteBatch late = account.note(
                account.batch(Decided.newContact(Fixtures.patient(11).build())));
        account.takeOver();
        assertThat(lossOf(late, "{'_embedded': {'contacts': [{'id': 601, 'request_id': '0'}]}}"))
                .contains("all the same: 1 contacts");
    }

    @Test
    void a_change_doubles_nothing_and_names_nothing() {
        account.store(deal);
        WriteBatch late = account.note(account.batch(Decided.changedDeal(deal, 7, "Осмотр")));
        account.takeOver();
        assertThat(lossOf(late, "{'_embedded': {'leads': [{'id': 500}]}}")).doesNotContain("all the same");
    }
}
