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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What amoCRM holds, as rows that a test puts there, and its two lists of them, answered page by page as JSON. */
final class ListedAccount {

    /** Its reader, with fingerprints that can be read. */
    static final EntityReader READER = reader(Fixtures.PRINT);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern LIST = Pattern.compile("limit=250&page=(\\d+)(?:&with=contacts)?&order\\[(id|updated_at)]=(asc|desc)");
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
        Optional<FieldDefinition> phone = Optional.of(new FieldDefinition(PHONE_FIELD, "PHONE", FieldType.MULTITEXT, Map.of()));
        return new EntityReader(new FieldFormats(new AccountFields(ofDeals, ofContacts, phone), ZoneOffset.UTC), fingerprint, List::of);
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

    /** Answers all requests of a sequence; returns them, such as {@code leads by id 1}. */
    List<String> answerAll(RequestSequence sequence) {
        return answerAll(sequence, this::answer);
    }

    static List<String> answerAll(RequestSequence sequence, Function<AmocrmRequest, Response.Usable> answers) {
        List<String> asked = new ArrayList<>();
        while (sequence.hasNext()) {
            AmocrmRequest request = sequence.next();
            asked.add(text(request));
            sequence.aggregate(answers.apply(request));
        }
        return asked;
    }

    /** The request in short: {@code contacts by change 2}. */
    static String text(AmocrmRequest request) {
        Matcher list = list(request);
        return request.path().replace("/api/v4/", "") + (list.group(2).equals("id") ? " by id " : " by change ") + list.group(1);
    }

    private static Matcher list(AmocrmRequest request) {
        Matcher list = LIST.matcher(request.query());
        if (!request.method().equals("GET") || !list.matches()) {
            throw new IllegalArgumentException("Not a list: " + request);
        }
        return list;
    }

    Response.Usable answer(AmocrmRequest request) {
        Matcher list = list(request);
        boolean byId = list.group(2).equals("id");
        if (byId != list.group(3).equals("asc")) {
            throw new IllegalArgumentException("In this order a row can be missed: " + request.query());
        }
        int page = Integer.parseInt(list.group(1));
        List<ObjectNode> rows = new ArrayList<>();
        if (request.path().endsWith("leads")) {
            deals.values().forEach(deal -> rows.add(json(deal)));
        } else {
            contacts.values().forEach(contact -> rows.add(json(contact)));
        }
        if (!byId) {
            rows.sort(Comparator.comparing((ObjectNode row) -> row.path("updated_at").asLong()).reversed());
        }
        int from = (page - 1) * AmocrmRequest.PAGE_LIMIT;
        int to = Math.min(rows.size(), from + AmocrmRequest.PAGE_LIMIT);
        return from >= rows.size() ? new Response.NoContent(time()) : page(request, rows.subList(from, to), to < rows.size());
    }

    /** An answer with these rows. */
    Response.Success page(AmocrmRequest request, List<ObjectNode> rows, boolean announcesNext) {
        ObjectNode body = JSON.objectNode();
        ObjectNode links = body.putObject("_links");
        links.putObject("self").put("href", "https://an-account.example" + request.path());
        if (announcesNext) {
            links.putObject("next").put("href", "https://an-account.example" + request.path());
        }
        body.putObject("_embedded").putArray(request.path().replace("/api/v4/", "")).addAll(rows);
        return new Response.Success(body, time());
    }

    Response.NoContent empty() {
        return new Response.NoContent(time());
    }

    private Instant time() {
        return Instant.ofEpochSecond(now);
    }

    static ObjectNode json(Deal deal) {
        ObjectNode lead = JSON.objectNode().put("id", deal.id()).put("name", "Сделка").put("pipeline_id", deal.pipelineId())
                .put("status_id", deal.stageId()).put("updated_at", deal.updatedAt());
        putFields(lead, deal.fingerprints());
        ArrayNode linked = lead.putObject("_embedded").putArray("contacts");
        deal.contactIds().forEach(contact -> linked.addObject().put("id", contact));
        return lead;
    }

    static ObjectNode json(Contact contact) {
        ObjectNode json = JSON.objectNode().put("id", contact.id()).put("updated_at", contact.updatedAt())
                .put("name", contact.name() == null ? "" : value(contact.name()));
        ArrayNode fields = putFields(json, contact.fingerprints());
        if (!contact.phones().isEmpty()) {
            ArrayNode values = fields.addObject().put("field_id", PHONE_FIELD).putArray("values");
            contact.phones().forEach(phone -> values.addObject().put("value", value(phone)).put("enum_code", "WORK"));
        }
        return json;
    }

    private static ArrayNode putFields(ObjectNode entity, Map<? extends MappedField, String> fingerprints) {
        ArrayNode fields = entity.putArray("custom_fields_values");
        fingerprints.forEach((field, print) -> fields.addObject().put("field_id", id(field)).putArray("values").addObject()
                .put("value", value(print)));
        return fields;
    }

    /** Readable fingerprints tell their value. */
    private static String value(String print) {
        return print.substring(1);
    }
}
