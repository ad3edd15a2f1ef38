package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.MultiValues;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.RemovedEntities;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.OwnContact;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Intents.Standing;
import io.identamocrm.state.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look just before a batch of changes: what amoCRM holds now decides which of them may still go. There is no conditional write, so this
 * is what lets a manager's move, close or deletion stand.
 */
public final class FreshnessCheck {

    private static final Logger LOG = LoggerFactory.getLogger(FreshnessCheck.class);

    private final AccountSetup account;
    private final Mirror mirror;
    private final Memory memory;
    private final Intents intents;
    private final Set<MappedField> createOnly;
    private final RemovedEntities removed;

    /**
     * The check of one account.
     *
     * @param account reads its entities, once a run is under way
     * @param mirror  takes what was read
     * @param memory  remembers what was withheld, and what we have written
     * @param intents where moves of deals are on record
     * @param createOnly fields that are the managers' once they are filled
     */
    public FreshnessCheck(
            AccountSetup account, Mirror mirror, Memory memory, Intents intents, Set<MappedField> createOnly) {
        this.account = account;
        this.mirror = mirror;
        this.memory = memory;
        this.intents = intents;
        this.createOnly = createOnly;
        this.removed = new RemovedEntities(mirror, memory);
    }

    /** The request that reads what the batch is about to change. */
    public AmocrmRequest request(WriteBatch batch) {
        return AmocrmRequest.byIds(entityOf(batch), batch.keys());
    }

    private static Entity entityOf(WriteBatch batch) {
        return batch.kind().ofContact() ? Entity.CONTACTS : Entity.LEADS;
    }

    /**
     * Takes from the batch what may no longer go: what was changed or removed in amoCRM meanwhile is decided again, a link that is there is
     * done. What several are asked for and one does not show is asked for alone: only that answer says that it is gone.
     *
     * @param batch with the answer to {@link #request}
     * @throws AmocrmException.Ambiguous if amoCRM shows something else than it was asked for
     */
    public WriteBatch keepFresh(WriteBatch batch) {
        Map<Long, JsonNode> held = held(batch);
        if (!batch.keys().containsAll(held.keySet())) {
            if (batch.writes().size() == 1) {
                throw new AmocrmException.Ambiguous(
                        DeliveryText.SHOWS_ELSE.with(entityOf(batch).embedded(), batch.keys()),
                        DeliveryText.ASKS_AGAIN,
                        batch.response());
            }
            LOG.warn(
                    "amoCRM ignores the filter by id; looking at {} entities one by one",
                    batch.writes().size());
            batch.writes().forEach(batch.buffer()::sendAlone);
            return batch.keeping(List.of());
        }
        Changes changes = new Changes();
        WriteBatch kept = batch.keeping(
                switch (batch.kind()) {
                    case CHANGE_DEAL ->
                        keep(
                                batch,
                                read(held, changes),
                                changes,
                                (write, now) -> isStillAsDecided(write, now, batch, changes));
                    case LINK ->
                        keep(
                                batch,
                                read(held, changes),
                                changes,
                                (write, now) ->
                                        isStillUnlinked(write, now, mainContact(heldOf(write, held)), batch, changes));
                    case UNLINK ->
                        keep(
                                batch,
                                read(held, changes),
                                changes,
                                (write, now) -> isStillLinked(write, now, batch, changes));
                    case CHANGE_CONTACT -> withHeldValues(batch, held, changes);
                    case CREATE_DEAL_WITH_CONTACT, CREATE_CONTACT, CREATE_DEAL ->
                        throw new IllegalStateException("There is nothing to read before " + batch);
                });
        batch.buffer().lock().commit(changes);
        return kept;
    }

    private static Map<Long, JsonNode> held(WriteBatch batch) {
        Map<Long, JsonNode> held = new HashMap<>();
        if (batch.response() instanceof Response.Success done) {
            JsonNode list = done.body().path("_embedded").path(entityOf(batch).embedded());
            (list.isMissingNode() ? List.of(done.body()) : list).forEach(entity -> {
                if (!entity.path("is_deleted").asBoolean()) {
                    held.put(entity.path("id").asLong(), entity);
                }
            });
        }
        return held;
    }

