package io.identamocrm.cli;

import io.identamocrm.app.AlertTrial;
import io.identamocrm.problems.Finding;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alerts}: where operators hear of what is not well, and whether it arrives there. */
@Command(
        name = "alerts",
        description = "Where operators hear of what is not well: which channels are set. "
                + "Needs neither IDENT nor Redis nor amoCRM.")
public final class AlertsCommand extends ProductCommand implements Callable<Integer> {

    @Option(
            names = "--test",
            description = "Send a test alert to every channel that is set, and tell of each whether it was taken.")
    private boolean test;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public AlertsCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        StartOptions options = options(StartOptions.Mode.CHECK);
        List<Finding> findings = test ? AlertTrial.findings(options) : AlertTrial.channels(options);
        FindingPrinter.print(findings, json, out());
        return Finding.exitCode(findings);
    }
}
