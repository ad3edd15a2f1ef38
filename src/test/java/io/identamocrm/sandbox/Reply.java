package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param status      HTTP status
 * @param contentType or null without a body
 * @param body        or null
 */
record Reply(int status, String contentType, String body) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/hal+json", body.toString());
    }

    static Reply html(int status, String body) {
        return new Reply(status, "text/html; charset=utf-8", body);
    }

    static Reply empty(int status) {
        return new Reply(status, null, null);
    }

    static Reply problem(int status, String title, String detail) {
        return problem(status, JSON.objectNode().put("title", title).put("detail", detail));
    }

    static Reply problem(int status, ObjectNode members) {
        members.put("type", "https://httpstatus.es/" + status).put("status", status);
        return new Reply(status, "application/problem+json", members.toString());
    }

    /** The refusal of a whole batch, naming its bad items (amoCRM facts, section 3). */
    static Reply refused(List<Refusal> refusals) {
        Map<String, ArrayNode> errors = new LinkedHashMap<>();
        refusals.forEach(refusal -> errors.computeIfAbsent(refusal.requestId(), id -> JSON.arrayNode()).addObject()
                .put("code", refusal.code()).put("path", refusal.path()).put("detail", refusal.detail()));
        ObjectNode body = JSON.objectNode();
        ArrayNode list = body.putArray("validation-errors");
        errors.forEach((id, items) -> list.addObject().put("request_id", id).set("errors", items));
        return problem(400, body.put("title", "Bad Request").put("detail", "Request validation failed"));
    }
}
