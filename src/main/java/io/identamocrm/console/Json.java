package io.identamocrm.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.model.Language;

/** What the console is sent. */
final class Json {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /**
     * The object that a body holds.
     *
     * @throws RequestException if it holds none
     */
    static JsonNode read(String body) {
        try {
            JsonNode json = body == null ? null : MAPPER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Its message repeats the body.
            throw RequestException.wrong(ConsoleText.NOT_JSON);
        }
        throw RequestException.wrong(ConsoleText.NO_OBJECT);
    }

    /**
     * A member that must be there.
     *
     * @throws RequestException if it is not
     */
    static String text(JsonNode json, String member) {
        if (!json.path(member).isTextual()) {
            throw RequestException.wrong(ConsoleText.BODY_TEXT.with(member));
        }
        return json.path(member).asText();
    }

    /**
     * A number in a path.
     *
     * @throws RequestException if it is none
     */
    static long id(String text) {
        if (text == null || !text.matches("\\d{1,18}")) {
            throw RequestException.wrong(ConsoleText.ID_IS_A_NUMBER);
        }
        return Long.parseLong(text);
    }

    /** The language that a reader would rather have, of ours. */
    static Language language(String accepted) {
        return Language.named(accepted == null ? "" : accepted.split("[,;]", 2)[0]);
    }
}
