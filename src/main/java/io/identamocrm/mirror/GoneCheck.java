package io.identamocrm.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks by id for rows that a listing did not show, since not being listed is no proof of being gone. Several are asked for at once, along
 * with witnesses that are known to be there: an answer that lacks one is cut, empty or late, and tells nothing of the others either. Where
 * there are no witnesses, or the account ignores the filter, each row is asked for alone.
 *
 * @param <T> the rows
 */
public final class GoneCheck<T> implements RequestSequence {

    private static final int AT_ONCE = 50;
    private static final int TRIES = 3;

    private final Entity entity;
    private final Deque<Long> left;
    private final Set<Long> witnesses;
    private final Function<JsonNode, T> reader;
    private final Consumer<List<T>> there;
    private final Set<Long> gone = new HashSet<>();
    private List<Long> asked = List.of();
    private int alone;
    private int tries;

    /**
     * A check to be walked through.
     *
     * @param entity    their kind
     * @param ids       ids that were known and not listed
     * @param witnesses ids of a few rows that were listed a moment ago, best the lowest and the highest; empty if there are none
     * @param reader    reads a row
     * @param there     takes rows that are there after all: changed while the listing went on, or not shown by it
     */
    public GoneCheck(
            Entity entity,
            Collection<Long> ids,
            Collection<Long> witnesses,
            Function<JsonNode, T> reader,
            Consumer<List<T>> there) {
        this.entity = entity;
        this.left = new ArrayDeque<>(ids);
        this.witnesses = Set.copyOf(witnesses);
        this.reader = reader;
        this.there = there;
        this.alone = witnesses.isEmpty() ? left.size() : 0;
    }

    @Override
    public boolean hasNext() {
        return !left.isEmpty();
    }

    @Override
    public AmocrmRequest next() {
        asked = left.stream().limit(alone > 0 ? 1 : AT_ONCE - witnesses.size()).toList();
        List<Long> ids = new ArrayList<>(asked);
        if (alone == 0) {
            ids.addAll(witnesses);
        }
        return AmocrmRequest.byIds(entity, ids);
    }

    @Override
    public void aggregate(Response.Usable answer) {
        if (alone > 0) {
            answer.handle(
                    this::one, nothing -> settle(Map.of()), this::refused, this::refused, Response.NotSent::unexpected);
        } else {
            answer.handle(
                    this::several, this::withoutWitnesses, this::refused, this::refused, Response.NotSent::unexpected);
        }
    }

    private void one(Response.Success done) {
        if (done.body().path("id").asLong() == asked.get(0)) {
            settle(Map.of(asked.get(0), done.body()));
        } else {
            odd(done);
        }
    }

    private void several(Response.Success done) {
        JsonNode list = done.body().path("_embedded").path(entity.embedded());
        if (!list.isArray()) {
            odd(done);
            return;
        }
        Map<Long, JsonNode> rows = new HashMap<>();
        list.forEach(row -> rows.put(row.path("id").asLong(), row));
        boolean strangers = rows.keySet().stream().anyMatch(id -> !asked.contains(id) && !witnesses.contains(id));
        if (strangers) {
            alone = left.size();
        } else if (rows.keySet().containsAll(witnesses)
                && !done.body().path("_links").has("next")) {
            settle(rows);
        } else {
            withoutWitnesses(done);
        }
    }

    /** A witness may be gone by now, too. */
    private void withoutWitnesses(Response answer) {
        if (++tries == TRIES) {
            tries = 0;
            alone = asked.size();
        }
    }

    private void odd(Response answer) {
        if (++tries == TRIES) {
            throw new AmocrmException.Ambiguous(
                    MirrorText.UNTOLD.with(entity.embedded()), MirrorText.ASKS_AGAIN, answer);
        }
    }

    private void refused(Response answer) {
        throw new IllegalStateException("GET " + entity.embedded() + " by id was refused: " + answer);
    }

    private void settle(Map<Long, JsonNode> rows) {
        List<T> found = new ArrayList<>();
        for (Long id : asked) {
            JsonNode row = rows.get(id);
            if (row == null || row.path("is_deleted").asBoolean()) {
                gone.add(id);
            } else {
                found.add(reader.apply(row));
            }
            left.remove();
        }
        there.accept(found);
        tries = 0;
        alone = Math.max(0, alone - 1);
    }

    /** After the last request: ids that amoCRM no longer has, deleted or merged into others. */
    public Set<Long> gone() {
        return Collections.unmodifiableSet(gone);
    }
}
