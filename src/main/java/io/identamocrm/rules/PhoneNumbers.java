package io.identamocrm.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the phones that people typed into one field and brings them to E.164 (domain rules, section 3). */
public final class PhoneNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Pattern SEPARATORS = Pattern.compile("[,;/|\\n\\r]+|\\s+(?:и|или|and|or)\\s+");
    private static final Pattern RUSSIAN_EXTENSION = Pattern.compile("(?iu)(?:доб(?:авочный)?|вн(?:утр)?)\\.?\\s*:?\\s*\\d{1,6}");
    private static final int LONGEST_FIELD = 250;

    private PhoneNumbers() {
    }

    /**
     * Every valid number in a text, in the order written.
     *
     * @param text   a phone field as typed, or null
     * @param region region of numbers written without a country code, such as {@code RU}
     * @return E.164 numbers without repetition; empty if none is usable
     */
    public static List<String> inText(String text, String region) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        Set<String> found = new LinkedHashSet<>();
        String field = text.length() > LONGEST_FIELD ? text.substring(0, LONGEST_FIELD) : text;
        for (String part : SEPARATORS.split(field)) {
            addNumbers(RUSSIAN_EXTENSION.matcher(part).replaceAll(" "), region, found);
        }
        return List.copyOf(found);
    }

    private static void addNumbers(String part, String region, Set<String> found) {
        try {
            PhoneNumber whole = NUMBERS.parse(part, region);
            if (NUMBERS.isValidNumber(whole)) {
                found.add(NUMBERS.format(whole, PhoneNumberFormat.E164));
                return;
            }
        } catch (NumberParseException e) {
            // Not one number: perhaps words with numbers among them, which the matcher below finds.
        }
        for (PhoneNumberMatch match : NUMBERS.findNumbers(part, region, Leniency.VALID, Long.MAX_VALUE)) {
            found.add(NUMBERS.format(match.number(), PhoneNumberFormat.E164));
        }
    }
}
