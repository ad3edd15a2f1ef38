package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.rules.PhoneNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What amoCRM holds now decides which writes of a batch may still go. */
public final class FreshnessCheck {

    private static final Logger LOG = LoggerFactory.getLogger(FreshnessCheck.class);

    private final AccountSetup account;
    private final Mirror mirror;
    private final MissingEntities missing;

    /**
     * The check of one account.
     *
     * @param account reads its entities, once a run is under way
     * @param mirror  takes what was read
     */
    public FreshnessCheck(AccountSetup account, Mirror mirror) {
        this.account = account;
        this.mirror = mirror;
        this.missing = new MissingEntities(mirror);
    }

    /** The request that reads what the batch is about to change, as far as that is needed. */
    public AmocrmRequest request(WriteBatch batch) {
        List<Long> ids = batch.writes().stream().filter(batch.buffer()::needsRecheck).map(Write::key).toList();
        return AmocrmRequest.byIds(entityOf(batch), ids);
    }

    private static Entity entityOf(WriteBatch batch) {
        return batch.kind().ofContact() ? Entity.CONTACTS : Entity.LEADS;
    }

    /**
     * Takes from the batch what may no longer go: what was changed or removed in amoCRM meanwhile is decided again, a link that is there is
     * done.
     *
     * @param batch with the answer to {@link #request}
     */
    public WriteBatch keepFresh(WriteBatch batch) {
        Map<Long, JsonNode> held = held(batch);
        if (batch.writes().size() > 1 && !batch.keys().containsAll(held.keySet())) {
            LOG.warn("amoCRM ignores the filter by id; looking at {} entities one by one", batch.writes().size());
            batch.writes().forEach(batch.buffer()::sendAlone);
            return batch.keeping(List.of());
        }
        return batch.keeping(switch (batch.kind()) {
            case CHANGE_DEAL -> stillAsDecided(batch, held);
            case LINK -> stillUnlinked(batch, held);
            case CHANGE_CONTACT -> withHeldPhones(batch, held);
            case CREATE_DEAL_WITH_CONTACT, CREATE_CONTACT, CREATE_DEAL ->
                    throw new IllegalStateException("There is nothing to read before " + batch);
        });
    }

    private static Map<Long, JsonNode> held(WriteBatch batch) {
        Map<Long, JsonNode> held = new HashMap<>();
        if (batch.response() instanceof Response.Success done) {
            JsonNode list = done.body().path("_embedded").path(entityOf(batch).embedded());
            list.forEach(entity -> held.put(entity.path("id").asLong(), entity));
            if (list.isMissingNode()) {
                held.put(done.body().path("id").asLong(), done.body());
            }
        }
        return held;
    }

    private Map<Long, Deal> readIntoMirror(Map<Long, JsonNode> held) {
        return mirror.reread(held.values().stream().map(account.tools().reader()::deal).toList());
    }

    private List<Write> stillAsDecided(WriteBatch batch, Map<Long, JsonNode> held) {
        Map<Long, Deal> read = readIntoMirror(held);
        List<Write> kept = new ArrayList<>();
        for (Write write : batch.writes()) {
            Deal now = read.get(write.dealId);
            if (!batch.buffer().needsRecheck(write) || now != null && sameForUs(write.deal.base(), now)) {
                write.rechecked(List.of());
                kept.add(write);
            } else if (now == null) {
                missing.handle(write, batch);
            } else {
                batch.buffer().decideAgain(write);
            }
        }
        return kept;
    }

    private static boolean sameForUs(Deal decided, Deal now) {
        return decided.pipelineId() == now.pipelineId() && decided.stageId() == now.stageId()
                && Objects.equals(decided.fingerprints().get(DealField.RECEPTION_ID), now.fingerprints().get(DealField.RECEPTION_ID))
                && Objects.equals(decided.fingerprints().get(DealField.PATIENT_NUMBER), now.fingerprints().get(DealField.PATIENT_NUMBER));
    }

    private List<Write> stillUnlinked(WriteBatch batch, Map<Long, JsonNode> held) {
        Map<Long, Deal> read = readIntoMirror(held);
        List<Write> kept = new ArrayList<>();
        for (Write write : batch.writes()) {
            Deal now = read.get(write.dealId);
            if (now == null) {
                missing.handle(write, batch);
            } else if (now.contactIds().contains(write.contactId)) {
                write.noteDone(0);
                batch.buffer().close(write);
            } else {
                write.rechecked(List.of());
                kept.add(write);
            }
        }
        return kept;
    }

    private List<Write> withHeldPhones(WriteBatch batch, Map<Long, JsonNode> held) {
        List<Write> kept = new ArrayList<>();
        for (Write write : batch.writes()) {
            JsonNode contact = held.get(write.contactId);
            if (!batch.buffer().needsRecheck(write)) {
                kept.add(write);
            } else if (contact != null) {
                write.rechecked(account.tools().reader().phoneValues(contact).stream()
                        .filter(value -> !isAmong(write.contact.phones(), value)).toList());
                kept.add(write);
            } else {
                missing.handle(write, batch);
            }
        }
        return kept;
    }

    private boolean isAmong(List<String> phones, JsonNode value) {
        List<String> numbers = PhoneNumbers.inText(value.path("value").asText(), account.tools().policy().phoneRegion());
        return !numbers.isEmpty() && phones.containsAll(numbers);
    }
}
