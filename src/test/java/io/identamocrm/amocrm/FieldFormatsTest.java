package io.identamocrm.amocrm;

import static io.identamocrm.amocrm.AccountFixtures.MOSCOW;
import static io.identamocrm.amocrm.AccountFixtures.doctorAs;
import static io.identamocrm.amocrm.AccountFixtures.json;
import static io.identamocrm.amocrm.FieldType.CHECKBOX;
import static io.identamocrm.amocrm.FieldType.DATE;
import static io.identamocrm.amocrm.FieldType.DATE_TIME;
import static io.identamocrm.amocrm.FieldType.MULTITEXT;
import static io.identamocrm.amocrm.FieldType.NUMERIC;
import static io.identamocrm.amocrm.FieldType.OTHER;
import static io.identamocrm.amocrm.FieldType.SELECT;
import static io.identamocrm.amocrm.FieldType.TEXT;
import static io.identamocrm.amocrm.FieldType.TEXTAREA;
import static io.identamocrm.model.DealField.DOCTOR_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values between IDENT, their canonical form and amoCRM's JSON, by the type of the account's field. */
class FieldFormatsTest {

    private static final LocalDateTime HALF_PAST_NINE = LocalDateTime.of(2026, 3, 3, 9, 30);

    private static String canonical(FieldType type, Object value) {
        return doctorAs(type, MOSCOW).of(DOCTOR_NAME, value);
    }

    private static String written(FieldType type, String canonical) {
        return doctorAs(type, MOSCOW).write(DOCTOR_NAME, canonical).toString().replace('"', '\'');
    }

    private static String read(FieldType type, String values) {
        return doctorAs(type, MOSCOW).read(DOCTOR_NAME, json(values));
    }

    @Nested
    class Canonical_form {

        @ParameterizedTest
        @EnumSource(FieldType.class)
        void nothing_stays_nothing(FieldType type) {
            assertThat(canonical(type, null)).isNull();
        }

        @Test
        void a_field_without_id_has_no_value() {
            FieldFormats unmapped =
                    new FieldFormats(new AccountFields(Map.of(), Map.of(), Optional.empty()), MOSCOW, MOSCOW);
            assertThat(unmapped.of(DOCTOR_NAME, "Лужин")).isNull();
            assertThat(unmapped.of(ContactField.NAME, "Анна")).isNull();
        }

        @Test
        void text_is_trimmed_and_blank_text_is_nothing() {
            assertThat(canonical(TEXT, "  Лужин П. А.\u2003")).isEqualTo("Лужин П. А.");
            assertThat(canonical(TEXT, " \t ")).isNull();
            assertThat(canonical(TEXTAREA, "\n")).isNull();
        }

        @Test
        void text_is_cut_to_the_limit() {
            assertThat(canonical(TEXT, "я".repeat(251))).isEqualTo("я".repeat(250));
            assertThat(canonical(TEXT, "я".repeat(250))).isEqualTo("я".repeat(250));
            assertThat(canonical(TEXTAREA, "я".repeat(251))).hasSize(251);
            assertThat(canonical(TEXTAREA, "я".repeat(60_001))).hasSize(60_000);
        }

        @Test
        void text_is_cut_between_characters() {
            assertThat(canonical(TEXT, "я".repeat(249) + "😀")).isEqualTo("я".repeat(249));
            assertThat(canonical(TEXT, "я".repeat(248) + "😀!")).isEqualTo("я".repeat(248) + "😀");
        }

        @Test
        void what_amocrm_could_not_read_is_left_out_of_a_text() {
            assertThat(canonical(TEXTAREA, "боится уколов \uD83D")).isEqualTo("боится уколов");
            assertThat(canonical(TEXTAREA, "\uDE00да\uD83D!")).isEqualTo("да!");
            assertThat(canonical(TEXT, "К-17\0\0")).isEqualTo("К-17");
            assertThat(canonical(TEXTAREA, "аллергия\u000Bна новокаин")).isEqualTo("аллергия на новокаин");
            assertThat(canonical(TEXTAREA, "два\r\nряда\tи отступ")).isEqualTo("два\r\nряда\tи отступ");
            assertThat(canonical(TEXT, "\0\uD83D")).isNull();
        }

        @Test
        void text_cut_at_a_blank_is_trimmed_again() {
            assertThat(canonical(TEXT, "я".repeat(249) + " конец")).isEqualTo("я".repeat(249));
        }

