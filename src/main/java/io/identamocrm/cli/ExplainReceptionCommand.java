package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.console.Background;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain reception ID}: the way to the decision of one reception; writes nothing. */
@Command(
        name = "reception",
        description =
                "What IDENT says, status, funnel, the three steps with every candidate, contact, stage, difference, last outcome.")
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
        try (CamelRuntime runtime = start(StartOptions.Mode.CHECK)) {
            RunReport report = runtime.receptions(RunRequest.explained(id));
            Background background = Background.of(Run.Kind.RECEPTIONS, id, DecisionPrinter.of(report), runtime);
            return DecisionPrinter.explain(
                    id, report, background, runtime.settings().zone(), json, out());
        }
    }
}
