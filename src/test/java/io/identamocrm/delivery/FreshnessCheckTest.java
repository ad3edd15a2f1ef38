package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FreshnessCheckTest {

    private static final Predicate<Deal> ALL = deal -> true;

    private final AccountInRedis account = new AccountInRedis();
    private final FreshnessCheck check = new FreshnessCheck(account.setup, account.mirror);
    private final Deal deal = Fixtures.deal(500).holding(7).build();
    private final Deal other = Fixtures.deal(501).holding(8).build();
    private final Contact contact = Fixtures.contact(600).ofPatient(11).build();

    private static String lead(long id, long stage, long reception) {
        return "{'id': " + id + ", 'pipeline_id': 100, 'status_id': " + stage + ", 'updated_at': 2000, 'custom_fields_values': "
                + "[{'field_id': 801, 'values': [{'value': '" + reception + "'}]}]}";
    }

    private static Response.Usable list(String name, String... entities) {
        return AccountInRedis.success("{'_embedded': {'" + name + "': [" + String.join(", ", entities) + "]}}");
    }

    private WriteBatch afterwards(WriteBatch batch, Response.Usable answer) {
        return check.keepFresh(batch.answered(answer));
    }

    @Test
    void only_what_is_stale_is_read_one_by_its_address_and_several_in_one_request() {
        WriteBatch one = account.batch(held -> held.id() == 501, Decided.changedDeal(deal, 7, "Осмотр"),
                Decided.changedDeal(other, 8, "Осмотр"));
        assertThat(check.request(one).path()).isEqualTo("/api/v4/leads/501");
        WriteBatch two = account.batch(ALL, Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(other, 8, "Осмотр"));
        assertThat(check.request(two).path()).isEqualTo("/api/v4/leads");
        assertThat(check.request(two).query()).contains("filter[id][]=500", "filter[id][]=501");
        WriteBatch phones = account.batch(Decided.changedContact(contact, 11, null, List.of(Fixtures.PHONE)));
        assertThat(check.request(phones).path()).isEqualTo("/api/v4/contacts/600");
    }

    @Test
    void a_deal_that_stands_as_it_was_decided_on_may_be_changed_whatever_else_changed_in_it() {
        WriteBatch batch = account.batch(ALL, Decided.changedDeal(deal, 7, "Осмотр"));
        WriteBatch kept = afterwards(batch, AccountInRedis.success(lead(500, 101, 7)));
        assertThat(kept.writes()).isEqualTo(batch.writes());
        assertThat(kept.isStale()).isFalse();
        assertThat(account.completed).isEmpty();
        assertThat(account.deal(500).updatedAt()).as("the mirror knows what was read").isEqualTo(2000);
    }

    @Test
    void a_deal_that_somebody_moved_is_decided_again() {
        Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
        WriteBatch kept = afterwards(account.batch(ALL, delivery), AccountInRedis.success(lead(500, 142, 7)));
        assertThat(kept.hasWrites()).isFalse();
        assertThat(account.completed).containsExactly(delivery);
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(account.deal(500).stageId()).isEqualTo(142);
    }

    @Test
    void a_deal_that_another_reception_or_patient_has_taken_is_decided_again() {
        Deal ofNumber = Fixtures.deal(501).holding(8).ofNumber("N11").build();
        WriteBatch batch = account.batch(ALL, Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(ofNumber, 8, "Осмотр"));
        WriteBatch kept = afterwards(batch, list("leads", lead(500, 101, 77), lead(501, 101, 8)));
        assertThat(kept.hasWrites()).isFalse();
        assertThat(account.completed).hasSize(2).allMatch(Delivery::isOutdated);
    }

    @Test
    void a_deal_that_is_gone_is_forgotten_and_decided_again() {
        account.mirror.store(List.of(deal, other), List.of());
        Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
        WriteBatch batch = account.batch(ALL, delivery, Decided.changedDeal(other, 8, "Осмотр"));
        WriteBatch kept = afterwards(batch, list("leads", lead(501, 101, 8)));
        assertThat(kept.writes()).extracting(Write::key).containsExactly(501L);
        assertThat(account.completed).containsExactly(delivery);
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(account.deal(500)).isNull();
    }

    @Test
    void no_deal_at_all_is_an_answer_too() {
        Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
        WriteBatch kept = afterwards(account.batch(ALL, delivery), new Response.NoContent(AccountInRedis.NOW));
        assertThat(kept.hasWrites()).isFalse();
        assertThat(delivery.isOutdated()).isTrue();
    }

    @Test
    void what_is_not_stale_goes_though_it_was_not_read() {
        WriteBatch batch = account.batch(held -> held.id() == 501, Decided.changedDeal(deal, 7, "Осмотр"),
                Decided.changedDeal(other, 8, "Осмотр"));
        assertThat(afterwards(batch, AccountInRedis.success(lead(501, 101, 8))).writes()).isEqualTo(batch.writes());
    }

    @Test
    void phones_that_the_contact_holds_stay_unless_they_are_ours_in_another_form() {
        WriteBatch batch = account.batch(Decided.changedContact(contact, 11, null, List.of(Fixtures.PHONE)));
        WriteBatch kept = afterwards(batch, AccountInRedis.success("{'id': 600, 'custom_fields_values': [{'field_id': 990, 'values': "
                + "[{'value': '8 (912) 345-67-89', 'enum_code': 'WORK'}, {'value': 'доб. 12', 'enum_code': 'OTHER'}, "
                + "{'value': '+79990000000', 'enum_code': 'HOME'}]}]}"));
        assertThat(kept.isStale()).isFalse();
        JsonNode body = kept.writes().get(0).body(account.setup.tools().bodies());
        List<String> phones = body.path("custom_fields_values").findParents("enum_code").stream()
                .map(value -> value.path("value").asText()).toList();
        assertThat(phones).containsExactly(Fixtures.PHONE, "доб. 12", "+79990000000");
    }

    @Test
    void a_contact_that_is_gone_is_forgotten_and_decided_again() {
        account.mirror.store(List.of(), List.of(contact));
        Delivery delivery = Decided.changedContact(contact, 11, null, List.of(Fixtures.PHONE));
        assertThat(afterwards(account.batch(delivery), new Response.NoContent(AccountInRedis.NOW)).hasWrites()).isFalse();
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(account.contact(600)).isNull();
    }

    @Test
    void a_link_that_may_have_happened_is_done_if_it_is_there_and_goes_again_if_not() {
        Delivery there = Decided.linkedDeal(deal, 7, 600);
        WriteBatch batch = account.batch(there, Decided.linkedDeal(other, 8, 600));
        batch.writes().forEach(Write::mayHaveHappened);
        assertThat(check.request(batch).query()).contains("with=contacts");
        WriteBatch kept = afterwards(batch, list("leads", lead(500, 101, 7).replace("'updated_at'",
                "'_embedded': {'contacts': [{'id': 600}]}, 'updated_at'"), lead(501, 101, 8)));
        assertThat(kept.writes()).extracting(Write::key).containsExactly(501L);
        assertThat(kept.isStale()).isFalse();
        assertThat(account.completed).containsExactly(there);
        assertThat(there.failure()).isNull();
        assertThat(there.isOutdated()).isFalse();
        assertThat(there.withWritten().reasons()).hasSize(1);
    }

    @Test
    void a_link_of_a_deal_that_is_gone_fails() {
        Delivery delivery = Decided.linkedDeal(deal, 7, 600);
        WriteBatch batch = account.batch(delivery);
        batch.writes().forEach(Write::mayHaveHappened);
        assertThat(afterwards(batch, new Response.NoContent(AccountInRedis.NOW)).hasWrites()).isFalse();
        assertThat(delivery.failure().code()).isEqualTo(FailureCode.DEAL_NOT_UPDATED);
    }

    @Test
    void an_account_that_ignores_the_filter_is_asked_for_one_at_a_time() {
        WriteBatch batch = account.batch(ALL, Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(other, 8, "Осмотр"));
        WriteBatch kept = afterwards(batch, list("leads", lead(9, 101, 9), lead(500, 142, 7), lead(501, 101, 8)));
        assertThat(kept.hasWrites()).isFalse();
        assertThat(account.completed).isEmpty();
        List<Long> alone = List.of(batch.buffer().takeBatch(), batch.buffer().takeBatch()).stream()
                .map(each -> each.writes().get(0).key()).toList();
        assertThat(alone).containsExactly(500L, 501L);
        assertThat(batch.buffer().hasBatch()).isFalse();
    }

    @Test
    void a_change_of_a_field_of_ours_that_we_only_write_does_not_hold_ours_up() {
        Deal withService = Fixtures.deal(500).holding(7).holding(DealField.SERVICE_NAME, "Рентген").build();
        WriteBatch batch = account.batch(ALL, Decided.changedDeal(withService, 7, "Осмотр"));
        assertThat(afterwards(batch, AccountInRedis.success(lead(500, 101, 7))).hasWrites()).isTrue();
    }
}
