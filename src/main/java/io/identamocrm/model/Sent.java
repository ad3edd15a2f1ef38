package io.identamocrm.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What we last sent for a field.
 *
 * @param fingerprint fingerprint of the value sent
 * @param at          amoCRM's clock when it took the value, Unix seconds
 * @param readBack    fingerprint of what amoCRM made of it (a date snapped to midnight, a cut text), read before anybody else changed the
 *                    row; a dash if amoCRM dropped it; null as long as that is not known
 * @param times       how often it was sent and read back so
 */
public record Sent(String fingerprint, long at, @Nullable String readBack, int times) {

    /** In place of a fingerprint: amoCRM dropped the value. Not an empty text, as rows leave out what is empty. */
    private static final String EMPTY = "-";

    /** From then on a manager who puts the old value back within the second of our write is told from amoCRM's own doing. */
    private static final int SURE = 2;

    public Sent {
        Objects.requireNonNull(fingerprint);
    }

    /** Sent just now; what was read back before counts if it was the same value. */
    public static Sent of(String fingerprint, long at, @Nullable Sent before) {
        return before != null && before.fingerprint.equals(fingerprint)
                ? new Sent(fingerprint, at, before.readBack, before.times)
                : new Sent(fingerprint, at, null, 0);
    }

    /**
     * The same after the field was read; null when nothing is to be remembered any more.
     *
     * @param held      fingerprint that amoCRM holds, or null
     * @param updatedAt when the row was last changed, amoCRM's clock
     */
    public @Nullable Sent readAs(@Nullable String held, long updatedAt) {
        if (fingerprint.equals(held)) {
            return null;
        }
        String now = held == null ? EMPTY : held;
        if (updatedAt == at) {
            return new Sent(fingerprint, 0, now, now.equals(readBack) ? times + 1 : 1);
        }
        return now.equals(readBack) ? this : null;
    }

    /**
     * True if sending the same value again would be in vain: amoCRM has made of it what it holds now.
     *
     * @param desired  fingerprint of the value wanted
     * @param held     fingerprint that amoCRM holds, or null
     * @param thorough true to try it a second time, as deep runs do
     */
    public boolean wasInVain(String desired, @Nullable String held, boolean thorough) {
        return fingerprint.equals(desired)
                && (held == null ? EMPTY : held).equals(readBack)
                && (!thorough || times >= SURE);
    }
}
