package io.identamocrm.delivery;

import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import io.identamocrm.state.LockLostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The look just before a batch of changes. */
class FreshnessCheckTest {

    private static final Response.Usable NOTHING = new Response.NoContent(AccountInRedis.NOW);

    private final AccountInRedis account = new AccountInRedis();
    private final FreshnessCheck check =
            new FreshnessCheck(account.setup, account.mirror, account.memory, account.intents, Set.of());
    private final Deal deal = Fixtures.deal(500).holding(7).build();
    private final Deal other = Fixtures.deal(501).holding(8).build();
    private final Contact contact =
            Fixtures.contact(600).ofPatient(11).named("Аня").build();

    private static String lead(long id, long pipeline, long stage, long reception) {
        return "{'id': " + id + ", 'pipeline_id': " + pipeline + ", 'status_id': " + stage + ", 'updated_at': 2000, "
                + "'custom_fields_values': [{'field_id': 801, 'values': [{'value': '" + reception + "'}]}]}";
    }

    private static String lead(long id, long stage, long reception) {
        return lead(id, 100, stage, reception);
    }

    private static String linked(String lead, long contact) {
        return lead.replace("'updated_at'", "'_embedded': {'contacts': [{'id': " + contact + "}]}, 'updated_at'");
    }

    private static String contact(String name, long patient, String phones) {
        return "{'id': 600, 'name': '" + name
                + "', 'updated_at': 2000, 'custom_fields_values': [{'field_id': 925, 'values': [{'value': '" + patient
                + "'}]}, {'field_id': 990, 'values': [" + phones + "]}]}";
    }

    private static Response.Usable list(String name, String... entities) {
        return AccountInRedis.success("{'_embedded': {'" + name + "': [" + String.join(", ", entities) + "]}}");
    }

    private WriteBatch afterwards(WriteBatch batch, Response.Usable answer) {
        return check.keepFresh(batch.answered(answer));
    }

    private void assertDecidedAgain(Delivery... deliveries) {
        assertThat(account.completed).containsExactly(deliveries).allMatch(Delivery::isOutdated);
    }

    /** The deals or contacts that are asked for one by one from now on. */
    private static List<Long> alone(WriteBatch batch) {
        List<Long> alone = new ArrayList<>();
        while (batch.buffer().hasBatch()) {
            WriteBatch next = batch.buffer().takeBatch();
            assertThat(next.writes()).hasSize(1);
            alone.add(next.writes().get(0).key());
        }
        return alone;
    }

    @Test
    void everything_is_read_one_by_its_address_and_several_in_one_request() {
        assertThat(check.request(account.batch(Decided.changedDeal(other, 8, "Осмотр")))
                        .path())
                .isEqualTo("/api/v4/leads/501");
        WriteBatch two = account.batch(Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(other, 8, "Осмотр"));
        assertThat(check.request(two).path()).isEqualTo("/api/v4/leads");
        assertThat(check.request(two).query()).contains("filter[id][]=500", "filter[id][]=501");
        WriteBatch phones = account.batch(Decided.changedContact(contact, 11, null, List.of(Fixtures.PHONE)));
        assertThat(check.request(phones).path()).isEqualTo("/api/v4/contacts/600");
        assertThat(check.request(account.batch(Decided.linkedDeal(deal, 7, 600)))
                        .query())
                .contains("with=contacts");
    }

    @Test
    void a_run_that_has_lost_its_lock_ends_here() {
        WriteBatch batch = account.batch(Decided.changedDeal(deal, 7, "Осмотр"));
        account.takeOver();
        assertThatThrownBy(() -> afterwards(batch, AccountInRedis.success(lead(500, 101, 7))))
                .isInstanceOf(LockLostException.class);
    }

    @Nested
    class A_deal {

