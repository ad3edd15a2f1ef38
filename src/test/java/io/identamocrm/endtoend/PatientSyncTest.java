package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.demo.SandboxFields;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs of patients, from IDENT's rows to the contact. */
class PatientSyncTest {

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private long patient;

    @BeforeEach
    void start() {
        patient = installation.patient("8 900 111-22-33");
    }

    private RunReport full() {
        return installation.runtime().patients(RunRequest.full());
    }

    private RunReport incremental() {
        return installation.runtime().patients(RunRequest.incremental());
    }

    private EntityView contact() {
        assertThat(installation.contactsOf(patient)).hasSize(1);
        return installation.contactsOf(patient).get(0);
    }

    private long idOf(ContactField field) {
        return Long.parseLong(installation.variables().get(SandboxFields.variable(field)));
    }

    private String value(ContactField field) {
        return contact().fields().get(idOf(field));
    }

    @Test
    void each_run_finds_what_has_changed_since_the_one_before_and_asks_amocrm_nothing_of_the_rest() {
        List<Long> patients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            patients.add(installation.patient("8 900 111-22-4" + i));
        }
        full();
        for (long changed : patients) {
            installation.staff().changePhone(changed, "8 900 222-33-" + (10 + changed % 90), LocalDateTime.now());
            RunReport report = incremental();
            assertThat(report.found()).isEqualTo(1);
            assertThat(report.outcomes()).isEqualTo(Map.of(Outcome.UPDATED, 1));
        }
        installation.sandbox().journal().clear();
        assertThat(incremental().found()).isZero();
        assertThat(installation.sandbox().journal().count()).isZero();
    }

    @Test
    void a_patient_without_a_contact_gets_one_with_all_that_ident_knows() {
        installation.staff().describe(patient, "petr@example.ru", "М", "Казань", null, null, NOW);
        installation.staff().pay(patient, new BigDecimal("1500"), NOW);
        installation.booked(patient);
        assertThat(full().count(Outcome.CREATED)).isEqualTo(1);
        assertThat(contact().name()).isEqualTo("Образцов Пётр Иванович");
        assertThat(value(ContactField.EMAIL)).isEqualTo("petr@example.ru");
        assertThat(value(ContactField.CITY)).isEqualTo("Казань");
        assertThat(value(ContactField.ADVANCE)).startsWith("1500");
        assertThat(value(ContactField.APPOINTMENTS)).isEqualTo("1");
        assertThat(value(ContactField.TOTAL_VISITS)).isEqualTo("0");
        assertThat(installation.account().leads()).as("patients open no deals").isEmpty();
    }

    @Test
    void the_same_again_changes_nothing_and_a_reception_run_finds_the_contact() {
        full();
        installation.sandbox().journal().clear();
        assertThat(full().count(Outcome.UNCHANGED)).isEqualTo(1);
        assertThat(installation.sandbox().journal().writes()).isZero();
        long reception = installation.booked(patient);
        assertThat(installation.full().count(Outcome.CREATED_DEAL)).isEqualTo(1);
        assertThat(installation.dealOf(reception).links())
                .containsExactly(contact().id());
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(1);
        full();
        assertThat(full().count(Outcome.UNCHANGED))
                .as("both kinds of runs agree about every field")
                .isEqualTo(1);
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(1);
    }

    @Test
    void an_incremental_run_brings_what_has_changed_since() {
        full();
        long other = installation.patient("8 900 222-33-44");
        assertThat(incremental().count(Outcome.CREATED))
                .as("booked two days ago, but the row is new to us")
                .isZero();
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Patients SET DateTimeChanged = DATEADD(DAY, 1, CURRENT_TIMESTAMP) WHERE ID_Persons = ?",
                        other);
        assertThat(incremental().count(Outcome.CREATED)).isEqualTo(1);
        installation
                .staff()
                .changePhone(patient, "8 900 333-44-55", LocalDateTime.now().plusSeconds(1));
        assertThat(incremental().count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(contact().values().toString()).contains("+79003334455").doesNotContain("+79001112233");
    }

    @Test
    void a_relatives_contact_is_left_alone() {
        full();
        EntityView first = contact();
        long child = installation.patient("8 900 111-22-33");
        assertThat(full().count(Outcome.CREATED)).isEqualTo(1);
        assertThat(installation.contactsOf(child)).hasSize(1);
        assertThat(contact()).isEqualTo(first);
    }

    @Test
    void with_attached_phones_a_relative_needs_no_contact() {
        installation.with("contact.shared-phone", "attach");
        full();
        installation.patient("8 900 111-22-33");
        RunReport report = full();
        assertThat(report.count(Outcome.SKIPPED)).isEqualTo(1);
        assertThat(installation.account().contacts()).hasSize(1);
    }

    @Test
    void what_managers_wrote_stays() {
        full();
        installation.account().changeContact(contact().id(), change -> change.name("Пётр, звонить вечером"));
        installation.staff().rename(patient, "Новый", "Пётр", null, NOW);
        full();
        assertThat(contact().name()).isEqualTo("Пётр, звонить вечером");
    }

    @Test
    void a_build_with_missing_columns_is_synchronised_without_them() {
        installation.clinic().execute("ALTER TABLE dbo.Persons DROP COLUMN Email");
        installation.clinic().execute("DROP TABLE dbo.PaymentsIn");
        assertThat(full().count(Outcome.CREATED)).isEqualTo(1);
        assertThat(contact().fields()).doesNotContainKey(idOf(ContactField.EMAIL));
        assertThat(incremental().count(Outcome.FAILED)).isZero();
    }

    @Test
    void the_commands_make_a_run_and_tell_one_patient() {
        Terminal terminal = installation.terminal();
        assertThat(terminal.run("patient-sync", "--full", "--json"))
                .as(terminal.errors())
                .isZero();
        assertThat(terminal.output())
                .contains("\"run\" : \"patients\"", "\"created\" : 1")
                .doesNotContain("funnel");
        assertThat(terminal.run("patient-sync")).isZero();
        assertThat(terminal.output()).contains("Patient run: incremental").doesNotContain("funnel");
        assertThat(terminal.run("test-patient", Long.toString(patient))).isZero();
        assertThat(terminal.output())
                .contains("Patient " + patient, "carries patient id", "unchanged")
                .doesNotContain("Образцов");
        assertThat(terminal.run("test-patient", "424242")).isEqualTo(1);
        assertThat(terminal.output()).contains("IDENT has no patient 424242");
    }
}
