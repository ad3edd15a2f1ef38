package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.SyncState;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of writes that a run left behind, before anything else is decided: deals that were about to be moved are read,
 * and deals and contacts that were about to be created are looked for.
 */
public final class OpenIntents implements RequestSequence {

    private static final int BATCH = 50;

    private final Intents intents;
    private final Memory memory;
    private final Mirror mirror;
    private final EntityReader reader;
    private final WriteLock lock;
    private final List<List<Long>> moves = new ArrayList<>();
    private final Intents.Open open;
    private final @Nullable UnconfirmedCreations creations;

    /**
     * What is open in an account.
     *
     * @param creations begins the search for creations
     */
    public OpenIntents(
            Intents intents,
            Memory memory,
            Mirror mirror,
            EntityReader reader,
            WriteLock lock,
            Function<Intents.Open, UnconfirmedCreations> creations) {
        this.intents = intents;
        this.memory = memory;
        this.mirror = mirror;
        this.reader = reader;
        this.lock = lock;
        this.open = intents.open();
        List<Long> deals = List.copyOf(new TreeSet<>(open.stages().keySet()));
        for (int from = 0; from < deals.size(); from += BATCH) {
            moves.add(deals.subList(from, Math.min(deals.size(), from + BATCH)));
        }
        boolean none = open.deals().isEmpty() && open.contacts().isEmpty();
        this.creations = none ? null : creations.apply(new Intents.Open(open.deals(), open.contacts(), Map.of()));
    }

    @Override
    public boolean hasNext() {
        return !moves.isEmpty() || creations != null && creations.hasNext();
    }

    private UnconfirmedCreations search() {
        return Objects.requireNonNull(creations, "no creation is open");
    }

    @Override
    public AmocrmRequest next() {
        return moves.isEmpty() ? search().next() : AmocrmRequest.byIds(Entity.LEADS, moves.get(0));
    }

    @Override
    public long pause() {
        return moves.isEmpty() ? search().pause() : 0;
    }

    @Override
    public void aggregate(Response.Usable answer) {
        if (moves.isEmpty()) {
            search().aggregate(answer);
            return;
        }
        List<Long> asked = moves.remove(0);
        Changes changes = new Changes();
        List<Deal> held = new ArrayList<>();
        JsonNode list = answer.body().path("_embedded").path(Entity.LEADS.embedded());
        (list.isMissingNode() && answer.body().has("id") ? List.of(answer.body()) : list)
                .forEach(json -> held.add(reader.deal(json)));
        Map<Long, Deal> rows = mirror.reread(
                held.stream().filter(deal -> asked.contains(deal.id())).toList());
        mirror.store(changes, rows.values(), List.of());
        rows.forEach((id, now) -> {
            Intent intent = open.stages().get(id);
            if (intent != null
                    && intent.delivered() != null
                    && isTaken(now, intent.reception())
                    && (intent.before() == null || !intent.before().isOf(now))) {
                memory.remember(
                        changes,
                        intent.reception(),
                        settled(intent.delivered(), now).in(id));
            }
        });
        intents.clear(changes, Intents.Open.ofStages(Set.copyOf(asked)));
        lock.commit(changes);
    }

    /** False if the deal still does not hold the reception that was to be written with the move: then nothing of it has happened. */
    static boolean isTaken(Deal now, long reception) {
        return Objects.equals(now.receptionId(), reception);
    }

    /**
     * What is to be remembered of a deal that was about to be moved, and has changed since the look before.
     *
     * @param intended what was to be remembered had it been moved for sure
     * @param now      the deal as it is
     */
    static Delivered settled(Delivered intended, Deal now) {
        boolean stands = intended.stage() != null
                ? intended.isWherePut(now)
                : intended.pipeline() != null && intended.pipeline() == now.pipelineId();
        return stands || SyncState.of(intended).equals(now.syncState()) ? intended : intended.asWithheld();
    }
}
