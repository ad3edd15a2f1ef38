package io.identamocrm.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What others have written fits into a line and steers no terminal. */
class ForeignTextTest {

    @Property
    void a_line_holds_no_control_character_and_has_an_end(@ForAll String text) {
        assertThat(ForeignText.line(text))
                .hasSizeLessThanOrEqualTo(302)
                .doesNotContainPattern("[\\p{Cc}\\u2028\\u202e]");
    }

    @Example
    void escapes_lines_and_turned_text_are_gone_and_the_words_stay() {
        assertThat(ForeignText.line("Лид \u001b[31mкрасный\u001b[0m\r\nвторая\u202eстрока"))
                .isEqualTo("Лид [31mкрасный [0m вторая строка");
        assertThat(ForeignText.line("я".repeat(1000))).hasSize(301).endsWith("…");
        assertThat(ForeignText.line(null)).isEmpty();
    }
}
