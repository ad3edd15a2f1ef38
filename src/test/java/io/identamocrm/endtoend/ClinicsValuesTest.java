package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.FieldType;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What real clinics hold, from IDENT's columns to amoCRM's fields and back. */
class ClinicsValuesTest {

    private static final long PHONE = 2;
    private static final long EMAIL = 20;
    private static final long BIRTHDATE = 8;
    private static final long COMMENT = 9;
    private static final long SERVICES = 29;
    private static final long COST = 30;

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private EntityView contact(long patient) {
        assertThat(installation.contactsOf(patient)).hasSize(1);
        return installation.contactsOf(patient).get(0);
    }

    private void assertNothingIsLeft() {
        installation.runtime().patients(RunRequest.full());
        installation.sandbox().journal().clear();
        assertThat(installation.full().count(Outcome.FAILED)).isZero();
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.sandbox().journal().writes())
                .as("what was read back is what was sent")
                .isZero();
    }

    @Test
    void a_patient_born_before_1970_with_half_an_emoji_in_the_comment_arrives_on_the_right_day() {
        installation.sandbox().faults().always(Fault.NEGATIVE_DATES_REFUSED);
        installation.sandbox().faults().always(Fault.ACCOUNT_ZONE);
        long patient = installation.patient("375 29 123 45 67");
        installation.clinic().execute("UPDATE dbo.Persons SET Birthday = '15.03.1950' WHERE ID = ?", patient);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Patients SET Comment = ?, FirstVisit = '19000101' WHERE ID_Persons = ?",
                        "боится уколов \uD83D",
                        patient);
        long reception = installation.booked(patient);
        assertThat(installation.full().count(Outcome.CREATED)).isEqualTo(1);
        assertThat(installation.dealOf(reception)).isNotNull();
        assertThat(contact(patient).fields())
                .containsEntry(PHONE, "+375291234567")
                .containsEntry(COMMENT, "боится уколов")
                .containsEntry(BIRTHDATE, "-624880800")
                .doesNotContainKey(22L);
        assertNothingIsLeft();
    }

    @Test
    void a_third_email_leaves_those_of_the_website_and_a_manager() {
        long contact = installation
                .account()
                .addContact(
                        "Заявка с сайта",
                        Map.of(PHONE, "8 900 111-22-33 доб. 12 (секретарь)", EMAIL, "shop@example.ru"));
        long patient = installation.patient("8 900 111-22-33, 8 900 444-55-66");
        installation.staff().describe(patient, "anna@example.ru", null, null, null, null, NOW);
        installation.booked(patient);
        installation.full();
        installation.runtime().patients(RunRequest.full());
        assertThat(contact(patient).id()).isEqualTo(contact);
        assertThat(contact(patient).values().get(EMAIL)).containsExactly("anna@example.ru", "shop@example.ru");
        assertThat(contact(patient).values().get(PHONE))
                .containsExactly("8 900 111-22-33 доб. 12 (секретарь)", "+79004445566");
        assertNothingIsLeft();
        installation.staff().describe(patient, "new@example.ru", null, null, null, null, NOW);
        installation.staff().changePhone(patient, "8 900 111-22-33", NOW);
        installation.runtime().patients(RunRequest.full());
        assertThat(contact(patient).values().get(EMAIL))
                .as("IDENT replaced it, and only we had written it")
                .containsExactly("new@example.ru", "shop@example.ru");
        assertThat(contact(patient).values().get(PHONE)).containsExactly("8 900 111-22-33 доб. 12 (секретарь)");
    }

    @Test
    void a_bill_returned_as_a_whole_costs_nothing_and_has_no_service() {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        installation.staff().addService(reception, "Пломба", new BigDecimal("3000"), NOW);
        installation.full();
        assertThat(installation.dealOf(reception).fields())
                .containsEntry(SERVICES, "Пломба")
                .containsEntry(COST, "3000");
        installation.staff().returnServices(reception, NOW);
        assertThat(installation.incremental().count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.dealOf(reception).fields())
                .containsEntry(COST, "0")
                .doesNotContainKey(SERVICES);
        assertNothingIsLeft();
    }

    @Test
    void a_sex_that_is_a_bit_is_sent_as_text() {
        installation.account().putField(false, 4, "Пол", FieldType.TEXT);
        installation.clinic().execute("ALTER TABLE dbo.Persons DROP COLUMN Sex");
        installation.clinic().execute("ALTER TABLE dbo.Persons ADD Sex bit");
        installation.clinic().execute("UPDATE dbo.Persons SET Sex = 1");
        long patient = installation.patient("8 900 111-22-33");
        installation.clinic().execute("UPDATE dbo.Persons SET Sex = 1 WHERE ID = ?", patient);
        installation.booked(patient);
        installation.full();
        assertThat(installation.runtime().patients(RunRequest.full()).count(Outcome.FAILED))
                .isZero();
        assertThat(contact(patient).fields()).containsEntry(4L, "1");
    }
}
