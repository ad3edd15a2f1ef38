package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.BrakeStates.Brake;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brakes}: which writes have stopped because far too many were due, and how they go on. */
@Command(
        name = "brakes",
        description = "Writes that stopped because far more were due than usual: what was seen, and since when. "
                + "Works while the service runs.")
public final class BrakesCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public BrakesCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(StartOptions.Mode.STATE)) {
            List<Brake> brakes = runtime.brakes().all();
            if (json) {
                var array = JsonNodeFactory.instance.arrayNode();
                brakes.forEach(brake -> array.addObject()
                        .put("kind", brake.kind().key())
                        .put("affected", brake.affected())
                        .put("total", brake.total())
                        .put("since", brake.since().toString())
                        .put("released", brake.released()));
                out().println(array.toPrettyString());
            } else if (brakes.isEmpty()) {
                out().println(CliText.NO_BRAKE);
            } else {
                TextTable table = new TextTable();
                table.row(CliText.BRAKE, CliText.SINCE, CliText.SEEN, CliText.WHAT_FOLLOWS);
                brakes.forEach(brake -> table.row(
                        brake.kind().key(),
                        ClinicTime.of(brake.since(), runtime.settings().zone()),
                        brake.seen(),
                        brake.released() ? CliText.RELEASED : brake.kind().effect()));
                out().println(table);
            }
        }
        return 0;
    }

    @Command(
            name = "release",
            description = "Lets what was shown pass, once: up to as many in the next full or deep run.")
    int release(@Parameters(paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.") BrakeKind kind) {
        try (CamelRuntime runtime = start(StartOptions.Mode.STATE)) {
            Brake released = runtime.brakes().release(kind);
            out().println(
                            released == null
                                    ? CliText.BRAKE_NOT_PULLED.with(kind)
                                    : CliText.RELEASED_ONCE.with(released.seen()));
            return released == null ? 1 : 0;
        }
    }
}
