package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code service}: runs on schedule until told to stop. */
@Command(name = "service", description = "Synchronise on schedule until stopped (Ctrl-C or SIGTERM).")
public final class ServiceCommand extends ProductCommand implements Callable<Integer> {

    /** Called by the command line. */
    public ServiceCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() throws InterruptedException {
        try (CamelRuntime runtime = start(StartOptions.Mode.SERVICE)) {
            out().println("The service runs; Ctrl-C or SIGTERM ends it.");
            runtime.managementAddress().ifPresent(address -> out().println("Health: " + address + "/observe/health, metrics: " + address
                    + "/observe/metrics" + (runtime.settings().management().jolokiaUser() == null ? "" : ", Jolokia: " + address
                    + "/observe/jolokia")));
            runtime.awaitStop();
        }
        return 0;
    }
}
