package io.identamocrm.cli;

import io.identamocrm.ops.CamelRuntime;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Options of every command that starts the product. */
public final class SetupOptions {

    @Option(names = "--config", paramLabel = "DIR", description = "Directory of application.properties and sql/ (default: config).")
    private Path config;

    @Option(names = "--routes", paramLabel = "DIR", description = "Directory of the routes (default: routes).")
    private Path routes;

    CamelRuntime start(Environment environment, CamelRuntime.Mode mode) {
        return CamelRuntime.start(new CamelRuntime.Options(config == null ? environment.home().resolve("config") : config,
                routes == null ? environment.home().resolve("routes") : routes, environment.variables(), mode, Clock.systemUTC()));
    }
}
