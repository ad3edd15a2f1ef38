package io.identamocrm.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A field of ours that a clinic maps to one of its amoCRM fields. */
public interface MappedField {

    /** All of them, deals' first, in the order of the settings. */
    static List<MappedField> all() {
        return Stream.<MappedField>concat(Stream.of(DealField.values()), Stream.of(ContactField.values()))
                .toList();
    }

    /** The constant's name, as in the setting's name. */
    String name();

    /** True if its value tells something about a person, beyond ids: it is shown only to somebody who asks for it at a terminal. */
    default boolean isPersonal() {
        return true;
    }

    /** The name in messages: {@code reception_id}. */
    default String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
