package io.identamocrm.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.identamocrm.sandbox.Faults.Fault;
import java.util.Set;

/**
 * A request as the API sees it.
 *
 * @param method HTTP method
 * @param base   scheme, host and port it was sent to
 * @param path   without query
 * @param query  parameters
 * @param body   parsed; a missing node if there was none or it is no JSON
 * @param faults what goes wrong with it
 */
record Call(String method, String base, String path, QueryParameters query, JsonNode body, Set<Fault> faults) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static JsonNode json(String body) {
        try {
            return body == null || body.isBlank() ? MissingNode.getInstance() : MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    boolean suffers(Fault fault) {
        return faults.contains(fault);
    }

    /** The body's items, or null if it is no array. */
    ArrayNode items() {
        return body instanceof ArrayNode items ? items : null;
    }
}
