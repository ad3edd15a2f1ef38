package io.identamocrm.model;

import java.math.BigDecimal;
import java.util.Set;

/** Canonical forms without an account: every field is mapped unless named, decimals compare by value, all else as its text. */
public final class PlainForm implements CanonicalForm {

    private final Set<MappedField> unmapped;

    public PlainForm(MappedField... unmapped) {
        this.unmapped = Set.of(unmapped);
    }

    @Override
    public String of(MappedField field, Object value) {
        if (value == null || unmapped.contains(field)) {
            return null;
        }
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        String text = value.toString().strip();
        return text.isEmpty() ? null : text;
    }
}
