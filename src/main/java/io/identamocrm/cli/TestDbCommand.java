package io.identamocrm.cli;

import io.identamocrm.checks.IdentProbe;
import io.identamocrm.checks.OldTls;
import io.identamocrm.console.FindingJson;
import io.identamocrm.problems.Finding;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code test-db}: can this IDENT be read, and how well. */
@Command(
        name = "test-db",
        description = "Look at IDENT: connection, rights, tables and columns, row version, indexes, clock.")
public final class TestDbCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public TestDbCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        StartOptions options = options(StartOptions.Mode.STATE);
        Settings settings = SettingsCheck.of(options).require(options.mode());
        OldTls.allow(settings.ident());
        List<Finding> findings = IdentProbe.findings(settings, options.config().resolve("sql"), options.clock());
        if (json) {
            out().println(FindingJson.of(findings).toPrettyString());
        } else {
            FindingPrinter.print(findings, out());
        }
        return Finding.exitCode(findings);
    }
}
