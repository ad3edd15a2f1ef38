package io.identamocrm.sandbox;

import java.util.List;
import java.util.function.Predicate;

/**
 * A custom field of leads or of contacts.
 *
 * @param id      unique within its entity
 * @param name    as shown to managers
 * @param code    {@code PHONE}, {@code EMAIL} or null
 * @param type    how its values look
 * @param options choices of a select, kinds of a multitext; empty for other types
 * @param apiOnly managers see it and cannot change it
 */
public record CustomField(long id, String name, String code, FieldType type, List<Option> options, boolean apiOnly) {

    CustomField(long id, String name, String code, FieldType type, List<Option> options) {
        this(id, name, code, type, options, false);
    }

    /**
     * A choice or a kind.
     *
     * @param id    {@code enum_id}
     * @param value as shown to managers
     * @param code  {@code enum_code}, or null
     */
    public record Option(long id, String value, String code) {}

    static CustomField of(long id, String name, FieldType type) {
        return new CustomField(id, name, null, type, List.of());
    }

    Option option(Predicate<Option> fits) {
        return options.stream().filter(fits).findFirst().orElse(null);
    }
}
