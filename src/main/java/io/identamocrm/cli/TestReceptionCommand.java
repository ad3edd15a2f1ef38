package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code test-reception ID}: synchronises one reception and prints every step. */
@Command(name = "test-reception", description = "Synchronise one reception and tell every step.")
public final class TestReceptionCommand extends ProductCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Id of the reception in IDENT.")
    private long id;

    @Mixin
    private RunOptions options;

    /** Called by the command line. */
    public TestReceptionCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        options.check();
        try (CamelRuntime runtime = start(options.mode())) {
            RunReport report = runtime.receptions(options.apply(RunRequest.one(id)));
            return DecisionPrinter.print(id, report, runtime.settings().zone(), options, out());
        }
    }
}
