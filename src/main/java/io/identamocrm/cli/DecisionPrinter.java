package io.identamocrm.cli;

import io.identamocrm.console.Background;
import io.identamocrm.console.DecisionJson;
import io.identamocrm.console.FieldChange;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Reason;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;

/** Tells the way to the decision of one reception or patient: ids, and our fields with personal values masked. */
final class DecisionPrinter {

    private DecisionPrinter() {
    }

    /** The only decision of a report, or null if IDENT has no such row. */
    static Decision of(RunReport report) {
        return report.decisions().stream().findFirst().orElse(null);
    }

    /** Prints what was, or would be, done; returns the exit code. */
    static int print(long id, RunReport report, ZoneId zone, RunOptions options, PrintWriter out) {
        if (options.json()) {
            out.println(DecisionJson.of(id, report, null, zone).toPrettyString());
        } else {
            printDecision(id, report, null, zone, options.showValues(), out);
        }
        return exitCode(report);
    }

    /** Prints what would be done, with what else is known; returns the exit code. */
    static int explain(long id, RunReport report, Background background, ZoneId zone, boolean json, PrintWriter out) {
        if (json) {
            out.println(DecisionJson.of(id, report, background, zone).toPrettyString());
        } else {
            printDecision(id, report, background, zone, false, out);
        }
        return exitCode(report);
    }

    private static int exitCode(RunReport report) {
        Decision decision = of(report);
        return decision == null || !report.failures().isEmpty() ? 1 : 0;
    }

    /**
     * For people.
     *
     * @param background what else is known, or null
     */
    static void printDecision(long id, RunReport report, Background background, ZoneId zone, boolean showValues, PrintWriter out) {
        Decision decision = of(report);
        TextTable table = new TextTable();
        if (decision == null) {
            out.println("IDENT has no " + report.kind().one() + " " + id + ".");
        } else {
            out.println((report.kind() == Run.Kind.RECEPTIONS ? "Reception " : "Patient ") + decision.id()
                    + (report.dryRun() ? " (nothing is written)" : ""));
            for (Reason reason : decision.reasons()) {
                boolean counts = reason.rule().equals("funnel") && background != null;
                table.row(reason.rule(), reason.text() + (counts ? background.counted() : ""));
            }
            table.row("outcome", decision.outcome().key() + (decision.failure() == null ? ""
                    : ": " + decision.failure().sentence() + ". " + decision.failure().code().remedy()));
        }
        if (background != null) {
            background.lines(report.kind()).forEach(line -> table.row(line.rule(), line.text()));
        }
        out.println(table);
        List<FieldChange> changes = decision == null ? List.of() : FieldChange.of(decision, zone);
        if (!changes.isEmpty()) {
            out.println(report.dryRun() ? "What would be sent:" : "What was to be sent:");
            out.println(table(changes, showValues));
        }
    }

    /** One line each: {@code deal 123  reception_cost  (another value) → 1500}. */
    static TextTable table(List<FieldChange> changes, boolean showValues) {
        TextTable table = new TextTable();
        changes.forEach(change -> table.row(String.format("  %-16s  %-27s", change.entity(), change.field()),
                change.before() + " → " + change.shown(showValues)));
        return table;
    }
}
