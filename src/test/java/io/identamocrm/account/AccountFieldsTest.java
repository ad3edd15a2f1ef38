package io.identamocrm.account;

import static io.identamocrm.amocrm.AccountFixtures.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AccountFields;
import io.identamocrm.amocrm.FieldDefinition;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.FieldType;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mapping of the settings meets the account's own fields. */
class AccountFieldsTest {

    private static final JsonNode DEALS = json("[{'id':801,'code':null,'type':'text','enums':null},"
            + "{'id':802,'type':'select','enums':[{'id':11,'value':'Осмотр','sort':1},{'id':12,'value':'Рентген'}]}]");
    private static final JsonNode CONTACTS =
            json("[{'id':801,'type':'numeric'},{'id':951,'code':'PHONE','type':'multitext'},"
                    + "{'id':952,'code':null,'type':'text'}]");

    @Test
    void deals_and_contacts_have_separate_ids() {
        AccountFields fields = AccountComparison.joined(
                new FieldMapping(Map.of(DealField.RECEPTION_ID, 801L), Map.of(ContactField.PATIENT_ID, 801L)),
                DEALS,
                CONTACTS);
        assertThat(fields.of(DealField.RECEPTION_ID))
                .isEqualTo(new FieldDefinition(801, null, FieldType.TEXT, Map.of()));
        assertThat(fields.of(ContactField.PATIENT_ID).type()).isEqualTo(FieldType.NUMERIC);
    }

    @Test
    void a_field_that_is_not_mapped_has_no_definition() {
        AccountFields fields = AccountComparison.joined(new FieldMapping(Map.of(), Map.of()), DEALS, CONTACTS);
        assertThat(fields.of(DealField.RECEPTION_ID)).isNull();
        assertThat(fields.of(ContactField.PATIENT_ID)).isNull();
    }

    @Test
    void a_selects_options_are_known_by_their_text() {
        AccountFields fields = AccountComparison.joined(
                new FieldMapping(Map.of(DealField.SERVICE_NAME, 802L), Map.of()), DEALS, CONTACTS);
        assertThat(fields.of(DealField.SERVICE_NAME).enums()).isEqualTo(Map.of("Осмотр", 11L, "Рентген", 12L));
    }

    @Test
    void the_phone_is_amocrms_own_field_unless_another_is_mapped() {
        assertThat(AccountComparison.joined(new FieldMapping(Map.of(), Map.of()), DEALS, CONTACTS)
                        .phone()
                        .orElseThrow()
                        .id())
                .isEqualTo(951);
        assertThat(AccountComparison.joined(
                                new FieldMapping(Map.of(), Map.of(ContactField.PHONE, 952L)), DEALS, CONTACTS)
                        .phone()
                        .orElseThrow()
                        .id())
                .isEqualTo(952);
        assertThat(AccountComparison.joined(new FieldMapping(Map.of(), Map.of()), DEALS, json("[]"))
                        .phone())
                .isEmpty();
    }

    @Test
    void key_fields_that_the_account_does_not_have_are_all_named_with_their_settings() {
        FieldMapping mapping =
                new FieldMapping(Map.of(DealField.RECEPTION_ID, 77L), Map.of(ContactField.PATIENT_ID, 88L));
        assertThatThrownBy(() -> AccountComparison.joined(mapping, DEALS, CONTACTS))
                .isInstanceOf(AccountMismatchException.class)
                .hasMessageContaining("AMOCRM_DEAL_FIELD_RECEPTION_ID=77")
                .hasMessageContaining("AMOCRM_CONTACT_FIELD_PATIENT_ID=88");
    }

    @Test
    void other_fields_that_the_account_does_not_have_are_left_out() {
        FieldMapping mapping = new FieldMapping(
                Map.of(DealField.DOCTOR_NAME, 77L, DealField.RECEPTION_ID, 801L),
                Map.of(ContactField.COMMENT, 88L, ContactField.PHONE, 99L));
        AccountFields fields = AccountComparison.joined(mapping, DEALS, CONTACTS);
        assertThat(fields.deals()).containsOnlyKeys(DealField.RECEPTION_ID);
        assertThat(fields.contacts()).isEmpty();
        assertThat(fields.phone())
                .as("amoCRM's own does not silently take its place")
                .isEmpty();
    }

    @Test
    void an_id_of_the_other_entity_is_no_id() {
        FieldMapping mapping = new FieldMapping(Map.of(DealField.RECEPTION_ID, 952L), Map.of());
        assertThatThrownBy(() -> AccountComparison.joined(mapping, DEALS, CONTACTS))
                .isInstanceOf(AccountMismatchException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "text,TEXT",
        "url,TEXT",
        "streetaddress,TEXT",
        "tracking_data,TEXT",
        "textarea,TEXTAREA",
        "numeric,NUMERIC",
        "monetary,NUMERIC",
        "price,NUMERIC",
        "checkbox,CHECKBOX",
        "select,SELECT",
        "radiobutton,SELECT",
        "date,DATE",
        "birthday,DATE",
        "date_time,DATE_TIME",
        "multitext,MULTITEXT",
        "multiselect,OTHER",
        "smart_address,OTHER",
        "file,OTHER",
        "'',OTHER"
    })
    void the_apis_types_are_known(String api, FieldType type) {
        assertThat(FieldType.of(api)).isEqualTo(type);
    }
}
