package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.RunHistory;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stats}: what the runs have done so far. */
@Command(name = "stats", description = "Last runs, totals, funnels and errors.")
public final class StatsCommand extends ProductCommand implements Callable<Integer> {

    private static final int SHOWN = 10;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public StatsCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(StartOptions.Mode.STATE)) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            TextTable table = new TextTable();
            runtime.statistics().forEach((name, figure) -> {
                document.putPOJO(name, figure);
                table.row(CliText.named("STAT_", name), figure == null ? CliText.NEVER : figure.toString());
            });
            List<RunHistory.Entry> runs = runtime.history().lastRuns();
            if (json) {
                var array = document.putArray("runs");
                runs.forEach(run -> {
                    ObjectNode entry = array.addObject()
                            .put("run", run.run())
                            .put("mode", run.mode())
                            .put("ended_at", run.endedAt().toString())
                            .put("seconds", run.seconds());
                    new TreeMap<>(run.figures()).forEach(entry::put);
                });
                out().println(document.toPrettyString());
            } else {
                out().println(table);
                out().println();
                out().println(table(runs, runtime.settings().zone()));
            }
        }
        return 0;
    }

    private static TextTable table(List<RunHistory.Entry> runs, ZoneId zone) {
        TextTable table = new TextTable();
        table.row(
                CliText.LAST_RUNS,
                CliText.MODE,
                CliText.ENDED,
                CliText.SECONDS,
                CliText.FOUND,
                CliText.CREATED,
                CliText.UPDATED,
                CliText.FAILED,
                CliText.RUN_REQUESTS);
        runs.stream()
                .limit(SHOWN)
                .forEach(run -> table.row(
                        CliText.named("RUN_", run.run()),
                        CliText.named("MODE_", run.mode()),
                        ClinicTime.of(run.endedAt(), zone),
                        String.format(Locale.ROOT, "%.1f", run.seconds()),
                        figure(run, "found"),
                        figure(run, "created") + figure(run, "created_deal"),
                        figure(run, "updated"),
                        figure(run, "failed"),
                        figure(run, "amocrm_requests")));
        return table;
    }

    private static long figure(RunHistory.Entry run, String name) {
        return run.figures().getOrDefault(name, 0L);
    }
}
