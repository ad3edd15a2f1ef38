package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP answer (amoCRM facts, section 3).
 *
 * @param status      HTTP status
 * @param contentType or null without a body
 * @param body        or null
 * @param retryAfter  header {@code Retry-After} in seconds, or null
 */
record Reply(int status, String contentType, String body, Integer retryAfter) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/hal+json", body.toString(), null);
    }

    static Reply html(int status, String body) {
        return new Reply(status, "text/html; charset=utf-8", body, null);
    }

    static Reply empty(int status) {
        return new Reply(status, null, null, null);
    }

    static Reply problem(int status, String title, String detail) {
        return problem(status, JSON.objectNode().put("title", title).put("detail", detail));
    }

    static Reply problem(int status, ObjectNode members) {
        if (!members.has("type")) {
            members.put("type", "https://httpstatus.es/" + status);
        }
        return new Reply(
                status,
                "application/problem+json",
                members.put("status", status).toString(),
                null);
    }

    /** A list in its envelope's {@code _embedded}. */
    static Reply embedded(int status, String name, ArrayNode items) {
        ObjectNode json = JSON.objectNode();
        json.putObject("_links");
        json.putObject("_embedded").set(name, items);
        return json(status, json);
    }

    /** A list that tells its size. */
    static Reply counted(String name, ArrayNode items) {
        ObjectNode json = JSON.objectNode().put("_total_items", items.size());
        json.putObject("_links");
        json.putObject("_embedded").set(name, items);
        return json(200, json);
    }

    static Reply emptyBody() {
        return problem(400, "Bad Request", "Request data can not be empty");
    }

    static Reply unauthorised() {
        return problem(401, "Unauthorized", "Invalid user name or password");
    }

    static Reply wrongVerb() {
        return problem(405, "Method Not Allowed", "Method is not allowed here");
    }

    /** The refusal of a whole batch, naming its bad items. */
    static Reply refused(List<Refusal> refusals) {
        Map<String, ArrayNode> errors = new LinkedHashMap<>();
        refusals.forEach(refusal -> errors.computeIfAbsent(refusal.requestId(), id -> JSON.arrayNode())
                .addObject()
                .put("code", refusal.code())
                .put("path", refusal.path())
                .put("detail", refusal.detail()));
        ObjectNode body = JSON.objectNode();
        ArrayNode list = body.putArray("validation-errors");
        errors.forEach((id, items) -> list.addObject().put("request_id", id).set("errors", items));
        return problem(400, body.put("title", "Bad Request").put("detail", "Request validation failed"));
    }

    /** The same without a word about single items. */
    static Reply refusedUnnamed() {
        return problem(400, "Bad Request", "Request validation failed");
    }

    /** The answer of a fault that takes an answer's place, or null if it does not. */
    static Reply inPlaceOf(Faults.Fault fault) {
        return switch (fault) {
            case SERVER_ERROR -> serverError();
            case HTML_502 -> gateway(502, "Bad Gateway");
            case PAYMENT_REQUIRED -> problem(402, "Payment Required", "Account is not paid");
            case TOO_MANY_REQUESTS ->
                problem(
                        429,
                        JSON.objectNode()
                                .put("title", "Too Many Requests")
                                .put("detail", "Too many requests")
                                .put("retry_after", 1));
            case TOO_MANY_REQUESTS_HTML -> gateway(429, "Too Many Requests");
            case TOO_MANY_REQUESTS_EMPTY -> empty(429);
            case TOO_MANY_REQUESTS_HEADER -> new Reply(429, null, null, 1);
            case BLOCKED -> gateway(403, "Forbidden");
            case UNAUTHORISED, TOKEN_EXPIRED -> unauthorised();
            default -> null;
        };
    }

    static Reply serverError() {
        return problem(
                500,
                JSON.objectNode()
                        .put("title", "Internal Server Error")
                        .put("detail", "ErrInternalServer")
                        .put("trace_id", "0af7651916cd43dd8448eb211c80319c"));
    }

    static Reply gateway(int status, String reason) {
        return html(
                status,
                "<html><head><title>" + status + " " + reason + "</title></head><body><center><h1>" + status + " "
                        + reason + "</h1></center></body></html>");
    }

    /** The same with its body cut in the middle. */
    Reply truncated() {
        return body == null ? this : new Reply(status, contentType, body.substring(0, body.length() / 2), retryAfter);
    }
}