        @Test
        void that_stands_as_it_was_decided_on_may_be_changed_whatever_else_changed_in_it() {
            WriteBatch batch = account.batch(Decided.changedDeal(deal, 7, "Осмотр"));
            WriteBatch kept = afterwards(batch, AccountInRedis.success(lead(500, 101, 7)));
            assertThat(kept.writes()).isEqualTo(batch.writes());
            assertThat(kept.writes().get(0).deal.base().updatedAt())
                    .as("it is changed from here")
                    .isEqualTo(2000);
            assertThat(account.completed).isEmpty();
            assertThat(account.deal(500).updatedAt())
                    .as("the mirror knows what was read")
                    .isEqualTo(2000);
        }

        @ParameterizedTest
        @CsvSource({"100, 142", "100, 118", "200, 201", "300, 301"})
        void that_somebody_moved_or_closed_is_decided_again(long pipeline, long stage) {
            Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
            WriteBatch kept =
                    afterwards(account.batch(delivery), AccountInRedis.success(lead(500, pipeline, stage, 7)));
            assertThat(kept.hasWrites()).isFalse();
            assertDecidedAgain(delivery);
            assertThat(List.of(account.deal(500).pipelineId(), account.deal(500).stageId()))
                    .containsExactly(pipeline, stage);
        }

        @Test
        void that_another_reception_or_patient_has_taken_is_decided_again() {
            Deal ofNumber = Fixtures.deal(501).holding(8).ofNumber("N11").build();
            Delivery first = Decided.changedDeal(deal, 7, "Осмотр");
            Delivery second = Decided.changedDeal(ofNumber, 8, "Осмотр");
            assertThat(afterwards(account.batch(first, second), list("leads", lead(500, 101, 77), lead(501, 101, 8)))
                            .hasWrites())
                    .isFalse();
            assertDecidedAgain(first, second);
        }

        @Test
        void in_which_somebody_changed_a_field_of_ours_that_we_only_write_holds_nothing_up() {
            Deal withService = Fixtures.deal(500)
                    .holding(7)
                    .holding(DealField.SERVICE_NAME, "Рентген")
                    .build();
            WriteBatch batch = account.batch(Decided.changedDeal(withService, 7, "Осмотр"));
            assertThat(afterwards(batch, AccountInRedis.success(lead(500, 101, 7)))
                            .hasWrites())
                    .isTrue();
        }

        @Test
        void in_which_somebody_filled_a_create_only_field_goes_without_it_or_not_at_all() {
            FreshnessCheck leaving = new FreshnessCheck(
                    account.setup, account.mirror, account.memory, account.intents, Set.of(DealField.SERVICE_NAME));
            String filled = "'custom_fields_values': [{'field_id': 804, 'values': [{'value': 'Чистка'}]}, ";
            Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
            WriteBatch batch = account.batch(
                    delivery,
                    Decided.changedDeal(
                            other,
                            8,
                            null,
                            null,
                            Map.of(DealField.SERVICE_NAME, "Осмотр", DealField.PATIENT_NUMBER, "N11")));
            WriteBatch kept = leaving.keepFresh(batch.answered(list(
                    "leads",
                    lead(500, 101, 7).replace("'custom_fields_values': [", filled),
                    lead(501, 101, 8).replace("'custom_fields_values': [", filled))));
            assertThat(kept.writes()).extracting(Write::key).containsExactly(501L);
            assertThat(kept.writes().get(0).knownDeal().values()).containsOnlyKeys(DealField.PATIENT_NUMBER);
            assertThat(account.completed).containsExactly(delivery);
            assertThat(delivery.isOutdated()).isFalse();
        }

        @Test
        void that_does_not_show_among_several_is_asked_for_alone_before_it_is_taken_for_gone() {
            account.store(deal, other);
            WriteBatch batch =
                    account.batch(Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(other, 8, "Осмотр"));
            WriteBatch kept = afterwards(batch, list("leads", lead(501, 101, 8)));
            assertThat(kept.writes()).extracting(Write::key).containsExactly(501L);
            assertThat(account.completed).isEmpty();
            assertThat(account.deal(500)).isNotNull();
            assertThat(alone(batch)).containsExactly(500L);
        }

