package io.identamocrm.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones are compared in E.164, however they were typed. */
class PhoneNumbersTest {

    private static final String FIRST = "+79123456789";
    private static final String SECOND = "+79130001122";

    /** Read anew, whatever is remembered of the same text. */
    private static List<String> in(String text) {
        return PhoneNumbers.read(text, "RU");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8 (912) 345-67-89",
                "8(912)3456789",
                "89123456789",
                "8 912 345 67 89",
                "8-912-345-67-89",
                "8.912.345.67.89",
                "8–912–345–67–89",
                "8\u00A0912\u00A0345\u00A067\u00A089",
                "8 9 1 2 3 4 5 6 7 8 9",
                "(8912) 345-67-89",
                "+7 912 345-67-89",
                "+79123456789",
                "+7(912)345-67-89",
                "+7.912.345.67.89",
                "7 912 345 67 89",
                "79123456789",
                "9123456789",
                "912 345 67 89",
                "(912) 345-67-89"
            })
    void every_notation_of_a_number_is_the_same_number(String text) {
        assertThat(in(text)).containsExactly(FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8 912 345 67 89 доб. 12",
                "8 912 345 67 89 доб 12",
                "8 912 345 67 89, доб. 12",
                "8 912 345 67 89 (доб. 12)",
                "8 912 345 67 89 ДОБ.: 1234",
                "8 912 345 67 89 добавочный 12",
                "8 912 345 67 89 вн. 7",
                "8 912 345 67 89 внутр. 7",
                "89123456789доб.12",
                "89123456789доб12345",
                "8(912)345-67-89вн.123",
                "8 912 345 67 89 ext. 12",
                "8 912 345 67 89 x12",
                "+79123456789#12"
            })
    void an_extension_is_left_out(String text) {
        assertThat(in(text)).containsExactly(FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "89123456789, 89130001122",
                "89123456789;89130001122",
                "89123456789/89130001122",
                "89123456789 | 89130001122",
                "89123456789 и 89130001122",
                "89123456789и89130001122",
                "89123456789 или 89130001122",
                "89123456789 ИЛИ 89130001122",
                "89123456789 and 89130001122",
                "89123456789\n89130001122",
                "89123456789\r\n89130001122",
                "89123456789 89130001122",
                "+79123456789 +79130001122",
                "89123456789+79130001122",
                "9123456789 9130001122",
                "+7 912 345 67 89 +7 913 000 11 22",
                "8 (912) 345-67-89 8 (913) 000-11-22",
                "8 912 345 67 89 8 913 000 11 22",
                "8 912 345-67-89 9130001122",
                "+7 912 345 67 89\u00A0\u00A08 913 000-11-22",
                "8 912 345 67 89 доб. 12, 8 913 000 11 22 доб. 13"
            })
    void two_numbers_in_one_field_are_two_numbers(String text) {
        assertThat(in(text)).containsExactly(FIRST, SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8 912 345 67 89 8 913 000 11 22 8 914 000 11 22", "89123456789 89130001122 +79140001122"})
    void three_numbers_are_three(String text) {
        assertThat(in(text)).containsExactly(FIRST, SECOND, "+79140001122");
    }

    @ParameterizedTest
    @CsvSource({
        "375291234567,+375291234567",
        "375 29 123 45 67,+375291234567",
        "375(29)1234567,+375291234567",
        "37529 123-45-67,+375291234567",
        "00375291234567,+375291234567",
        "мама375291234567,+375291234567",
        "375291234567мама,+375291234567",
        "380501234567,+380501234567",
        "998901234567,+998901234567",
        "998 90 123 45 67,+998901234567",
        "996700123456,+996700123456",
        "37377712345,+37377712345",
        "77012345678,+77012345678",
        "4915112345678,+4915112345678"
    })
    void an_international_number_is_read_without_its_plus(String text, String expected) {
        assertThat(in(text)).containsExactly(expected);
    }

    @Test
    void the_end_of_a_neighbours_number_is_no_country_code_of_the_next_one() {
        assertThat(in("998 (91) 234 56 78 (903) 100 00 00")).containsExactly("+998912345678", "+79031000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9123456789 12", "912 345 67 89 12"})
    void digits_behind_a_number_of_the_region_do_not_make_it_a_foreign_one(String text) {
        assertThat(in(text)).containsExactly(FIRST);
    }

    @Test
    void two_numbers_of_the_region_are_not_read_as_a_foreign_one() {
        assertThat(in("993 123 45 67 8 913 000 11 22 с 9 до 18")).containsExactly("+79931234567", SECOND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "мама 8 912 345 67 89",
                "8 912 345 67 89 мама",
                "8 912 345-67-89 (мама)",
                "тел.: +7(912)345-67-89 Анна",
                "mob: 8(912)3456789",
                "8(912)3456789 mama",
                "89123456789 (WhatsApp)",
                "89123456789 с 9 до 18",
                "8 912 345 67 89 до 18:00",
                "внучка 89123456789",
                "доб 89123456789",
                "вн 89123456789",
                "кв. 12, 8 912 345 67 89"
            })
    void words_around_a_number_do_not_hide_it(String text) {
        assertThat(in(text)).containsExactly(FIRST);
    }

    @Test
    void an_extension_is_not_taken_for_the_beginning_of_the_next_number() {
        assertThat(in("8 912 345-67-89 внутр. 4951 913 000 11 22")).containsExactly(FIRST, SECOND);
        assertThat(in("8 912 345-67-89 вн. 8121 913 000 11 22")).containsExactly(FIRST, SECOND);
    }

    @Test
    void words_between_numbers_part_them() {
        assertThat(in("8 912 345 67 89 Анна 8 913 000 11 22 Пётр")).containsExactly(FIRST, SECOND);
        assertThat(in("Анна 8(912)345 67 89; муж 8(913)0001122")).containsExactly(FIRST, SECOND);
    }

    @Test
    void a_foreign_number_with_plus_keeps_its_country() {
        assertThat(in("+49 151 23456789")).containsExactly("+4915123456789");
        assertThat(in("+375 29 123-45-67")).containsExactly("+375291234567");
        assertThat(in("+49 151 23456789, 8 912 345-67-89")).containsExactly("+4915123456789", FIRST);
    }

    @Test
    void a_number_without_country_belongs_to_the_region_of_the_settings() {
        assertThat(PhoneNumbers.read("029 123-45-67", "BY")).containsExactly("+375291234567");
    }

    @Test
    void a_landline_is_a_number_too() {
        assertThat(in("8 (495) 123-45-67")).containsExactly("+74951234567");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "   ",
                "нет",
                "-",
                "123",
                "23-45-67",
                "8912345678",
                "891234567891",
                "+7 912 345 67 8",
                "12.05.2020",
                "доб. 12",
                "null",
                "+",
                "89"
            })
    void what_is_no_number_gives_none(String text) {
        assertThat(PhoneNumbers.inText(text, "RU")).isEmpty();
    }

    @Test
    void a_text_that_was_read_is_read_no_second_time() {
        String text = "8 912 345-67-89 (прочитано однажды)";
        List<String> read = PhoneNumbers.inText(text, "RU");
        assertThat(read).containsExactly(FIRST);
        assertThat(PhoneNumbers.inText(text, "RU")).isSameAs(read);
    }

    @Test
    void the_same_text_is_read_for_each_region_by_itself() {
        assertThat(PhoneNumbers.inText("029 123-45-68", "RU")).isEmpty();
        assertThat(PhoneNumbers.inText("029 123-45-68", "BY")).containsExactly("+375291234568");
    }

    @Test
    void a_field_is_read_up_to_its_250th_character() {
        String number = "89123456789";
        String before = "-".repeat(250 - number.length() - 1) + " ";
        assertThat(PhoneNumbers.inText(before + number, "RU")).containsExactly(FIRST);
        assertThat(PhoneNumbers.inText(before + " " + number, "RU")).isEmpty();
    }

    @Test
    void the_same_number_written_twice_counts_once() {
        assertThat(in("8 912 345-67-89, +79123456789")).containsExactly(FIRST);
    }

    @Test
    void an_endless_field_is_read_only_at_its_beginning() {
        assertThat(PhoneNumbers.inText("8 912 345-67-89 " + "слово ".repeat(10_000) + "8 913 000 11 22", "RU"))
                .containsExactly(FIRST);
    }
}
