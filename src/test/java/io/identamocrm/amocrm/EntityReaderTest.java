package io.identamocrm.amocrm;

import static io.identamocrm.amocrm.AccountFixtures.MOSCOW;
import static io.identamocrm.amocrm.AccountFixtures.account;
import static io.identamocrm.amocrm.AccountFixtures.id;
import static io.identamocrm.amocrm.AccountFixtures.json;
import static io.identamocrm.model.Fixtures.PRINT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.rules.PhoneNumbers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leads and contacts of the API become mirror rows. */
class EntityReaderTest {

    private final EntityReader reader = new EntityReader(
            new FieldFormats(account(Map.of(DealField.RECEPTION_COST, FieldType.NUMERIC)), MOSCOW, MOSCOW),
            PRINT,
            text -> PhoneNumbers.inText(text, "RU"));

    private static String value(long field, String value) {
        return "{'field_id':" + field + ",'values':[{'value':" + value + "}]}";
    }

    private static JsonNode lead(String fields) {
        return json(
                "{'id':70011,'name':'Приём 42','price':3500,'status_id':555001,'pipeline_id':4400,'updated_at':1767229200,"
                        + "'custom_fields_values':" + fields
                        + ",'_embedded':{'tags':[],'contacts':[{'id':60022,'is_main':true},{'id':60023}]}}");
    }

    private static JsonNode contact(String fields) {
        return json("{'id':60022,'name':' Анна ','updated_at':1767229200,'custom_fields_values':" + fields + "}");
    }

    @Test
    void a_deals_ids_place_and_links_are_read() {
        Deal deal = reader.deal(lead("[" + value(id(DealField.RECEPTION_ID), "'42'") + ","
                + value(id(DealField.RECEPTION_COST), "'3500.00'") + "," + value(123456, "'чужое поле'") + "]"));
        assertThat(deal)
                .isEqualTo(new Deal(
                        70011,
                        4400,
                        555001,
                        1767229200,
                        42L,
                        Map.of(DealField.RECEPTION_ID, "#42", DealField.RECEPTION_COST, "#3500"),
                        Map.of(),
                        Set.of(60022L, 60023L),
                        null));
    }

    @Test
    void a_deal_without_fields_is_free() {
        for (String none : new String[] {
            "null",
            "[]",
            "[" + value(id(DealField.RECEPTION_ID), "''") + "]",
            "[{'field_id':" + id(DealField.RECEPTION_ID) + ",'values':[]}]"
        }) {
            Deal deal = reader.deal(lead(none));
            assertThat(deal.receptionId()).isNull();
            assertThat(deal.isFree()).isTrue();
        }
    }

    @Test
    void a_deal_without_embedded_contacts_has_none() {
        JsonNode lead = json("{'id':1,'pipeline_id':2,'status_id':3,'updated_at':4,'custom_fields_values':null}");
        assertThat(reader.deal(lead).contactIds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'''на завтра''',",
        "'''42-бис''',",
        "'''-1''',",
        "'''99999999999999999999''',",
        "'''42''',42",
        "42,42",
        "''' 42 ''',42"
    })
    void a_reception_id_is_a_number_or_unreadable_but_never_free(String held, Long expected) {
        Deal deal = reader.deal(lead("[" + value(id(DealField.RECEPTION_ID), held) + "]"));
        assertThat(deal.receptionId()).isEqualTo(expected);
        assertThat(deal.isFree()).isFalse();
    }

    @Test
    void a_contacts_owner_name_and_phones_are_read_as_ids_and_prints() {
        Contact contact = reader.contact(contact("[" + value(id(ContactField.PATIENT_ID), "'11'") + ","
                + value(AccountFixtures.PHONE_FIELD, "'8 (912) 345-67-89, 8 913 000-11-22'") + "]"));
        assertThat(contact.patientId()).isEqualTo(11);
        assertThat(contact.name()).isEqualTo("#Анна");
        assertThat(contact.phones()).containsExactlyInAnyOrder("#+79123456789", "#+79130001122");
        assertThat(contact.fingerprints()).isEqualTo(Map.of(ContactField.PATIENT_ID, "#11"));
    }

    @Test
    void every_value_of_the_phone_field_counts() {
        Contact contact = reader.contact(
                contact(
                        "[{'field_id':990,'field_code':'PHONE','values':["
                                + "{'value':'89123456789','enum_code':'WORK'},{'value':'нет'},{'value':'+7 913 000 11 22','enum_code':'MOB'}]}]"));
        assertThat(contact.phones()).containsExactlyInAnyOrder("#+79123456789", "#+79130001122");
        assertThat(contact.isUnowned()).isTrue();
    }

    @Test
    void a_contact_without_name_has_none() {
        assertThat(reader.contact(json("{'id':1,'name':'','updated_at':1,'custom_fields_values':null}"))
                        .name())
                .isNull();
    }
}
