package io.identamocrm.sync;

import io.identamocrm.model.VisitRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows moved visits from a chunk's receptions to all rows of theirs, whichever way they were moved: IDENT is asked for the rows next to
 * those that are new, until none is.
 */
public final class TransferWalk {

    private static final int QUESTION = 250;

    private final Set<Long> known = new HashSet<>();
    private final Deque<Long> unasked = new ArrayDeque<>();
    private final Map<Long, VisitRow> rows = new HashMap<>();
    private final Map<Long, Set<Long>> neighbours = new HashMap<>();
    private final List<List<Long>> remembered = new ArrayList<>();

    /** The walk of one chunk, from these receptions. */
    TransferWalk(Collection<Long> receptions) {
        receptions.forEach(this::know);
    }

    /** Receptions whose remembered deal holds another one by now are one visit with it where IDENT can no longer tell. */
    void remembered(Map<Long, Long> holders) {
        holders.forEach((one, other) -> {
            know(other);
            remembered.add(List.of(one, other));
        });
    }

    /** One of them is gone, or a row between them, and the link with it; else a manager has given the deal to another visit. */
    private boolean haveLostLink(long one, long other) {
        return !rows.containsKey(one)
                || !rows.containsKey(other)
                || isMovedFromGone(one, other)
                || isMovedFromGone(other, one);
    }

    /** Between them stands one that is gone: the later was moved from it, and it may have been from the earlier, as ids grow. */
    private boolean isMovedFromGone(long later, long earlier) {
        VisitRow row = rows.get(later);
        Long from = row == null ? null : row.from();
        return from != null && !rows.containsKey(from) && earlier < from;
    }

    private void know(long id) {
        if (known.add(id)) {
            unasked.add(id);
        }
    }

    private void join(long one, long other) {
        neighbours.computeIfAbsent(one, any -> new LinkedHashSet<>()).add(other);
        neighbours.computeIfAbsent(other, any -> new LinkedHashSet<>()).add(one);
    }

    /** True while there are rows of which the neighbours are not known. */
    public boolean hasNext() {
        return !unasked.isEmpty();
    }

    /** Those to ask for next. */
    public List<Long> next() {
        List<Long> asked = new ArrayList<>();
        while (!unasked.isEmpty() && asked.size() < QUESTION) {
            asked.add(unasked.removeFirst());
        }
        return asked;
    }

    void found(Collection<VisitRow> found) {
        for (VisitRow row : found) {
            rows.put(row.id(), row);
            know(row.id());
            if (row.from() != null) {
                know(row.from());
                join(row.id(), row.from());
            }
        }
    }

    /** The rows of the visit that a reception belongs to, in the order of their ids; empty where nothing was moved. */
    List<VisitRow> visitOf(long reception) {
        remembered.stream()
                .filter(pair -> haveLostLink(pair.get(0), pair.get(1)))
                .forEach(pair -> join(pair.get(0), pair.get(1)));
        remembered.clear();
        if (!neighbours.containsKey(reception)) {
            return List.of();
        }
        Set<Long> ids = new TreeSet<>();
        Deque<Long> next = new ArrayDeque<>(List.of(reception));
        while (!next.isEmpty()) {
            long id = next.removeFirst();
            if (ids.add(id)) {
                next.addAll(neighbours.getOrDefault(id, Set.of()));
            }
        }
        Map<Long, VisitRow> visit = new TreeMap<>();
        ids.forEach(id -> visit.put(id, rows.getOrDefault(id, VisitRow.gone(id))));
        return List.copyOf(visit.values());
    }
}
