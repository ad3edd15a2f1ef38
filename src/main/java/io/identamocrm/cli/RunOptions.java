package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.setup.Questions;
import io.identamocrm.state.BrakeStates.Brake;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What all commands that make runs are told: whether to write, and how to print. */
public final class RunOptions {

    @Option(
            names = "--dry-run",
            description = "Read and decide everything, write nothing; print what would be changed, field by field.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--show-values",
            description = "With --dry-run, on a terminal: patients' and doctors' values too, instead of •••.")
    private boolean showValues;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec command;

    private final Environment environment;
    private final PrintWriter out;

    /** Called by the command line. */
    public RunOptions(Environment environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    /** Refuses what does not fit together, before anything is started. */
    void check() {
        if (showValues && (json || !dryRun || !environment.outputIsTerminal())) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), CliText.SHOW_VALUES.in(environment.language()));
        }
    }

    /** How much of the product these options need. */
    StartOptions.Mode mode() {
        return dryRun ? StartOptions.Mode.CHECK : StartOptions.Mode.RUNS;
    }

    /** The request as these options want it. */
    RunRequest apply(RunRequest request) {
        return dryRun ? request.asDryRun() : request;
    }

    /** What shows the runs of this command. */
    RunView view(CamelRuntime runtime) {
        PrintWriter err = command.commandLine().getErr();
        boolean shared = dryRun && !json && environment.outputIsTerminal();
        return new RunView(
                runtime,
                environment.interruption(),
                out,
                err,
                environment.errorsAreTerminal() && !shared,
                dryRun ? new DryRunPrinter(out, runtime.settings().zone(), json, showValues) : null);
    }

    /**
     * Tells what brakes hold back, and where a person is at the terminal asks whether it may pass.
     *
     * @param held the brakes that are pulled and not released
     * @return true if it may
     */
    boolean letsPass(List<Brake> held) {
        PrintWriter err = command.commandLine().getErr();
        held.forEach(brake ->
                err.println(CliText.HELD_BACK.with(brake.seen(), brake.kind().effect())));
        if (held.isEmpty()) {
            return false;
        }
        if (json || environment.answers() == null) {
            held.forEach(brake -> err.println(CliText.IF_MEANT.with(brake.kind())));
            return false;
        }
        out.print(CliText.ASK_BRAKE);
        out.flush();
        String answer = environment.answers().get();
        return Questions.meansYes(answer);
    }

    boolean json() {
        return json;
    }

    boolean showValues() {
        return showValues;
    }
}
