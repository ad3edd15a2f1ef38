package io.identamocrm.state;

import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * How long locks are believed.
 *
 * @param lock     how long a lock outlives its last sign of life; longer than a request by {@link #SPARE} at least
 * @param request  overall deadline of a request to amoCRM
 */
public record Lease(Duration lock, Duration request) {

    /** Between the proof that a lock is held and the end of a request that rests on it. */
    public static final Duration SPARE = Duration.ofSeconds(5);

    /** How long after the proof that its lock is held a write may still begin. */
    Duration toSend() {
        return Stream.of(SPARE, request, lock.minus(request))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** How long after the last proof of whoever had the lock a write of theirs may still be on its way. */
    Duration toSettle() {
        return toSend().plus(request);
    }
}
