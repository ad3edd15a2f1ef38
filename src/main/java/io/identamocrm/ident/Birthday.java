package io.identamocrm.ident;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Birthdays as clinics type them: the column is text, and what stands in it need not be a birthday. */
public final class Birthday {

    private Birthday() {}

    /**
     * Reads a birthday.
     *
     * @param text  {@code dd.MM.yyyy} (one-digit days and months too) or an ISO date, with or without a time; may be null.
     *              Years of two digits are not guessed: 1925 and 2025 are both patients
     * @param today the clinic's day
     * @return null for anything else, for days that do not exist, lie in the future, on 1 January 1900 (SQL Server's empty
     *         date) or before
     */
    public static @Nullable LocalDate parse(@Nullable String text, LocalDate today) {
        LocalDate date = DateText.parse(text);
        return date == null || !date.isAfter(DateText.EMPTY) || date.isAfter(today) ? null : date;
    }
}
