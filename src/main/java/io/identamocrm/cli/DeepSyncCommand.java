package io.identamocrm.cli;

import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code deep-sync}: patients, then receptions. */
@Command(
        name = "deep-sync",
        description = "As full-sync, after amoCRM was listed from end to end; ends with the reconciliation report.")
public final class DeepSyncCommand extends EverythingCommand {

    /** Called by the command line. */
    public DeepSyncCommand(Environment environment, PrintWriter out) {
        super(environment, out, RunRequest.deep());
    }
}
