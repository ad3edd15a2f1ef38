package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.model.Contact;
import io.identamocrm.model.DealField;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.RefusedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRefusalTest {

    private final AccountInRedis account = new AccountInRedis();
    private final BatchRefusal refusal = new BatchRefusal(account.setup, account.mirror, Fixtures.PRINT);

    private WriteBatch refused(WriteBatch batch, RefusedItem... items) {
        WriteBatch answered = batch.answered(new Response.Refused(List.of(items), "status 400"));
        refusal.failNamedOrHalve(answered);
        return answered;
    }

    private WriteBatch changes(int count) {
        return account.batch(LongStream.rangeClosed(1, count)
                .mapToObj(id -> Decided.changedDeal(Fixtures.deal(id).build(), id, "Осмотр"))
                .toArray(Delivery[]::new));
    }

    /** The deals of the batches that go again, in this order. */
    private static List<List<Long>> again(WriteBatch batch) {
        List<List<Long>> again = new ArrayList<>();
        while (batch.buffer().hasBatch()) {
            again.add(
                    batch.buffer().takeBatch().writes().stream().map(Write::key).toList());
        }
        return again;
    }

    @Test
    void fields_that_amocrm_names_are_left_out_and_the_rest_goes_again_in_one_batch() {
        Map<DealField, String> values = Map.of(DealField.SERVICE_NAME, "Осмотр", DealField.PATIENT_NUMBER, "5");
        WriteBatch batch = account.batch(
                Decided.changedDeal(Fixtures.deal(1).build(), 7, 5L, 6L, values),
                Decided.changedDeal(Fixtures.deal(2).build(), 8, 5L, 6L, values),
                Decided.changedDeal(Fixtures.deal(3).build(), 9, 5L, 6L, values));
        int service = placeIn(batch.writes().get(1), AccountInRedis.SERVICE_FIELD);
        refused(
                batch,
                new RefusedItem("1", "TooLong", "custom_fields_values." + service + ".values.0.value"),
                new RefusedItem("2", "TooLong", "custom_fields_values.0.values.0.value"),
                new RefusedItem("2", "NotSupportedChoice", "custom_fields_values.1.values.0.value"));
        assertThat(account.completed).isEmpty();
        List<Write> again = batch.buffer().takeBatch().writes();
        assertThat(again)
                .extracting(write -> write.deal.values().keySet())
                .containsExactly(values.keySet(), Set.of(DealField.PATIENT_NUMBER), Set.of());
        assertThat(again.get(1).deliveries)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.refused())
                        .containsExactly(
                                new RefusedField(DealField.SERVICE_NAME, Fixtures.PRINT.of("Осмотр"), "TooLong")));
        assertThat(again.get(2).deliveries.get(0).refused())
                .extracting(RefusedField::code)
                .containsExactly("TooLong", "NotSupportedChoice");
    }

    private int placeIn(Write write, long field) {
        return write.body(account.setup.tools().bodies())
                                .path("custom_fields_values")
                                .path(0)
                                .path("field_id")
                                .asLong()
                        == field
                ? 0
                : 1;
    }

    @Test
    void a_change_of_which_nothing_is_left_is_done_with() {
        WriteBatch batch = refused(
                changes(4), new RefusedItem("1", "NotSupportedChoice", "custom_fields_values.0.values.0.value"));
        assertThat(account.completed).singleElement().satisfies(delivery -> {
            assertThat(delivery.item.id()).isEqualTo(2);
            assertThat(delivery.failure()).isNull();
            assertThat(delivery.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(delivery.refused())
                    .extracting(RefusedField::detail)
                    .containsExactly("NotSupportedChoice at deal service_name");
        });
        assertThat(again(batch)).containsExactly(List.of(1L, 3L, 4L));
    }

    @Test
    void the_items_that_amocrm_names_fail_where_no_field_can_be_spared_and_the_rest_goes_again_in_one_batch() {
        WriteBatch batch = refused(
                changes(4),
                new RefusedItem("1", "Odd", "custom_fields_values.0.values.0.value"),
                new RefusedItem("1", "Odd", "status_id"),
                new RefusedItem("2", "Odd", "status_id"));
        assertThat(account.completed).extracting(delivery -> delivery.item.id()).containsExactly(2L, 3L);
        assertThat(account.completed.get(0).failure().code()).isEqualTo(FailureCode.DEAL_NOT_UPDATED);
        assertThat(account.completed.get(0).failure().detail()).isEqualTo("Odd at service_name");
        assertThat(again(batch)).containsExactly(List.of(1L, 4L));
    }

    @Test
    void without_the_receptions_id_there_is_no_deal() {
        refused(
                account.batch(Decided.newDealFor(7, 11, 60)),
                new RefusedItem("0", "Odd", "custom_fields_values.0.values.0.value"));
        assertThat(account.completed)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.failure().detail()).isEqualTo("Odd at reception_id"));
    }

    @Test
    void if_amocrm_names_all_nothing_goes_again() {
        WriteBatch batch =
                refused(changes(2), new RefusedItem("0", "Odd", "status_id"), new RefusedItem("1", "Odd", ""));
        assertThat(account.completed)
                .extracting(delivery -> delivery.failure().detail())
                .containsExactly("Odd at status_id", "Odd at an unnamed member");
        assertThat(batch.buffer().isEmpty()).isTrue();
    }

    @Test
    void the_first_word_on_an_item_counts() {
        refused(changes(1), new RefusedItem("0", "First", "name"), new RefusedItem("0", "Second", "name"));
        assertThat(account.completed)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.failure().detail()).isEqualTo("First at name"));
    }

    @Test
    void a_refused_contact_of_a_new_deal_is_named_as_the_contact() {
        refused(
                account.batch(Decided.newDealWithContact(7, 11)),
                new RefusedItem("0", "NotUnique", "_embedded.contacts.0.custom_fields_values.0.values.0.value"));
        assertThat(account.completed).singleElement().satisfies(delivery -> {
            assertThat(delivery.failure().code()).isEqualTo(FailureCode.CONTACT_NOT_CREATED);
            assertThat(delivery.failure().detail()).isEqualTo("NotUnique at patient_id");
        });
    }

    @Test
    void if_amocrm_names_none_the_batch_goes_again_in_halves_first_half_first() {
        WriteBatch batch = refused(changes(5));
        assertThat(account.completed).isEmpty();
        assertThat(again(batch)).containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L));
    }

    @Test
    void names_that_are_none_of_ours_are_as_good_as_none() {
        WriteBatch batch = refused(changes(2), new RefusedItem("7", "Odd", "name"), new RefusedItem("", "Odd", "name"));
        assertThat(again(batch)).containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void a_single_item_fails_with_amocrms_words_for_the_whole() {
        Contact contact = Fixtures.contact(600).build();
        WriteBatch batch = refused(account.batch(Decided.changedContact(contact, 11, "Вымышленная Анна", List.of())));
        assertThat(account.completed).singleElement().satisfies(delivery -> {
            assertThat(delivery.failure().code()).isEqualTo(FailureCode.CONTACT_NOT_UPDATED);
            assertThat(delivery.failure().detail()).isEqualTo("status 400");
        });
        assertThat(batch.buffer().isEmpty()).isTrue();
    }

    @Test
    void where_the_account_has_changed_all_that_was_decided_is_decided_again_and_nothing_fails() {
        WriteBuffer buffer = account.buffer(2);
        LongStream.rangeClosed(1, 3)
                .forEach(id -> buffer.add(Decided.changedDeal(Fixtures.deal(id).build(), id, "Осмотр")));
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        buffer.add(Decided.newDealFor(7, 11, -1));
        WriteBatch batch = buffer.takeBatch()
                .answered(new Response.Refused(
                        List.of(new RefusedItem("1", "NotSupportedChoice", "custom_fields_values.0.field_id")), "400"));
        refusal.doubtSetup(batch);
        account.learnWithout(AccountInRedis.NUMBER_FIELD);
        refusal.failNamedOrHalve(batch);
        assertThat(account.completed).hasSize(5).allMatch(Delivery::isOutdated);
        assertThat(buffer.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "custom_fields_values.0.field_id, true",
        "_embedded.contacts.0.custom_fields_values.3.values.0.enum_id, true",
        "status_id, true",
        "pipeline_id, true",
        "responsible_user_id, true",
        "name, false",
        "'', false",
        "price, false"
    })
    void only_what_rests_on_the_accounts_setup_makes_it_doubtful(String path, boolean doubted) {
        WriteBatch batch = changes(1)
                .answered(new Response.Refused(List.of(new RefusedItem("0", "NotSupportedChoice", path)), "400"));
        refusal.doubtSetup(batch);
        assertThat(account.setup.hasNext()).isEqualTo(doubted);
        account.learnWithout(0);
        refusal.doubtSetup(batch);
        assertThat(account.setup.hasNext()).as("once for a buffer").isFalse();
    }

    @Test
    void a_user_who_is_refused_for_a_contact_makes_the_setup_doubtful_and_no_user_in_particular() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        buffer.flush();
        WriteBatch batch = buffer.takeBatch()
                .answered(new Response.Refused(
                        List.of(new RefusedItem("0", "NotSupportedChoice", "responsible_user_id")), "400"));
        refusal.doubtSetup(batch);
        assertThat(account.setup.hasNext()).isTrue();
    }

    @Test
    void those_who_wait_for_a_refused_contact_are_decided_again() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        Delivery waiting = Decided.newDealFor(7, 11, -1);
        buffer.add(waiting);
        buffer.flush();
        refused(buffer.takeBatch());
        assertThat(account.completed).hasSize(2).contains(waiting);
        assertThat(waiting.isOutdated()).isTrue();
        assertThat(buffer.isEmpty()).isTrue();
    }
}
