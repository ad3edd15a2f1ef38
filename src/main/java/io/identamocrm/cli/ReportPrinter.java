package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.sync.Run.Kind;
import io.identamocrm.sync.RunReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Prints what a run did, as a table or as the JSON document of the interface. */
public final class ReportPrinter {

    private static final int MOST_FAILURES = 20;

    private ReportPrinter() {
    }

    /** Prints the report for people. */
    static void print(RunReport report, PrintWriter out) {
        out.println((report.dryRun() ? "Dry run, nothing was written: "
                : report.kind() == Kind.RECEPTIONS ? "Reception run: " : "Patient run: ") + report.mode()
                + (report.since() == null ? "" : ", changes since " + report.since()));
        TextTable table = new TextTable();
        figures(List.of(report), table);
        out.println(table);
        if (!report.failures().isEmpty()) {
            out.println((report.dryRun() ? "Would fail, " : "Failed ") + report.kind().key()
                    + (report.dryRun() ? ":" : " (kept as dead letters):"));
            report.failures().entrySet().stream().limit(MOST_FAILURES)
                    .forEach(entry -> out.println("  " + entry.getKey() + "  " + line(entry.getValue())));
            if (report.failures().size() > MOST_FAILURES) {
                out.println("  … and " + (report.failures().size() - MOST_FAILURES) + " more (--json lists all)");
            }
        }
    }

    private static String line(Failure failure) {
        return failure.code() + "  " + failure.sentence() + ". " + failure.code().remedy();
    }

    /** The figures of several runs, a column each. */
    public static String table(Map<String, RunReport> runs) {
        TextTable table = new TextTable();
        table.row("", runs.keySet().toArray());
        figures(List.copyOf(runs.values()), table);
        return table.toString();
    }

    private static void figures(List<RunReport> runs, TextTable table) {
        table.row("found", each(runs, RunReport::found));
        for (Outcome outcome : Outcome.values()) {
            table.row(outcome.key(), each(runs, run -> run.count(outcome)));
        }
        if (runs.stream().anyMatch(run -> run.kind() == Kind.RECEPTIONS)) {
            table.row("primary funnel", each(runs, run -> run.count(Funnel.PRIMARY)));
            table.row("secondary funnel", each(runs, run -> run.count(Funnel.SECONDARY)));
        }
        table.row("amoCRM requests", each(runs, RunReport::requests));
        table.row("seconds", each(runs, run -> String.format(Locale.ROOT, "%.1f", run.seconds())));
    }

    private static Object[] each(List<RunReport> runs, Function<RunReport, Object> figure) {
        return runs.stream().map(figure).toArray();
    }

    /** The JSON document of the interface. */
    static ObjectNode json(RunReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("run", report.kind().key()).put("mode", report.mode())
                .put("since", report.since() == null ? null : report.since().toString()).put("found", report.found());
        if (report.dryRun()) {
            json.put("dry_run", true);
        }
        for (Outcome outcome : Outcome.values()) {
            json.put(outcome.key(), report.count(outcome));
        }
        if (report.kind() == Kind.RECEPTIONS) {
            json.putObject("funnel").put("primary", report.count(Funnel.PRIMARY)).put("secondary", report.count(Funnel.SECONDARY));
        }
        ArrayNode errors = json.putArray("errors");
        for (Map.Entry<Long, Failure> entry : report.failures().entrySet()) {
            errors.addObject().put(report.kind().one() + "_id", entry.getKey()).put("code", entry.getValue().code().name())
                    .put("error", entry.getValue().sentence());
        }
        return json.put("amocrm_requests", report.requests()).put("seconds", report.seconds());
    }
}
