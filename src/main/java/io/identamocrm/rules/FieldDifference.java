package io.identamocrm.rules;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Sent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tells which of our fields must be sent (domain rules, section 4): only those whose value in amoCRM is another. */
public final class FieldDifference {

    private FieldDifference() {}

    /**
     * The desired values that amoCRM does not hold.
     *
     * @param desired canonical values; a field without a value is absent and so left alone
     * @param held    fingerprints of what amoCRM holds; absent = empty
     * @param sent    what was sent before in vain (see {@link Sent})
     * @param fingerprint   how values become fingerprints
     * @param thorough true to send once more what seemed to have been sent in vain
     */
    public static <F extends MappedField> Map<F, String> between(
            Map<F, String> desired, Map<F, String> held, Map<F, Sent> sent, Fingerprint fingerprint, boolean thorough) {
        Map<F, String> changed = new LinkedHashMap<>();
        desired.forEach((field, value) -> {
            String wanted = fingerprint.of(value);
            String current = held.get(field);
            Sent before = sent.get(field);
            boolean differs = value.equals(CanonicalForm.EMPTY) ? current != null : !wanted.equals(current);
            if (differs && (before == null || !before.wasInVain(wanted, current, thorough))) {
                changed.put(field, value);
            }
        });
        return changed;
    }

    /**
     * Takes out values that amoCRM has refused.
     *
     * @param refused fingerprints of such values, by the field's name
     * @return the fields taken out
     */
    static <F extends MappedField> Set<MappedField> leaveRefused(
            Map<F, String> values, Map<String, String> refused, Fingerprint fingerprint) {
        Set<MappedField> leftOut = new HashSet<>();
        if (!refused.isEmpty()) {
            values.forEach((field, value) -> {
                if (fingerprint.of(value).equals(refused.get(field.name()))) {
                    leftOut.add(field);
                }
            });
            values.keySet().removeAll(leftOut);
        }
        return leftOut;
    }

    /** Takes out fields that are the managers' once they are filled; where one is empty, it is still filled: we did not create it then. */
    static <F extends MappedField> void leaveCreateOnly(
            Map<F, String> values, Map<F, String> held, Set<MappedField> createOnly) {
        values.keySet().removeIf(field -> createOnly.contains(field) && held.containsKey(field));
    }
}
