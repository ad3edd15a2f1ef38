package io.identamocrm.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Types of custom fields that the sandbox knows (amoCRM facts, section 6). */
public enum FieldType {
    TEXT,
    TEXTAREA,
    URL,
    NUMERIC,
    MONETARY,
    CHECKBOX,
    SELECT,
    RADIOBUTTON,
    MULTISELECT,
    DATE,
    BIRTHDAY,
    DATE_TIME,
    MULTITEXT;

    String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FieldType> of(String apiName) {
        return Arrays.stream(values())
                .filter(type -> type.apiName().equals(apiName))
                .findFirst();
    }
}
