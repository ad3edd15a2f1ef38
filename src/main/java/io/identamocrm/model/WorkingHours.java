package io.identamocrm.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;

/**
 * When a clinic works; times are its wall clock.
 *
 * @param opens  begin of a working day
 * @param closes its end, later than its begin
 * @param days   the working days, at least one
 */
public record WorkingHours(LocalTime opens, LocalTime closes, Set<DayOfWeek> days) {

    public WorkingHours {
        days = Set.copyOf(days);
        if (!opens.isBefore(closes) || days.isEmpty()) {
            throw new IllegalArgumentException("No working hours: " + opens + " to " + closes + ", " + days);
        }
    }

    /**
     * The moment at which so much working time has passed.
     *
     * @param from a moment, also outside of the working hours
     * @param time not negative
     */
    public LocalDateTime after(LocalDateTime from, Duration time) {
        LocalDateTime at = opened(from);
        Duration left = time;
        while (true) {
            Duration today = Duration.between(at, at.toLocalDate().atTime(closes));
            if (left.compareTo(today) <= 0) {
                return at.plus(left);
            }
            left = left.minus(today);
            at = opened(at.toLocalDate().plusDays(1).atStartOfDay());
        }
    }

    /** The first moment from then on at which the clinic works. */
    private LocalDateTime opened(LocalDateTime from) {
        LocalDateTime at = from;
        while (!days.contains(at.getDayOfWeek()) || !at.toLocalTime().isBefore(closes)) {
            at = at.toLocalDate().plusDays(1).atStartOfDay();
        }
        LocalDate day = at.toLocalDate();
        return at.toLocalTime().isBefore(opens) ? day.atTime(opens) : at;
    }
}
