package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.sandbox.Faults.Fault;

/** Lists that are answered with success and are none, or not what they seem. */
final class OddList {

    private OddList() {}

    /** The reply to a list request in place of the true one; a list without rows and a refusal stay as they are. */
    static Reply of(Fault fault, Reply reply, Call call) {
        JsonNode json = Call.json(reply.body());
        if (reply.status() != 200 || !json.path("_embedded").fieldNames().hasNext()) {
            return reply;
        }
        return switch (fault) {
            case EMPTY_LIST, LIST_204 -> Reply.empty(204);
            case LIST_EMPTY_OBJECT -> Reply.json(200, JsonNodeFactory.instance.objectNode());
            default -> Reply.json(200, spoilt(fault, (ObjectNode) json, call));
        };
    }

    private static ObjectNode spoilt(Fault fault, ObjectNode json, Call call) {
        ObjectNode embedded = (ObjectNode) json.path("_embedded");
        String name = embedded.fieldNames().next();
        ArrayNode rows = (ArrayNode) embedded.path(name);
        switch (fault) {
            case LIST_MISSING -> embedded.removeAll();
            case LIST_NULL -> embedded.putNull(name);
            case LIST_EMPTY_NEXT -> {
                rows.removeAll();
                json.withObject("/_links")
                        .putObject("next")
                        .put("href", Envelope.address(call, call.query().number("page", 1) + 1));
            }
            case LIST_CUT -> {
                for (int left = rows.size() / 2; rows.size() > left; ) {
                    rows.remove(left);
                }
                json.withObject("/_links").remove("next");
            }
            default -> throw new IllegalArgumentException(fault + " spoils no list");
        }
        return json;
    }

    /** Rows with null where they embed something. */
    static void putNulls(ArrayNode rows) {
        for (JsonNode row : rows) {
            ObjectNode embedded = (ObjectNode) row.path("_embedded");
            embedded.fieldNames().forEachRemaining(name -> embedded.set(name, JsonNodeFactory.instance.nullNode()));
        }
    }
}
