package io.identamocrm.cli;

import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code full-sync}: patients, then receptions. */
@Command(
        name = "full-sync",
        description = "Patients, then receptions: everything in the horizon. Stopped, it goes on where it came to.")
public final class FullSyncCommand extends EverythingCommand {

    /** Called by the command line. */
    public FullSyncCommand(Environment environment, PrintWriter out) {
        super(environment, out, RunRequest.full());
    }
}
