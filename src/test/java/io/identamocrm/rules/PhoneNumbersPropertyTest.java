package io.identamocrm.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any mobile number in any notation is the same number. */
class PhoneNumbersPropertyTest {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final List<String> PREFIXES = List.of("8", "+7", "7", "8 ", "+7 ", "7 ", "8-", "+7-", "8.", "");
    private static final List<String> SEPARATORS = List.of("", " ", "-", ".", "\u00A0", "–");
    private static final List<String> WORDS = List.of("", "тел. ", "мама ", "Анна: ", "WhatsApp ", "моб.", "(моб.) ");
    private static final List<String> TAILS =
            List.of("", " доб. 12", " доб.1234", " (доб. 5)", " ext. 12", " мама", " (муж)", " с 9 до 18", "  ");
    private static final List<String> BETWEEN =
            List.of(",", ", ", ";", " ; ", "/", " / ", " и ", " или ", "\n", "\r\n", " ", "  ", "\u00A0 ");

    /** Ten digits of a mobile number: 900–999 with seven more, of ranges in use. */
    @Provide
    Arbitrary<String> numbers() {
        return Combinators.combine(
                        Arbitraries.of("903", "905", "910", "912", "916", "921", "926", "950", "962", "985", "999"),
                        Arbitraries.integers().between(1_000_000, 9_999_999))
                .as((code, rest) -> code + rest);
    }

    /** How a number is written: everything around and between its ten digits. */
    record Notation(String prefix, boolean brackets, String separator) {
        String of(String digits) {
            String code = digits.substring(0, 3);
            String gap = separator.isEmpty() && brackets ? " " : separator;
            return prefix
                    + (brackets ? "(" + code + ")" + gap : code + gap)
                    + digits.substring(3, 6)
                    + separator
                    + digits.substring(6, 8)
                    + separator
                    + digits.substring(8);
        }
    }

    @Provide
    Arbitrary<Notation> notations() {
        return Combinators.combine(Arbitraries.of(PREFIXES), Arbitraries.of(true, false), Arbitraries.of(SEPARATORS))
                .as(Notation::new);
    }

    @Property(tries = 2_000)
    void any_mobile_number_in_any_notation_is_the_same_number(
            @ForAll("numbers") String digits,
            @ForAll("notations") Notation notation,
            @ForAll("words") String before,
            @ForAll("tails") String after) {
        assertThat(PhoneNumbers.inText(before + notation.of(digits) + after, "RU"))
                .containsExactly("+7" + digits);
    }

    @Property(tries = 2_000)
    void any_two_mobile_numbers_in_one_field_are_both_found_in_their_order(
            @ForAll("numbers") String one,
            @ForAll("numbers") String other,
            @ForAll("notations") Notation first,
            @ForAll("notations") Notation second,
            @ForAll("between") String between) {
        List<String> expected = one.equals(other) ? List.of("+7" + one) : List.of("+7" + one, "+7" + other);
        assertThat(PhoneNumbers.inText(first.of(one) + between + second.of(other), "RU"))
                .isEqualTo(expected);
    }

    @Property(tries = 500)
    void a_number_found_is_found_again_in_its_own_text(@ForAll("numbers") String digits) {
        String e164 = PhoneNumbers.inText("8" + digits, "RU").get(0);
        assertThat(PhoneNumbers.inText(e164, "RU")).containsExactly(e164);
        assertThat(PhoneNumbers.inText(e164, "DE")).containsExactly(e164);
    }

    /** A country of the CIS, one of its numbers (libphonenumber's own example), and how somebody writes it without a plus. */
    record Foreign(String region, PhoneNumber number, String prefix, String separator, boolean brackets) {

        String e164() {
            return NUMBERS.format(number, PhoneNumberFormat.E164);
        }

        /** Its international form, all but the plus. */
        String text() {
            String[] groups = NUMBERS.format(number, PhoneNumberFormat.INTERNATIONAL)
                    .substring(1)
                    .split("[ -]");
            if (brackets) {
                groups[1] = "(" + groups[1] + ")";
            }
            return prefix + String.join(separator, groups);
        }
    }

    @Provide
    Arbitrary<Foreign> foreign() {
        return Combinators.combine(
                        Arbitraries.of("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ"),
                        Arbitraries.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE),
                        Arbitraries.of("", "+", "00", "810", "8-10-"),
                        Arbitraries.of("", " ", "-", ".", "\u00A0"),
                        Arbitraries.of(true, false))
                .as((region, type, prefix, separator, brackets) -> new Foreign(
                        region, NUMBERS.getExampleNumberForType(region, type), prefix, separator, brackets));
    }

    @Property(tries = 2_000)
    void a_number_of_any_country_of_the_CIS_is_read_without_its_plus(
            @ForAll("foreign") Foreign written, @ForAll("words") String before, @ForAll("tails") String after) {
        assertThat(PhoneNumbers.inText(before + written.text() + after, "RU")).containsExactly(written.e164());
    }

    @Property(tries = 1_000)
    void a_number_of_any_country_of_the_CIS_stands_beside_one_of_the_region(
            @ForAll("foreign") Foreign written,
            @ForAll("numbers") String own,
            @ForAll("notations") Notation notation,
            @ForAll("between") String between) {
        Assume.that(!written.e164().equals("+7" + own));
        assertThat(PhoneNumbers.inText(notation.of(own) + between + written.text(), "RU"))
                .containsExactly("+7" + own, written.e164());
        assertThat(PhoneNumbers.inText(written.text() + between + notation.of(own), "RU"))
                .containsExactly(written.e164(), "+7" + own);
    }

    @Property(tries = 500)
    void a_number_of_any_country_of_the_CIS_is_read_at_home_as_people_write_it_there(
            @ForAll("foreign") Foreign written) {
        String national = NUMBERS.format(written.number(), PhoneNumberFormat.NATIONAL);
        assertThat(PhoneNumbers.inText(national, written.region())).containsExactly(written.e164());
        assertThat(PhoneNumbers.inText(written.text().replaceFirst("^(00|8-?10-?)", ""), written.region()))
                .containsExactly(written.e164());
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
