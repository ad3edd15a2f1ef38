package io.identamocrm.demo;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.cli.Commands;
import io.identamocrm.cli.Environment;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.SandboxOptions;
import io.identamocrm.settings.StartOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Does once what the product does, so that the JVM can note the classes that are needed: the build makes the class-data archive from the
 * list.
 */
public final class TrainingRun {

    private static final int RECEPTIONS = 60;

    private TrainingRun() {}

    /** The only argument is the directory of {@code config/} and {@code routes/}. */
    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        // Before anything logs: else logging has its own defaults, and what config/log4j2.xml needs is not noted.
        new Environment(
                        home,
                        Map.of(
                                "LOG_FILE",
                                home.resolve("target/class-archive/app.log").toString()))
                .configureLogging(false);
        SampleClinic clinic = SampleClinic.filled(ClinicGenerator.Options.of(RECEPTIONS, LocalDateTime.now()));
        try (EmbeddedSetUp setUp =
                new EmbeddedSetUp(clinic, SandboxOptions.standard().unlimited())) {
            Map<String, String> variables = new HashMap<>(setUp.variables());
            variables.put("RATE_LIMIT_REQUESTS", "0");
            variables.put("MANAGEMENT_PORT", Integer.toString(EmbeddedRedis.freePort()));
            Environment environment = new Environment(home, variables);
            for (String command :
                    new String[] {"--help", "full-sync", "reception-sync", "stats", "dead-letters list"}) {
                Commands.execute(environment, nowhere, nowhere, command.split(" "));
            }
            CamelRuntime.start(new StartOptions(
                            home.resolve("config"),
                            home.resolve("routes"),
                            variables,
                            StartOptions.Mode.SERVICE,
                            Clock.systemUTC()))
                    .close();
        }
        System.exit(0);
    }
}
