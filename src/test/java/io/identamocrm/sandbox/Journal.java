package io.identamocrm.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was asked of the sandbox, in order of arrival; without bodies, which would hold people's data and memory. */
public final class Journal {

    /**
     * One request.
     *
     * @param nanos  arrival on the machine's monotonic clock
     * @param at     arrival
     * @param method HTTP method
     * @param path   without query
     * @param query  or null
     * @param items  items in the body; 0 if there was none
     * @param status HTTP status answered; 0 while unanswered or cut off
     * @param fault  fault injected, or null
     */
    public record Entry(long nanos, Instant at, String method, String path, String query, int items, int status, String fault) {

        /** True if it could change data. */
        public boolean isWrite() {
            return !"GET".equals(method);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    /** All requests since the start or the last {@link #clear}. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many requests. */
    public synchronized int count() {
        return entries.size();
    }

    /** How many of them could change data. */
    public synchronized long writes() {
        return entries.stream().filter(Entry::isWrite).count();
    }

    /** The most requests that arrived within any span of this length. */
    public synchronized int maxInAnyWindow(Duration span) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < entries.size(); last++) {
            while (entries.get(last).nanos() - entries.get(first).nanos() >= span.toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Forgets everything. */
    public synchronized void clear() {
        entries.clear();
    }
}
