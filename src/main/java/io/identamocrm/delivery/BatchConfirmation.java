package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What amoCRM says was written, or turned out to hold, goes into the mirror, and those who waited for it go on. */
public final class BatchConfirmation {

    private final Mirror mirror;
    private final OptimisticRows rows;
    private final MissingEntities missing;

    /**
     * Confirmations of one account.
     *
     * @param mirror takes what was written
     * @param rows   makes its rows
     */
    public BatchConfirmation(Mirror mirror, OptimisticRows rows) {
        this.mirror = mirror;
        this.rows = rows;
        this.missing = new MissingEntities(mirror);
    }

    /** What amoCRM numbered in its answer is done; what the answer does not mention is not. */
    public void confirm(WriteBatch batch) {
        if (!(batch.response() instanceof Response.Success done)) {
            batch.writes().forEach(write -> missing.handle(write, batch));
            return;
        }
        Written written = new Written(done);
        // On the mirror's row of this moment, not on the decided one: a link and a change of the same deal are two writes.
        Map<Long, Deal> current = mirror.deals(batch.writes().stream().map(write -> write.dealId).filter(id -> id > 0).toList());
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
            long now = written.seconds;
            long changed = item.path("updated_at").asLong(now);
            switch (write.kind) {
                case CREATE_DEAL_WITH_CONTACT -> {
                    long contactId = item.path("contact_id").asLong();
                    deals.add(rows.deal(write.deal, id, contactId, now));
                    contacts.add(rows.contact(write.contact, contactId, now));
                    batch.buffer().numberContact(write.contactId, contactId);
                }
                case CREATE_CONTACT -> {
                    contacts.add(rows.contact(write.contact, id, now));
                    batch.buffer().numberContact(write.contactId, id);
                }
                case CREATE_DEAL -> deals.add(rows.deal(write.deal, id, write.contactId, now));
                case CHANGE_DEAL -> deals.add(rows.deal(write.deal.on(current.get(write.dealId)), write.dealId, null, changed));
                case CHANGE_CONTACT -> contacts.add(rows.contact(write.contact, write.contactId, changed));
                case LINK -> deals.add(rows.linked(write.deal.on(current.get(write.dealId)).base(), write.contactId));
            }
        }
        mirror.store(deals, contacts);
        unmentioned.forEach(write -> missing.handle(write, batch));
        confirmed.forEach(batch.buffer()::close);
    }

    /** What the search has seen is done; the listing has put it into the mirror. */
    public void confirmSeen(WriteBatch batch) {
        List<Write> absent = batch.absent();
        for (Write write : batch.writes()) {
            if (!absent.contains(write)) {
                Long contact = write.kind.createsContact() ? batch.search().contactOf(write.patientId()) : null;
                write.noteDone(write.kind.createsDeal() ? batch.search().dealOf(write.receptionId()) : contact);
                if (contact != null) {
                    batch.buffer().numberContact(write.contactId, contact);
                }
                batch.buffer().close(write);
            }
        }
    }

    /** The items of an answer. */
    private static final class Written {
        private final JsonNode list;
        private final long seconds;
        private final Map<Integer, JsonNode> byRequest = new HashMap<>();
        private final Map<Long, JsonNode> byId = new HashMap<>();

        Written(Response.Success done) {
            JsonNode embedded = done.body().path("_embedded");
            list = done.body().isArray() ? done.body() : embedded.elements().hasNext() ? embedded.elements().next() : embedded;
            seconds = done.serverTime().getEpochSecond();
            for (JsonNode item : list) {
                JsonNode requestId = item.path("request_id").isArray() ? item.path("request_id").path(0) : item.path("request_id");
                byRequest.put(requestId.asInt(-1), item);
                byId.put(item.path("id").asLong(), item);
            }
        }

        /** The item of a write, or null if there is none; amoCRM answers links without telling them apart. */
        JsonNode item(Write write, int index) {
            return write.kind.isCreation() ? byRequest.get(index) : write.kind.isChange() ? byId.get(write.key()) : list;
        }
    }
}
