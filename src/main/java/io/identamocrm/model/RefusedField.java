package io.identamocrm.model;

import org.jspecify.annotations.Nullable;

/**
 * A value that amoCRM refused to take into one field, while it took the rest of the deal or contact.
 *
 * @param field       whose value it is
 * @param fingerprint fingerprint of the value; of several phones or the like, of all together
 * @param code        amoCRM's code, such as {@code NotSupportedChoice}
 */
public record RefusedField(
        MappedField field, String fingerprint, @Nullable String code) {

    /** True for one of the contact. */
    public boolean isOfContact() {
        return field instanceof ContactField;
    }

    /** Which field it is, for people: {@code contact card_number}. */
    public static String nameOf(MappedField field) {
        return (field instanceof ContactField ? "contact " : "deal ") + field.key();
    }

    /** What amoCRM says of which field. */
    public String detail() {
        return code + " at " + nameOf(field);
    }
}
