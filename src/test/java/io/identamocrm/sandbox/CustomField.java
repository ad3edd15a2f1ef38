package io.identamocrm.sandbox;

import java.util.Map;

/**
 * A custom field of leads or of contacts.
 *
 * @param id    unique within its entity
 * @param name  as shown to managers
 * @param code  {@code PHONE}, {@code EMAIL} or null
 * @param type  how its values look
 * @param enums options by id; empty for types without
 */
public record CustomField(long id, String name, String code, FieldType type, Map<Long, String> enums) {

    static CustomField of(long id, String name, FieldType type) {
        return new CustomField(id, name, null, type, Map.of());
    }
}
