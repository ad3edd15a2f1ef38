package io.identamocrm.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script that lets bash and zsh complete commands and options: "
                + "source <(./ident-amocrm completion)")
public final class CompletionCommand implements Runnable {

    private final Environment environment;
    private final PrintWriter out;

    /** Called by the command line. */
    public CompletionCommand(Environment environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public void run() {
        out.print(AutoComplete.bash("ident-amocrm", Commands.line(environment, out)));
        out.flush();
    }
}
