package io.identamocrm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables as they are read on a terminal and in a file. */
class TextTableTest {

    private static final TextTable LETTERS = new TextTable()
            .row("id", "attempts", "detail")
            .row("1", 3, "the field is of another type than it was")
            .row("200", 12, "short");

    @Test
    void figures_are_right_aligned_in_a_file() {
        assertThat(LETTERS.toString().lines())
                .containsExactly(
                        "  id   attempts                                    detail",
                        "  1           3  the field is of another type than it was",
                        "  200        12                                     short");
        assertThat(LETTERS.within(57)).as("as wide as it is").isEqualTo(LETTERS.toString());
    }

    @Test
    void the_widest_column_goes_on_below_itself_where_the_terminal_is_narrower() {
        assertThat(LETTERS.within(40).lines())
                .containsExactly(
                        "  id   attempts  detail",
                        "  1           3  the field is of another",
                        "                 type than it was",
                        "  200        12  short");
        assertThat(LETTERS.within(40).lines()).allMatch(line -> line.length() <= 40);
    }

    @Test
    void a_word_that_is_too_long_is_broken() {
        assertThat(new TextTable()
                        .row("key", "abcdefghijklmnopqrstuvwxyz")
                        .within(23)
                        .lines())
                .containsExactly("  key  abcdefghijklmnop", "       qrstuvwxyz");
    }

    @Test
    void a_column_is_not_made_so_narrow_that_nobody_can_read_it() {
        assertThat(LETTERS.within(20)).isEqualTo(LETTERS.toString());
    }

    @Test
    void names_that_are_the_widest_are_broken_too() {
        assertThat(new TextTable()
                        .row("a name that is much longer than its value", "value")
                        .within(30)
                        .lines())
                .containsExactly("  a name that is much    value", "  longer than its value");
    }

    @Test
    void the_terminal_tells_its_width_and_a_file_has_none() {
        assertThat(shown(true, Map.of("COLUMNS", "40")).lines()).hasSize(4);
        assertThat(shown(false, Map.of("COLUMNS", "40")).lines()).hasSize(3);
        assertThat(shown(true, Map.of()).lines()).as("one that does not say").hasSize(3);
    }

    private static String shown(boolean terminal, Map<String, String> variables) {
        Environment plain = new Environment(Path.of("."), variables);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Screen screen = new Screen(
                new Environment(plain.home(), variables, plain.envFile(), terminal, false, plain.interruption(), null),
                out)) {
            screen.println(LETTERS);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
