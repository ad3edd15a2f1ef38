package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Decision;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

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
            out.println(json(id, report, null, zone).toPrettyString());
        } else {
            printDecision(id, report, null, zone, options.showValues(), out);
        }
        return exitCode(report);
    }

    /** Prints what would be done, with what else is known; returns the exit code. */
    static int explain(long id, RunReport report, Background background, ZoneId zone, boolean json, PrintWriter out) {
        if (json) {
            out.println(json(id, report, background, zone).toPrettyString());
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
        boolean receptions = report.kind() == Run.Kind.RECEPTIONS;
        if (decision == null) {
            out.println((receptions ? CliText.NO_RECEPTION : CliText.NO_PATIENT).with(id));
        } else {
            out.println((receptions ? report.dryRun() ? CliText.RECEPTION_READ : CliText.RECEPTION
                    : report.dryRun() ? CliText.PATIENT_READ : CliText.PATIENT).with(decision.id()));
            for (Reason reason : decision.reasons()) {
                boolean counts = reason.step() == ReasonText.FUNNEL && background != null;
                table.row(reason.step(), counts ? background.counted(reason.what()) : reason.what());
            }
            table.row(CliText.OUTCOME, decision.failure() == null ? decision.outcome()
                    : CliText.VALUE.with(decision.outcome(), ReportPrinter.sentences(decision.failure())));
        }
        if (background != null) {
            background.lines(report.kind()).forEach(line -> table.row(line.step(), line.what()));
        }
        out.println(table);
        List<FieldChange> changes = decision == null ? List.of() : FieldChange.of(decision, zone);
        if (!changes.isEmpty()) {
            out.println(report.dryRun() ? CliText.WOULD_BE_SENT : CliText.WAS_TO_BE_SENT);
            out.println(FieldChange.table(changes, showValues));
        }
    }

    /** For programs. */
    static ObjectNode json(long id, RunReport report, Background background, ZoneId zone) {
        Decision decision = of(report);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put(report.kind().one() + "_id", id).put("dry_run", report.dryRun())
                .put("outcome", decision == null ? null : decision.outcome().key());
        if (decision != null) {
            json.put("patient_id", decision.patientId())
                    .put("status", decision.status() == null ? null : decision.status().name())
                    .put("funnel", decision.funnel() == null ? null : decision.funnel().name());
            if (decision.failure() != null) {
                json.putObject("error").put("code", decision.failure().code().name()).put("error", decision.failure().sentence());
            }
            var steps = json.putArray("steps");
            decision.reasons().forEach(reason -> steps.addObject().put("rule", reason.rule()).put("text", reason.text()));
            fields(json, "deal_fields", decision.deal() == null ? Set.of() : decision.deal().values().keySet());
            fields(json, "contact_fields", decision.contact() == null ? Set.of() : decision.contact().values().keySet());
            json.set("changes", FieldChange.json(FieldChange.of(decision, zone)));
        }
        if (background != null) {
            if (background.completed() != null) {
                var completed = json.putArray("completed_receptions");
                background.completed().forEach(completed::add);
            }
            json.put("last_sent_status", background.lastSent() == null ? null : background.lastSent().name());
            json.set("dead_letter", background.deadLetter() == null ? null : DeadLettersCommand.json(background.deadLetter()));
        }
        return json.put("amocrm_requests", report.requests()).put("seconds", report.seconds());
    }

    private static void fields(ObjectNode json, String name, Collection<? extends MappedField> fields) {
        var array = json.putArray(name);
        fields.forEach(field -> array.add(field.key()));
    }
}