        @Test
        void dates_in_a_text_field_are_written_as_people_write_them() {
            assertThat(canonical(TEXT, HALF_PAST_NINE)).isEqualTo("03.03.2026 09:30");
            assertThat(canonical(TEXT, LocalDate.of(1990, 5, 17))).isEqualTo("17.05.1990");
        }

        @Test
        void a_flag_in_a_text_field_is_a_word() {
            assertThat(canonical(TEXT, true)).isEqualTo("да");
            assertThat(canonical(TEXT, false)).isEqualTo("нет");
        }

        @Test
        void a_number_in_a_text_field_is_plain() {
            assertThat(canonical(TEXT, 42L)).isEqualTo("42");
            assertThat(canonical(TEXT, new BigDecimal("1E+3"))).isEqualTo("1000");
        }

        @ParameterizedTest
        @CsvSource({
            "1500.00,1500",
            "1500,1500",
            "1500.50,1500.5",
            "0,0",
            "0.00,0",
            "-0.0,0",
            "1E+3,1000",
            "100,100",
            "-2.50,-2.5"
        })
        void decimals_lose_their_trailing_zeros(String number, String expected) {
            assertThat(canonical(NUMERIC, new BigDecimal(number))).isEqualTo(expected);
        }

        @Test
        void a_number_field_takes_texts_that_are_numbers_and_no_others() {
            assertThat(canonical(NUMERIC, " 17 ")).isEqualTo("17");
            assertThat(canonical(NUMERIC, 42L)).isEqualTo("42");
            assertThat(canonical(NUMERIC, "К-17")).isNull();
            assertThat(canonical(NUMERIC, true)).isNull();
        }

        @Test
        void a_text_that_reads_as_an_absurd_number_is_refused_and_does_not_fill_the_memory() {
            assertThat(canonical(NUMERIC, "1E999999999")).isNull();
            assertThat(canonical(NUMERIC, "1E-999999999")).isNull();
            assertThat(read(NUMERIC, "[{'value':'9E2000000000'}]")).isNull();
        }

        @Test
        void a_checkbox_takes_flags_only_and_false_is_a_value() {
            assertThat(canonical(CHECKBOX, true)).isEqualTo("true");
            assertThat(canonical(CHECKBOX, false)).isEqualTo("false");
            assertThat(canonical(CHECKBOX, "да")).isNull();
        }

        @Test
        void a_select_takes_its_options_only() {
            assertThat(canonical(SELECT, "Осмотр")).isEqualTo("Осмотр");
            assertThat(canonical(SELECT, true)).isEqualTo("да");
            assertThat(canonical(SELECT, "Рентген")).isNull();
            assertThat(canonical(SELECT, new BigDecimal("1E-200"))).isNull();
        }

        @Test
        void a_date_is_a_day_of_the_clinics_calendar() {
            assertThat(canonical(DATE, LocalDate.of(1990, 5, 17))).isEqualTo("1990-05-17");
            assertThat(canonical(DATE, LocalDateTime.of(2026, 3, 3, 23, 59))).isEqualTo("2026-03-03");
            assertThat(canonical(DATE, "03.03.2026")).isNull();
        }

        @Test
        void a_date_time_is_the_moment_of_the_clinics_wall_clock() {
            assertThat(canonical(DATE_TIME, HALF_PAST_NINE)).isEqualTo("1772519400");
            assertThat(doctorAs(DATE_TIME, ZoneId.of("Asia/Vladivostok")).of(DOCTOR_NAME, HALF_PAST_NINE))
                    .isEqualTo("1772494200");
            assertThat(canonical(DATE_TIME, LocalDate.of(2026, 3, 3))).isEqualTo("1772485200");
            assertThat(canonical(DATE_TIME, "завтра")).isNull();
        }

        @Test
        void a_kind_of_field_that_takes_no_plain_value_gets_none() {
            assertThat(canonical(OTHER, "Лужин")).isNull();
        }
    }

    @Nested
    class Json {

