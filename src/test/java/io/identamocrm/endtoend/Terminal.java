package io.identamocrm.endtoend;

import io.identamocrm.cli.Commands;
import io.identamocrm.cli.Environment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** Where a person types commands and reads what they print. */
final class Terminal {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Supplier<Map<String, String>> variables;

    /** The variables are asked for at each command. */
    Terminal(Supplier<Map<String, String>> variables) {
        this.variables = variables;
    }

    /** Runs a command line in this process; returns its exit code. */
    int run(String... arguments) {
        return run(new Environment(Path.of("."), variables.get()), arguments);
    }

    /** The same, with a file {@code .env} and another directory. */
    int run(Environment environment, String... arguments) {
        out.reset();
        err.reset();
        return Commands.execute(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    /** What the last command printed. */
    String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the last command complained of. */
    String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
