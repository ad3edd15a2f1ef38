package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An hour in which nothing happens costs amoCRM nothing, and the log a line. */
class IdleTest {

    private static final int MINUTES = 60;
    private static final int PATIENTS_EVERY = 5;

    private final SandboxClock clock = new SandboxClock(Instant.now());

    @RegisterExtension
    private final Installation installation = Installation.empty().withClock(clock);

    /** Ours goes on and the server's hardly does, so that the overlap shows the same rows in every run. */
    @ParameterizedTest
    @CsvSource({"true, 0", "true, -3600", "true, 3600", "false, 0", "false, -3600", "false, 3600"})
    void with_a_bill_in_the_overlap_and_whatever_the_clocks_show(boolean withVersions, long oursAhead) {
        clock.set(clock.instant().plusSeconds(oursAhead));
        if (!withVersions) {
            installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        }
        long patient = installation.patient("8 900 111-22-33");
        long reception = installation.staff().book(patient, LocalDateTime.now().plusDays(2), LocalDateTime.now());
        installation.runtime().everything(RunRequest.full());
        installation.staff().addService(reception, "Осмотр", new BigDecimal("700"), LocalDateTime.now());
        installation.staff().changePhone(patient, "8 900 222-33-44", LocalDateTime.now());
        installation.incremental();
        installation.runtime().patients(RunRequest.incremental());
        installation.sandbox().journal().clear();
        try (LoggedLines log = new LoggedLines("io.identamocrm", Level.INFO)) {
            for (int minute = 1; minute <= MINUTES; minute++) {
                clock.advance(Duration.ofMinutes(1));
                assertThat(installation.incremental().found()).isZero();
                if (minute % PATIENTS_EVERY == 0) {
                    assertThat(installation
                                    .runtime()
                                    .patients(RunRequest.incremental())
                                    .found())
                            .isZero();
                }
            }
            assertThat(log.lines()).singleElement().asString().contains("All is well");
        }
        assertThat(installation.sandbox().journal().count()).isZero();
    }
}
