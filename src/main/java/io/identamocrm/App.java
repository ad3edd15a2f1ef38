package io.identamocrm;

import io.identamocrm.cli.Commands;
import io.identamocrm.cli.Environment;
import java.util.List;

/** The program: hands the command line to {@link Commands} and ends with its exit code. */
public final class App {

    private App() {}

    /** Never returns: threads of Camel, Redis or a pool must not keep a finished or failed command alive. */
    public static void main(String[] args) {
        // For Groovy's closures picocli would look through all libraries.
        System.setProperty("picocli.disable.closures", "true");
        Environment environment = Environment.ofProcess();
        environment.configureLogging(List.of(args).contains("service"));
        environment.interruption().listen();
        int exitCode = Commands.execute(environment, System.out, System.err, args);
        environment.interruption().ended(exitCode);
        System.exit(exitCode);
    }
}
