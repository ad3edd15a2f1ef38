package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Outcome;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IDENT's wall clock times mean moments of the clinic's zone, in summer and in winter. */
class ZonesTest {

    private static final long RECEPTION_DATE = 27;

    @RegisterExtension
    private final Installation installation = Installation.empty();

    @ParameterizedTest
    @CsvSource({"Europe/Moscow, PT3H, PT3H", "Asia/Vladivostok, PT10H, PT10H", "Europe/Berlin, PT1H, PT2H"})
    void a_visit_stands_in_amocrm_at_its_moment(ZoneId zone, Duration inWinter, Duration inSummer) {
        installation.withSandbox(sandbox -> sandbox.inZone(zone)).with("TIMEZONE", zone.getId());
        long patient = installation.patient("8 900 111-22-33");
        LocalDateTime january = LocalDateTime.of(2032, 1, 15, 0, 15);
        LocalDateTime july = LocalDateTime.of(2032, 7, 15, 23, 45);
        long winter = installation.staff().book(patient, january, LocalDateTime.now());
        long summer = installation.staff().book(patient, july, LocalDateTime.now());
        installation.full();
        assertThat(momentOf(winter)).isEqualTo(seconds(january) - inWinter.toSeconds());
        assertThat(momentOf(summer)).isEqualTo(seconds(july) - inSummer.toSeconds());
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(2);
    }

    private long momentOf(long reception) {
        return Long.parseLong(installation.dealOf(reception).fields().get(RECEPTION_DATE));
    }

    private static long seconds(LocalDateTime utc) {
        return utc.toEpochSecond(ZoneOffset.UTC);
    }
}
