package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import microsoft.sql.DateTimeOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.time.api.DateTimes;

/** IDENT's builds differ in the types of columns: what means the same is read as the same. */
class RowTest {

    private static final List<Function<LocalDateTime, Object>> TIMES = List.of(
            time -> time,
            Timestamp::valueOf,
            time -> time.atOffset(ZoneOffset.ofHours(7)),
            time -> DateTimeOffset.valueOf(time.atOffset(ZoneOffset.ofHours(3))));

    private static Row row(Object value) {
        return new Row(Map.of("x", value));
    }

    @Provide
    Arbitrary<Function<Integer, Object>> numberTypes() {
        return Arbitraries.of(
                number -> number,
                Integer::longValue,
                Integer::shortValue,
                Integer::doubleValue,
                Integer::floatValue,
                BigDecimal::new,
                number -> new BigDecimal(number).setScale(2),
                BigInteger::valueOf,
                number -> " " + number + "  ");
    }

    @Property
    void a_whole_number_of_any_type_is_that_number_and_that_text(
            @ForAll("numberTypes") Function<Integer, Object> type,
            @ForAll @IntRange(min = -9_999, max = 9_999) int number) {
        Row row = row(type.apply(number));
        assertThat(row.number("x")).isEqualTo(number);
        assertThat(row.decimal("x")).isEqualByComparingTo(BigDecimal.valueOf(number));
        assertThat(row.text("x")).isEqualTo(Integer.toString(number));
    }

    @Provide
    Arbitrary<LocalDateTime> times() {
        return DateTimes.dateTimes()
                .between(LocalDateTime.of(1900, 1, 2, 0, 0), LocalDateTime.of(2099, 12, 31, 23, 59));
    }

    @Provide
    Arbitrary<Function<LocalDateTime, Object>> timeTypes() {
        return Arbitraries.of(TIMES);
    }

    @Property
    void a_time_of_any_type_is_that_wall_clock_and_that_day(
            @ForAll("timeTypes") Function<LocalDateTime, Object> type, @ForAll("times") LocalDateTime time) {
        Row row = row(type.apply(time));
        assertThat(row.time("x")).isEqualTo(time);
        assertThat(row.timeIfAny("x")).isEqualTo(time);
        assertThat(row.date("x")).isEqualTo(time.toLocalDate());
        assertThat(row.isSet("x")).isTrue();
    }

    @Property
    void a_day_of_any_type_is_that_day_and_begins_at_midnight(@ForAll("times") LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        for (Object value : List.of(day, java.sql.Date.valueOf(day))) {
            assertThat(row(value).date("x")).isEqualTo(day);
            assertThat(row(value).time("x")).isEqualTo(day.atStartOfDay());
        }
    }

    @Provide
    Arbitrary<Object> anything() {
        OffsetDateTime time = OffsetDateTime.of(2026, 3, 16, 12, 0, 0, 0, ZoneOffset.UTC);
        return Arbitraries.of(
                true,
                false,
                (byte) 1,
                (short) 1,
                1,
                1L,
                1.5f,
                1.5,
                BigDecimal.TEN,
                BigInteger.TEN,
                "м",
                "  padded  ",
                new byte[] {0, 31},
                time,
                time.toLocalDateTime(),
                time.toLocalDate(),
                time.toLocalTime(),
                DateTimeOffset.valueOf(time),
                java.util.UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
    }

    @Property
    void a_value_of_any_type_is_a_text(@ForAll("anything") Object value) {
        assertThat(row(value).text("x"))
                .isNotBlank()
                .isEqualTo(row(value).text("x").strip())
                .doesNotContain("@");
    }

    @Property
    void a_yes_or_no_of_any_type_is_read(@ForAll boolean yes) {
        for (Object value : yes
                ? List.of(true, 1, (short) 1, BigDecimal.ONE, "1 ", "Да", "Y", "true")
                : List.of(false, 0, (short) 0, BigDecimal.ZERO, "0", "нет  ", "N", "false", " ")) {
            assertThat(row(value).flag("x")).as("%s", value).isEqualTo(yes);
        }
        assertThat(row("звонить").flag("x")).isNull();
    }

    @Property
    void text_that_is_no_number_is_refused_and_no_absurd_number_fills_the_memory(@ForAll String text) {
        for (String some : List.of(text + "x", "1E999999999")) {
            assertThat(catchThrowable(() -> row(some).number("x"))).isInstanceOf(UnreadableColumnException.class);
            assertThat(catchThrowable(() -> row(some).decimal("x"))).isInstanceOf(UnreadableColumnException.class);
        }
    }
}
