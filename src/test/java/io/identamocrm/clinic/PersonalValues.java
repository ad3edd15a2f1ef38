package io.identamocrm.clinic;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All personal strings of a clinic, doctors included, for the search in everything the product prints: as typed, trimmed, and in the forms
 * they take on their way. Phones also as their ten digits, birthdays also in ISO form, long comments also by their beginning. Strings
 * shorter than five characters are left out, because they would be found everywhere.
 */
final class PersonalValues {

    private static final int SHORTEST = 5;
    private static final int BEGINNING = 24;
    private static final Pattern BIRTHDAY = Pattern.compile("(\\d{2})\\.(\\d{2})\\.(\\d{4})");
    private static final Pattern PHONE =
            Pattern.compile("(?:\\+7|8)?[ .(-]*(9\\d{2})\\D{0,2}(\\d{3})\\D?(\\d{2})\\D?(\\d{2})");
    private static final List<String> COLUMNS = List.of(
            "dbo.Persons.Surname",
            "dbo.Persons.Name",
            "dbo.Persons.Patronymic",
            "dbo.Persons.Birthday",
            "dbo.Persons.MobilePhone",
            "dbo.Persons.Email",
            "dbo.Persons.INN",
            "dbo.Persons.SNILS",
            "dbo.Patients.CardNumber",
            "dbo.Patients.Comment",
            "dbo.Patients.ParentSNP",
            "dbo.Receptions.Comment",
            "dbo.Receptions.CancelReasonComment");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private PersonalValues() {}

    static Set<String> of(ClinicDatabase database) {
        Set<String> values = new LinkedHashSet<>();
        for (String column : COLUMNS) {
            int dot = column.lastIndexOf('.');
            String sql = "SELECT DISTINCT " + column.substring(dot + 1) + " FROM " + column.substring(0, dot);
            database.list(row -> row.getString(1), sql).forEach(value -> add(values, value));
        }
        return values;
    }

    /**
     * Those of the values that the text holds. A number counts where it stands by itself or behind a Russian phone's first digit: among the
     * digits of a time stamp it would be found by chance.
     */
    static List<String> in(String text, Set<String> values) {
        Set<String> numbers =
                NUMBER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
        Set<String> words = words(text, values);
        return values.stream()
                .filter(value -> NUMBER.matcher(value).matches()
                        ? numbers.contains(value) || numbers.contains("7" + value) || numbers.contains("8" + value)
                        : words.contains(value))
                .toList();
    }

    /** Those that stand anywhere in the text, in one walk through it: a log is long, and a clinic has thousands of values. */
    private static Set<String> words(String text, Set<String> values) {
        Map<String, List<String>> byBeginning =
                values.stream().collect(Collectors.groupingBy(value -> value.substring(0, SHORTEST)));
        Set<String> found = new HashSet<>();
        for (int at = 0; at + SHORTEST <= text.length(); at++) {
            for (String value : byBeginning.getOrDefault(text.substring(at, at + SHORTEST), List.of())) {
                if (text.startsWith(value, at)) {
                    found.add(value);
                }
            }
        }
        return found;
    }

    private static void add(Set<String> values, String value) {
        if (value == null) {
            return;
        }
        String text = value.strip();
        keep(values, text);
        if (text.length() > BEGINNING) {
            keep(values, text.substring(0, BEGINNING));
        }
        Matcher birthday = BIRTHDAY.matcher(text);
        if (birthday.matches()) {
            keep(values, birthday.group(3) + "-" + birthday.group(2) + "-" + birthday.group(1));
        }
        for (Matcher phone = PHONE.matcher(text); phone.find(); ) {
            keep(values, phone.group(1) + phone.group(2) + phone.group(3) + phone.group(4));
        }
    }

    private static void keep(Set<String> values, String text) {
        if (text.length() >= SHORTEST) {
            values.add(text);
        }
    }
}
