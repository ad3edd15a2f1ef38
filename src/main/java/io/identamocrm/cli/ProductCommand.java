package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.Text;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** A command that starts the product. */
abstract class ProductCommand {

    @Option(names = "--config", paramLabel = "DIR", description = "Directory of application.properties and sql/ (default: config).")
    private Path config;

    @Option(names = "--routes", paramLabel = "DIR", description = "Directory of the routes (default: routes).")
    private Path routes;

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
        return new StartOptions(config == null ? environment.home().resolve("config") : config,
                routes == null ? environment.home().resolve("routes") : routes, environment.variables(),
                environment.envFile(), mode, Clock.systemUTC());
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
