package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.model.Outcome;
import io.identamocrm.ops.CamelRuntime;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.SyncOutcome;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that looks at everything. */
abstract class EverythingCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--dry-run", description = "Read and decide, write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    private final RunRequest request;

    EverythingCommand(Environment environment, PrintWriter out, RunRequest request) {
        super(environment, out);
        this.request = request;
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(CamelRuntime.Mode.RUNS)) {
            SyncOutcome outcome = runtime.everything(dryRun ? request.asDryRun() : request);
            if (json) {
                var document = JsonNodeFactory.instance.objectNode();
                document.set("patients", ReportPrinter.json(outcome.patients()));
                document.set("receptions", ReportPrinter.json(outcome.receptions()));
                if (outcome.reconciliation() != null) {
                    document.set("reconciliation", ReconciliationPrinter.json(outcome.reconciliation()));
                }
                out().println(document.toPrettyString());
            } else {
                ReportPrinter.print(outcome.patients(), false, out());
                ReportPrinter.print(outcome.receptions(), false, out());
                if (outcome.reconciliation() != null) {
                    ReconciliationPrinter.print(outcome.reconciliation(), out());
                }
            }
            return outcome.patients().count(Outcome.FAILED) + outcome.receptions().count(Outcome.FAILED) == 0 ? 0 : 1;
        }
    }
}