        @Test
        void each_type_is_written_as_the_api_asks() {
            assertThat(written(TEXT, "Лужин")).isEqualTo("{'field_id':803,'values':[{'value':'Лужин'}]}");
            assertThat(written(NUMERIC, "1500.5")).isEqualTo("{'field_id':803,'values':[{'value':1500.5}]}");
            assertThat(written(NUMERIC, "100000")).isEqualTo("{'field_id':803,'values':[{'value':100000}]}");
            assertThat(written(CHECKBOX, "false")).isEqualTo("{'field_id':803,'values':[{'value':false}]}");
            assertThat(written(SELECT, "Осмотр")).isEqualTo("{'field_id':803,'values':[{'enum_id':2}]}");
            assertThat(written(DATE, "2026-03-03"))
                    .isEqualTo("{'field_id':803,'values':[{'value':'2026-03-03T00:00:00+03:00'}]}");
            assertThat(written(DATE_TIME, "1772519400")).isEqualTo("{'field_id':803,'values':[{'value':1772519400}]}");
            assertThat(written(MULTITEXT, "a@example.org"))
                    .as("a clinic's own field has kinds that we do not know")
                    .isEqualTo("{'field_id':803,'values':[{'value':'a@example.org'}]}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "[]", "[{}]", "[{'value':null}]", "[{'value':''}]", "[{'value':'  '}]"})
        void an_empty_field_is_nothing(String values) {
            for (FieldType type : FieldType.values()) {
                assertThat(read(type, values)).isNull();
            }
        }

        @Test
        void numbers_are_read_from_strings_and_from_numbers() {
            assertThat(read(NUMERIC, "[{'value':'1500.00'}]")).isEqualTo("1500");
            assertThat(read(NUMERIC, "[{'value':1500.0}]")).isEqualTo("1500");
            assertThat(read(NUMERIC, "[{'value':'0'}]")).isEqualTo("0");
            assertThat(read(NUMERIC, "[{'value':'много'}]")).isNull();
        }

        @Test
        void false_is_read_as_a_value() {
            assertThat(read(CHECKBOX, "[{'value':false}]")).isEqualTo("false");
            assertThat(read(CHECKBOX, "[{'value':true}]")).isEqualTo("true");
        }

        @ParameterizedTest
        @EnumSource(FieldType.class)
        void a_field_of_any_type_is_emptied_by_a_null(FieldType type) {
            FieldFormats formats = doctorAs(type, MOSCOW);
            assertThat(written(type, formats.emptied(DOCTOR_NAME))).isEqualTo("{'field_id':803,'values':null}");
        }

        @Test
        void a_select_is_read_by_its_text() {
            assertThat(read(SELECT, "[{'value':'Осмотр','enum_id':2,'enum_code':null}]"))
                    .isEqualTo("Осмотр");
        }

        @Test
        void a_date_is_read_as_the_day_in_the_zone() {
            // 21:00 UTC of the day before is midnight in Moscow; an account may also keep a moment of the day.
            assertThat(read(DATE, "[{'value':1772485200}]")).isEqualTo("2026-03-03");
            assertThat(read(DATE, "[{'value':1772528400}]")).isEqualTo("2026-03-03");
            assertThat(read(DATE, "[{'value':'1772485200'}]")).isEqualTo("2026-03-03");
            assertThat(read(DATE, "[{'value':'2026-03-03T00:00:00+03:00'}]")).isEqualTo("2026-03-03");
            assertThat(read(DATE, "[{'value':'скоро'}]")).isNull();
        }

        @Test
        void the_day_before_is_another_day() {
            assertThat(read(DATE, "[{'value':1772398800}]")).isEqualTo("2026-03-02");
        }

        @Test
        void a_day_before_1970_is_negative_and_read_back() {
            assertThat(read(DATE, "[{'value':-100062000}]")).isEqualTo("1966-10-31");
        }

        @Test
        void a_date_time_is_read_exactly() {
            assertThat(read(DATE_TIME, "[{'value':1772519400}]")).isEqualTo("1772519400");
            assertThat(read(DATE_TIME, "[{'value':'2026-03-03T09:30:00+03:00'}]"))
                    .isEqualTo("1772519400");
            assertThat(read(DATE_TIME, "[{'value':99999999999999999999}]")).isNull();
        }
    }

    @Test
    void fields_are_named_in_messages() {
        FieldFormats formats = doctorAs(TEXT, MOSCOW);
        assertThat(formats.fieldOf(AccountFixtures.id(DealField.RECEPTION_ID), false))
                .contains(DealField.RECEPTION_ID);
        assertThat(formats.fieldOf(AccountFixtures.id(ContactField.COMMENT), true))
                .contains(ContactField.COMMENT);
        assertThat(formats.fieldOf(AccountFixtures.id(ContactField.COMMENT), false))
                .isEmpty();
    }
}
