package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AccountFixtures;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.OwnContact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteTest {

    private static final Deal DEAL = Fixtures.deal(500).holding(7).build();
    private static final Contact CONTACT = Fixtures.contact(600).ofPatient(11).build();
    private static final JsonNode HELD = AccountFixtures.json("{'value': '+79990000000', 'enum_code': 'HOME'}");

    private static Write changeOfDeal(Long pipeline, Long stage, Map<DealField, String> values) {
        Delivery delivery = Decided.changedDeal(DEAL, 7, pipeline, stage, values);
        return new Write(Kind.CHANGE_DEAL, delivery, DEAL.id(), delivery.decision.deal(), 0, null);
    }

    private static DealWrite laterChange(Long pipeline, Long stage, Map<DealField, String> values) {
        return Decided.changedDeal(DEAL, 8, pipeline, stage, values).decision.deal();
    }

    private static Write changeOfContact(String name, List<String> phones) {
        Delivery delivery = Decided.changedContact(CONTACT, 11, name, phones);
        return new Write(Kind.CHANGE_CONTACT, delivery, 0, null, CONTACT.id(), delivery.decision.contact());
    }

    @Test
    void a_later_change_of_the_same_deal_wins_field_by_field() {
        Write write =
                changeOfDeal(null, 102L, Map.of(DealField.SERVICE_NAME, "Осмотр", DealField.DOCTOR_NAME, "Лужин"));
        write.merge(laterChange(null, null, Map.of(DealField.SERVICE_NAME, "Рентген")));
        assertThat(write.deal.values())
                .containsOnly(Map.entry(DealField.SERVICE_NAME, "Рентген"), Map.entry(DealField.DOCTOR_NAME, "Лужин"));
        assertThat(write.deal.stageId()).isEqualTo(102);
    }

    @Test
    void a_later_move_to_another_pipeline_replaces_the_stage_also_by_none() {
        Write write = changeOfDeal(null, 102L, Map.of());
        write.merge(laterChange(200L, null, Map.of()));
        assertThat(write.deal.pipelineId()).isEqualTo(200);
        assertThat(write.deal.stageId()).isNull();
    }

    @Test
    void a_later_change_of_the_same_contact_keeps_the_name_and_phones_that_it_does_not_give() {
        Write write = changeOfContact("Вымышленная Анна", List.of(Fixtures.PHONE));
        ContactWrite later =
                Decided.changedContact(CONTACT, 11, null, List.of()).decision.contact();
        write.merge(later);
        assertThat(write.contact.name()).isEqualTo("Вымышленная Анна");
        assertThat(write.contact.phones()).containsExactly(Fixtures.PHONE);
        write.merge(Decided.changedContact(CONTACT, 11, "Вымышленная-Новая Анна", List.of("+79001112233"))
                .decision
                .contact());
        assertThat(write.contact.name()).isEqualTo("Вымышленная-Новая Анна");
        assertThat(write.contact.phones()).containsExactly("+79001112233");
    }

    @Test
    void only_a_change_into_another_stage_or_pipeline_moves_a_deal() {
        assertThat(changeOfDeal(null, 102L, Map.of()).movesDeal()).isTrue();
        assertThat(changeOfDeal(200L, null, Map.of()).movesDeal()).isTrue();
        assertThat(changeOfDeal(null, null, Map.of(DealField.SERVICE_NAME, "Осмотр"))
                        .movesDeal())
                .isFalse();
        Delivery creation = Decided.newDealFor(7, 11, 600);
        assertThat(new Write(Kind.CREATE_DEAL, creation, -1, creation.decision.deal(), 600, null).movesDeal())
                .isFalse();
    }

    @Test
    void what_may_have_happened_says_so() {
        Write write = changeOfDeal(null, 102L, Map.of());
        assertThat(write.isUnclear()).isFalse();
        write.mayHaveHappened();
        assertThat(write.isUnclear()).isTrue();
    }

    @Test
    void of_a_visit_that_was_moved_it_is_about_the_reception_that_its_body_names() {
        Delivery first = Decided.newDealFor(7, 11, 600);
        Write write = new Write(Kind.CREATE_DEAL, first, -1, first.decision.deal(), 600, null);
        Delivery second =
                Decided.changedDeal(Fixtures.deal(-1).build(), 8, 200L, 205L, Map.of(DealField.RECEPTION_ID, "8"));
        write.merge(second.decision.deal());
        write.join(second);
        assertThat(write.receptionId()).isEqualTo(8);
        assertThat(write.delivered()).isEqualTo(second.decision.delivered());
    }

    @Test
    void what_becomes_ours_in_a_contact_is_what_the_first_who_knows_says() {
        Write write = changeOfContact("Вымышленная Анна", List.of());
        assertThat(write.own()).isEqualTo(new OwnContact(600, "#Вымышленная Анна", false));
        assertThat(changeOfDeal(null, 102L, Map.of()).own()).isNull();
    }

    @Test
    void what_was_joined_at_the_look_before_is_sent() {
        Write write = changeOfContact(null, List.of(Fixtures.PHONE));
        write.joinLists(
                Map.of(
                        ContactField.PHONE,
                        List.of(AccountFixtures.json("{'value': '" + Fixtures.PHONE + "', 'enum_code': 'MOB'}"), HELD)),
                Set.of());
        JsonNode fields =
                write.body(new AccountInRedis().setup.tools().bodies()).path("custom_fields_values");
        assertThat(fields.findValuesAsText("value")).containsSubsequence(Fixtures.PHONE, "+79990000000");
        assertThat(fields.findValuesAsText("enum_code")).containsExactly("MOB", "HOME");
    }

    @Test
    void all_who_wait_for_it_are_told_what_was_done_and_nobody_joins_twice() {
        Delivery first = Decided.changedDeal(DEAL, 7, "Осмотр");
        Delivery second = Decided.changedDeal(DEAL, 8, "Рентген");
        Write write = new Write(Kind.CHANGE_DEAL, first, 500, first.decision.deal(), 0, null);
        write.join(second);
        write.join(second);
        write.noteDone(0);
        for (Delivery delivery : List.of(first, second)) {
            assertThat(delivery.withWritten().reasons())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.toString()).contains("deal 500 changed"));
            delivery.writeClosed(write);
            assertThat(delivery.isComplete()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_DEAL_WITH_CONTACT, name, DEAL_NOT_CREATED",
        "CREATE_DEAL_WITH_CONTACT, _embedded.contacts.0.name, CONTACT_NOT_CREATED",
        "CREATE_CONTACT, name, CONTACT_NOT_CREATED",
        "CREATE_DEAL, _embedded.contacts.0.id, DEAL_NOT_CREATED",
        "LINK, to_entity_id, DEAL_NOT_UPDATED",
        "CHANGE_DEAL, status_id, DEAL_NOT_UPDATED",
        "CHANGE_CONTACT, name, CONTACT_NOT_UPDATED"
    })
    void the_failure_is_that_of_the_entity_refused(Kind kind, String path, FailureCode code) {
        Write write = new Write(kind, Decided.newDealWithContact(7, 11), 500, null, 600, null);
        assertThat(write.failureAt(path)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_DEAL_WITH_CONTACT, 500",
        "CREATE_CONTACT, 600",
        "CREATE_DEAL, 500",
        "LINK, 500",
        "CHANGE_DEAL, 500",
        "CHANGE_CONTACT, 600"
    })
    void it_is_keyed_by_the_entity_that_it_writes(Kind kind, long key) {
        assertThat(new Write(kind, Decided.newDealWithContact(7, 11), 500, null, 600, null).key())
                .isEqualTo(key);
    }
}
