package io.identamocrm.sandbox;

import io.identamocrm.sandbox.RateTerms.Per;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Counts requests at their arrival, refused ones too, and decides which are too many (amoCRM facts, section 2). */
final class RateRule {

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    /** What becomes of an arrival. */
    enum Verdict {
        ALLOWED,
        TOO_MANY,
        BLOCKED
    }

    /**
     * An arrival.
     *
     * @param nanos   when, on the rule's clock; arrivals are in this order
     * @param verdict what becomes of it
     */
    record Arrival(long nanos, Verdict verdict) {}

    private final RateTerms terms;
    private final LongSupplier nanos;
    private final Map<String, Deque<Long>> arrivals = new HashMap<>();
    private final Map<String, Deque<Long>> refusals = new HashMap<>();
    private final Set<String> blocked = new HashSet<>();

    RateRule(RateTerms terms, LongSupplier nanos) {
        this.terms = terms;
        this.nanos = nanos;
    }

    synchronized Arrival arrival(String integration, String address) {
        long now = nanos.getAsLong();
        if (terms.perSecond() == 0) {
            return new Arrival(now, Verdict.ALLOWED);
        }
        String punished = terms.per() == Per.ADDRESS ? address : "account";
        if (blocked.contains(punished)) {
            return new Arrival(now, Verdict.BLOCKED);
        }
        if (within(SECOND, arrivals, terms.per() == Per.ADDRESS ? address : integration, now) <= terms.perSecond()) {
            return new Arrival(now, Verdict.ALLOWED);
        }
        if (within(MINUTE, refusals, punished, now) == terms.blockAfter()) {
            blocked.add(punished);
        }
        return new Arrival(now, Verdict.TOO_MANY);
    }

    private static int within(long span, Map<String, Deque<Long>> times, String key, long now) {
        Deque<Long> recent = times.computeIfAbsent(key, unseen -> new ArrayDeque<>());
        recent.addLast(now);
        while (now - recent.peekFirst() >= span) {
            recent.removeFirst();
        }
        return recent.size();
    }

    /** The support lifts the block. */
    synchronized void unblock() {
        blocked.clear();
        refusals.clear();
    }
}
