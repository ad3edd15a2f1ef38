package io.identamocrm.state;

import io.identamocrm.model.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * The form in which an account's state stands in Redis, as a number beside it. A program that knows newer forms reads the older ones; one
 * that knows older forms only leaves the state alone.
 *
 * @param text the number as it stands there; empty = none, which is that of builds before 0.1.0
 */
public record StateFormat(String text) {

    /** The form that this program writes. To be counted on when an older program would misread what is written. */
    public static final int OURS = 1;

    private static final int FIRST = 1;

    /** Where it stands. */
    public static String key(RedisKeys keys) {
        return keys.of("format");
    }

    /** The number; what is none is taken for newer than all. */
    public int number() {
        return text.isEmpty() ? FIRST : text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }

    /** Why this program must not touch the state, or null. */
    public @Nullable Explanation fault(RedisKeys keys) {
        return number() <= OURS
                ? null
                : Explanation.of(
                        StateText.NEWER_FORMAT.with(text, OURS), StateText.NEWER_FORMAT_REMEDY.with(keys.of("*")));
    }
}
