package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.RefusedFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A value that amoCRM has refused is left out until another try is due, and everything else is written. */
class RefusedValuesTest {

    private static Clinic refusingOfReception(DealField field, String value) {
        return Clinic.with(policy())
                .refusing(new RefusedFields(Map.of(7L, Map.of(field.name(), PRINT.of(value))), Map.of()));
    }

    private static Clinic refusingOfPatient(ContactField field, String value) {
        return Clinic.with(policy())
                .refusing(new RefusedFields(Map.of(), Map.of(PATIENT, Map.of(field.name(), PRINT.of(value)))));
    }

    @Test
    void a_new_deal_is_opened_without_it() {
        Decision decision = refusingOfReception(DealField.RECEPTION_COST, "2500")
                .decide(reception(7).cost("2500"), amocrm());
        assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(decision.deal().values())
                .doesNotContainKey(DealField.RECEPTION_COST)
                .containsKey(DealField.DOCTOR_NAME);
        assertThat(decision.leftOut()).containsExactly(DealField.RECEPTION_COST);
        assertThat(wayOf(decision))
                .anyMatch(reason -> reason.startsWith("refused: ")
                        && reason.endsWith(": amoCRM has refused the value; sent when another try is due, or IDENT "
                                + "holds another value"));
    }

    @Test
    void another_value_of_the_same_field_is_sent() {
        Decision decision = refusingOfReception(DealField.RECEPTION_COST, "2500")
                .decide(reception(7).cost("2600"), amocrm());
        assertThat(decision.deal().values()).containsEntry(DealField.RECEPTION_COST, "2600");
        assertThat(decision.leftOut()).isEmpty();
        assertThat(wayOf(decision)).noneMatch(reason -> reason.startsWith("refused: "));
    }

    @Test
    void a_deal_that_differs_in_nothing_else_is_not_written_and_not_said_to_hold_the_values() {
        InMemoryCrm crm = new InMemoryCrm(amocrm());
        crm.apply(Clinic.with(policy()).decide(reception(7), crm.snapshot()));
        Decision decision = refusingOfReception(DealField.RECEPTION_COST, "2500")
                .decide(reception(7).cost("2500"), crm);
        assertThat(decision.deal()).isNull();
        assertThat(decision.leftOut()).containsExactly(DealField.RECEPTION_COST);
        assertThat(wayOf(decision)).noneMatch(reason -> reason.startsWith("difference: "));
    }

    @Test
    void a_deal_that_differs_in_other_fields_too_gets_those() {
        Decision decision = refusingOfReception(DealField.RECEPTION_COST, "2500")
                .decide(reception(7).cost("2500"), amocrm().with(deal(1).holding(7)));
        assertThat(decision.deal().values())
                .doesNotContainKey(DealField.RECEPTION_COST)
                .containsKey(DealField.DOCTOR_NAME);
        assertThat(wayOf(decision)).anyMatch(reason -> reason.startsWith("difference: deal fields "));
    }

    @Test
    void a_new_contact_is_made_without_it() {
        Decision decision = refusingOfPatient(ContactField.COMMENT, "любит чай")
                .decide(reception(7).of(patient(PATIENT).comment("любит чай")), amocrm());
        assertThat(decision.contact().values()).isNotEmpty().doesNotContainKey(ContactField.COMMENT);
        assertThat(decision.contact().phones()).containsExactly(PHONE);
        assertThat(decision.leftOut()).containsExactly(ContactField.COMMENT);
    }

    @Test
    void a_new_contact_is_made_without_phones_that_were_refused() {
        Decision decision = refusingOfPatient(ContactField.PHONE, ContactWrite.together(List.of(PHONE)))
                .decide(reception(7), amocrm());
        assertThat(decision.contact().phones()).isEmpty();
        assertThat(decision.contact().values()).isNotEmpty();
        assertThat(decision.leftOut()).containsExactly(ContactField.PHONE);
    }

    @Test
    void a_contact_that_lacks_the_phone_is_not_sent_it_again() {
        Decision decision = refusingOfPatient(ContactField.PHONE, ContactWrite.together(List.of(PHONE)))
                .decide(reception(7), amocrm().with(contact(50).ofPatient(PATIENT)));
        assertThat(decision.contact().phones()).isEmpty();
        assertThat(decision.leftOut()).containsExactly(ContactField.PHONE);
    }

    @Test
    void a_contact_that_has_the_phone_by_now_lacks_nothing() {
        Decision decision = refusingOfPatient(ContactField.PHONE, ContactWrite.together(List.of(PHONE)))
                .decide(
                        reception(7),
                        amocrm().with(contact(50).ofPatient(PATIENT).withPhones(PHONE)));
        assertThat(decision.leftOut()).isEmpty();
    }
}
