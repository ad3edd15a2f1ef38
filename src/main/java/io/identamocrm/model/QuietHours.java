package io.identamocrm.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hours of every day in which nobody wants to hear of what can wait.
 *
 * @param from  when they begin, by the clinic's clock
 * @param until when they end; before {@code from} if midnight lies between
 */
public record QuietHours(LocalTime from, LocalTime until) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,2}:\\d\\d)\\s*-\\s*(\\d{1,2}:\\d\\d)");

    /** As settings write them, {@code 22:00-07:00}; null if it is not written so, or they would last no time. */
    public static @Nullable QuietHours of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        try {
            QuietHours hours = new QuietHours(time(form.group(1)), time(form.group(2)));
            return hours.from.equals(hours.until) ? null : hours;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalTime time(String text) {
        return LocalTime.parse(text.length() < 5 ? "0" + text : text);
    }

    /** When they end if the moment lies within them; else the moment itself. */
    public Instant endAfter(Instant moment, ZoneId zone) {
        ZonedDateTime here = moment.atZone(zone);
        LocalTime time = here.toLocalTime();
        boolean evening = !time.isBefore(from);
        boolean morning = time.isBefore(until);
        boolean overMidnight = until.isBefore(from);
        if (overMidnight ? !evening && !morning : !(evening && morning)) {
            return moment;
        }
        ZonedDateTime end = here.with(until);
        return (overMidnight && evening ? end.plusDays(1) : end).toInstant();
    }
}
