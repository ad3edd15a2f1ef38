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

/** {@code explain patient ID}: the way to the decision of one patient; writes nothing. */
@Command(
        name = "patient",
        description =
                "The choice of the contact with every candidate, the difference, completed receptions, last failure.")
public final class ExplainPatientCommand extends ProductCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Id of the patient in IDENT (ID_Persons).")
    private long id;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public ExplainPatientCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(StartOptions.Mode.CHECK)) {
            RunReport report = runtime.patients(RunRequest.explained(id));
            Background background = Background.of(Run.Kind.PATIENTS, id, DecisionPrinter.of(report), runtime);
            return DecisionPrinter.explain(
                    id, report, background, runtime.settings().zone(), json, out());
        }
    }
}
