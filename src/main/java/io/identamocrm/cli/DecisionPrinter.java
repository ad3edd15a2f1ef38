package io.identamocrm.cli;

import io.identamocrm.console.Background;
import io.identamocrm.console.DecisionJson;
import io.identamocrm.console.FieldChange;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Text;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the way to the decision of one reception or patient: ids, and our fields with personal values masked. */
final class DecisionPrinter {

    private DecisionPrinter() {}

    /** The only decision of a report, or null if IDENT has no such row. */
    static @Nullable Decision of(RunReport report) {
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
    static void printDecision(
            long id,
            RunReport report,
            @Nullable Background background,
            ZoneId zone,
            boolean showValues,
            PrintWriter out) {
        Decision decision = of(report);
        TextTable table = new TextTable();
        boolean receptions = report.kind() == Run.Kind.RECEPTIONS;
        if (decision == null) {
            out.println((receptions ? CliText.NO_RECEPTION : CliText.NO_PATIENT).with(id));
        } else {
            out.println((receptions
                            ? report.dryRun() ? CliText.RECEPTION_READ : CliText.RECEPTION
                            : report.dryRun() ? CliText.PATIENT_READ : CliText.PATIENT)
                    .with(decision.id()));
            for (Reason reason : decision.reasons()) {
                boolean counts = reason.step() == ReasonText.FUNNEL;
                table.row(
                        reason.step(),
                        counts && background != null ? background.counted(reason.what()) : reason.what());
            }
            table.row(
                    CliText.OUTCOME,
                    decision.failure() == null
                            ? decision.outcome()
                            : CliText.VALUE.with(decision.outcome(), ReportPrinter.sentences(decision.failure())));
        }
        if (background != null) {
            background.lines(report.kind()).forEach(line -> table.row(line.step(), line.what()));
        }
        out.println(table);
        List<FieldChange> changes = decision == null ? List.of() : FieldChange.of(decision, zone);
        if (!changes.isEmpty()) {
            out.println(report.dryRun() ? CliText.WOULD_BE_SENT : CliText.WAS_TO_BE_SENT);
            out.println(table(changes, showValues));
        }
    }

    /** One line each: {@code deal 123  reception_cost  (another value) → 1500}. */
    static TextTable table(List<FieldChange> changes, boolean showValues) {
        TextTable table = new TextTable();
        for (FieldChange change : changes) {
            Text name = language -> String.format(
                    "  %-16s  %-27s",
                    change.entity().in(language), change.field().in(language));
            table.row(name, Text.joined(" → ", change.before(), change.shown(showValues)));
        }
        return table;
    }
}
