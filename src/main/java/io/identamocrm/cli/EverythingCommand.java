package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.reconcile.SyncOutcome;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.BrakeStates.Brake;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that looks at everything. */
abstract class EverythingCommand extends ProductCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    private final RunRequest request;

    EverythingCommand(Environment environment, PrintWriter out, RunRequest request) {
        super(environment, out);
        this.request = request;
    }

    @Override
    public Integer call() {
        options.check();
        try (CamelRuntime runtime = start(options.mode());
                RunView view = options.view(runtime)) {
            SyncOutcome outcome = run(runtime, view);
            List<Brake> held = runtime.brakes().all().stream()
                    .filter(brake -> !brake.released())
                    .toList();
            if (options.mode() == StartOptions.Mode.RUNS && options.letsPass(held)) {
                held.forEach(brake -> runtime.brakes().release(brake.kind()));
                outcome = run(runtime, view);
            }
            return outcome.patients().failures().isEmpty()
                            && outcome.receptions().failures().isEmpty()
                    ? 0
                    : 1;
        }
    }

    private SyncOutcome run(CamelRuntime runtime, RunView view) {
        SyncOutcome outcome = runtime.everything(options.apply(request).withListener(view));
        view.print(json(outcome), options.json() ? null : () -> print(outcome));
        return outcome;
    }

    private static ObjectNode json(SyncOutcome outcome) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("patients", ReportPrinter.json(outcome.patients()));
        document.set("receptions", ReportPrinter.json(outcome.receptions()));
        if (outcome.reconciliation() != null) {
            document.set("reconciliation", ReconciliationPrinter.json(outcome.reconciliation()));
        }
        return document;
    }

    private void print(SyncOutcome outcome) {
        ReportPrinter.print(outcome.patients(), out());
        ReportPrinter.print(outcome.receptions(), out());
        if (outcome.reconciliation() != null) {
            ReconciliationPrinter.print(outcome.reconciliation(), out());
        }
    }
}
