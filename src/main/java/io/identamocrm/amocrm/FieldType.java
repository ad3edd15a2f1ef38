package io.identamocrm.amocrm;

import java.util.Locale;

/** The kinds of amoCRM custom fields that differ in how values are compared and sent (amoCRM facts, section 6). */
public enum FieldType {
    TEXT,
    TEXTAREA,
    NUMERIC,
    CHECKBOX,
    SELECT,
    DATE,
    DATE_TIME,
    MULTITEXT,
    /** A kind that takes no plain value: files, addresses, links to other entities. */
    OTHER;

    /** The kind of an API type name. */
    public static FieldType of(String apiType) {
        return switch (apiType.toLowerCase(Locale.ROOT)) {
            case "text", "url", "streetaddress", "tracking_data" -> TEXT;
            case "textarea" -> TEXTAREA;
            case "numeric", "monetary", "price" -> NUMERIC;
            case "checkbox" -> CHECKBOX;
            case "select", "radiobutton" -> SELECT;
            case "date", "birthday" -> DATE;
            case "date_time" -> DATE_TIME;
            case "multitext" -> MULTITEXT;
            default -> OTHER;
        };
    }

    /** How many characters a value may have. No source states amoCRM's limits; these are the shapes of its database columns. */
    int longestText() {
        return this == TEXTAREA ? 60_000 : 250;
    }
}
