package io.identamocrm.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Language;
import io.identamocrm.model.MappedField;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way to the decision of one reception or patient, for programs: ids, and our fields with personal values masked. */
public final class DecisionJson {

    private DecisionJson() {}

    /**
     * One document in English; personal values are never in it.
     *
     * @param background what else is known, or null
     */
    public static ObjectNode of(long id, RunReport report, @Nullable Background background, ZoneId zone) {
        return of(id, report, background, zone, Language.ENGLISH);
    }

    /** The same for those who read this language. */
    static ObjectNode of(long id, RunReport report, @Nullable Background background, ZoneId zone, Language language) {
        Decision decision = report.decisions().stream().findFirst().orElse(null);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(report.kind().one() + "_id", id)
                .put("dry_run", report.dryRun())
                .put("outcome", decision == null ? null : decision.outcome().key());
        if (decision != null) {
            json.put("patient_id", decision.patientId())
                    .put(
                            "status",
                            decision.status() == null ? null : decision.status().name())
                    .put(
                            "funnel",
                            decision.funnel() == null ? null : decision.funnel().name());
            if (decision.failure() != null) {
                json.putObject("error")
                        .put("code", decision.failure().code().name())
                        .put("error", decision.failure().sentence(language));
            }
            var steps = json.putArray("steps");
            decision.reasons()
                    .forEach(reason -> steps.addObject()
                            .put("rule", reason.step().in(language))
                            .put("text", reason.what().in(language)));
            fields(
                    json,
                    "deal_fields",
                    decision.deal() == null
                            ? Set.of()
                            : decision.deal().values().keySet());
            fields(
                    json,
                    "contact_fields",
                    decision.contact() == null
                            ? Set.of()
                            : decision.contact().values().keySet());
            json.set("changes", FieldChange.json(FieldChange.of(decision, zone), language));
        }
        if (background != null) {
            if (background.completed() != null) {
                var completed = json.putArray("completed_receptions");
                background.completed().forEach(completed::add);
            }
            json.put(
                    "last_sent_status",
                    background.lastSent() == null ? null : background.lastSent().name());
            json.set(
                    "dead_letter",
                    background.deadLetter() == null ? null : DeadLetterJson.of(background.deadLetter(), language));
            if (report.kind() == Run.Kind.RECEPTIONS) {
                var followUps = json.putArray("follow_ups");
                background
                        .followUps()
                        .forEach(one -> followUps
                                .addObject()
                                .put("event", one.event().key())
                                .put(
                                        "kind",
                                        one.open() == null
                                                ? null
                                                : one.open().what().kind().key())
                                .put(
                                        "deal_id",
                                        one.open() == null
                                                ? null
                                                : Long.valueOf(one.open().deal()))
                                .put(
                                        "done_at",
                                        one.done() == null ? null : one.done().toString()));
            }
        }
        return json.put("amocrm_requests", report.requests()).put("seconds", report.seconds());
    }

    private static void fields(ObjectNode json, String name, Collection<? extends MappedField> fields) {
        var array = json.putArray(name);
        fields.forEach(field -> array.add(field.key()));
    }
}
