package io.identamocrm.alerts;

import io.identamocrm.model.AlertKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a state has begun, or is over.
 *
 * @param subject which of its kind, such as the brake; null if there is one only
 * @param over    true if it is well again
 * @param since   when it began
 * @param at      when it was sure: of one that is over, when it ended
 * @param count   a figure of its kind, as it was when it began
 * @param total   another
 */
public record Alert(
        AlertKind kind, @Nullable String subject, boolean over, Instant since, Instant at, long count, long total) {

    private static final int PARTS = 5;

    /** As it is remembered; the state's id stands beside it. */
    String stored() {
        return (over ? "over " : "begun ") + since.toEpochMilli() + " " + at.toEpochMilli() + " " + count + " " + total;
    }

    /** What was remembered of the state of this id; null if another version has written it. */
    static @Nullable Alert of(String id, String stored) {
        String[] parts = stored.split(" ");
        return parts.length != PARTS
                ? null
                : of(
                        id,
                        parts[0].equals("over"),
                        Instant.ofEpochMilli(Long.parseLong(parts[1])),
                        Instant.ofEpochMilli(Long.parseLong(parts[2])),
                        Long.parseLong(parts[3]),
                        Long.parseLong(parts[4]));
    }

    /** That the state of this id has begun or is over; null if another version has named it. */
    static @Nullable Alert of(String id, boolean over, Instant since, Instant at, long count, long total) {
        int colon = id.indexOf(':');
        AlertKind kind = AlertKind.of(colon < 0 ? id : id.substring(0, colon));
        return kind == null
                ? null
                : new Alert(kind, colon < 0 ? null : id.substring(colon + 1), over, since, at, count, total);
    }

    /**
     * Which of its kind.
     *
     * @throws IllegalStateException if there is one only
     */
    String named() {
        if (subject == null) {
            throw new IllegalStateException("There is one " + kind + " only");
        }
        return subject;
    }
}
