package io.identamocrm.sync;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Which of IDENT's changes a run reads.
 *
 * @param cursor       the cursor as the run found it, clinic wall clock; null before the first run
 * @param since        changes from this clinic wall clock time on; null = everything in the horizon
 * @param versionAfter row version up to which every change is on record; null if changes are told by times
 * @param versionBelow row version from which on transactions may still be open; null if IDENT has none
 * @param serverClock  the clinic server's clock when the run began to read; null before it was read
 */
record ChangeRange(
        @Nullable LocalDateTime cursor,
        @Nullable LocalDateTime since,
        byte @Nullable [] versionAfter,
        byte @Nullable [] versionBelow,
        @Nullable LocalDateTime serverClock) {

    /**
     * From when on it reads changes.
     *
     * @throws IllegalStateException if it reads everything
     */
    LocalDateTime knownSince() {
        if (since == null) {
            throw new IllegalStateException("Everything is read, not what has changed since a moment");
        }
        return since;
    }

    /**
     * The clinic server's clock when the run began to read.
     *
     * @throws IllegalStateException before it was read
     */
    LocalDateTime knownClock() {
        if (serverClock == null) {
            throw new IllegalStateException("The clock of the clinic's server was not read yet");
        }
        return serverClock;
    }

    /** Everything, from whatever cursor. */
    ChangeRange ofEverything() {
        return new ChangeRange(cursor, null, null, versionBelow, serverClock);
    }

    /** As another run before has begun it, which this one goes on with. */
    ChangeRange begunAt(@Nullable LocalDateTime clock, byte @Nullable [] version) {
        return new ChangeRange(cursor, since, versionAfter, version, clock);
    }
}
