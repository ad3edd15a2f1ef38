package io.identamocrm.sandbox;

import java.util.Locale;

/** Types of custom fields that the sandbox knows (amoCRM facts, section 6). */
public enum FieldType {
    TEXT, TEXTAREA, NUMERIC, MONETARY, CHECKBOX, SELECT, DATE, BIRTHDAY, DATE_TIME, MULTITEXT;

    String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
