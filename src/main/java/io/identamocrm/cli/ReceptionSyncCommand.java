package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code reception-sync}: one run of receptions. */
@Command(
        name = "reception-sync",
        description = "One run of receptions: what has changed since the cursor, or what the options say.")
public final class ReceptionSyncCommand extends SyncCommand {

    /** Called by the command line. */
    public ReceptionSyncCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    RunReport run(CamelRuntime runtime, RunRequest request) {
        return runtime.receptions(request);
    }
}
