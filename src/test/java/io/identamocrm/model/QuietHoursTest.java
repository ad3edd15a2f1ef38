package io.identamocrm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours in which alerts wait, by the clinic's clock. */
class QuietHoursTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Yekaterinburg");

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            22:00-07:00, 2026-11-26T21:59, 2026-11-26T21:59
            22:00-07:00, 2026-11-26T22:00, 2026-11-27T07:00
            22:00-07:00, 2026-11-27T03:30, 2026-11-27T07:00
            22:00-07:00, 2026-11-27T07:00, 2026-11-27T07:00
            9:00 - 12:30, 2026-11-26T08:59, 2026-11-26T08:59
            9:00 - 12:30, 2026-11-26T09:00, 2026-11-26T12:30
            9:00 - 12:30, 2026-11-26T12:30, 2026-11-26T12:30
            00:00-08:00, 2026-12-31T00:00, 2026-12-31T08:00
            20:00-00:00, 2026-12-31T23:59, 2027-01-01T00:00
            """)
    void what_comes_within_them_waits_for_their_end(String hours, String moment, String told) {
        assertThat(QuietHours.of(hours).endAfter(at(moment), ZONE)).isEqualTo(at(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22-7", "22:00", "25:00-07:00", "22:00-22:00", "night", "22:00-07:60"})
    void other_forms_are_none(String text) {
        assertThat(QuietHours.of(text)).isNull();
    }
}
