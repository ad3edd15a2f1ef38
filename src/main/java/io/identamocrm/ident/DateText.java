package io.identamocrm.ident;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates that IDENT keeps as text. */
final class DateText {

    /** SQL Server's empty date: what an empty text becomes in a date column. No clinic means that day. */
    static final LocalDate EMPTY = LocalDate.of(1900, 1, 1);

    private static final String TIME = "(?:[ T]\\d{1,2}:\\d{2}.*)?";
    private static final Pattern RUSSIAN =
            Pattern.compile("(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4})" + TIME);
    private static final Pattern ISO = Pattern.compile("(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})" + TIME);

    private DateText() {}

    /** The date of {@code dd.MM.yyyy} or {@code yyyy-MM-dd}, with or without a time behind it; null for anything else. */
    static @Nullable LocalDate parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String trimmed = text.strip();
        LocalDate date = parse(RUSSIAN.matcher(trimmed));
        return date == null ? parse(ISO.matcher(trimmed)) : date;
    }

    private static @Nullable LocalDate parse(Matcher matcher) {
        if (!matcher.matches()) {
            return null;
        }
        try {
            return LocalDate.of(part(matcher, "year"), part(matcher, "month"), part(matcher, "day"));
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int part(Matcher matcher, String name) {
        return Integer.parseInt(matcher.group(name));
    }
}
