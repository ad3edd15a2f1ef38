package io.identamocrm.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.SyncPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A deal for programs: whose it is, where it stands, which of our fields it holds. */
public final class DealJson {

    private DealJson() {}

    /** {@code active}, {@code finished} or {@code foreign}: whether we write into it. */
    public static String placeOf(Deal deal, SyncPolicy policy) {
        return policy.isActive(deal) ? "active" : policy.isOurs(deal) ? "finished" : "foreign";
    }

    /** One document; ids and names of fields only. */
    public static ObjectNode of(Deal deal, String place, List<Contact> contacts) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("deal_id", deal.id())
                .put("known", true)
                .put("pipeline_id", deal.pipelineId())
                .put("stage_id", deal.stageId())
                .put("place", place)
                .put("changed_at", Instant.ofEpochSecond(deal.updatedAt()).toString())
                .put("reception_id", deal.receptionId());
        var linked = json.putArray("contacts");
        contacts.forEach(
                contact -> linked.addObject().put("contact_id", contact.id()).put("patient_id", contact.patientId()));
        var holds = json.putArray("fields");
        sorted(deal.fingerprints().keySet()).forEach(holds::add);
        var sent = json.putArray("sent_fields");
        sorted(deal.sent().keySet()).forEach(sent::add);
        return json;
    }

    private static List<String> sorted(Set<DealField> fields) {
        return fields.stream().map(DealField::key).sorted().toList();
    }
}
