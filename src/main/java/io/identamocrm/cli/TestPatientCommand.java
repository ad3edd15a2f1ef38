package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code test-patient ID}: synchronises one patient and prints every step. */
@Command(name = "test-patient", description = "Synchronise one patient and tell every step.")
public final class TestPatientCommand extends ProductCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Id of the patient in IDENT (ID_Persons).")
    private long id;

    @Mixin
    private RunOptions options;

    /** Called by the command line. */
    public TestPatientCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        options.check();
        try (CamelRuntime runtime = start(options.mode())) {
            RunReport report = runtime.patients(options.apply(RunRequest.one(id)));
            return DecisionPrinter.print(id, report, runtime.settings().zone(), options, out());
        }
    }
}
