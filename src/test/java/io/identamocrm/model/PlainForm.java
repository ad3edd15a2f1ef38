package io.identamocrm.model;

import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Canonical forms without an account: every field is mapped unless named or optional, decimals compare by value, all else as its text.
 */
public final class PlainForm implements CanonicalForm {

    private final Set<MappedField> unmapped;

    public PlainForm(MappedField... unmapped) {
        this(Stream.concat(Stream.of(unmapped), Stream.of(DealField.SYNC_STATE)).collect(Collectors.toSet()));
    }

    private PlainForm(Set<MappedField> unmapped) {
        this.unmapped = unmapped;
    }

    /** With every field, that of our own state included. */
    public static PlainForm withSyncState() {
        return new PlainForm(Set.of());
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
