package io.identamocrm.model;

import org.jspecify.annotations.Nullable;

/** Brings a value of IDENT into the one form in which a field of the account can be compared and sent. */
@FunctionalInterface
public interface CanonicalForm {

    /** In place of a value: the field is to hold none. */
    String EMPTY = "";

    /**
     * The value in the form of the field's type: decimals without trailing zeros, days of the clinic's zone, trimmed and cut text.
     *
     * @param field one of our fields
     * @param value a text, number, boolean, date or date-time of IDENT, or null
     * @return null if there is nothing to send: no value, or the field has no id in this account
     */
    @Nullable
    String of(MappedField field, @Nullable Object value);

    /** What stands for a field that is to be emptied, if this account has it; else null. No value has this form. */
    default @Nullable String emptied(MappedField field) {
        return of(field, "0") == null ? null : EMPTY;
    }
}
