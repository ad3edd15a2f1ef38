package io.identamocrm.cli;

import io.identamocrm.problems.Problem;
import java.io.PrintWriter;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the main job on an embedded set-up. */
@Command(
        name = "demo",
        description = "The main job on an embedded set-up: sample IDENT database, real Redis, amoCRM sandbox.")
public final class DemoCommand implements Callable<Integer> {

    @Option(names = "--stay", description = "Keep the service and its schedules running until Ctrl-C.")
    private boolean stay;

    @Option(
            names = "--receptions",
            paramLabel = "N",
            defaultValue = "300",
            description = "Receptions of the sample clinic, 20 to 100000 (default: ${DEFAULT-VALUE}).")
    private int receptions;

    @Option(
            names = "--faults",
            paramLabel = "LIST",
            description =
                    "What goes wrong in the sandbox, such as write-then-504,too-many-requests:3 (every third); a wrong name lists "
                            + "all. In a terminal with the variables of a demo that stays: changes what goes wrong there; none ends it.")
    private @Nullable String faults;

    @Option(
            names = "--sql",
            paramLabel = "STATEMENT",
            description = "In a terminal that has taken over the variables of a demo that stays: changes its clinic.")
    private @Nullable String sql;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final Environment environment;
    private final PrintWriter out;

    /** Called by the command line. */
    public DemoCommand(Environment environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (receptions < 20 || receptions > 100_000) {
            throw new CommandLine.ParameterException(spec.commandLine(), Screen.told(out, CliText.RECEPTIONS_RANGE));
        }
        Demo demo = ServiceLoader.load(Demo.class)
                .findFirst()
                .orElseThrow(() ->
                        new CommandLine.ParameterException(spec.commandLine(), Screen.told(out, CliText.DEMO_ABSENT)));
        try {
            if (sql != null) {
                demo.change(environment, sql, out);
                return 0;
            }
            if (faults != null && demo.isIn(environment)) {
                demo.spoil(environment, faults, out);
                return 0;
            }
            if (faults != null) {
                demo.requireKnown(faults);
            }
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return Problem.WRONG_SETUP;
        }
        Commands all = (Commands) spec.root().userObject();
        return demo.run(
                environment,
                new Demo.Options(receptions, stay, faults, all.config(environment), all.routes(environment)),
                out,
                spec.commandLine().getErr());
    }
}
