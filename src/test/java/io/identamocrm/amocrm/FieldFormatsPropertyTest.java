package io.identamocrm.amocrm;

import static io.identamocrm.amocrm.AccountFixtures.doctorAs;
import static io.identamocrm.amocrm.AccountFixtures.wire;
import static io.identamocrm.model.DealField.DOCTOR_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.time.api.DateTimes;
import net.jqwik.time.api.Dates;

/** What is written is read back as the same canonical value, in every type of field and in every zone. */
class FieldFormatsPropertyTest {

    private static final int TRIES = 500;

    /** What amoCRM answers to what was written: numbers come back as strings, options with their text. */
    private static String roundTrip(FieldFormats formats, String canonical) {
        ObjectNode value = (ObjectNode)
                wire(formats.write(DOCTOR_NAME, canonical)).path("values").path(0);
        if (value.has("enum_id")) {
            formats.fields().of(DOCTOR_NAME).enums().forEach((text, id) -> {
                if (id == value.path("enum_id").asLong()) {
                    value.put("value", text);
                }
            });
        }
        if (value.path("value").isFloatingPointNumber()) {
            value.put("value", value.path("value").asText());
        }
        return formats.read(DOCTOR_NAME, JsonNodeFactory.instance.arrayNode().add(value));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Moscow",
                        "Asia/Vladivostok",
                        "Asia/Kamchatka",
                        "Europe/Berlin",
                        "Asia/Kolkata",
                        "Asia/Tehran",
                        "America/St_Johns",
                        "America/Sao_Paulo",
                        "Pacific/Kiritimati",
                        "Pacific/Niue",
                        "UTC")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<LocalDateTime> times() {
        return DateTimes.dateTimes()
                .between(LocalDateTime.of(1920, 1, 1, 0, 0), LocalDateTime.of(2099, 12, 31, 23, 59));
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Dates.dates().between(LocalDate.of(1900, 1, 1), LocalDate.of(2099, 12, 31));
    }

