package io.identamocrm.cli;

import io.identamocrm.ops.CamelRuntime;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain reception ID}: the way to the decision of one reception. */
@Command(name = "reception", description = "Facts, status, funnel, the three steps with every candidate, stage and difference.")
public final class ExplainReceptionCommand extends ProductCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Id of the reception in IDENT.")
    private long id;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public ExplainReceptionCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(CamelRuntime.Mode.RUNS)) {
            return DecisionPrinter.print(id, runtime.receptions(RunRequest.one(id).asDryRun()), json, out());
        }
    }
}
