package io.identamocrm.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.DealId;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncState;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts deals whose reception is gone from IDENT into the stage of cancelled visits ({@code deal.on-vanished = stage}). Each deal is read
 * again just before: what a manager has moved, closed or given another reception since is left alone.
 */
final class OrphanedDeals implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedDeals.class);

    private final Map<DealId, ReceptionId> orphaned;
    private final SyncPolicy policy;
    private final Mirror mirror;
    private final Memory memory;
    private final Intents intents;
    private final AccountSetup.Tools tools;
    private final @Nullable WriteLock lock;
    private final List<List<Long>> batches = new ArrayList<>();
    private List<Move> toMove = List.of();
    private Map<Long, Delivered> delivered = Map.of();

    /** A deal that goes into the stage of cancelled visits, and the reception that it is for. */
    private record Move(Deal deal, long stage, long reception) {}

    /**
     * The deals of one deep run.
     *
     * @param orphaned  deals with the reception they were for
     * @param memory    learns what was put where
     * @param intents   where moves are on record until it is known what became of them
     * @param lock      proves that they may be moved; null if they are only counted
     * @param batchSize deals of a request at most
     */
    OrphanedDeals(
            Map<DealId, ReceptionId> orphaned,
            SyncPolicy policy,
            Mirror mirror,
            Memory memory,
            Intents intents,
            AccountSetup.Tools tools,
            @Nullable WriteLock lock,
            int batchSize) {
        this.orphaned = orphaned;
        this.policy = policy;
        this.mirror = mirror;
        this.memory = memory;
        this.intents = intents;
        this.tools = tools;
        this.lock = lock;
        List<Long> ids = orphaned.keySet().stream().map(DealId::value).toList();
        for (int from = 0; from < ids.size(); from += batchSize) {
            batches.add(ids.subList(from, Math.min(ids.size(), from + batchSize)));
        }
    }

    /** How many of them would be moved, as far as the mirror knows. */
    int count() {
        return batches.stream()
                .mapToInt(batch -> (int) mirror.deals(batch).values().stream()
                        .filter(deal -> moveOf(deal) != null)
                        .count())
                .sum();
    }

    @Override
    public boolean hasNext() {
        return !toMove.isEmpty() || !batches.isEmpty();
    }

    @Override
    public AmocrmRequest next() {
        if (toMove.isEmpty()) {
            return AmocrmRequest.byIds(Entity.LEADS, batches.get(0));
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Move move : toMove) {
            Deal deal = move.deal();
            String state = stateOf(move);
            items.add(tools.bodies()
                    .changedDeal(new DealWrite(
                            deal.id(),
                            deal,
                            null,
                            deal.pipelineId(),
                            move.stage(),
                            null,
                            state == null ? Map.of() : Map.of(DealField.SYNC_STATE, state),
                            false,
                            null)));
        }
        return AmocrmRequest.change(Entity.LEADS, items)
                .notAfter(lock().prove(false, onRecord(toMove).entries()));
    }

    private Intents.Open onRecord(List<Move> moves) {
        return new Intents.Open(
                Map.of(),
                Map.of(),
                moves.stream()
                        .collect(Collectors.toMap(
                                move -> move.deal().id(),
                                move -> Intent.ofStage(
                                        lock().owner(), move.reception(), move.deal(), cancelled(move)))));
    }

    private void forget() {
        Changes changes = new Changes();
        intents.clear(changes, onRecord(toMove));
        lock().commit(changes);
    }

    @Override
    public void aggregate(Response.Usable answer) {
        if (answer instanceof Response.NotSent) {
            // It could not go in time for what was seen before it.
            forget();
            batches.add(0, toMove.stream().map(move -> move.deal().id()).toList());
            toMove = List.of();
            return;
        }
        if (!toMove.isEmpty()) {
            // Whatever became of it, the next deep run looks again; what is unclear or not named stays on record, and
            // the next run reads it.
            int moved = 0;
            if (answer instanceof Response.Success) {
                moved = remember(answer.body());
            } else if (answer instanceof Response.Refused) {
                forget();
            }
            LOG.info(
                    "{} of {} deals whose reception is gone: {}",
                    moved,
                    toMove.size(),
                    answer.match(
                            success -> "put into the stage of cancelled visits",
                            OrphanedDeals::notMoved,
                            OrphanedDeals::notMoved,
                            OrphanedDeals::notMoved,
                            Response.NotSent::unexpected));
            toMove = List.of();
            return;
        }
        List<Long> asked = batches.remove(0);
        if (!answer.body().isMissingNode()) {
            Map<Long, Deal> read = mirror.reread(dealsOf(answer.body()).stream()
                    .filter(deal -> asked.contains(deal.id()))
                    .toList());
            Changes changes = new Changes();
            mirror.store(changes, read.values(), List.of());
            lock().commit(changes);
            toMove = read.values().stream()
                    .map(this::moveOf)
                    .filter(Objects::nonNull)
                    .toList();
            delivered = memory.receptions(toMove.stream().map(Move::reception).toList());
        }
    }

    /** We closed those that the answer names: should IDENT have the receptions again, their deals move on. Returns how many. */
    private int remember(JsonNode answer) {
        Changes changes = new Changes();
        Map<Long, Long> changed = new HashMap<>();
        answer.path("_embedded")
                .path("leads")
                .forEach(lead -> changed.put(
                        lead.path("id").asLong(), lead.path("updated_at").asLong()));
        List<Move> moved = toMove.stream()
                .filter(move -> changed.containsKey(move.deal().id()))
                .toList();
        for (Move move : moved) {
            Deal deal = move.deal();
            String state = stateOf(move);
            mirror.store(
                    changes,
                    List.of(new Deal(
                            deal.id(),
                            deal.pipelineId(),
                            move.stage(),
                            Math.max(changed.getOrDefault(deal.id(), 0L), deal.updatedAt()),
                            deal.receptionId(),
                            deal.fingerprints(),
                            deal.sent(),
                            deal.contactIds(),
                            state == null ? deal.syncState() : state)),
                    List.of());
            memory.remember(changes, move.reception(), cancelled(move));
        }
        intents.clear(changes, onRecord(moved));
        lock().commit(changes);
        return moved.size();
    }

    /** What is ours in the deal once it is moved. */
    private Delivered cancelled(Move move) {
        Deal deal = move.deal();
        Delivered known = delivered.get(move.reception());
        Delivered said = known == null ? SyncState.read(deal) : known;
        return (said == null ? Delivered.ofStatus(Status.CANCELLED).in(deal.id()) : said)
                .asCancelled(deal.pipelineId(), move.stage());
    }

    /** The same as the deal itself is to say it; null where no field is mapped for that. */
    private @Nullable String stateOf(Move move) {
        return tools.formats().of(DealField.SYNC_STATE, SyncState.of(cancelled(move)));
    }

    /** Gives the write lock back, however it ended; returns who held it. */
    String release() {
        lock().release();
        return lock().owner();
    }

    private static String notMoved(Response answer) {
        return "not moved, " + answer;
    }

    /** Several stand in a list, one alone by itself. */
    private List<Deal> dealsOf(JsonNode body) {
        JsonNode list = body.path("_embedded").path("leads");
        if (list.isMissingNode()) {
            return List.of(tools.reader().deal(body));
        }
        List<Deal> read = new ArrayList<>();
        list.forEach(json -> read.add(tools.reader().deal(json)));
        return read;
    }

    /** The move of a deal that is still to be moved; null for any other. */
    private @Nullable Move moveOf(Deal deal) {
        Long stage = stageFor(deal);
        return policy.isActive(deal)
                        && !policy.protectedStages().contains(deal.stageId())
                        && stage != null
                        && stage != deal.stageId()
                        && deal.receptionId() != null
                        && new ReceptionId(deal.receptionId()).equals(orphaned.get(new DealId(deal.id())))
                ? new Move(deal, stage, deal.receptionId())
                : null;
    }

    private WriteLock lock() {
        return Objects.requireNonNull(lock, "the deals are only counted");
    }

    /** The stage of cancelled visits in the deal's pipeline, or null if none is set. */
    private @Nullable Long stageFor(Deal deal) {
        return Stream.concat(Stream.of((Long) null), policy.branches().keySet().stream())
                .map(policy::ofBranch)
                .map(choices -> cancelledStage(choices, deal))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long cancelledStage(SyncPolicy choices, Deal deal) {
        for (Funnel funnel : Funnel.values()) {
            if (choices.targetOf(funnel).pipelineId() == deal.pipelineId()) {
                return choices.stageByStatus().getOrDefault(funnel, Map.of()).get(Status.CANCELLED);
            }
        }
        return null;
    }
}
