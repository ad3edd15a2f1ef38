package io.identamocrm.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the phones that people typed into one field and brings them to E.164 (domain rules, section 3). */
public final class PhoneNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Pattern SEPARATORS = Pattern.compile("[,;/|\\n\\r]+|\\s+(?:и|или|and|or)\\s+");
    private static final Pattern RUSSIAN_EXTENSION = Pattern.compile("(?iu)(?:доб(?:авочный)?|вн(?:утр)?)\\.?\\s*:?\\s*\\d{1,6}(?!\\d)");
    private static final Pattern BLANKS = Pattern.compile("(?U)\\s+");
    private static final int LONGEST_FIELD = 250;
    /** Someone may type every digit by itself. */
    private static final int MOST_WORDS = 16;
    /** A chunk's fields are read when its contacts are looked up and again when each is decided. */
    private static final int REMEMBERED = 500;
    private static final Map<String, List<String>> LATEST = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
            return size() > REMEMBERED;
        }
    });

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
        String field = text.length() > LONGEST_FIELD ? text.substring(0, LONGEST_FIELD) : text;
        return LATEST.computeIfAbsent(region + ' ' + field, any -> numbersIn(field, region));
    }

    private static List<String> numbersIn(String field, String region) {
        Set<String> found = new LinkedHashSet<>();
        for (String part : SEPARATORS.split(field)) {
            addNumbers(RUSSIAN_EXTENSION.matcher(part).replaceAll(" "), region, found);
        }
        return List.copyOf(found);
    }

    /** Takes from left to right the longest runs of words that are one number; numbers may stand side by side with only a space between. */
    private static void addNumbers(String part, String region, Set<String> found) {
        String[] words = BLANKS.split(part.strip());
        StringBuilder unread = new StringBuilder();
        int start = 0;
        while (start < words.length) {
            int end = Math.min(words.length, start + MOST_WORDS);
            String number = numberIn(words, start, end, region);
            while (number == null && --end > start) {
                number = numberIn(words, start, end, region);
            }
            if (number == null) {
                unread.append(words[start++]).append(' ');
            } else {
                addEmbedded(unread, region, found);
                found.add(number);
                start = end;
            }
        }
        addEmbedded(unread, region, found);
    }

    /** The one valid number that the words from start to before end make, or null. */
    private static String numberIn(String[] words, int start, int end, String region) {
        try {
            PhoneNumber number = NUMBERS.parse(String.join(" ", Arrays.asList(words).subList(start, end)), region);
            return NUMBERS.isValidNumber(number) ? NUMBERS.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** Finds numbers that are glued to other text. */
    private static void addEmbedded(StringBuilder text, String region, Set<String> found) {
        for (PhoneNumberMatch match : NUMBERS.findNumbers(text, region, Leniency.VALID, Long.MAX_VALUE)) {
            found.add(NUMBERS.format(match.number(), PhoneNumberFormat.E164));
        }
        text.setLength(0);
    }
}
