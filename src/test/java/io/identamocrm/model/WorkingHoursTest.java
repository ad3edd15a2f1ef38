package io.identamocrm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deadline counts the clinic's working time. */
class WorkingHoursTest {

    private static final WorkingHours WEEK = new WorkingHours(
            LocalTime.of(9, 0), LocalTime.of(20, 0), EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY));

    @ParameterizedTest
    @CsvSource({
        // A Monday.
        "2026-03-02T12:00, 60, 2026-03-02T13:00",
        "2026-03-02T07:00, 60, 2026-03-02T10:00",
        "2026-03-02T19:30, 60, 2026-03-03T09:30",
        "2026-03-02T19:00, 60, 2026-03-02T20:00",
        "2026-03-02T20:00, 0, 2026-03-03T09:00",
        "2026-03-02T23:59, 15, 2026-03-03T09:15",
        // A Saturday, after which nobody works on Sunday.
        "2026-03-07T19:30, 60, 2026-03-09T09:30",
        "2026-03-08T12:00, 0, 2026-03-09T09:00",
        "2026-03-02T09:00, 1320, 2026-03-03T20:00"
    })
    void a_deadline_falls_into_working_time(LocalDateTime from, int minutes, LocalDateTime deadline) {
        assertThat(WEEK.after(from, Duration.ofMinutes(minutes))).isEqualTo(deadline);
    }

    @Property(tries = 300)
    void it_is_never_outside_of_it_and_never_before_a_shorter_one(
            @ForAll @IntRange(max = 20_000) int start, @ForAll @IntRange(max = 5000) int minutes) {
        LocalDateTime from = LocalDateTime.of(2026, 3, 2, 0, 0).plusMinutes(start);
        LocalDateTime deadline = WEEK.after(from, Duration.ofMinutes(minutes));
        assertThat(deadline).isAfterOrEqualTo(from.plusMinutes(minutes));
        assertThat(WEEK.days()).contains(deadline.getDayOfWeek());
        assertThat(deadline.toLocalTime()).isBetween(WEEK.opens(), WEEK.closes());
        assertThat(WEEK.after(from, Duration.ofMinutes(minutes + 1L))).isAfter(deadline);
    }

    @Test
    void hours_that_are_none_are_refused() {
        assertThatThrownBy(() -> new WorkingHours(LocalTime.NOON, LocalTime.NOON, WEEK.days()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WorkingHours(LocalTime.MIN, LocalTime.NOON, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
