package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.ops.CamelRuntime;
import io.identamocrm.ops.Statistics;
import io.identamocrm.sync.Run;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stats}: what the runs have done so far. */
@Command(name = "stats", description = "Last runs, totals, funnels and errors.")
public final class StatsCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public StatsCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(CamelRuntime.Mode.STATE)) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            TextTable table = new TextTable();
            int letters = Stream.of(Run.Kind.values()).mapToInt(kind -> runtime.deadLetters(kind).count()).sum();
            Statistics.of(runtime.history(), letters, runtime.cursors(),
                    Clock.system(runtime.settings().zone())).forEach((name, figure) -> {
                        document.putPOJO(name, figure);
                        table.row(name.replace('_', ' '), figure == null ? "never" : figure.toString());
                    });
            out().println(json ? document.toPrettyString() : table.toString());
        }
        return 0;
    }
}
