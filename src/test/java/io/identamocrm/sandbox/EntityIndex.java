package io.identamocrm.sandbox;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All leads or all contacts, kept in the orders in which they are listed: sorting 100,000 for every page would be slow. */
final class EntityIndex {

    private static final Comparator<Entity> BY_CHANGE =
            Comparator.<Entity>comparingLong(entity -> entity.updatedAt).thenComparingLong(entity -> entity.id);

    private final Map<Long, Entity> byId = new HashMap<>();
    /** What was deleted or merged, as it was last. */
    private final Map<Long, Entity> gone = new HashMap<>();

    private final List<Entity> inOrder = new ArrayList<>();
    private final TreeSet<Entity> byChange = new TreeSet<>(BY_CHANGE);

    Entity find(long id) {
        return byId.get(id);
    }

    Entity findGone(long id) {
        return gone.get(id);
    }

    /** What is there and what is gone. */
    Stream<Entity> everything() {
        return Stream.concat(byId.values().stream(), gone.values().stream());
    }

    int size() {
        return byId.size();
    }

    /** By id, which is by time of creation. */
    List<Entity> ascending() {
        return Collections.unmodifiableList(inOrder);
    }

    List<Entity> descending() {
        return new AbstractList<>() {
            @Override
            public Entity get(int index) {
                return inOrder.get(inOrder.size() - 1 - index);
            }

            @Override
            public int size() {
                return inOrder.size();
            }
        };
    }

    Collection<Entity> byChange(boolean descending) {
        return descending ? byChange.descendingSet() : byChange;
    }

    /** Its id must be the highest so far. */
    void add(Entity entity) {
        byId.put(entity.id, entity);
        inOrder.add(entity);
        byChange.add(entity);
    }

    void remove(Entity entity) {
        byChange.remove(entity);
        byId.remove(entity.id);
        gone.put(entity.id, entity);
        entity.deleted = true;
        inOrder.remove(Collections.binarySearch(inOrder, entity, Comparator.comparingLong(any -> any.id)));
    }

    /** Changes an entity at this moment (Unix seconds) unless the change sets its time itself; it need not be in the index yet. */
    void change(Entity entity, Runnable change, long now) {
        boolean listed = byChange.remove(entity);
        long before = entity.updatedAt;
        try {
            change.run();
        } finally {
            if (entity.updatedAt == before) {
                entity.updatedAt = now;
            }
            if (listed) {
                byChange.add(entity);
            }
        }
    }
}
