package io.identamocrm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command line is told in one line, with the nearest right word. */
class UsageErrorTest {

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int execute(String... arguments) {
        return Commands.execute(
                new Environment(Path.of("."), Map.of()),
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recpetion-sync --full       | there is no command «recpetion-sync», did you mean reception-sync? See ident-amocrm --help",
                "dead                        | there is no command «dead», did you mean dead-letters? See ident-amocrm --help",
                "nonsense                    | there is no command «nonsense»; see ident-amocrm --help",
                "explain recption 5          | there is no command «recption», did you mean reception? See ident-amocrm explain --help",
                "help recption-sync          | there is no command «recption-sync», did you mean reception-sync? See ident-amocrm --help",
                "stats --jsno                | there is no option --jsno here, did you mean --json? See ident-amocrm stats --help",
                "reception-sync --dry        | there is no option --dry here, did you mean --dry-run? See ident-amocrm reception-sync --help",
                "stats --pasword=hidden      | there is no option --pasword here; see ident-amocrm stats --help",
                "authorize code --json       | there is no option --json here; see ident-amocrm authorize --help",
                "test-reception 5 6          | «6» is one word too many; see ident-amocrm test-reception --help",
                "test-reception              | ID is missing; see ident-amocrm test-reception --help",
                "explain reception           | ID is missing; see ident-amocrm explain reception --help",
                "test-reception abc          | «abc» is no whole number, which ID must be; see ident-amocrm test-reception --help",
                "demo --receptions many      | «many» is no whole number, which --receptions must be; see ident-amocrm demo --help",
                "reception-sync --since      | --since needs a value; see ident-amocrm reception-sync --help",
                "brakes release creation     | «creation» is no value of KIND, did you mean creations? See ident-amocrm brakes release --help",
                "dead-letters                | what about the dead letters: list, show, retry or discard? See ident-amocrm dead-letters --help",
                "explain                     | Explain what? Try: explain reception ID, explain patient ID or explain deal ID; see ident-amocrm "
                        + "explain --help"
            })
    void a_wrong_word_is_told_in_one_line(String commandLine, String line) {
        assertThat(execute(commandLine.split(" "))).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualTo("ident-amocrm: " + line + System.lineSeparator());
    }

    @Test
    void so_is_none() {
        assertThat(execute()).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("ident-amocrm: which command? See ident-amocrm --help" + System.lineSeparator());
    }

    @Test
    void values_that_there_are_few_of_are_listed_where_none_is_near() {
        assertThat(execute("brakes", "release", "everything")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("no value of KIND; there are creations, ", "receptions-gone");
    }
}
