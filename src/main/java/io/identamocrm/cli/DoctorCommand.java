package io.identamocrm.cli;

import io.identamocrm.app.Doctor;
import io.identamocrm.problems.Finding;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: is everything set up well, and if not, what is to be done. */
@Command(
        name = "doctor",
        description = "Look at everything, change nothing: settings, routes, SQL files, Redis, clocks, IDENT, amoCRM; "
                + "each finding with its remedy.")
public final class DoctorCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public DoctorCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.findings(options(StartOptions.Mode.ACCOUNT));
        FindingPrinter.print(findings, json, out());
        return Finding.exitCode(findings);
    }
}
