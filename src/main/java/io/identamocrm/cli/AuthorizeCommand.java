package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code authorize CODE}: the first pair of tokens of an OAuth integration. */
@Command(
        name = "authorize",
        description = "Exchange an amoCRM authorization code for the first pair of tokens, and keep them in Redis.")
public final class AuthorizeCommand extends ProductCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "CODE",
            description = "The code on the integration's page in amoCRM; good once, for 20 minutes.")
    private String code;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Called by the command line. */
    public AuthorizeCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(StartOptions.Mode.FIELDS)) {
            if (!runtime.settings().amocrm().integration().canAuthorise()) {
                throw new CommandLine.ParameterException(spec.commandLine(), told(CliText.AUTHORIZE_NEEDS));
            }
            runtime.authorise(code);
            out().println(CliText.CODE_ACCEPTED);
        }
        return 0;
    }
}
