package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import java.io.PrintWriter;

/** Tells the way to the decision of one reception or patient; ids only, fields by name without their values. */
final class DecisionPrinter {

    private DecisionPrinter() {
    }

    /** Prints the only decision of a report; returns the exit code. */
    static int print(long id, RunReport report, boolean json, PrintWriter out) {
        Decision decision = report.decisions().stream().findFirst().orElse(null);
        if (json) {
            out.println(json(id, report, decision).toPrettyString());
        } else if (decision == null) {
            out.println("IDENT has no " + report.kind().one() + " " + id + ".");
        } else {
            tell(decision, report, out);
        }
        return decision == null || decision.outcome() == Outcome.FAILED ? 1 : 0;
    }

    private static void tell(Decision decision, RunReport report, PrintWriter out) {
        out.println((report.kind() == Run.Kind.RECEPTIONS ? "Reception " : "Patient ") + decision.id()
                + (report.dryRun() ? " (nothing is written)" : ""));
        TextTable table = new TextTable();
        for (Reason reason : decision.reasons()) {
            table.row(reason.rule(), reason.text());
        }
        if (decision.deal() != null) {
            table.row("deal", (decision.deal().isNew() ? "create, with " : "change ") + decision.deal().values().keySet());
        }
        if (decision.contact() != null) {
            table.row("contact", (decision.contact().isNew() ? "create, with " : "change ") + decision.contact().values().keySet()
                    + (decision.contact().phones().isEmpty() ? "" : " and " + decision.contact().phones().size() + " phone"));
        }
        table.row("outcome", decision.outcome().key()
                + (decision.failure() == null ? "" : ": " + decision.failure().sentence() + ". " + decision.failure().code().remedy()));
        out.println(table);
    }

    private static ObjectNode json(long id, RunReport report, Decision decision) {
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
            var deal = json.putArray("deal_fields");
            if (decision.deal() != null) {
                decision.deal().values().keySet().forEach(field -> deal.add(field.key()));
            }
            var contact = json.putArray("contact_fields");
            if (decision.contact() != null) {
                decision.contact().values().keySet().forEach(field -> contact.add(field.key()));
            }
        }
        return json.put("amocrm_requests", report.requests()).put("seconds", report.seconds());
    }
}
