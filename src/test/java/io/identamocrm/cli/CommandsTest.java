package io.identamocrm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A command that nobody has named is a line of the list, and nothing of that is seen. */
class CommandsTest {

    private static final Environment ENVIRONMENT = new Environment(Path.of("."), Map.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int execute(String... arguments) {
        return Commands.execute(ENVIRONMENT, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8), arguments);
    }

    private static CommandLine complete() {
        return Commands.line(ENVIRONMENT, new PrintWriter(Writer.nullWriter()));
    }

    @Test
    void the_list_is_that_of_the_complete_command_line() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(complete().getUsageMessage()).contains("dead-letters", "full-sync");
    }

    @Test
    void a_command_that_is_named_is_complete() {
        assertThat(execute("dead-letters", "retry", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(
                complete().getSubcommands().get("dead-letters").getSubcommands().get("retry").getUsageMessage()).contains("--all");
    }

    @Test
    void so_is_one_that_stands_in_a_file_of_arguments(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("arguments"), "reception-sync\n--help\n");
        assertThat(execute("@" + file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(complete().getSubcommands().get("reception-sync").getUsageMessage());
    }

    @Test
    void a_slip_of_the_pen_is_told_with_the_command_that_was_meant() {
        assertThat(execute("recpetion-sync")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("reception-sync");
    }
}
