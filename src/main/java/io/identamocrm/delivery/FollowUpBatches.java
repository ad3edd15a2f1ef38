package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.state.Changes;
import io.identamocrm.state.FollowUps;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings follow-ups to amoCRM, each once: on record as about to be sent before a request, on record as done after its answer, looked for
 * where the answer tells nothing.
 */
public final class FollowUpBatches {

    private static final Logger LOG = LoggerFactory.getLogger(FollowUpBatches.class);
    private static final int MOST_IN_A_ROW = 3;
    private static final int MOST_LATE_IN_A_ROW = 10;
    private static final String USER = "responsible_user_id";

    private final FollowUps followUps;
    private final Clock clock;

    /** Batches of one account. */
    public FollowUpBatches(FollowUps followUps, Clock clock) {
        this.followUps = followUps;
        this.clock = clock;
    }

    /** After the look: what is there already is done, and what nobody can tell of any more is too. */
    public FollowUpRound keepNew(FollowUpRound round) {
        Changes changes = new Changes();
        for (FollowUpItem item : round.items()) {
            boolean seen = round.look().seen().contains(item);
            if (seen || round.look().over().contains(item)) {
                if (!seen) {
                    LOG.info(
                            "Deal {} of reception {} is gone, closed or in another pipeline: nobody hears of it",
                            item.deal(),
                            item.what().reception());
                }
                followUps.done(changes, item.key(), clock.instant());
                round.drop(item);
            }
        }
        for (FollowUps.Open open : round.leftOut()) {
            LOG.info(
                    "Nobody hears that reception {} is {}: it is too long ago, IDENT does not show the"
                            + " reception any more, or the settings FOLLOW_UP_… were changed",
                    open.what().reception(),
                    open.what().event().key());
            followUps.done(changes, open.what().key(), clock.instant());
        }
        round.lock().commit(changes);
        return round;
    }

    /** One more for the next batch of its kind. */
    public void collect(FollowUpItem item) {
        item.round().collect(item);
    }

    /**
     * On record: about to be sent.
     *
     * @throws io.identamocrm.state.LockLostException if the run may not write any more
     */
    public FollowUpBatch note(FollowUpBatch batch) {
        Changes changes = new Changes();
        String owner = batch.round().lock().owner();
        batch.items().forEach(item -> followUps.sending(changes, item.key(), item.open(), owner));
        return batch.noted(batch.round().lock().prove(changes));
    }

    /** The request that makes all of them; it goes in time, or not. */
    public AmocrmRequest request(FollowUpBatch batch) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (FollowUpItem item : batch.items()) {
            items.add(item.body().put("request_id", Integer.toString(items.size())));
        }
        AmocrmRequest request =
                batch.kind() == Kind.TASK ? AmocrmRequest.createTasks(items) : AmocrmRequest.createNotes(items);
        return request.notAfter(batch.sendBefore());
    }

    /** The answer to the batch. */
    public FollowUpBatch sent(FollowUpBatch batch, Response.Usable response) {
        return batch.answered(response);
    }

    /** amoCRM has them. */
    public void confirm(FollowUpBatch batch) {
        batch.round().countClear();
        done(batch, batch.items());
    }

    private void done(FollowUpBatch batch, List<FollowUpItem> items) {
        Changes changes = new Changes();
        items.forEach(item -> followUps.done(changes, item.key(), clock.instant()));
        batch.round().lock().commit(changes);
        if (!items.isEmpty()) {
            LOG.info(
                    "Receptions that managers were told of: {}, each by a {}",
                    items.size(),
                    batch.kind().key());
        }
    }

    /**
     * amoCRM made none of them: those that it names are left out, but for a user that it does not know, without whom a task goes again; if
     * it names none, the batch goes again in halves.
     */
    public void refuse(FollowUpBatch batch) {
        batch.round().countClear();
        if (!(batch.response() instanceof Response.Refused refused)) {
            throw new IllegalStateException("This batch was not refused: " + batch);
        }
        List<FollowUpItem> items = batch.items();
        Map<Integer, List<RefusedItem>> named = BatchRefusal.named(refused, items.size());
        if (named.isEmpty() && items.size() > 1) {
            batch.round().sendNext(items.subList(items.size() / 2, items.size()));
            batch.round().sendNext(items.subList(0, items.size() / 2));
            return;
        }
        List<FollowUpItem> rest = new ArrayList<>();
        Changes changes = new Changes();
        for (int i = 0; i < items.size(); i++) {
            FollowUpItem item = items.get(i);
            List<RefusedItem> faults = named.getOrDefault(i, List.of());
            boolean byUser = !faults.isEmpty()
                    && item.user() != null
                    && item.user() != FollowUp.NOBODY_NAMED
                    && faults.stream().allMatch(fault -> fault.path().equals(USER));
            if (byUser) {
                item.givenTo(FollowUp.NOBODY_NAMED);
                rest.add(item);
            } else if (faults.isEmpty() && !named.isEmpty()) {
                rest.add(item);
            } else {
                LOG.warn(
                        "amoCRM refuses a {} in deal {}, nobody hears that reception {} is {} ({}); look at the deal and at the"
                                + " settings FOLLOW_UP_…",
                        batch.kind().key(),
                        item.deal(),
                        item.what().reception(),
                        item.what().event().key(),
                        faults.isEmpty()
                                ? refused.detail()
                                : faults.get(0).code() + " at " + faults.get(0).path());
                followUps.done(changes, item.key(), clock.instant());
            }
        }
        batch.round().lock().commit(changes);
        batch.round().sendNext(rest);
    }

    /**
     * The answer told nothing, and amoCRM was looked at since: what is there is done, what is not goes again.
     *
     * @throws AmocrmException.Ambiguous if this has happened three times in a row; the next run looks again
     */
    public void settle(FollowUpBatch batch) {
        List<FollowUpItem> seen = batch.items().stream()
                .filter(batch.round().look().seen()::contains)
                .toList();
        List<FollowUpItem> absent =
                batch.items().stream().filter(item -> !seen.contains(item)).toList();
        done(batch, seen);
        if (!absent.isEmpty() && batch.round().countUnclear() >= MOST_IN_A_ROW) {
            throw new AmocrmException.Ambiguous(
                    DeliveryText.UNTELLABLE.with(absent.size()), DeliveryText.FINDS_OUT, batch.response());
        }
        batch.round().sendNext(absent);
    }

    /**
     * It could not go in time, and goes again.
     *
     * @throws AmocrmException.Transient if that has happened ten times in a row
     */
    public void sendAgain(FollowUpBatch batch) {
        if (batch.round().countLate() >= MOST_LATE_IN_A_ROW) {
            throw new AmocrmException.Transient(
                    Explanation.of(DeliveryText.NO_WRITE_THROUGH, DeliveryText.NO_WRITE_THROUGH_REMEDY), null);
        }
        batch.round().sendNext(batch.items());
    }
}
