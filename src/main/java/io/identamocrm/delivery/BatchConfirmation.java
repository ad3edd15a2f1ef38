package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.identamocrm.amocrm.Response;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Text;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Intents;
import io.identamocrm.state.LockLostException;
import io.identamocrm.state.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What amoCRM says was written, or turned out to hold, goes into the mirror, and those who waited for it go on. */
public final class BatchConfirmation {

    private final Mirror mirror;
    private final OptimisticRows rows;
    private final Memory memory;
    private final Intents intents;

    /**
     * Confirmations of one account.
     *
     * @param mirror  takes what was written
     * @param rows    makes its rows
     * @param memory  takes what is ours in it
     * @param intents where the batch is on record
     */
    public BatchConfirmation(Mirror mirror, OptimisticRows rows, Memory memory, Intents intents) {
        this.mirror = mirror;
        this.rows = rows;
        this.memory = memory;
        this.intents = intents;
    }

    /**
     * What amoCRM numbered in its answer is done, and goes on record in one step: the rows, what is ours in them, and that nothing is
     * open any more. What the answer does not mention is not done.
     *
     * @throws LockLostException if the run has lost the lock meanwhile; it names what was written all the same
     */
    public void confirm(WriteBatch batch) {
        // The end of a link is confirmed by an answer without a body.
        Response.Success done = batch.response() instanceof Response.Success success
                ? success
                : batch.kind() == Kind.UNLINK ? new Response.Success(MissingNode.getInstance(), Instant.EPOCH) : null;
        if (done == null) {
            Changes nothing = new Changes();
            intents.clear(nothing, batch.intents());
            batch.buffer().lock().commit(nothing);
            batch.writes().forEach(write -> notMentioned(write, batch));
            return;
        }
        Changes changes = new Changes();
        WrittenRecords records = new WrittenRecords(memory, changes);
        WrittenItems written = new WrittenItems(done);
        // On the mirror's row of this moment, not on the decided one: a link and a change of the same deal are two
        // writes.
        Map<Long, Deal> current = mirror.deals(batch.writes().stream()
                .map(write -> write.dealId)
                .filter(id -> id > 0)
                .toList());
        List<Deal> deals = new ArrayList<>();
        List<Contact> contacts = new ArrayList<>();
        List<Write> unmentioned = new ArrayList<>();
        List<Write> confirmed = new ArrayList<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            Write write = batch.writes().get(i);
            JsonNode item = written.item(write, i);
            if (item == null) {
                unmentioned.add(write);
                continue;
            }
            confirmed.add(write);
            long id = item.path("id").asLong();
            write.noteDone(id);
            long changed = item.path("updated_at").asLong(written.seconds());
            switch (write.kind) {
                case CREATE_DEAL_WITH_CONTACT -> {
                    long contactId = item.path("contact_id").asLong();
                    deals.add(rows.deal(write.knownDeal(), id, contactId, changed));
                    contacts.add(rows.contact(write.knownContact(), contactId, changed));
                    records.link(write, id, contactId);
                    records.contact(write, contactId);
                    batch.buffer().numberContact(write.contactId, contactId);
                }
                case CREATE_CONTACT -> {
                    contacts.add(rows.contact(write.knownContact(), id, changed));
                    records.contact(write, id);
                    batch.buffer().numberContact(write.contactId, id);
                }
                case CREATE_DEAL -> {
                    deals.add(rows.deal(write.knownDeal(), id, write.contactId, changed));
                    records.link(write, id, write.contactId);
                }
                case CHANGE_DEAL -> {
                    deals.add(rows.deal(write.knownDeal().on(current.get(write.dealId)), write.dealId, null, changed));
                    records.deal(write, write.dealId);
                }
                case CHANGE_CONTACT -> {
                    contacts.add(rows.contact(write.knownContact(), write.contactId, changed));
                    records.contact(write, write.contactId);
                }
                case LINK -> {
                    deals.add(rows.linked(
                            write.knownDeal().on(current.get(write.dealId)).knownBase(), write.contactId));
                    records.link(write, write.dealId, write.contactId);
                    batch.buffer().takeFormerOff(write);
                }
                case UNLINK -> {
                    deals.add(rows.unlinked(
                            write.knownDeal().on(current.get(write.dealId)).knownBase(), write.contactId));
                    records.deal(write, write.dealId);
                    batch.buffer().takenOff(write);
                }
            }
        }
        mirror.store(changes, deals, contacts);
        intents.clear(changes, batch.intents());
        commit(changes, batch, deals);
        batch.buffer().countWritten(deals.size() + contacts.size());
        unmentioned.forEach(write -> notMentioned(write, batch));
        confirmed.forEach(batch.buffer()::close);
    }

    private void commit(Changes changes, WriteBatch batch, List<Deal> written) {
        try {
            batch.buffer().lock().commit(changes);
        } catch (LockLostException e) {
            if (!batch.isCreation()) {
                throw e;
            }
            Map<Long, List<Long>> known = mirror.dealsOf(written.stream()
                    .map(Deal::receptionId)
                    .filter(Objects::nonNull)
                    .toList());
            throw e.naming(
                    known.isEmpty()
                            ? DeliveryText.CONTACTS.with(batch.writes().size())
                            : Text.list(known.entrySet().stream()
                                    .map(entry -> (entry.getValue().size() == 1
                                                    ? DeliveryText.RECEPTION_WITH_DEAL
                                                    : DeliveryText.RECEPTION_WITH_DEALS)
                                            .with(
                                                    entry.getKey(),
                                                    Text.joined(
                                                            DeliveryText.AND,
                                                            entry.getValue().stream()
                                                                    .map(deal -> Text.of(deal.toString()))
                                                                    .toList())))
                                    .toList()));
        }
    }

    /** A change may have met something that is gone: it is decided again, and the look before the next write tells. */
    private static void notMentioned(Write write, WriteBatch batch) {
        if (write.kind.isChange()) {
            batch.buffer().decideAgain(write);
        } else {
            batch.buffer().fail(write, new Failure(write.failureAt(""), "amoCRM's answer does not mention it"));
        }
    }

    /** What the search has seen is done; the listing has put it into the mirror. */
    public void confirmSeen(WriteBatch batch) {
        UnconfirmedCreations search = batch.search();
        for (Write write : batch.writes()) {
            if (search.hasSeen(write)) {
                Long deal = write.kind.createsDeal() ? search.dealOf(write.receptionId()) : null;
                Long contact = write.kind.createsContact() ? search.contactOf(write.patientId()) : null;
                if (deal != null) {
                    Long linked = contact != null ? contact : Long.valueOf(write.contactId);
                    write.noteDone(deal);
                    write.deliveries.forEach(delivery -> {
                        Delivered decided = delivery.delivered();
                        if (decided != null) {
                            delivery.delivered(decided.in(deal).linkedTo(linked));
                        }
                    });
                } else if (contact != null) {
                    write.noteDone(contact);
                }
                if (contact != null) {
                    batch.buffer().numberContact(write.contactId, contact);
                }
                batch.buffer().close(write);
            }
        }
    }
}
