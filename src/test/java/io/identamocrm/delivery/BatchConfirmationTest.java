package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.Response;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchConfirmationTest {

    private static final long NOW = AccountInRedis.NOW.getEpochSecond();

    private final AccountInRedis account = new AccountInRedis();
    private final BatchConfirmation confirmation = new BatchConfirmation(account.mirror, account.rows);
    private final Deal deal = Fixtures.deal(500).holding(7).build();
    private final Contact contact = Fixtures.contact(600).ofPatient(11).build();

    private void confirm(WriteBatch batch, String json) {
        confirmation.confirm(batch.answered(AccountInRedis.success(json)));
    }

    private static void assertDone(Delivery delivery, String what) {
        assertThat(delivery.failure()).isNull();
        assertThat(delivery.isOutdated()).isFalse();
        assertThat(delivery.withWritten().reasons()).extracting(Object::toString).anyMatch(text -> text.contains(what));
    }

    @Test
    void deals_created_with_contacts_are_told_apart_by_the_number_of_the_item_and_enter_the_mirror() {
        Delivery first = Decided.newDealWithContact(7, 11);
        Delivery second = Decided.newDealWithContact(8, 12);
        confirm(account.batch(first, second), "[{'id': 502, 'contact_id': 602, 'request_id': ['1']}, "
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
        assertThat(buffer.takeBatch().writes()).extracting(write -> write.contactId).containsExactly(601L);
    }

    @Test
    void changes_are_told_apart_by_id_and_enter_the_mirror_with_amocrms_time() {
        account.mirror.store(List.of(deal), List.of());
        Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
        confirm(account.batch(delivery), "{'_embedded': {'leads': [{'id': 500, 'updated_at': 4000}]}}");
        assertThat(account.deal(500).fingerprints()).containsEntry(DealField.SERVICE_NAME, "#Осмотр")
                .containsEntry(DealField.RECEPTION_ID, "#7");
        assertThat(account.deal(500).updatedAt()).isEqualTo(4000);
        assertThat(account.completed).containsExactly(delivery);
        assertDone(delivery, "deal 500 changed");
    }

    @Test
    void a_change_of_a_contact_enters_the_mirror() {
        account.mirror.store(List.of(), List.of(contact));
        Delivery delivery = Decided.changedContact(contact, 11, null, List.of(Fixtures.PHONE));
        confirm(account.batch(delivery), "{'_embedded': {'contacts': [{'id': 600, 'updated_at': 4000}]}}");
        assertThat(account.contact(600).phones()).contains("#" + Fixtures.PHONE);
        assertDone(delivery, "contact 600 changed");
    }

    @Test
    void a_change_is_confirmed_on_the_mirrors_row_of_this_moment_so_that_a_link_before_it_stays() {
        account.mirror.store(List.of(deal), List.of());
        WriteBatch link = account.batch(Decided.linkedDeal(deal, 7, 600));
        confirm(link, "{'_embedded': {'links': [{'to_entity_id': 600}]}}");
        assertThat(account.deal(500).contactIds()).containsExactly(600L);
        confirm(account.batch(Decided.changedDeal(deal, 7, "Осмотр")), "{'_embedded': {'leads': [{'id': 500, 'updated_at': 4000}]}}");
        assertThat(account.deal(500).contactIds()).containsExactly(600L);
        assertThat(account.deal(500).fingerprints()).containsEntry(DealField.SERVICE_NAME, "#Осмотр");
        assertThat(account.completed).hasSize(2).allSatisfy(delivery -> assertThat(delivery.failure()).isNull());
    }

    @Test
    void a_change_that_the_answer_does_not_mention_was_made_to_something_that_is_gone() {
        account.mirror.store(List.of(deal), List.of(contact));
        Delivery ofDeal = Decided.changedDeal(deal, 7, "Осмотр");
        Delivery ofContact = Decided.changedContact(contact, 11, "Вымышленная Анна", List.of());
        confirm(account.batch(ofDeal), "{'_embedded': {'leads': []}}");
        confirm(account.batch(ofContact), "{'_embedded': {'contacts': []}}");
        assertThat(account.deal(500)).isNull();
        assertThat(account.contact(600)).isNull();
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
        account.mirror.store(List.of(deal), List.of());
        Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
        confirmation.confirm(account.batch(delivery).answered(new Response.NoContent(AccountInRedis.NOW)));
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(account.deal(500)).isNull();
    }
}
