package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Text;
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

    private ReportPrinter() {}

    /** Prints the report for people. */
    static void print(RunReport report, PrintWriter out) {
        Text mode = CliText.named("MODE_", report.mode());
        out.println((report.dryRun()
                        ? CliText.DRY_RUN
                        : report.kind() == Kind.RECEPTIONS ? CliText.RECEPTION_RUN : CliText.PATIENT_RUN)
                .with(report.since() == null ? mode : CliText.CHANGES_SINCE.with(mode, report.since())));
        TextTable table = new TextTable();
        figures(List.of(report), table);
        out.println(table);
        if (!report.failures().isEmpty()) {
            out.println(CliText.valueOf((report.dryRun() ? "WOULD_FAIL_" : "FAILED_") + report.kind()));
            report.failures().entrySet().stream()
                    .limit(MOST_FAILURES)
                    .forEach(entry -> out.println(CliText.FAILED_ONE.with(
                            entry.getKey(), entry.getValue().code(), sentences(entry.getValue()))));
            if (report.failures().size() > MOST_FAILURES) {
                out.println(CliText.AND_MORE.with(report.failures().size() - MOST_FAILURES));
            }
        }
    }

    /** What failed and what to do about it. */
    static Text sentences(Failure failure) {
        return language ->
                failure.sentence(language) + ". " + failure.code().advice().in(language);
    }

    /** The figures of several runs, a column each. */
    public static Text table(Map<?, RunReport> runs) {
        TextTable table = new TextTable();
        table.row("", runs.keySet().toArray());
        figures(List.copyOf(runs.values()), table);
        return table::in;
    }

    private static void figures(List<RunReport> runs, TextTable table) {
        table.row(CliText.FOUND, each(runs, RunReport::found));
        for (Outcome outcome : Outcome.values()) {
            table.row(outcome, each(runs, run -> run.count(outcome)));
        }
        if (runs.stream().anyMatch(run -> run.kind() == Kind.RECEPTIONS)) {
            table.row(CliText.PRIMARY, each(runs, run -> run.count(Funnel.PRIMARY)));
            table.row(CliText.SECONDARY, each(runs, run -> run.count(Funnel.SECONDARY)));
        }
        table.row(CliText.REQUESTS, each(runs, RunReport::requests));
        table.row(CliText.SECONDS, each(runs, run -> String.format(Locale.ROOT, "%.1f", run.seconds())));
    }

    private static Object[] each(List<RunReport> runs, Function<RunReport, Object> figure) {
        return runs.stream().map(figure).toArray();
    }

    /** The JSON document of the interface. */
    static ObjectNode json(RunReport report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("run", report.kind().key())
                .put("mode", report.mode())
                .put("since", report.since() == null ? null : report.since().toString())
                .put("found", report.found());
        if (report.dryRun()) {
            json.put("dry_run", true);
        }
        for (Outcome outcome : Outcome.values()) {
            json.put(outcome.key(), report.count(outcome));
        }
        if (report.kind() == Kind.RECEPTIONS) {
            json.putObject("funnel")
                    .put("primary", report.count(Funnel.PRIMARY))
                    .put("secondary", report.count(Funnel.SECONDARY));
        }
        ArrayNode errors = json.putArray("errors");
        for (Map.Entry<Long, Failure> entry : report.failures().entrySet()) {
            errors.addObject()
                    .put(report.kind().one() + "_id", entry.getKey())
                    .put("code", entry.getValue().code().name())
                    .put("error", entry.getValue().sentence());
        }
        return json.put("amocrm_requests", report.requests()).put("seconds", report.seconds());
    }
}
