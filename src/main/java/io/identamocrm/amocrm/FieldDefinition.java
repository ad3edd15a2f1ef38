package io.identamocrm.amocrm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A custom field of the account.
 *
 * @param id    amoCRM's id, unique within its entity
 * @param code  such as {@code PHONE}, or null
 * @param type  how its values look
 * @param enums ids of a select's options by their text; empty for other types
 */
public record FieldDefinition(long id, @Nullable String code, FieldType type, Map<String, Long> enums) {

    public FieldDefinition {
        enums = Map.copyOf(enums);
    }
}
