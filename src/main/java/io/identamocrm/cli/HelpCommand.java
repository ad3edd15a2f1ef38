package io.identamocrm.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code help [COMMAND]}: the same as {@code COMMAND --help}. */
@Command(name = "help", helpCommand = true, description = "Help on a command, or the list of all.")
public final class HelpCommand implements Runnable {

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command, such as stats or explain reception.")
    private List<String> words = List.of();

    private final Environment environment;
    private final PrintWriter out;

    /** Called by the command line. */
    public HelpCommand(Environment environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public void run() {
        CommandLine line = Commands.line(environment, out);
        for (String word : words) {
            CommandLine command = line.getSubcommands().get(word);
            if (command == null) {
                throw new UnmatchedArgumentException(line, List.of(word));
            }
            line = command;
        }
        line.usage(out);
    }
}