    /** Texts around the limits, with characters of two chars, halves of them, and control characters. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> some = Arbitraries.of(
                        "я", "ж ", "😀", "🦷", " ", "-", "\uD83D", "\uDE00", "\0", "\u001B", "\u0085", "\n")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
        return Combinators.combine(Arbitraries.integers().between(235, 252), some, Arbitraries.of(true, false))
                .as((length, tail, isLong) -> isLong ? "я".repeat(length) + tail : tail);
    }

    @Property(tries = TRIES)
    void any_text(@ForAll("texts") String text, @ForAll FieldType type) {
        if (type == FieldType.TEXT || type == FieldType.TEXTAREA || type == FieldType.MULTITEXT) {
            FieldFormats formats = doctorAs(type, AccountFixtures.MOSCOW);
            String canonical = formats.of(DOCTOR_NAME, text);
            assertThat(canonical == null)
                    .isEqualTo(text.replaceAll("[\\p{Cntrl}\\p{Cs}\u0085]", " ").isBlank());
            if (canonical != null) {
                assertThat(roundTrip(formats, canonical)).isEqualTo(canonical);
            }
        }
    }

    @Property(tries = TRIES)
    void any_text_is_cut_within_the_limit_and_never_inside_a_character(@ForAll("texts") String text) {
        FieldFormats formats = doctorAs(FieldType.TEXT, AccountFixtures.MOSCOW);
        String canonical = formats.of(DOCTOR_NAME, text);
        if (canonical != null) {
            assertThat(canonical.length()).isLessThanOrEqualTo(250);
            assertThat(canonical.codePoints())
                    .noneMatch(point -> Character.getType(point) == Character.SURROGATE
                            || Character.isISOControl(point) && point != '\n');
            assertThat(formats.of(DOCTOR_NAME, canonical)).isEqualTo(canonical);
        }
    }

    @Property(tries = TRIES)
    void any_text_of_whole_readable_characters_is_kept_up_to_the_limit(
            @ForAll @CharRange(from = ' ', to = '~') @CharRange(from = 'А', to = 'я') String text) {
        String canonical = doctorAs(FieldType.TEXT, AccountFixtures.MOSCOW).of(DOCTOR_NAME, text);
        assertThat(text.strip()).startsWith(canonical == null ? "" : canonical);
        assertThat(canonical == null ? "" : canonical)
                .hasSizeGreaterThanOrEqualTo(Math.min(text.strip().length(), 1));
    }

    @Property(tries = TRIES)
    void any_day_in_a_date_field(@ForAll("days") LocalDate day, @ForAll("zones") ZoneId zone) {
        FieldFormats formats = doctorAs(FieldType.DATE, zone);
        assertThat(roundTrip(formats, formats.of(DOCTOR_NAME, day))).isEqualTo(day.toString());
    }

    /** As the sandbox does: whatever moment is written, the account keeps the beginning of its own day. */
    @Property(tries = 2_000)
    void any_day_is_the_same_day_in_any_pair_of_zones(
            @ForAll("days") LocalDate day, @ForAll("zones") ZoneId clinic, @ForAll("zones") ZoneId account) {
        FieldFormats formats = doctorAs(FieldType.DATE, clinic, account);
        String written = formats.write(DOCTOR_NAME, formats.of(DOCTOR_NAME, day))
                .path("values")
                .path(0)
                .path("value")
                .textValue();
        assertThat(written)
                .as("RFC 3339, also of days before 1970")
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)")
                .startsWith(day.toString());
        LocalDate held =
                OffsetDateTime.parse(written).atZoneSameInstant(account).toLocalDate();
        assertThat(held).as("the day that people see in amoCRM").isEqualTo(day);
        long snapped = held.atStartOfDay(account).toEpochSecond();
        for (String read : List.of(
                Long.toString(snapped),
                "'" + snapped + "'",
                "'" + written + "'",
                "'" + Instant.ofEpochSecond(snapped).atOffset(ZoneOffset.UTC) + "'")) {
            assertThat(formats.read(DOCTOR_NAME, AccountFixtures.json("[{'value':" + read + "}]")))
                    .as(read)
                    .isEqualTo(day.toString());
        }
    }

    @Property(tries = TRIES)
    void any_time_in_a_date_field_is_its_day(@ForAll("times") LocalDateTime time, @ForAll("zones") ZoneId zone) {
        FieldFormats formats = doctorAs(FieldType.DATE, zone);
        assertThat(roundTrip(formats, formats.of(DOCTOR_NAME, time)))
                .isEqualTo(time.toLocalDate().toString());
    }

    @Property(tries = TRIES)
    void any_time_in_a_date_time_field(@ForAll("times") LocalDateTime time, @ForAll("zones") ZoneId zone) {
        FieldFormats formats = doctorAs(FieldType.DATE_TIME, zone);
        String canonical = formats.of(DOCTOR_NAME, time);
        assertThat(canonical).isEqualTo(Long.toString(time.atZone(zone).toEpochSecond()));
        assertThat(formats.write(DOCTOR_NAME, canonical).toString())
                .as("no seconds before 1970")
                .doesNotContain(":-");
        assertThat(roundTrip(formats, canonical)).isEqualTo(canonical);
    }

    @Property(tries = TRIES)
    void any_time_in_a_text_field(@ForAll("times") LocalDateTime time) {
        FieldFormats formats = doctorAs(FieldType.TEXT, AccountFixtures.MOSCOW);
        String canonical = formats.of(DOCTOR_NAME, time);
        assertThat(canonical).matches("\\d\\d\\.\\d\\d\\.\\d{4} \\d\\d:\\d\\d");
        assertThat(roundTrip(formats, canonical)).isEqualTo(canonical);
    }

    @Property(tries = TRIES)
    void any_decimal(@ForAll @BigRange(min = "-1000000000", max = "1000000000") @Scale(4) BigDecimal number) {
        FieldFormats formats = doctorAs(FieldType.NUMERIC, AccountFixtures.MOSCOW);
        String canonical = formats.of(DOCTOR_NAME, number);
        assertThat(new BigDecimal(canonical)).isEqualByComparingTo(number);
        assertThat(roundTrip(formats, canonical)).isEqualTo(canonical);
    }

    @Property(tries = TRIES)
    void equal_decimals_have_one_form_however_many_zeros_they_end_in(
            @ForAll @Scale(3) BigDecimal number, @ForAll @IntRange(max = 6) int zeros) {
        FieldFormats formats = doctorAs(FieldType.NUMERIC, AccountFixtures.MOSCOW);
        assertThat(formats.of(DOCTOR_NAME, number.setScale(number.scale() + zeros)))
                .isEqualTo(formats.of(DOCTOR_NAME, number));
        assertThat(formats.of(DOCTOR_NAME, number.toPlainString())).isEqualTo(formats.of(DOCTOR_NAME, number));
    }

    @Property
    void any_flag(@ForAll boolean flag, @ForAll FieldType type) {
        FieldFormats formats = doctorAs(type, AccountFixtures.MOSCOW);
        String canonical = formats.of(DOCTOR_NAME, flag);
        if (canonical != null) {
            assertThat(roundTrip(formats, canonical)).isEqualTo(canonical);
        }
    }

    @Property
    void any_option_of_a_select(@ForAll("options") String option) {
        FieldFormats formats = doctorAs(FieldType.SELECT, AccountFixtures.MOSCOW);
        assertThat(roundTrip(formats, formats.of(DOCTOR_NAME, option))).isEqualTo(option);
    }

    @Provide
    Arbitrary<String> options() {
        return Arbitraries.of("да", "Осмотр", "0");
    }

    @Example
    void hours_that_summer_time_skips_or_repeats_are_moments_that_read_back() {
        FieldFormats berlin = doctorAs(FieldType.DATE_TIME, ZoneId.of("Europe/Berlin"));
        // 02:30 of 29 March 2026 does not exist and becomes 03:30; 02:30 of 25 October is meant the first time it
        // comes.
        assertThat(berlin.of(DOCTOR_NAME, LocalDateTime.of(2026, 3, 29, 2, 30))).isEqualTo("1774747800");
        assertThat(berlin.of(DOCTOR_NAME, LocalDateTime.of(2026, 10, 25, 2, 30)))
                .isEqualTo("1792888200");
        assertThat(roundTrip(berlin, "1774747800")).isEqualTo("1774747800");
        FieldFormats days = doctorAs(FieldType.DATE, ZoneId.of("Europe/Berlin"));
        for (LocalDate day : List.of(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 10, 25))) {
            assertThat(roundTrip(days, day.toString())).isEqualTo(day.toString());
        }
    }
}
