package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.Dates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BirthdayTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 16);
    private static final LocalDate DAY = LocalDate.of(1980, 11, 5);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05.11.1980",
                "5.11.1980",
                " 05.11.1980 ",
                "05.11.1980 0:00:00",
                "1980-11-05",
                "1980-11-05T00:00:00",
                "1980-11-05 00:00:00.0"
            })
    void every_known_form_is_read(String text) {
        assertThat(Birthday.parse(text, TODAY)).isEqualTo(DAY);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "не помнит",
                "00.00.0000",
                "31.02.1985",
                "29.02.1981",
                "05.11.80",
                "05/11/1980",
                "05.11.1980 г.",
                "31.12.1899",
                "01.01.1900",
                "1900-01-01T00:00",
                "17.03.2026",
                "15.06.2190",
                "1980",
                "٠٥.١١.١٩٨٠ "
            })
    void anything_else_is_no_birthday(String text) {
        assertThat(Birthday.parse(text, TODAY)).isNull();
    }

    @Property
    void a_day_written_the_russian_way_or_in_iso_is_the_same_day(@ForAll("birthdays") LocalDate day) {
        assertThat(Birthday.parse(DateTimeFormatter.ofPattern("dd.MM.yyyy").format(day), TODAY))
                .isEqualTo(day);
        assertThat(Birthday.parse(day.toString(), TODAY)).isEqualTo(day);
    }

    @Property
    void no_text_at_all_makes_it_fail(@ForAll String text) {
        LocalDate birthday = Birthday.parse(text, TODAY);
        assertThat(birthday == null || !birthday.isAfter(TODAY)).isTrue();
    }

    @Provide
    Arbitrary<LocalDate> birthdays() {
        return Dates.dates().between(LocalDate.of(1900, 1, 2), TODAY);
    }
}
