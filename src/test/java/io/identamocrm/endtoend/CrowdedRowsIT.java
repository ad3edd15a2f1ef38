package io.identamocrm.endtoend;

import static io.identamocrm.clinic.ClinicGenerator.FIRST_PATIENT;
import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.ClinicGenerator.Options;
import io.identamocrm.clinic.SampleClinic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What crowds one row, a technical patient or the clinic's own phone, fits into the launcher's 96 MB like any other clinic. */
class CrowdedRowsIT {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);
    private static final long COMMENT = 9;

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")))
            // A page of thirty megabytes takes its time on a busy machine.
            .with("AMOCRM_REQUEST_DEADLINE_MS", "30000");

    private void run(String... arguments) throws IOException, InterruptedException {
        Path errors = scratch.resolve("errors");
        Process process = installation.process(scratch, errors, arguments);
        assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                .as("comes to its end")
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    }

    @Test
    void a_technical_patient_has_five_thousand_receptions() throws Exception {
        installation.clinic().fill(Options.deliverable(5000, NOW));
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Patients = ?", FIRST_PATIENT);
        run("reception-sync", "--full");
        installation.staff().book((long) FIRST_PATIENT, NOW.plusDays(1), NOW.plusSeconds(1));
        run("reception-sync");
        assertThat(installation.account().leads()).hasSize(5001);
        assertThat(installation.account().contacts()).hasSize(1);
    }

    @Test
    void twelve_hundred_patients_share_the_clinics_phone() throws Exception {
        installation.clinic().fill(Options.deliverable(1200, NOW).withPatients(1200));
        installation
                .clinic()
                .execute("UPDATE dbo.Persons SET MobilePhone = ? WHERE ID >= " + FIRST_PATIENT, "+7 495 000-00-01");
        run("full-sync");
        long another = installation.patient("+7 495 000-00-01");
        installation.booked(another);
        run("reception-sync");
        assertThat(installation.contactsOf(another)).hasSize(1);
        Terminal terminal = installation.terminal();
        assertThat(terminal.run("test-amocrm")).isZero();
        assertThat(terminal.output())
                .contains("1 phone is in the contacts of more than 30 patients each")
                .doesNotContain("4950000001");
    }

    @Test
    void a_page_of_amocrm_is_full_of_long_texts() throws Exception {
        String text = "я".repeat(60_000);
        for (int i = 0; i < 250; i++) {
            installation.account().addContact("Контакт " + i, Map.of(COMMENT, text));
        }
        installation.booked(installation.patient("8 900 111-22-33"));
        run("reception-sync", "--full");
        assertThat(installation.account().leads()).hasSize(1);
    }
}