        @Test
        void is_asked_for_alone_too_when_none_of_several_shows() {
            account.store(deal, other);
            WriteBatch batch =
                    account.batch(Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(other, 8, "Осмотр"));
            assertThat(afterwards(batch, NOTHING).hasWrites()).isFalse();
            assertThat(account.mirror.dealCount()).isEqualTo(2);
            assertThat(alone(batch)).containsExactlyInAnyOrder(500L, 501L);
        }

        @Test
        void that_is_gone_when_asked_for_alone_is_forgotten_remembered_as_gone_and_decided_again() {
            account.store(deal);
            account.remember(7, delivered(500, Status.SCHEDULED).build());
            Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
            assertThat(afterwards(account.batch(delivery), NOTHING).hasWrites()).isFalse();
            assertDecidedAgain(delivery);
            assertThat(account.deal(500)).isNull();
            assertThat(account.delivered(7))
                    .isEqualTo(delivered(500, Status.SCHEDULED).gone().build());
        }

        @Test
        void that_shows_as_deleted_is_gone_too() {
            account.store(deal);
            Delivery delivery = Decided.changedDeal(deal, 7, "Осмотр");
            afterwards(
                    account.batch(delivery),
                    AccountInRedis.success(
                            lead(500, 101, 7).replace("'updated_at'", "'is_deleted': true, 'updated_at'")));
            assertDecidedAgain(delivery);
            assertThat(account.deal(500)).isNull();
        }

        @Test
        void is_not_changed_on_an_answer_about_another_one() {
            account.store(deal);
            WriteBatch batch = account.batch(Decided.changedDeal(deal, 7, "Осмотр"));
            assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                    .isThrownBy(() -> afterwards(batch, AccountInRedis.success(lead(9, 101, 9))))
                    .withMessageContaining("something else than leads [500]");
            assertThat(account.deal(500)).isNotNull();
        }

        @Test
        void is_asked_for_one_at_a_time_where_the_account_ignores_the_filter() {
            WriteBatch batch =
                    account.batch(Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(other, 8, "Осмотр"));
            WriteBatch kept = afterwards(batch, list("leads", lead(9, 101, 9), lead(500, 142, 7), lead(501, 101, 8)));
            assertThat(kept.hasWrites()).isFalse();
            assertThat(account.completed).isEmpty();
            assertThat(alone(batch)).containsExactly(500L, 501L);
        }
    }

    /** A move whose answer got lost goes again only if the deal stands as at the look before. */
    @Nested
    class A_move_that_may_have_happened {

        private final Deal before =
                Fixtures.deal(500).holding(7).updatedAt(2000).build();
        private final Delivery delivery = Decided.changedDeal(before, 7, 100L, 105L, Map.of());
        private final WriteBatch sent = account.note(account.batch(delivery));

        private WriteBatch looked(String lead) {
            sent.writes().forEach(Write::mayHaveHappened);
            return afterwards(sent, AccountInRedis.success(lead));
        }

        @Test
        void goes_again_if_nobody_has_touched_the_deal() {
            assertThat(looked(lead(500, 101, 7)).writes()).isEqualTo(sent.writes());
            assertThat(account.completed).isEmpty();
            assertThat(account.intents.open().stages()).containsOnlyKeys(500L);
        }

        @Test
        void is_not_on_record_if_somebody_moved_the_deal_and_it_does_not_hold_the_reception() {
            looked(lead(500, 103, 8));
            assertDecidedAgain(delivery);
            assertThat(account.delivered(7)).isNull();
            assertThat(account.intents.open().isEmpty()).isTrue();
        }

        @Test
        void is_on_record_as_sent_if_the_deal_stands_where_it_was_to_be_put() {
            looked(lead(500, 105, 7));
            assertDecidedAgain(delivery);
            assertThat(account.delivered(7))
                    .isEqualTo(delivered(500, Status.SCHEDULED)
                            .putInto(105)
                            .of(Fixtures.PATIENT)
                            .build());
            assertThat(account.intents.open().isEmpty()).isTrue();
        }

