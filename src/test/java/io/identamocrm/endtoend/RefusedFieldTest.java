package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** amoCRM refuses one value of one field: everything else arrives, and the field is a dead letter of its own. */
class RefusedFieldTest {

    private static final long CARD_NUMBER = 7;
    private static final long SERVICE = 29;
    private static final String CARD = "К-007";

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private long patientWithCard() {
        long patient = installation.patient("8 900 111-22-33");
        installation.clinic().execute("UPDATE dbo.Patients SET CardNumber = ? WHERE ID_Persons = ?", CARD, patient);
        return patient;
    }

    @Test
    void a_refused_field_of_a_contact_keeps_neither_the_deal_nor_the_rest_of_the_contact_away() {
        List<Long> receptions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            receptions.add(installation.booked(installation.patient("8 900 111-22-4" + i)));
        }
        long patient = patientWithCard();
        long reception = installation.booked(patient);
        installation.account().refuse(CARD_NUMBER, CARD);
        RunReport report = installation.incremental();
        assertThat(report.count(Outcome.CREATED)).isEqualTo(6);
        assertThat(report.count(Outcome.FAILED)).isZero();
        assertThat(report.failures()).containsOnlyKeys(reception);
        assertThat(report.failures().get(reception).code()).isEqualTo(FailureCode.FIELD_REFUSED);
        assertThat(report.failures().get(reception).detail()).contains("card_number");
        EntityView contact = installation.contactsOf(patient).get(0);
        assertThat(contact.fields()).doesNotContainKey(CARD_NUMBER).containsKey(17L);
        assertThat(installation.dealOf(reception).links()).containsExactly(contact.id());

        assertThat(installation.terminal().run("dead-letters", "list")).isZero();
        assertThat(installation.terminal().run("reception-sync", "--full")).as("it counts for the exit code").isEqualTo(1);
        installation.clinic().execute("UPDATE dbo.Patients SET CardNumber = ?, DateTimeChanged = ? WHERE ID_Persons = ?", "К-8", NOW,
                patient);
        assertThat(installation.full().failures()).isEmpty();
        assertThat(installation.contactsOf(patient).get(0).fields()).containsEntry(CARD_NUMBER, "К-8");
        assertThat(installation.runtime().deadLetters(Run.Kind.RECEPTIONS).all()).isEmpty();
    }

    @Test
    void a_refused_field_of_a_deal_and_one_of_its_contact_are_left_out_one_after_the_other() {
        long patient = patientWithCard();
        long reception = installation.booked(patient);
        installation.account().refuse(CARD_NUMBER, CARD);
        installation.staff().addService(reception, "Снимок", new BigDecimal("700"), NOW);
        installation.account().refuse(SERVICE, "Снимок");
        RunReport report = installation.incremental();
        assertThat(report.count(Outcome.CREATED)).isEqualTo(1);
        assertThat(report.failures().get(reception).code()).isEqualTo(FailureCode.FIELD_REFUSED);
        assertThat(installation.dealOf(reception).fields()).doesNotContainKey(SERVICE).containsKey(27L);
        assertThat(installation.contactsOf(patient)).hasSize(1);
    }
}
