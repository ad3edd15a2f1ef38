package io.identamocrm.cli;

import io.identamocrm.app.Doctor;
import io.identamocrm.problems.Finding;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code test-amocrm}: can this account be worked with, and do the settings fit it. */
@Command(
        name = "test-amocrm",
        description = "Look at the amoCRM account: token, rights, zone, pipelines, stages, fields, users.")
public final class TestAmocrmCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public TestAmocrmCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.ofAccount(options(StartOptions.Mode.ACCOUNT));
        FindingPrinter.print(findings, json, out());
        return Finding.exitCode(findings);
    }
}
