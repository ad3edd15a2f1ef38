package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.reconcile.Reconciliation;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reconcile}: where IDENT and amoCRM disagree. */
@Command(name = "reconcile", description = "Read-only report: what amoCRM holds twice, and what IDENT no longer has.")
public final class ReconcileCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public ReconcileCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(StartOptions.Mode.CHECK)) {
            Reconciliation found = runtime.reconcile();
            if (json) {
                out().println(ReconciliationPrinter.json(found).toPrettyString());
            } else {
                ReconciliationPrinter.print(found, out());
            }
        }
        return 0;
    }
}
