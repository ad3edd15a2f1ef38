package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;

/** Checks a written value and brings it into the form in which it is read (amoCRM facts, section 6). */
final class FieldValues {

    private static final int LONGEST_TEXT = 256;
    private static final int LONGEST_TEXTAREA = 65_535;

    private FieldValues() {
    }

    /** The value as read; throws {@link RefusedValue} for one that amoCRM would refuse. */
    static ObjectNode accept(CustomField field, JsonNode written, ZoneId zone) {
        JsonNode value = written.path("value");
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        switch (field.type()) {
            case TEXT, TEXTAREA -> {
                if (!value.isTextual() && !value.isNumber()) {
                    throw new RefusedValue("InvalidType", "This value should be of type string.");
                }
                if (value.asText().length() > (field.type() == FieldType.TEXT ? LONGEST_TEXT : LONGEST_TEXTAREA)) {
                    throw new RefusedValue("TooLong", "This value is too long.");
                }
                read.put("value", value.asText());
            }
            case NUMERIC, MONETARY -> read.put("value", number(value).toPlainString());
            case CHECKBOX -> {
                if (!value.isBoolean()) {
                    throw new RefusedValue("InvalidType", "This value should be of type bool.");
                }
                read.put("value", value.asBoolean());
            }
            case SELECT -> option(field, written, read);
            case DATE, BIRTHDAY -> read.put("value", moment(value).atZone(zone).toLocalDate().atStartOfDay(zone).toEpochSecond());
            case DATE_TIME -> read.put("value", moment(value).getEpochSecond());
            case MULTITEXT -> {
                if (!value.isTextual()) {
                    throw new RefusedValue("InvalidType", "This value should be of type string.");
                }
                read.put("value", value.asText()).put("enum_code", written.path("enum_code").asText("WORK"));
            }
        }
        return read;
    }

    private static BigDecimal number(JsonNode value) {
        try {
            return new BigDecimal(value.asText());
        } catch (NumberFormatException e) {
            throw new RefusedValue("InvalidType", "This value should be of type numeric.");
        }
    }

    private static Instant moment(JsonNode value) {
        try {
            return value.isNumber() ? Instant.ofEpochSecond(value.asLong()) : OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedValue("InvalidType", "This value should be a time stamp.");
        }
    }

    private static void option(CustomField field, JsonNode written, ObjectNode read) {
        for (Map.Entry<Long, String> option : field.enums().entrySet()) {
            if (option.getKey() == written.path("enum_id").asLong(-1) || option.getValue().equals(written.path("value").asText(null))) {
                read.put("value", option.getValue()).put("enum_id", option.getKey()).putNull("enum_code");
                return;
            }
        }
        throw new RefusedValue("NotSupportedChoice", "The value you selected is not a valid choice.");
    }

    /** A value that amoCRM refuses. */
    static final class RefusedValue extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;

        RefusedValue(String code, String detail) {
            super(detail);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
