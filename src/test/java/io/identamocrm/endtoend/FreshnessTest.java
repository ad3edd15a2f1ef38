package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service whose schedules never come: what arrives, arrives because somebody looks. */
class FreshnessTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private long patient;
    private long reception;

    @BeforeEach
    void everythingIsOnRecordAndTheServiceRuns() {
        patient = installation.patient("8 900 111-22-33");
        reception = installation.booked(patient);
        installation.runtime().everything(RunRequest.full());
        installation
                .asService()
                .with("RECEPTIONS_CRON", Installation.NEVER)
                .with("PATIENTS_CRON", Installation.NEVER)
                .with("DEEP_CRON", Installation.NEVER)
                .with("WATCH_SECONDS", "1")
                .restart();
        installation.runtime();
    }

    @Test
    void what_the_clinic_books_bills_and_corrects_is_in_amocrm_without_waiting_for_a_schedule() {
        long fresh = installation.staff().book(patient, NOW.plusDays(2), LocalDateTime.now());
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(fresh)).hasSize(1));
        installation.staff().addService(reception, "Осмотр", new BigDecimal("700"), LocalDateTime.now());
        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> assertThat(installation.dealOf(reception).fields().get(30L))
                                .startsWith("700"));
        installation.staff().changePhone(patient, "8 900 222-33-44", LocalDateTime.now());
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(
                                installation.contactsOf(patient).get(0).values().get(Installation.PHONE))
                        .contains("+79002223344"));
        installation.sandbox().journal().clear();
        await().during(Duration.ofSeconds(4))
                .atMost(LONG_ENOUGH)
                .until(() -> installation.sandbox().journal().count() == 0);
    }
}
