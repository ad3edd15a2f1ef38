package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Set;

/** Checks a written value and brings it into the form in which it is read (amoCRM facts, section 6). */
final class FieldValues {

    private static final int LONGEST_TEXTAREA = 65_535;
    /** A text such as 1E999999999 is a number too, but written out it would fill the memory. */
    private static final int MOST_DIGITS = 100;

    private final int longestText;

    FieldValues(int longestText) {
        this.longestText = longestText;
    }

    /** The value as read. */
    FieldValue accept(CustomField field, JsonNode written, Days days) throws RefusedValue {
        JsonNode value = written.path("value");
        return switch (field.type()) {
            case TEXT, URL -> new FieldValue(text(value, longestText), null);
            case TEXTAREA -> new FieldValue(text(value, LONGEST_TEXTAREA), null);
            case NUMERIC, MONETARY -> new FieldValue(number(value), null);
            case CHECKBOX -> new FieldValue(flag(value), null);
            case SELECT, RADIOBUTTON, MULTISELECT -> choice(field, written);
            case DATE, BIRTHDAY -> new FieldValue(days.day(value), null);
            case DATE_TIME -> new FieldValue(days.moment(value), null);
            case MULTITEXT -> new FieldValue(text(value, longestText), kind(field, written));
        };
    }

    /** The members that a value of this field may have; {@code enum_code} only where the type has codes. */
    static Set<String> members(CustomField field) {
        return switch (field.type()) {
            case SELECT, MULTITEXT -> Set.of("value", "enum_id", "enum_code");
            case RADIOBUTTON, MULTISELECT -> Set.of("value", "enum_id");
            default -> Set.of("value");
        };
    }

    private static String text(JsonNode value, int longest) throws RefusedValue {
        if (!value.isTextual() && !value.isNumber()) {
            throw RefusedValue.wrongType("string");
        }
        if (value.asText().length() > longest) {
            throw new RefusedValue(
                    "TooLong", "value", "This value is too long. It should have " + longest + " characters or less.");
        }
        return value.asText();
    }

    private static String number(JsonNode value) throws RefusedValue {
        try {
            BigDecimal number = new BigDecimal(value.asText());
            if (Math.abs((long) number.scale()) <= MOST_DIGITS) {
                return number.toPlainString();
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number that nobody could mean.
        }
        throw RefusedValue.wrongType("numeric");
    }

    private static boolean flag(JsonNode value) throws RefusedValue {
        if (!value.isBoolean()) {
            throw RefusedValue.wrongType("bool");
        }
        return value.asBoolean();
    }

    private static FieldValue choice(CustomField field, JsonNode written) throws RefusedValue {
        CustomField.Option option = field.option(choice -> written.has("enum_id")
                ? choice.id() == written.path("enum_id").asLong()
                : written.has("enum_code")
                        ? written.path("enum_code").asText().equals(choice.code())
                        : choice.value().equals(written.path("value").asText()));
        if (option == null) {
            throw RefusedValue.noSuchChoice(
                    written.has("enum_id") ? "enum_id" : written.has("enum_code") ? "enum_code" : "value");
        }
        return new FieldValue(option.value(), option);
    }

    private static CustomField.Option kind(CustomField field, JsonNode written) throws RefusedValue {
        if (field.options().isEmpty()) {
            return null;
        }
        if (!written.has("enum_id") && !written.has("enum_code")) {
            return field.options().get(0);
        }
        CustomField.Option option = field.option(kind -> written.has("enum_id")
                ? kind.id() == written.path("enum_id").asLong()
                : written.path("enum_code").asText().equals(kind.code()));
        if (option == null) {
            throw RefusedValue.noSuchChoice(written.has("enum_id") ? "enum_id" : "enum_code");
        }
        return option;
    }
}
