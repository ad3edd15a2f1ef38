package io.identamocrm.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** At most so many requests in any second, counted at arrival (amoCRM facts, section 2). */
final class RateRule {

    private static final long SECOND = 1_000_000_000L;

    private final int limit;
    private final LongSupplier nanos;
    private final Deque<Long> arrivals = new ArrayDeque<>();

    /** A limit of 0 allows everything. */
    RateRule(int limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /** Counts an arrival; false if it is one too many. */
    synchronized boolean allows() {
        long now = nanos.getAsLong();
        arrivals.addLast(now);
        while (now - arrivals.peekFirst() >= SECOND) {
            arrivals.removeFirst();
        }
        return limit == 0 || arrivals.size() <= limit;
    }
}
