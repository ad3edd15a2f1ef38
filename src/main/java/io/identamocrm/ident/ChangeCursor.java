package io.identamocrm.ident;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the next incremental run takes up: the change time up to which every row has an outcome on record.
 *
 * <p>All times are the wall clock of the clinic's server, which is the only clock that marks the rows. Ours takes no part, so it may be
 * wrong. The server's may be too, in three ways:
 * <ul>
 * <li>A row is marked when it is written but seen only when its transaction ends, possibly after a younger row. The cursor is therefore
 * read with an overlap (two minutes); what comes twice is found unchanged and costs no request.
 * <li>The clock steps back (set right, or from summer to winter time): a cursor from before the step would lie ahead of every new row and
 * nothing would be seen until the clock has caught up. So the cursor never goes beyond the server's clock, even if that moves it back.
 * <li>A row carries a time in the future (typed in, or written by a workstation with a wrong clock): the same limit keeps it from
 * dragging the cursor past rows that are yet to come.
 * </ul>
 * What is written while the clock shows an hour for the second time can be missed if no run falls into that hour; deep runs find it.
 */
public final class ChangeCursor {

    private ChangeCursor() {}

    /**
     * The cursor to keep after a finished run.
     *
     * @param previous    the cursor that the run started from, or null at the first
     * @param latestSeen  the latest {@code changedAt} among the run's rows, or null if there was none
     * @param serverClock the server's clock, read before the run's first row
     * @return the later of the two, but not later than the clock; the clock itself if there is neither, because then all before it was seen
     */
    public static LocalDateTime next(
            @Nullable LocalDateTime previous, @Nullable LocalDateTime latestSeen, LocalDateTime serverClock) {
        return Stream.of(latest(previous, latestSeen, serverClock), serverClock)
                .min(LocalDateTime::compareTo)
                .orElseThrow();
    }

    /**
     * From when on {@code changed-receptions.sql} looks.
     *
     * @param cursor  without one a full run is due
     * @param overlap how long a transaction may stay open after it marked a row; two minutes by default
     */
    public static LocalDateTime since(LocalDateTime cursor, Duration overlap) {
        return cursor.minus(overlap);
    }

    private static LocalDateTime latest(
            @Nullable LocalDateTime previous, @Nullable LocalDateTime latestSeen, LocalDateTime serverClock) {
        if (previous == null || latestSeen == null) {
            return previous != null ? previous : latestSeen != null ? latestSeen : serverClock;
        }
        return previous.isAfter(latestSeen) ? previous : latestSeen;
    }
}