        @Test
        void is_on_record_as_withheld_if_somebody_else_moved_the_deal() {
            looked(lead(500, 118, 7));
            assertDecidedAgain(delivery);
            assertThat(account.delivered(7))
                    .isEqualTo(delivered(500, Status.SCHEDULED)
                            .withheld()
                            .of(Fixtures.PATIENT)
                            .build());
            assertThat(account.intents.open().isEmpty()).isTrue();
        }

        @Test
        void is_on_record_as_withheld_if_somebody_touched_the_deal_and_it_stands_where_it_stood() {
            looked(lead(500, 101, 7).replace("2000", "2001"));
            assertDecidedAgain(delivery);
            assertThat(account.delivered(7).withheld()).isTrue();
        }
    }

    @Nested
    class A_link {

        @Test
        void that_is_there_is_done_and_one_that_is_not_goes() {
            Delivery there = Decided.linkedDeal(deal, 7, 600);
            WriteBatch batch = account.batch(there, Decided.linkedDeal(other, 8, 600));
            WriteBatch kept = afterwards(batch, list("leads", linked(lead(500, 101, 7), 600), lead(501, 101, 8)));
            assertThat(kept.writes()).extracting(Write::key).containsExactly(501L);
            assertThat(account.completed).containsExactly(there);
            assertThat(there.failure()).isNull();
            assertThat(there.isOutdated()).isFalse();
            assertThat(there.withWritten().reasons()).hasSize(1);
            assertThat(account.delivered(7))
                    .isEqualTo(delivered(500, Status.SCHEDULED)
                            .linkedTo(600)
                            .ofPipeline(100L)
                            .of(Fixtures.PATIENT)
                            .build());
        }

        @Test
        void of_a_deal_to_which_somebody_linked_another_contact_is_decided_again() {
            Delivery delivery = Decided.linkedDeal(deal, 7, 600);
            assertThat(afterwards(account.batch(delivery), AccountInRedis.success(linked(lead(500, 101, 7), 777)))
                            .hasWrites())
                    .isFalse();
            assertDecidedAgain(delivery);
        }

        @Test
        void of_a_deal_that_somebody_moved_or_closed_is_decided_again() {
            Delivery delivery = Decided.linkedDeal(deal, 7, 600);
            assertThat(afterwards(account.batch(delivery), AccountInRedis.success(lead(500, 142, 7)))
                            .hasWrites())
                    .isFalse();
            assertDecidedAgain(delivery);
        }

        @Test
        void of_a_deal_that_is_gone_is_decided_again() {
            account.store(deal);
            Delivery delivery = Decided.linkedDeal(deal, 7, 600);
            assertThat(afterwards(account.batch(delivery), NOTHING).hasWrites()).isFalse();
            assertDecidedAgain(delivery);
            assertThat(account.deal(500)).isNull();
        }
    }

    /** Deal 500 was patient 12's, for whom we had linked contact 601; contact 600 is the new patient's. */
    @Nested
    class The_contact_of_a_former_patient {

        private static final long FORMER_PATIENT = 12;
        private static final String MAIN_601 = "{'id': 601, 'is_main': true}";

        private final Delivery delivery = Decided.followingDeal(
                deal,
                7,
                600,
                delivered(500, Status.SCHEDULED)
                        .linkedTo(601)
                        .of(FORMER_PATIENT)
                        .build());

        private Response.Usable showing(String... contacts) {
            return AccountInRedis.success(lead(500, 101, 7)
                    .replace(
                            "'updated_at'",
                            "'_embedded': {'contacts': [" + String.join(", ", contacts) + "]}, 'updated_at'"));
        }

