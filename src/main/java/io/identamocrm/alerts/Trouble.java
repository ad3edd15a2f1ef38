package io.identamocrm.alerts;

import io.identamocrm.model.AlertKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state that is not well, as one look has shown it.
 *
 * @param subject which of its kind, such as the brake; null if there is one only
 * @param since   from then on, if that is known better than by looking; else null
 * @param count   a figure of its kind; see {@link AlertWords}
 * @param total   another
 * @param caused  it follows from another one that is told: it is no news, and not over either
 */
record Trouble(
        AlertKind kind, @Nullable String subject, @Nullable Instant since, long count, long total, boolean caused) {

    static Trouble of(AlertKind kind) {
        return of(kind, 0, 0);
    }

    static Trouble of(AlertKind kind, long count, long total) {
        return new Trouble(kind, null, null, count, total, false);
    }

    /** Names the state in memory, in all processes alike. */
    String id() {
        return subject == null ? kind.key() : kind.key() + ":" + subject;
    }
}
