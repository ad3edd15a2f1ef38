package io.identamocrm.mirror;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AccountFields;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.FieldDefinition;
import io.identamocrm.amocrm.FieldFormats;
import io.identamocrm.amocrm.FieldType;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealBuilder;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.MappedField;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What amoCRM holds, as rows that a test puts there, answered as JSON: one by its id, or in lists, page by page. */
final class ListedAccount {

    /** Its reader, with fingerprints that can be read. */
    static final EntityReader READER = reader(Fixtures.PRINT);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long PHONE_FIELD = 990;

    private final Map<Long, Deal> deals = new TreeMap<>();
    private final Map<Long, Contact> contacts = new TreeMap<>();
    private long now;

    /** An empty account at this second of amoCRM's clock. */
    ListedAccount(long now) {
        this.now = now;
    }

    static EntityReader reader(Fingerprint fingerprint) {
        Map<DealField, FieldDefinition> ofDeals = new HashMap<>();
        for (DealField field : DealField.values()) {
            ofDeals.put(field, new FieldDefinition(id(field), null, FieldType.TEXT, Map.of()));
        }
        Map<ContactField, FieldDefinition> ofContacts = new HashMap<>();
        for (ContactField field : ContactField.values()) {
            ofContacts.put(field, new FieldDefinition(id(field), null, FieldType.TEXT, Map.of()));
        }
        Optional<FieldDefinition> phone =
                Optional.of(new FieldDefinition(PHONE_FIELD, "PHONE", FieldType.MULTITEXT, Map.of()));
        return new EntityReader(
                new FieldFormats(new AccountFields(ofDeals, ofContacts, phone), ZoneOffset.UTC, ZoneOffset.UTC),
                fingerprint,
                List::of);
    }

    private static long id(MappedField field) {
        return 800 + ((Enum<?>) field).ordinal();
    }

    void put(DealBuilder... some) {
        List.of(some).forEach(builder -> deals.put(builder.build().id(), builder.build()));
    }

    void put(ContactBuilder... some) {
        List.of(some).forEach(builder -> contacts.put(builder.build().id(), builder.build()));
    }

    void delete(Entity entity, long id) {
        (entity == Entity.LEADS ? deals : contacts).remove(id);
    }

    void setNow(long seconds) {
        now = seconds;
    }

    Map<Long, Deal> deals() {
        return deals;
    }

    Map<Long, Contact> contacts() {
        return contacts;
    }

    /** Answers all requests of a sequence. */
    void answerAll(RequestSequence sequence) {
        while (sequence.hasNext()) {
            sequence.aggregate(answer(sequence.next()));
        }
    }

    /** Answers as amoCRM does. */
    Response.Usable answer(AmocrmRequest request) {
        return EntityLists.answer(
                request,
                (request.path().startsWith("/api/v4/leads")
                                ? deals.values().stream().map(ListedAccount::json)
                                : contacts.values().stream().map(ListedAccount::json))
                        .toList(),
                Instant.ofEpochSecond(now));
    }

    static ObjectNode json(Deal deal) {
        ObjectNode lead = JSON.objectNode()
                .put("id", deal.id())
                .put("name", "Сделка")
                .put("pipeline_id", deal.pipelineId())
                .put("status_id", deal.stageId())
                .put("updated_at", deal.updatedAt());
        putFields(lead, deal.fingerprints());
        ArrayNode linked = lead.putObject("_embedded").putArray("contacts");
        deal.contactIds().forEach(contact -> linked.addObject().put("id", contact));
        return lead;
    }

    static ObjectNode json(Contact contact) {
        ObjectNode json = JSON.objectNode()
                .put("id", contact.id())
                .put("updated_at", contact.updatedAt())
                .put("name", contact.name() == null ? "" : value(contact.name()));
        ArrayNode fields = putFields(json, contact.fingerprints());
        if (!contact.phones().isEmpty()) {
            ArrayNode values = fields.addObject().put("field_id", PHONE_FIELD).putArray("values");
            contact.phones()
                    .forEach(phone ->
                            values.addObject().put("value", value(phone)).put("enum_code", "WORK"));
        }
        return json;
    }

    private static ArrayNode putFields(ObjectNode entity, Map<? extends MappedField, String> fingerprints) {
        ArrayNode fields = entity.putArray("custom_fields_values");
        fingerprints.forEach((field, print) -> fields.addObject()
                .put("field_id", id(field))
                .putArray("values")
                .addObject()
                .put("value", value(print)));
        return fields;
    }

    /** Readable fingerprints tell their value. */
    private static String value(String print) {
        return print.substring(1);
    }
}