        /** What goes next, when amoCRM shows these contacts before the link. */
        private WriteBatch after(String... contacts) {
            WriteBatch batch = account.batch(delivery);
            assertThat(afterwards(batch, showing(contacts)).hasWrites()).isFalse();
            return batch.buffer().takeBatch();
        }

        private void assertNext(WriteBatch batch, Write.Kind kind, long contactId) {
            assertThat(batch.kind()).isEqualTo(kind);
            assertThat(batch.writes()).extracting(write -> write.contactId).containsExactly(contactId);
        }

        @Test
        void is_taken_off_when_the_new_ones_is_linked_and_until_then_the_deal_counts_as_the_formers() {
            WriteBatch off = after("{'id': 600}", "{'id': 601}");
            assertNext(off, Write.Kind.UNLINK, 601);
            assertThat(account.completed).isEmpty();
            assertThat(account.delivered(7).patient()).isEqualTo(FORMER_PATIENT);
            assertThat(afterwards(off, showing("{'id': 600}", "{'id': 601}")).writes())
                    .as("it is still there")
                    .isEqualTo(off.writes());
            assertThat(afterwards(off, showing("{'id': 600}")).hasWrites())
                    .as("somebody was faster")
                    .isFalse();
            assertThat(account.completed).containsExactly(delivery);
            assertThat(delivery.isOutdated()).isFalse();
            assertThat(account.delivered(7).patient()).isEqualTo(Fixtures.PATIENT);
            assertThat(off.buffer().hasBatch()).isFalse();
        }

        @Test
        void is_replaced_as_the_main_one_by_taking_the_new_one_off_and_linking_it_again() {
            WriteBatch off = after(MAIN_601, "{'id': 600}");
            assertNext(off, Write.Kind.UNLINK, 600);
            assertThat(afterwards(off, showing(MAIN_601)).hasWrites()).isFalse();
            WriteBatch on = off.buffer().takeBatch();
            assertNext(on, Write.Kind.LINK, 600);
            assertThat(account.completed).isEmpty();
            assertThat(isLinkedAsMain(afterwards(on, showing(MAIN_601)))).isTrue();
        }

        @Test
        void stays_where_it_was_when_somebody_moved_the_deal_meanwhile() {
            WriteBatch off = after("{'id': 600}", "{'id': 601}");
            assertThat(afterwards(off, AccountInRedis.success(linked(lead(500, 142, 7), 601)))
                            .hasWrites())
                    .isFalse();
            assertDecidedAgain(delivery);
        }

        private boolean isLinkedAsMain(WriteBatch kept) {
            return kept.writes()
                    .get(0)
                    .body(account.setup.tools().bodies())
                    .path("metadata")
                    .path("is_main")
                    .asBoolean();
        }

        private boolean becomesMain(Delivery following, String... shown) {
            return isLinkedAsMain(afterwards(account.batch(following), showing(shown)));
        }

        @Test
        void gives_way_as_the_main_one_but_one_of_a_managers_choice_does_not() {
            assertThat(becomesMain(delivery)).isTrue();
            assertThat(becomesMain(delivery, "{'id': 602}"))
                    .as("no main contact")
                    .isTrue();
            assertThat(becomesMain(delivery, MAIN_601)).isTrue();
            account.store(Fixtures.contact(602).ofPatient(13).build());
            assertThat(becomesMain(delivery, "{'id': 602, 'is_main': true}"))
                    .as("not the one that we had linked")
                    .isFalse();
        }

        @Test
        void of_whom_we_had_linked_none_gives_way_only_where_it_is_known_to_be_a_patients() {
            Delivery following = Decided.followingDeal(
                    deal,
                    7,
                    600,
                    delivered(500, Status.SCHEDULED).of(FORMER_PATIENT).build());
            account.store(Fixtures.contact(602).ofPatient(13).build());
            account.store(Fixtures.contact(603).build());
            assertThat(becomesMain(following, "{'id': 602, 'is_main': true}")).isTrue();
            assertThat(becomesMain(following, "{'id': 603, 'is_main': true}"))
                    .as("nobody's: a manager put it there")
                    .isFalse();
            assertThat(becomesMain(following, "{'id': 604, 'is_main': true}"))
                    .as("not known at all")
                    .isFalse();
        }
    }

