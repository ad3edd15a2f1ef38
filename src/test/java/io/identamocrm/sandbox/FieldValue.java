package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A value of a custom field as it is read. Kept instead of JSON: an account of 100,000 deals holds a million of them.
 *
 * @param value  text (numbers too), Long for moments, Boolean for checkboxes
 * @param option the choice or kind, or null
 */
record FieldValue(Object value, CustomField.Option option) {

    String text() {
        return value.toString();
    }

    void writeTo(ObjectNode json) {
        if (value instanceof Long moment) {
            json.put("value", moment);
        } else if (value instanceof Boolean flag) {
            json.put("value", flag);
        } else {
            json.put("value", text());
        }
        if (option != null) {
            json.put("enum_id", option.id()).put("enum_code", option.code());
        }
    }
}
