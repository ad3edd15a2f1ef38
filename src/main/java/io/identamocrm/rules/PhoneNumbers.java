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
import org.jspecify.annotations.Nullable;

/** Reads the phones that people typed into one field and brings them to E.164 (domain rules, section 3). */
public final class PhoneNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Pattern SEPARATORS = Pattern.compile("[,;/|\\n\\r]+|\\s+(?:и|или|and|or)\\s+");
    private static final Pattern RUSSIAN_EXTENSION =
            Pattern.compile("(?iu)(?:доб(?:авочный)?|вн(?:утр)?)\\.?\\s*:?\\s*\\d{1,6}(?!\\d)");
    private static final Pattern BLANKS = Pattern.compile("(?U)\\s+");
    /** Where a Russian word touches a digit. */
    private static final Pattern GLUED = Pattern.compile("(?<=\\d)(?=\\p{IsCyrillic})|(?<=\\p{IsCyrillic})(?=\\d)");
    /** Moldova, Armenia, Belarus, Ukraine, Tajikistan, Turkmenistan, Azerbaijan, Georgia, Kyrgyzstan, Uzbekistan. */
    private static final Pattern NEIGHBOURS = Pattern.compile("37[345]|380|99[234568]");
    /** A country's code and its digits; anything shorter is rather a number with a digit too many or too few. */
    private static final int SHORTEST_INTERNATIONAL = 11;
    /** A country's code and an operator's, written together and apart from the rest. */
    private static final int LONGEST_CODE = 6;

    private static final int LONGEST_FIELD = 250;
    /** Someone may type every digit by itself. */
    private static final int MOST_WORDS = 16;
    /** Visits of a patient come in other chunks; a field costs as much as the rest of a decision, and to remember it 200 bytes. */
    private static final int REMEMBERED = 5000;

    private static final Map<String, List<String>> LATEST =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
                    return size() > REMEMBERED;
                }
            });

    private PhoneNumbers() {}

    /**
     * Every valid number in a text, in the order written.
     *
     * @param text   a phone field as typed, or null
     * @param region region of numbers written without a country code, such as {@code RU}
     * @return E.164 numbers without repetition; empty if none is usable
     */
    public static List<String> inText(@Nullable String text, String region) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        String field = text.length() > LONGEST_FIELD ? text.substring(0, LONGEST_FIELD) : text;
        return LATEST.computeIfAbsent(region + ' ' + field, any -> read(field, region));
    }

    /** The same, read anew: nothing is remembered, and all of it is read. */
    static List<String> read(String field, String region) {
        Set<String> found = new LinkedHashSet<>();
        for (String part : SEPARATORS.split(field)) {
            String[] words =
                    BLANKS.split(GLUED.matcher(RUSSIAN_EXTENSION.matcher(part).replaceAll(" "))
                            .replaceAll(" ")
                            .strip());
            Reading local = read(words, region, false);
            Reading wide = local.digitsLeft == 0 ? local : read(words, region, true);
            // Digits 993 123 45 67 8 913… begin a Turkmen number too: the region's reading stands unless it leaves more
            // unread.
            found.addAll(wide.digitsLeft < local.digitsLeft ? wide.numbers : local.numbers);
        }
        return List.copyOf(found);
    }

    /** What one way of reading makes of a text: its numbers in their order, and how many digits are no part of them. */
    private static final class Reading {

        private final Set<String> numbers = new LinkedHashSet<>();
        private int digitsLeft;

        /** Takes a number; "78 903…" has a digit too many, and may be the end of another one. */
        private void add(String number, List<String> words) {
            numbers.add(number);
            digitsLeft += Math.max(
                    0, digits(String.join("", words)).length() - digits(number).length());
        }

        /** Finds numbers that are glued to other text. */
        private void addEmbedded(StringBuilder text, String region) {
            if (text.isEmpty()) {
                return;
            }
            digitsLeft += digits(text).length();
            for (PhoneNumberMatch match : NUMBERS.findNumbers(text, region, Leniency.VALID, Long.MAX_VALUE)) {
                numbers.add(NUMBERS.format(match.number(), PhoneNumberFormat.E164));
                digitsLeft -= digits(match.rawString()).length();
            }
            text.setLength(0);
        }
    }

    /** Takes from left to right the longest runs of words that are one number; numbers may stand side by side with only a space between. */
    private static Reading read(String[] words, String region, boolean wide) {
        Reading reading = new Reading();
        StringBuilder unread = new StringBuilder();
        int start = 0;
        while (start < words.length) {
            int end = Math.min(words.length, start + MOST_WORDS);
            String number = numberIn(words, start, end, region, wide);
            while (number == null && --end > start) {
                number = numberIn(words, start, end, region, wide);
            }
            if (number == null) {
                unread.append(words[start++]).append(' ');
            } else {
                reading.addEmbedded(unread, region);
                reading.add(number, Arrays.asList(words).subList(start, end));
                start = end;
            }
        }
        reading.addEmbedded(unread, region);
        return reading;
    }

    /** The one valid number that the words from start to before end make, or null. */
    private static @Nullable String numberIn(String[] words, int start, int end, String region, boolean wide) {
        String text = String.join(" ", Arrays.asList(words).subList(start, end));
        String number = valid(text, region);
        return number != null || !wide || text.indexOf('+') >= 0
                ? number
                : withoutPlus(text, digits(words[start]), end - start > 1);
    }

    /** An international number that lacks its plus. Spread over several words, only those of neighbouring countries are believed. */
    private static @Nullable String withoutPlus(String text, String firstWord, boolean several) {
        String digits = digits(text).replaceFirst("^(?:00|810)", "");
        if (digits.length() < SHORTEST_INTERNATIONAL
                || several
                        && (firstWord.length() > LONGEST_CODE
                                || !NEIGHBOURS.matcher(digits).lookingAt())) {
            return null;
        }
        return valid("+" + digits, null);
    }

    private static @Nullable String valid(String text, @Nullable String region) {
        try {
            PhoneNumber number = NUMBERS.parse(text, region);
            return NUMBERS.isValidNumber(number) ? NUMBERS.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static String digits(CharSequence text) {
        return PhoneNumberUtil.normalizeDigitsOnly(text);
    }
}
