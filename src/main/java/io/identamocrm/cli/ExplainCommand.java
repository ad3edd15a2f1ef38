package io.identamocrm.cli;

import io.identamocrm.ops.CamelRuntime;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain reception ID}: tells what would be done and why, without writing. */
@Command(name = "explain", description = "Tell what would be done and why, without writing.")
public final class ExplainCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final Environment environment;
    private final PrintWriter out;

    /** Called by the command line. */
    public ExplainCommand(Environment environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Explain what? Try: explain reception ID");
    }

    @Command(name = "reception", description = "Facts, status, funnel, the three steps with every candidate, stage and difference.")
    int reception(@Mixin SetupOptions setup,
                  @Parameters(paramLabel = "ID", description = "Id of the reception in IDENT.") long id,
                  @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (CamelRuntime runtime = setup.start(environment, CamelRuntime.Mode.RUNS)) {
            return DecisionPrinter.print(id, runtime.receptions(RunRequest.one(id).asDryRun()), json, out);
        }
    }
}
