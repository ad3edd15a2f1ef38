package io.identamocrm.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.model.Language;

/** What the console is sent. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /**
     * The object that a body holds.
     *
     * @throws IllegalArgumentException if it holds none
     */
    static JsonNode read(String body) {
        try {
            JsonNode json = body == null ? null : MAPPER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Its message repeats the body.
            throw new IllegalArgumentException("The body is not JSON");
        }
        throw new IllegalArgumentException("The body must be a JSON object");
    }

    /**
     * A member that must be there.
     *
     * @throws IllegalArgumentException if it is not
     */
    static String text(JsonNode json, String member) {
        if (!json.path(member).isTextual()) {
            throw new IllegalArgumentException("The body must have a text " + member);
        }
        return json.path(member).asText();
    }

    /**
     * A number in a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long id(String text) {
        if (text == null || !text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("An id is a number");
        }
        return Long.parseLong(text);
    }

    /** The language that a reader would rather have, of ours. */
    static Language language(String accepted) {
        return Language.named(accepted == null ? "" : accepted.split("[,;]", 2)[0]);
    }
}
