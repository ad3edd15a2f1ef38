package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A request's body. One character that is none makes all of it unreadable (amoCRM facts, section 12): bytes that are no UTF-8, half of a
 * surrogate pair, a control character other than tab and line break, also where it is escaped.
 *
 * @param text as far as it can be read
 * @param json parsed; a missing node if there was no body or it is unreadable
 */
record Body(String text, JsonNode json) {

    static Body of(byte[] bytes) {
        if (bytes == null) {
            return new Body("", MissingNode.getInstance());
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode json = Call.json(text);
            return new Body(text, isReadable(json) ? json : MissingNode.getInstance());
        } catch (CharacterCodingException e) {
            return new Body(new String(bytes, StandardCharsets.UTF_8), MissingNode.getInstance());
        }
    }

    private static boolean isReadable(JsonNode json) {
        if (json.isTextual()) {
            return isReadable(json.textValue());
        }
        for (JsonNode part : json) {
            if (!isReadable(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadable(String text) {
        return text.codePoints()
                .noneMatch(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE
                        || character < ' ' && character != '\t' && character != '\n' && character != '\r');
    }
}
