package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.Text;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that starts the product. */
abstract class ProductCommand {

    @Spec
    private CommandSpec command;

    private final Environment environment;
    private final PrintWriter out;

    ProductCommand(Environment environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    CamelRuntime start(StartOptions.Mode mode) {
        return CamelRuntime.start(options(mode));
    }

    /** Where the program runs. */
    Environment environment() {
        return environment;
    }

    /** What this command line starts, or what its settings are read from. */
    StartOptions options(StartOptions.Mode mode) {
        return options(mode, environment);
    }

    /** The same with the variables of another environment. */
    StartOptions options(StartOptions.Mode mode, Environment environment) {
        Commands all = (Commands) command.root().userObject();
        return new StartOptions(
                all.config(environment),
                all.routes(environment),
                environment.variables(),
                environment.envFile(),
                mode,
                Clock.systemUTC());
    }

    /** What tells this command that the process shall end. */
    Interruption interruption() {
        return environment.interruption();
    }

    /** As the person who reads it has it. */
    String told(Text text) {
        return text.in(environment.language());
    }

    /** Standard output. */
    PrintWriter out() {
        return out;
    }
}
