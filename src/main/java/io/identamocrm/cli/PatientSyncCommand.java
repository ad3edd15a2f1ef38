package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code patient-sync}: one run of patients. */
@Command(
        name = "patient-sync",
        description = "One run of patients: what has changed since the cursor, or what the options say.")
public final class PatientSyncCommand extends SyncCommand {

    /** Called by the command line. */
    public PatientSyncCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    RunReport run(CamelRuntime runtime, RunRequest request) {
        return runtime.patients(request);
    }
}