    private static JsonNode heldOf(Write write, Map<Long, JsonNode> held) {
        return held.getOrDefault(write.key(), MissingNode.getInstance());
    }

    private Map<Long, Deal> read(Map<Long, JsonNode> held, Changes changes) {
        Map<Long, Deal> rows = mirror.reread(
                held.values().stream().map(account.tools().reader()::deal).toList());
        Map<Long, Deal> known = mirror.deals(rows.keySet());
        mirror.store(
                changes,
                rows.values().stream()
                        .filter(row -> !row.equals(known.get(row.id())))
                        .toList(),
                List.of());
        return rows;
    }

    /** Several were asked for and this one is not there: it is asked for alone. Alone, it is gone. */
    private void absent(Write write, WriteBatch batch, Changes changes) {
        if (batch.writes().size() > 1) {
            batch.buffer().sendAlone(write);
            return;
        }
        if (write.kind.ofContact()) {
            removed.contacts(changes, batch.keys());
        } else {
            removed.deals(changes, batch.keys());
        }
        batch.buffer().decideAgain(write);
    }

    /** The writes whose deal or contact is there, and that may go as it stands now. */
    private <T> List<Write> keep(WriteBatch batch, Map<Long, T> read, Changes changes, BiPredicate<Write, T> mayGo) {
        List<Write> kept = new ArrayList<>();
        for (Write write : batch.writes()) {
            T now = read.get(write.key());
            if (now == null) {
                absent(write, batch, changes);
            } else if (mayGo.test(write, now)) {
                kept.add(write);
            }
        }
        return kept;
    }

    private boolean isStillAsDecided(Write write, Deal now, WriteBatch batch, Changes changes) {
        if (write.isUnclear()
                && write.movesDeal()
                && !Standing.of(write.knownDeal().knownBase()).isOf(now)) {
            settle(write, now, changes);
            batch.buffer().decideAgain(write);
            return false;
        }
        if (!sameForUs(write.knownDeal().knownBase(), now)
                || hasLostContact(write.knownDeal().knownBase(), now)) {
            batch.buffer().decideAgain(write);
            return false;
        }
        write.deal = write.knownDeal().on(now);
        leaveFilled(write, now.fingerprints().keySet());
        if (write.isEmpty()) {
            new WrittenRecords(memory, changes).deal(write, write.dealId);
            batch.buffer().close(write);
            return false;
        }
        return true;
    }

    /** A free deal may have been chosen for its contact: it must still have it. */
    private static boolean hasLostContact(Deal decided, Deal now) {
        return decided.isFree() && !now.contactIds().containsAll(decided.contactIds());
    }

    /** What was empty when it was decided, a manager may have filled since. */
    private void leaveFilled(Write write, Set<? extends MappedField> filled) {
        createOnly.stream().filter(filled::contains).forEach(write::leaveAlone);
    }

    /** Whether the deal was moved by the request whose answer got lost, or by somebody else. */
    private void settle(Write write, Deal now, Changes changes) {
        intents.clear(changes, Intents.Open.ofStages(Set.of(write.dealId)));
        if (!OpenIntents.isTaken(now, write.receptionId())) {
            return;
        }
        for (Delivery delivery : write.deliveries) {
            if (delivery.delivered() != null) {
                memory.remember(
                        changes,
                        delivery.item.id(),
                        OpenIntents.settled(delivery.delivered(), now).in(now.id()));
            }
        }
    }

    private static boolean sameForUs(Deal decided, Deal now) {
        return decided.pipelineId() == now.pipelineId()
                && decided.stageId() == now.stageId()
                && Objects.equals(
                        decided.fingerprints().get(DealField.RECEPTION_ID),
                        now.fingerprints().get(DealField.RECEPTION_ID))
                && Objects.equals(
                        decided.fingerprints().get(DealField.PATIENT_NUMBER),
                        now.fingerprints().get(DealField.PATIENT_NUMBER));
    }

