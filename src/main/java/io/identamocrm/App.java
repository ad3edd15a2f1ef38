package io.identamocrm;

import io.identamocrm.cli.Commands;
import io.identamocrm.cli.Environment;

/** The program: hands the command line to {@link Commands} and ends with its exit code. */
public final class App {

    private App() {
    }

    /** Never returns: threads of Camel, Redis or a pool must not keep a finished or failed command alive. */
    public static void main(String[] args) {
        Environment environment = Environment.ofProcess();
        environment.configureLogging();
        System.exit(Commands.execute(environment, System.out, System.err, args));
    }
}
