package io.identamocrm.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code explain}: tells what would be done and why, without writing. */
@Command(
        name = "explain",
        description = "Tell what would be done and why, without writing.",
        subcommands = {ExplainReceptionCommand.class, ExplainPatientCommand.class, ExplainDealCommand.class})
public final class ExplainCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), Screen.told(spec.commandLine().getOut(), CliText.EXPLAIN_WHAT));
    }
}
