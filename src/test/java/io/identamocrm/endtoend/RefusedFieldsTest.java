package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A field that amoCRM refuses stays away alone: the deal and the rest of the contact arrive, and it is a dead letter of its own. */
class RefusedFieldsTest {

    private static final long CARD_NUMBER = 7;
    private static final long COMMENT = 9;
    private static final long SERVICE_NAME = 29;
    private static final String PHONE = "8 900 111-22-33";

    private final SandboxClock clock = new SandboxClock(Instant.now());

    @RegisterExtension
    private final Installation installation = Installation.empty().withClock(clock);

    private DeadLetters letters(Run.Kind kind) {
        return installation.runtime().deadLetters(kind);
    }

    private RunReport patients() {
        return installation.runtime().patients(RunRequest.incremental().of(RunRequest.Scope.PATIENTS));
    }

    private long patientWithCard(String phone, String card) {
        long patient = installation.patient(phone);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Patients SET CardNumber = ?, Comment = 'Примечание', DateTimeChanged = ? "
                                + "WHERE ID_Persons = ?",
                        card,
                        NOW,
                        patient);
        return patient;
    }

    private String held(long patient, long field) {
        return installation.contactsOf(patient).get(0).fields().get(field);
    }

    @Test
    void of_a_new_contact_one_field_is_refused() {
        long patient = patientWithCard(PHONE, "K-1");
        long reception = installation.booked(patient);
        installation.account().refuse(CARD_NUMBER, "K-1");
        RunReport report = installation.full();
        assertThat(report.count(Outcome.CREATED)).isEqualTo(1);
        assertThat(report.count(Outcome.FAILED)).isZero();
        assertThat(report.failures().get(reception).sentence())
                .isEqualTo(
                        "One field was refused, everything else arrived (NotSupportedChoice at contact card_number)");
        assertThat(installation.dealOf(reception)).isNotNull();
        assertThat(held(patient, CARD_NUMBER)).isNull();
        assertThat(held(patient, COMMENT)).isEqualTo("Примечание");
        assertThat(letters(Run.Kind.RECEPTIONS).count()).isZero();
        assertThat(letters(Run.Kind.PATIENTS).of(patient).code()).isEqualTo(FailureCode.FIELD_REFUSED);

        long second = installation.booked(patient);
        installation.sandbox().journal().clear();
        assertThat(installation.one(second).count(Outcome.FAILED)).isZero();
        assertThat(installation.runtime().receptions(RunRequest.full()).failures())
                .as("left out, and said so")
                .containsOnlyKeys(reception, second);
        Terminal terminal = installation.terminal();
        assertThat(terminal.run("explain", "reception", Long.toString(second))).isEqualTo(1);
        assertThat(terminal.output())
                .contains("contact card_number: amoCRM has refused the value")
                .doesNotContain("K-1");
        assertThat(terminal.run("dead-letters", "list")).isZero();
        assertThat(terminal.output()).contains("dead-letters list --patients");
        assertThat(terminal.run("dead-letters", "list", "--patients")).isZero();
        assertThat(terminal.output())
                .contains("FIELD_REFUSED", "contact card_number")
                .doesNotContain("K-1");
    }

    @Test
    void it_is_tried_again_with_growing_pauses_until_it_is_taken() {
        long patient = patientWithCard(PHONE, "K-1");
        installation.booked(patient);
        installation.account().refuse(CARD_NUMBER, "K-1");
        installation.full();
        patients();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(letters(Run.Kind.PATIENTS).of(patient).attempts()).isEqualTo(attempt);
            installation.sandbox().journal().clear();
            patients();
            installation.incremental();
            assertThat(installation.sandbox().journal().writes())
                    .as("not due yet")
                    .isZero();
            clock.advance(Duration.ofMinutes(1L << attempt - 1));
            RunReport report = patients();
            assertThat(report.count(Outcome.UNCHANGED)).isEqualTo(1);
            assertThat(report.failures()).containsOnlyKeys(patient);
        }
        installation.account().refuse(CARD_NUMBER, null);
        clock.advance(Duration.ofMinutes(8));
        assertThat(patients().count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(held(patient, CARD_NUMBER)).isEqualTo("K-1");
        assertThat(letters(Run.Kind.PATIENTS).count()).isZero();
    }

    @Test
    void another_value_is_sent_at_once() {
        long patient = patientWithCard(PHONE, "K-1");
        long reception = installation.booked(patient);
        installation.account().refuse(CARD_NUMBER, "K-1");
        installation.full();
        installation.clinic().execute("UPDATE dbo.Patients SET CardNumber = 'K-2' WHERE ID_Persons = ?", patient);
        assertThat(installation.full().failures()).isEmpty();
        assertThat(held(patient, CARD_NUMBER)).isEqualTo("K-2");
        assertThat(letters(Run.Kind.PATIENTS).count()).isZero();
        assertThat(installation.dealsOf(reception)).hasSize(1);
    }

    @Test
    void of_a_deal_that_is_there_a_field_is_refused_beside_another_that_has_changed() {
        long reception = installation.booked(installation.patient(PHONE));
        installation.full();
        String before = installation.dealOf(reception).fields().get(27L);
        installation.account().refuse(SERVICE_NAME, "Осмотр");
        installation.staff().addService(reception, "Осмотр", new BigDecimal("700"), NOW.plusSeconds(1));
        installation.staff().reschedule(reception, NOW.plusDays(5), NOW.plusSeconds(1));
        RunReport report = installation.full();
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(report.failures()).containsOnlyKeys(reception);
        assertThat(installation.dealOf(reception).fields().get(27L)).isNotEqualTo(before);
        assertThat(installation.dealOf(reception).fields().get(SERVICE_NAME)).isNull();
        assertThat(letters(Run.Kind.RECEPTIONS).of(reception).detail())
                .isEqualTo("NotSupportedChoice at deal service_name");

        installation.sandbox().journal().clear();
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(1);
        assertThat(installation.sandbox().journal().writes()).isZero();
        installation.account().refuse(SERVICE_NAME, null);
        clock.advance(Duration.ofMinutes(1));
        assertThat(installation.incremental().failures()).isEmpty();
        assertThat(installation.dealOf(reception).fields().get(SERVICE_NAME)).isEqualTo("Осмотр");
        assertThat(letters(Run.Kind.RECEPTIONS).count()).isZero();
    }

    @Test
    void in_a_batch_of_fifty_several_fields_of_several_items_are_refused() {
        long[] receptions = IntStream.range(0, 50)
                .mapToLong(i ->
                        installation.booked(patientWithCard("8 900 111-22-" + (10 + i), i % 10 == 0 ? "K-1" : "K-2")))
                .toArray();
        installation.staff().addService(receptions[0], "Осмотр", new BigDecimal("700"), NOW);
        installation.staff().addService(receptions[1], "Осмотр", new BigDecimal("700"), NOW);
        installation.account().refuse(CARD_NUMBER, "K-1");
        installation.account().refuse(SERVICE_NAME, "Осмотр");
        RunReport report = installation.full();
        assertThat(report.count(Outcome.CREATED)).isEqualTo(50);
        assertThat(report.failures()).hasSize(6);
        assertThat(installation.account().leads()).hasSize(50);
        assertThat(installation.account().contacts()).hasSize(50);
        assertThat(letters(Run.Kind.PATIENTS).count()).isEqualTo(5);
        assertThat(letters(Run.Kind.RECEPTIONS).all()).containsOnlyKeys(receptions[0], receptions[1]);
        installation.sandbox().journal().clear();
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(50);
        assertThat(installation.sandbox().journal().writes()).isZero();
    }
}