    private boolean isStillUnlinked(Write write, Deal now, @Nullable Long main, WriteBatch batch, Changes changes) {
        if (now.contactIds().contains(write.contactId)) {
            // Only in place of the main one that we had linked: any other, as after a merge, may be a manager's choice.
            if (main != null && main.equals(write.knownDeal().unlinked())) {
                batch.buffer().linkAsMain(write);
                return false;
            }
            new WrittenRecords(memory, changes).link(write, write.dealId, write.contactId);
            write.noteDone(0);
            batch.buffer().takeFormerOff(write);
            batch.buffer().close(write);
            return false;
        }
        if (!now.contactIds().isEmpty() && write.knownDeal().former() == null
                || !sameForUs(write.knownDeal().knownBase(), now)) {
            batch.buffer().decideAgain(write);
            return false;
        }
        if (isManagersChoice(main, write)) {
            write.keepMain();
        }
        return true;
    }

    private static @Nullable Long mainContact(JsonNode deal) {
        for (JsonNode contact : deal.path("_embedded").path("contacts")) {
            if (contact.path("is_main").asBoolean()) {
                return contact.path("id").asLong();
            }
        }
        return null;
    }

    /** True for a main contact that is neither what we linked for the former patient nor any other patient's. */
    private boolean isManagersChoice(@Nullable Long main, Write write) {
        Delivered former = write.knownDeal().former();
        if (main == null || former == null || main.equals(former.contact())) {
            return false;
        }
        Contact contact = mirror.contacts(List.of(main)).get(main);
        return contact == null || former.contact() != null || contact.isUnowned();
    }

    private boolean isStillLinked(Write write, Deal now, WriteBatch batch, Changes changes) {
        if (!sameForUs(write.knownDeal().knownBase(), now)) {
            batch.buffer().decideAgain(write);
            return false;
        }
        if (!now.contactIds().contains(write.contactId)) {
            new WrittenRecords(memory, changes).deal(write, write.dealId);
            write.noteDone(0);
            batch.buffer().takenOff(write);
            batch.buffer().close(write);
            return false;
        }
        return true;
    }

    private List<Write> withHeldValues(WriteBatch batch, Map<Long, JsonNode> held, Changes changes) {
        Map<Long, Contact> rows = mirror.rereadContacts(
                held.values().stream().map(account.tools().reader()::contact).toList());
        Map<Long, Contact> known = mirror.contacts(rows.keySet());
        mirror.store(
                changes,
                List.of(),
                rows.values().stream()
                        .filter(row -> !row.equals(known.get(row.id())))
                        .toList());
        Map<Long, OwnContact> ours =
                memory.patients(batch.writes().stream().map(Write::patientId).toList());
        return keep(batch, rows, changes, (write, now) -> {
            if (!sameForUs(write.knownContact().knownBase(), now)) {
                batch.buffer().decideAgain(write);
                return false;
            }
            write.contact = write.knownContact().on(now);
            leaveFilled(write, now.fingerprints().keySet());
            if (write.isEmpty()) {
                new WrittenRecords(memory, changes).contact(write, write.contactId);
                batch.buffer().close(write);
                return false;
            }
            OwnContact own = ours.get(write.patientId());
            Set<String> written = own == null || own.contact() != write.contactId ? Set.of() : own.written();
            MultiValues values = account.tools().values();
            Set<String> theirs = values.alreadyIn(heldOf(write, held), write.knownContact());
            theirs.removeAll(written);
            write.joinLists(values.joined(heldOf(write, held), write.knownContact(), written), theirs);
            return true;
        });
    }

    /** Nobody's contact was chosen for a phone: it must still have it. */
    private static boolean sameForUs(Contact decided, Contact now) {
        return Objects.equals(decided.name(), now.name())
                && Objects.equals(
                        decided.fingerprints().get(ContactField.PATIENT_ID),
                        now.fingerprints().get(ContactField.PATIENT_ID))
                && (!decided.isUnowned() || now.phones().containsAll(decided.phones()));
    }
}
