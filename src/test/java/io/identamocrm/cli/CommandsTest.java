package io.identamocrm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A command that nobody has named is a line of the list, and nothing of that is seen. */
class CommandsTest {

    private static final Environment ENVIRONMENT = new Environment(Path.of("."), Map.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int execute(String... arguments) {
        return Commands.execute(
                ENVIRONMENT,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                arguments);
    }

    private static CommandLine complete() {
        return Commands.line(ENVIRONMENT, new PrintWriter(Writer.nullWriter()));
    }

    @Test
    void the_list_is_that_of_the_complete_command_line() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(complete().getUsageMessage())
                .contains("dead-letters", "full-sync");
    }

    @Test
    void a_command_that_is_named_is_complete() {
        assertThat(execute("dead-letters", "retry", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(complete()
                        .getSubcommands()
                        .get("dead-letters")
                        .getSubcommands()
                        .get("retry")
                        .getUsageMessage())
                .contains("--all");
    }

    @Test
    void so_is_one_that_stands_in_a_file_of_arguments(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("arguments"), "reception-sync\n--help\n");
        assertThat(execute("@" + file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(complete().getSubcommands().get("reception-sync").getUsageMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain reception --help", "help explain reception"})
    void help_is_an_option_and_a_command(String commandLine) {
        assertThat(execute(commandLine.split(" "))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(complete()
                        .getSubcommands()
                        .get("explain")
                        .getSubcommands()
                        .get("reception")
                        .getUsageMessage())
                .contains("ID", "--config", "--json");
    }

    @Test
    void help_alone_is_the_list() {
        assertThat(execute("help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(complete().getUsageMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--config /nowhere stats",
                "stats --config /nowhere",
                "dead-letters --config /nowhere list",
                "dead-letters list --config /nowhere",
                "--config /nowhere brakes release creations",
                "--json --config /nowhere explain reception 5",
                "explain --json reception 5 --config /nowhere",
                "--json dead-letters show 5 --config=/nowhere"
            })
    void options_of_several_commands_stand_anywhere(String commandLine) {
        assertThat(execute(commandLine.split(" "))).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("/nowhere/application.properties is missing");
    }

    @Test
    void a_shell_learns_commands_and_options(@TempDir Path directory) throws Exception {
        assertThat(execute("completion")).isZero();
        Path script = Files.write(directory.resolve("completion"), out.toByteArray());
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        assertThat(completed(script, "ident-amocrm", "dead-")).contains("dead-letters");
        assertThat(completed(script, "ident-amocrm", "dead-letters", "list", "--pa"))
                .contains("--patients");
        assertThat(completed(script, "./ident-amocrm", "explain", "rec")).contains("reception");
    }

    /** What the Tab key would offer behind these words. */
    private static List<String> completed(Path script, String... words) throws Exception {
        String shell =
                "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD=" + (words.length - 1)
                        + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; function=$(complete -p ident-amocrm); "
                        + "function=${function#*-F }; ${function%% *}; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", shell)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader shown = bash.inputReader(StandardCharsets.UTF_8)) {
            return shown.lines().map(String::strip).toList();
        }
    }
}
