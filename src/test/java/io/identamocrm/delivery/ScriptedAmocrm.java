package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.SampleFailures;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Stands behind the door: carries requests out and remembers them, but for those that the test has other plans with. */
final class ScriptedAmocrm {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What was asked, in this order, without ids. */
    final List<String> requests = new ArrayList<>();
    private final Map<Long, ObjectNode> leads = new TreeMap<>();
    private final Map<Long, ObjectNode> contacts = new TreeMap<>();
    private final Deque<Function<AmocrmRequest, Response.Usable>> writes = new ArrayDeque<>();
    private final Deque<Function<AmocrmRequest, Response.Usable>> reads = new ArrayDeque<>();
    private Runnable beforeWrites = () -> { };
    private long lastId = 1000;

    /** The next writing request that nothing is planned for is answered so. */
    ScriptedAmocrm nextWrite(Function<AmocrmRequest, Response.Usable> answer) {
        writes.add(answer);
        return this;
    }

    /** The next reading request that nothing is planned for is answered so. */
    ScriptedAmocrm nextRead(Function<AmocrmRequest, Response.Usable> answer) {
        reads.add(answer);
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
        return request -> new Response.Refused(List.of(new RefusedItem(Integer.toString(item), "Odd", "name")), "status 400");
    }

    Response.Usable away(AmocrmRequest request) {
        throw SampleFailures.away();
    }

    /** A deal that is there already. */
    void hold(long id, long stage, long reception) {
        ObjectNode lead = JSON.objectNode().put("id", id).put("pipeline_id", 100).put("status_id", stage);
        lead.putArray("custom_fields_values").addObject().put("field_id", AccountInRedis.RECEPTION_FIELD).putArray("values").addObject()
                .put("value", Long.toString(reception));
        leads.put(id, lead);
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
        Function<AmocrmRequest, Response.Usable> planned = (request.isWrite() ? writes : reads).poll();
        return planned == null ? carryOut(request) : planned.apply(request);
    }

    Response.Usable carryOut(AmocrmRequest request) {
        boolean ofContacts = request.path().contains("contacts");
        Map<Long, ObjectNode> entities = ofContacts ? contacts : leads;
        String last = request.path().substring(request.path().lastIndexOf('/') + 1);
        JsonNode body = switch (request.method() + " " + (last.matches("\\d+") ? "ID" : last)) {
            case "GET ID" -> entities.get(Long.valueOf(last));
            case "GET leads", "GET contacts" -> entities.isEmpty() ? null : embedded(last, JSON.arrayNode().addAll(entities.values()));
            case "POST complex" -> created(request, leads);
            case "POST leads", "POST contacts" -> embedded(last, created(request, entities));
            case "POST link" -> embedded("links", linked(request));
            case "PATCH leads", "PATCH contacts" -> embedded(last, changed(request, entities));
            default -> throw new IllegalArgumentException(request.toString());
        };
        return body == null ? new Response.NoContent(AccountInRedis.NOW) : new Response.Success(body, AccountInRedis.NOW);
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
            entities.put(lastId, entity.put("id", lastId));
            JsonNode withContact = entity.path("_embedded").path("contacts").path(0);
            if (withContact instanceof ObjectNode contact && !contact.has("id")) {
                created.put("contact_id", ++lastId);
                contacts.put(lastId, contact.put("id", lastId).deepCopy());
            }
        }
        return answer;
    }

    private ArrayNode linked(AmocrmRequest request) {
        for (JsonNode item : request.body()) {
            leads.get(item.path("entity_id").asLong()).withObject("/_embedded").withArray("contacts").addObject()
                    .put("id", item.path("to_entity_id").asLong());
        }
        return JSON.arrayNode();
    }

    private static ArrayNode changed(AmocrmRequest request, Map<Long, ObjectNode> entities) {
        ArrayNode answer = JSON.arrayNode();
        for (JsonNode item : request.body()) {
            if (entities.containsKey(item.path("id").asLong())) {
                answer.addObject().put("id", item.path("id").asLong()).put("updated_at", AccountInRedis.NOW.getEpochSecond());
            }
        }
        return answer;
    }
}
