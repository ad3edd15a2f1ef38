package io.identamocrm.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What was asked of the sandbox; without bodies unless the options say so, for they hold people's data and memory. */
public final class Journal {

    /** What a request is about. */
    public enum Kind {
        TOKENS,
        ACCOUNT,
        PIPELINES,
        FIELDS,
        LIST,
        READ,
        CREATE,
        CHANGE,
        COMPLEX,
        LINK,
        UNLINK,
        LINKS,
        TASKS,
        NOTES,
        UNKNOWN
    }

    /**
     * One request.
     *
     * @param nanos  arrival on the rate rule's monotonic clock
     * @param at     arrival
     * @param kind   what it is about
     * @param method HTTP method
     * @param path   without query
     * @param query  decoded, or null
     * @param items  items in the body; 0 if it held no array
     * @param status HTTP status answered; 0 if the connection was reset
     * @param fault  name of the fault that touched the answer, or null
     */
    public record Entry(
            long nanos,
            Instant at,
            Kind kind,
            String method,
            String path,
            String query,
            int items,
            int status,
            String fault) {

        /** True if it could change the account's data. */
        public boolean isWrite() {
            return !"GET".equals(method) && kind != Kind.TOKENS;
        }
    }

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final int keptBodies;
    private final List<Entry> entries = new ArrayList<>();
    private final Deque<String> bodies = new ArrayDeque<>();

    Journal(int keptBodies) {
        this.keptBodies = keptBodies;
    }

    synchronized void add(Entry entry, String body) {
        entries.add(entry);
        notifyAll();
        if (keptBodies > 0 && body != null && !body.isEmpty()) {
            bodies.addLast(body);
            if (bodies.size() > keptBodies) {
                bodies.removeFirst();
            }
        }
    }

    /** All requests since the start or the last {@link #clear}, in the order of their answers. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The last request bodies, if the options keep any. */
    public synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** How many requests. */
    public synchronized int count() {
        return entries.size();
    }

    /** Waits until so many requests were carried out; their answers may still be on the way. */
    public synchronized void await(int requests) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (entries.size() < requests) {
            if (System.nanoTime() >= end) {
                throw new IllegalStateException("Only " + entries.size() + " requests came, not " + requests);
            }
            wait(LONGEST_WAIT.toMillis());
        }
    }

    /** How many of them could change data. */
    public synchronized long writes() {
        return entries.stream().filter(Entry::isWrite).count();
    }

    /** The most requests that arrived within any span of this length. */
    public synchronized int maxInAnyWindow(Duration span) {
        long[] arrivals = entries.stream().mapToLong(Entry::nanos).sorted().toArray();
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.length; last++) {
            while (arrivals[last] - arrivals[first] >= span.toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Forgets everything. */
    public synchronized void clear() {
        entries.clear();
        bodies.clear();
    }
}
