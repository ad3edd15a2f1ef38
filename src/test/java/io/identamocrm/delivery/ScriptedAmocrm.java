package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.amocrm.SampleFailures;
import io.identamocrm.mirror.EntityLists;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Stands behind the door: carries requests out and remembers them, but for those that the test has other plans with. */
final class ScriptedAmocrm {

    static final String LEADS = "GET /api/v4/leads";
    static final String CONTACTS = "GET /api/v4/contacts";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long SECONDS = AccountInRedis.NOW.getEpochSecond();

    private final List<String> requests = new ArrayList<>();
    private final Map<Long, ObjectNode> leads = new TreeMap<>();
    private final Map<Long, ObjectNode> contacts = new TreeMap<>();
    private final Deque<Function<AmocrmRequest, Response.Usable>> writes = new ArrayDeque<>();
    private final Map<String, Deque<Function<AmocrmRequest, Response.Usable>>> reads = new HashMap<>();
    private Runnable beforeWrites = () -> {};
    private long lastId = 1000;
    private long seconds = SECONDS;

    /** The next writing request that nothing is planned for is answered so. */
    ScriptedAmocrm nextWrite(Function<AmocrmRequest, Response.Usable> answer) {
        writes.add(answer);
        return this;
    }

    /** The next reading request for this path that nothing is planned for is answered so. */
    ScriptedAmocrm nextRead(String path, Function<AmocrmRequest, Response.Usable> answer) {
        reads.computeIfAbsent("/api/v4/" + path, any -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** Looks at the world while a writing request is under way. */
    void beforeWrites(Runnable look) {
        beforeWrites = look;
    }

    /** It is done, and nobody hears of it. */
    Response.Usable doneUnheard(AmocrmRequest request) {
        carryOut(request);
        return new Response.Ambiguous("status 504");
    }

    /** It is not done, and nobody hears of it. */
    Response.Usable lost(AmocrmRequest request) {
        return new Response.Ambiguous("connection reset");
    }

    Response.Usable refused(AmocrmRequest request) {
        return new Response.Refused(List.of(), "status 400");
    }

    Function<AmocrmRequest, Response.Usable> refusing(int item) {
        return request ->
                new Response.Refused(List.of(new RefusedItem(Integer.toString(item), "Odd", "name")), "status 400");
    }

    Response.Usable away(AmocrmRequest request) {
        throw SampleFailures.away();
    }

    /** What was asked, in this order, without ids; reads of one list on end count as one, however it is listed. */
    List<String> requests() {
        List<String> distinct = new ArrayList<>();
        for (String request : requests) {
            boolean list = request.equals(LEADS) || request.equals(CONTACTS);
            if (!list || distinct.isEmpty() || !request.equals(distinct.get(distinct.size() - 1))) {
                distinct.add(request);
            }
        }
        return distinct;
    }

    /** A deal that is there already. */
    void hold(long id, long stage, long reception) {
        ObjectNode lead = JSON.objectNode()
                .put("id", id)
                .put("pipeline_id", 100)
                .put("status_id", stage)
                .put("updated_at", SECONDS);
        lead.putArray("custom_fields_values")
                .addObject()
                .put("field_id", AccountInRedis.RECEPTION_FIELD)
                .putArray("values")
                .addObject()
                .put("value", Long.toString(reception));
        leads.put(id, lead);
    }

    /** A contact that is there already. */
    void holdContact(long id, long patient) {
        ObjectNode contact = JSON.objectNode().put("id", id).put("updated_at", SECONDS);
        contact.putArray("custom_fields_values")
                .addObject()
                .put("field_id", AccountInRedis.PATIENT_FIELD)
                .putArray("values")
                .addObject()
                .put("value", Long.toString(patient));
        contacts.put(id, contact);
    }

    /** Somebody links a contact to a deal that is there. */
    void link(long deal, long contact) {
        leads.get(deal)
                .withObject("/_embedded")
                .withArray("contacts")
                .addObject()
                .put("id", contact);
    }

    int deals() {
        return leads.size();
    }

    /** Answers as the door lets it pass. */
    Response.Usable answer(AmocrmRequest request) {
        requests.add(request.toString().replaceAll("/\\d+$", "/ID"));
        if (request.isWrite()) {
            beforeWrites.run();
        }
        Function<AmocrmRequest, Response.Usable> planned =
                (request.isWrite() ? writes : reads.getOrDefault(request.path(), new ArrayDeque<>())).poll();
        return planned == null ? carryOut(request) : planned.apply(request);
    }

    Response.Usable carryOut(AmocrmRequest request) {
        boolean ofContacts = request.path().contains("contacts");
        Map<Long, ObjectNode> entities = ofContacts ? contacts : leads;
        if (!request.isWrite()) {
            return EntityLists.answer(request, entities.values(), AccountInRedis.NOW);
        }
        String last = request.path().substring(request.path().lastIndexOf('/') + 1);
        JsonNode body = switch (request.method() + " " + last) {
            case "POST complex" -> created(request, leads);
            case "POST leads", "POST contacts" -> embedded(last, created(request, entities));
            case "POST link" -> embedded("links", linked(request));
            case "PATCH leads", "PATCH contacts" -> embedded(last, changed(request, entities));
            default -> throw new IllegalArgumentException(request.toString());
        };
        return new Response.Success(body, AccountInRedis.NOW);
    }

    private static JsonNode embedded(String name, ArrayNode list) {
        ObjectNode body = JSON.objectNode();
        body.putObject("_embedded").set(name, list);
        return body;
    }

    private ArrayNode created(AmocrmRequest request, Map<Long, ObjectNode> entities) {
        ArrayNode answer = JSON.arrayNode();
        for (JsonNode item : request.body()) {
            ObjectNode entity = item.deepCopy();
            ObjectNode created = answer.addObject().put("id", ++lastId);
            created.putArray("request_id").add(item.path("request_id").asText());
            entities.put(lastId, entity.put("id", lastId).put("updated_at", SECONDS));
            JsonNode withContact = entity.path("_embedded").path("contacts").path(0);
            if (withContact instanceof ObjectNode contact && !contact.has("id")) {
                created.put("contact_id", ++lastId);
                contacts.put(
                        lastId,
                        contact.put("id", lastId).put("updated_at", SECONDS).deepCopy());
            }
        }
        return answer;
    }

    private ArrayNode linked(AmocrmRequest request) {
        for (JsonNode item : request.body()) {
            link(item.path("entity_id").asLong(), item.path("to_entity_id").asLong());
        }
        return JSON.arrayNode();
    }

    private ArrayNode changed(AmocrmRequest request, Map<Long, ObjectNode> entities) {
        ArrayNode answer = JSON.arrayNode();
        for (JsonNode item : request.body()) {
            if (entities.containsKey(item.path("id").asLong())) {
                ObjectNode entity = entities.get(item.path("id").asLong());
                item.properties().forEach(member -> {
                    if (!member.getKey().equals("custom_fields_values")) {
                        entity.set(member.getKey(), member.getValue());
                    }
                });
                entity.put("updated_at", ++seconds);
                answer.addObject().put("id", item.path("id").asLong()).put("updated_at", seconds);
            }
        }
        return answer;
    }
}
