package io.identamocrm.cli;

import io.identamocrm.ops.CamelRuntime;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code test-reception ID}: synchronises one reception and tells every step. */
@Command(name = "test-reception", description = "Synchronise one reception and tell every step.")
public final class TestReceptionCommand extends ProductCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Id of the reception in IDENT.")
    private long id;

    @Option(names = "--dry-run", description = "Read and decide, write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public TestReceptionCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(CamelRuntime.Mode.RUNS)) {
            RunRequest request = RunRequest.one(id);
            RunReport report = runtime.receptions(dryRun ? request.asDryRun() : request);
            return DecisionPrinter.print(id, report, json, out());
        }
    }
}
