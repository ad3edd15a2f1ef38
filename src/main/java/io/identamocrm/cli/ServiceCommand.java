package io.identamocrm.cli;

import io.identamocrm.ops.CamelRuntime;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code service}: runs on schedule until told to stop. */
@Command(name = "service", description = "Synchronise on schedule until stopped (Ctrl-C or SIGTERM).")
public final class ServiceCommand implements Callable<Integer> {

    @Mixin
    private SetupOptions setup;

    private final Environment environment;
    private final PrintWriter out;

    /** Called by the command line. */
    public ServiceCommand(Environment environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (CamelRuntime runtime = setup.start(environment, CamelRuntime.Mode.SERVICE)) {
            out.println("The service runs; Ctrl-C or SIGTERM ends it.");
            runtime.awaitStop();
        }
        return 0;
    }
}