    @Nested
    class A_contact {

        private static final String SECOND = "{'value': '+79990000000', 'enum_code': 'HOME'}";

        private final Delivery delivery = Decided.changedContact(contact, 11, null, List.of(Fixtures.PHONE));

        @Test
        void keeps_the_phones_that_it_holds_now_ours_in_front_as_somebody_typed_it() {
            WriteBatch kept = afterwards(
                    account.batch(delivery),
                    AccountInRedis.success(contact(
                            "Аня",
                            11,
                            "{'value': '8 (912) 345-67-89', 'enum_code': 'WORK'}, {'value': 'доб. 12', 'enum_code': 'OTHER'}, "
                                    + SECOND)));
            JsonNode body = kept.writes().get(0).body(account.setup.tools().bodies());
            List<String> phones = body.path("custom_fields_values").findParents("enum_code").stream()
                    .map(value -> value.path("value").asText())
                    .toList();
            assertThat(phones).containsExactly("8 (912) 345-67-89", "доб. 12", "+79990000000");
            assertThat(account.contact(600).updatedAt())
                    .as("the mirror knows what was read")
                    .isEqualTo(2000);
        }

        @Test
        void loses_a_phone_that_only_we_had_written_and_ident_has_replaced() {
            account.remember(11, new OwnContact(600, "#Аня", false, Set.of("#+79990000000")));
            WriteBatch kept = afterwards(
                    account.batch(delivery),
                    AccountInRedis.success(
                            contact("Аня", 11, SECOND + ", {'value': '+79990000001', 'enum_code': 'OTHER'}")));
            assertThat(kept.writes().get(0).body(account.setup.tools().bodies()).toString())
                    .contains(Fixtures.PHONE, "+79990000001")
                    .doesNotContain("+79990000000");
        }

        @Test
        void in_which_somebody_wrote_the_same_phone_meanwhile_does_not_make_it_ours_alone() {
            Decision decided = delivery.decision;
            Delivery ours = new Delivery(
                    delivery.item,
                    new Decision(
                            11,
                            11L,
                            null,
                            null,
                            decided.outcome(),
                            null,
                            null,
                            decided.contact(),
                            List.of(),
                            List.of(),
                            null,
                            null,
                            new OwnContact(600, null, false, Set.of("#" + Fixtures.PHONE))),
                    1);
            WriteBatch kept = afterwards(
                    account.batch(ours), AccountInRedis.success(contact("Аня", 11, "{'value': '8 912 345 67 89'}")));
            assertThat(kept.writes().get(0).own().written()).isEmpty();
        }

        @Test
        void that_somebody_renamed_is_decided_again() {
            assertThat(afterwards(
                                    account.batch(delivery),
                                    AccountInRedis.success(contact("Аня, жена Петра", 11, SECOND)))
                            .hasWrites())
                    .isFalse();
            assertDecidedAgain(delivery);
        }

        @Test
        void that_belongs_to_another_patient_now_is_decided_again() {
            assertThat(afterwards(account.batch(delivery), AccountInRedis.success(contact("Аня", 12, SECOND)))
                            .hasWrites())
                    .isFalse();
            assertDecidedAgain(delivery);
        }

        @Test
        void that_is_gone_is_forgotten_remembered_as_gone_and_decided_again() {
            account.store(contact);
            account.remember(11, new OwnContact(600, "#Аня", false));
            assertThat(afterwards(account.batch(delivery), NOTHING).hasWrites()).isFalse();
            assertDecidedAgain(delivery);
            assertThat(account.contact(600)).isNull();
            assertThat(account.own(11)).isEqualTo(new OwnContact(600, "#Аня", true));
        }
    }
}
