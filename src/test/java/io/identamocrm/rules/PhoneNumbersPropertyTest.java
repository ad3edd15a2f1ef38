package io.identamocrm.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any mobile number in any notation is the same number. */
class PhoneNumbersPropertyTest {

    private static final List<String> PREFIXES = List.of("8", "+7", "7", "8 ", "+7 ", "7 ", "8-", "+7-", "8.", "");
    private static final List<String> SEPARATORS = List.of("", " ", "-", ".", "\u00A0", "–");
    private static final List<String> WORDS = List.of("", "тел. ", "мама ", "Анна: ", "WhatsApp ", "моб.", "(моб.) ");
    private static final List<String> TAILS = List.of("", " доб. 12", " доб.1234", " (доб. 5)", " ext. 12",
            " мама", " (муж)", " с 9 до 18", "  ");
    private static final List<String> BETWEEN = List.of(",", ", ", ";", " ; ", "/", " / ", " и ", " или ",
            "\n", "\r\n", " ", "  ", "\u00A0 ");

    /** Ten digits of a mobile number: 900–999 with seven more, of ranges in use. */
    @Provide
    Arbitrary<String> numbers() {
        return Combinators.combine(Arbitraries.of("903", "905", "910", "912", "916", "921", "926", "950", "962", "985", "999"),
                Arbitraries.integers().between(1_000_000, 9_999_999)).as((code, rest) -> code + rest);
    }

    /** How a number is written: everything around and between its ten digits. */
    record Notation(String prefix, boolean brackets, String separator) {
        String of(String digits) {
            String code = digits.substring(0, 3);
            String gap = separator.isEmpty() && brackets ? " " : separator;
            return prefix + (brackets ? "(" + code + ")" + gap : code + gap) + digits.substring(3, 6) + separator + digits.substring(6, 8)
                    + separator + digits.substring(8);
        }
    }

    @Provide
    Arbitrary<Notation> notations() {
        return Combinators.combine(Arbitraries.of(PREFIXES), Arbitraries.of(true, false), Arbitraries.of(SEPARATORS)).as(Notation::new);
    }

    @Property(tries = 2_000)
    void any_mobile_number_in_any_notation_is_the_same_number(@ForAll("numbers") String digits, @ForAll("notations") Notation notation,
                                                              @ForAll("words") String before, @ForAll("tails") String after) {
        assertThat(PhoneNumbers.inText(before + notation.of(digits) + after, "RU")).containsExactly("+7" + digits);
    }

    @Property(tries = 2_000)
    void any_two_mobile_numbers_in_one_field_are_both_found_in_their_order(
            @ForAll("numbers") String one, @ForAll("numbers") String other, @ForAll("notations") Notation first,
            @ForAll("notations") Notation second, @ForAll("between") String between) {
        List<String> expected = one.equals(other) ? List.of("+7" + one) : List.of("+7" + one, "+7" + other);
        assertThat(PhoneNumbers.inText(first.of(one) + between + second.of(other), "RU")).isEqualTo(expected);
    }

    @Property(tries = 500)
    void a_number_found_is_found_again_in_its_own_text(@ForAll("numbers") String digits) {
        String e164 = PhoneNumbers.inText("8" + digits, "RU").get(0);
        assertThat(PhoneNumbers.inText(e164, "RU")).containsExactly(e164);
        assertThat(PhoneNumbers.inText(e164, "DE")).containsExactly(e164);
    }

    @Property(tries = 500)
    void no_text_whatever_breaks_the_reading(@ForAll String text) {
        assertThat(PhoneNumbers.inText(text, "RU")).allMatch(phone -> phone.matches("\\+\\d{6,15}"));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(WORDS);
    }

    @Provide
    Arbitrary<String> tails() {
        return Arbitraries.of(TAILS);
    }

    @Provide
    Arbitrary<String> between() {
        return Arbitraries.of(BETWEEN);
    }
}
