package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PRINT;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Sent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * amoCRM as far as decisions change it, with what the product remembers beside it: claims of the run, what is ours, and values that read
 * back differently.
 */
final class InMemoryCrm {

    private final CrmSnapshotOfLists snapshot;
    private final BinaryOperator<String> readBack;
    private final Map<Long, Delivered> delivered = new HashMap<>();
    private final Map<Long, OwnContact> own = new HashMap<>();
    private long nextId = 10_000;
    private long clock = 100_000;

    InMemoryCrm(CrmSnapshotOfLists snapshot) {
        this(snapshot, (field, value) -> value);
    }

    /** With an amoCRM that holds something else than was written: field key and value in, value held out. */
    InMemoryCrm(CrmSnapshotOfLists snapshot, BinaryOperator<String> readBack) {
        this.snapshot = snapshot;
        this.readBack = readBack;
    }

    CrmSnapshotOfLists snapshot() {
        return snapshot;
    }

    /** What is remembered of a reception, or null. */
    Delivered delivered(long reception) {
        return delivered.get(reception);
    }

    /** What is remembered of a patient, or null. */
    OwnContact own(long patient) {
        return own.get(patient);
    }

    /** Remembers this before anything is decided. */
    InMemoryCrm remembering(long reception, Delivered last, long patient, OwnContact contact) {
        delivered.put(reception, last);
        own.put(patient, contact);
        return this;
    }

    /** Redis is emptied, and a new run begins. */
    void forget() {
        delivered.clear();
        own.clear();
        snapshot.forgetClaims();
    }

    /** A manager puts a deal into another stage. */
    void move(long id, long stage) {
        Deal deal = snapshot.deal(id);
        snapshot.put(new Deal(
                id,
                deal.pipelineId(),
                stage,
                clock++,
                deal.receptionId(),
                deal.fingerprints(),
                deal.sent(),
                deal.contactIds(),
                deal.syncState()));
    }

    /** Does what the decision says, and remembers it, as the answers of amoCRM would have it. */
    void apply(Decision decision) {
        Long contactId = decision.contact() == null ? null : applied(decision.contact());
        Delivered last = decision.delivered();
        if (decision.deal() != null) {
            DealWrite write = decision.deal();
            long dealId = applied(write, contactId);
            snapshot.claimed(dealId, decision.id());
            last = last.in(dealId);
            if (write.isNew() || write.linkContact()) {
                last = last.linkedTo(write.contactId() == null ? contactId : write.contactId());
            }
        }
        if (decision.failure() == null) {
            // What managers are to hear of is remembered apart.
            delivered.put(decision.id(), last == null ? null : last.telling(List.of()));
            if (decision.own() != null) {
                own.put(
                        decision.patientId(),
                        contactId == null ? decision.own() : decision.own().in(contactId));
            }
        }
    }

    private long applied(ContactWrite write) {
        Contact before = write.isNew()
                ? new Contact(nextId++, 0, null, null, Set.of(), Map.of(), Map.of())
                : snapshot.contact(write.id());
        Map<ContactField, String> fingerprints = new HashMap<>(before.fingerprints());
        Map<ContactField, Sent> sent = new HashMap<>(before.sent());
        write.values().forEach((field, value) -> hold(field, value, fingerprints, sent));
        Set<String> phones = new LinkedHashSet<>(before.phones());
        write.phones().forEach(phone -> phones.add(PRINT.of(phone)));
        String patientId = write.values().get(ContactField.PATIENT_ID);
        String name = write.name() == null ? null : PRINT.of(write.name());
        snapshot.put(new Contact(
                before.id(),
                clock++,
                patientId == null ? before.patientId() : Long.valueOf(patientId),
                name == null ? before.name() : name,
                phones,
                fingerprints,
                sent));
        return before.id();
    }

    private long applied(DealWrite write, Long contactCreatedWithIt) {
        Deal before = write.isNew()
                ? new Deal(nextId++, 0, 0, 0, null, Map.of(), Map.of(), Set.of(), null)
                : snapshot.deal(write.id());
        Map<DealField, String> fingerprints = new HashMap<>(before.fingerprints());
        Map<DealField, Sent> sent = new HashMap<>(before.sent());
        write.values().forEach((field, value) -> hold(field, value, fingerprints, sent));
        Set<Long> contacts = new HashSet<>(before.contactIds());
        if (write.isNew() || write.linkContact()) {
            contacts.add(write.contactId() == null ? contactCreatedWithIt : write.contactId());
        }
        String receptionId = write.values().get(DealField.RECEPTION_ID);
        long pipeline = write.pipelineId() == null ? before.pipelineId() : write.pipelineId();
        long stage = write.stageId() != null
                ? write.stageId()
                : write.pipelineId() != null ? firstStageOf(pipeline) : before.stageId();
        snapshot.put(new Deal(
                before.id(),
                pipeline,
                stage,
                clock++,
                receptionId == null ? before.receptionId() : Long.valueOf(receptionId),
                fingerprints,
                sent,
                contacts,
                write.values().getOrDefault(DealField.SYNC_STATE, before.syncState())));
        return before.id();
    }

    private static long firstStageOf(long pipeline) {
        return pipeline + 1;
    }

    private <F extends MappedField> void hold(F field, String value, Map<F, String> fingerprints, Map<F, Sent> sent) {
        if (value.isEmpty()) {
            fingerprints.remove(field);
            return;
        }
        String wanted = PRINT.of(value);
        String held = PRINT.of(readBack.apply(field.key(), value));
        fingerprints.put(field, held);
        Sent read = Sent.of(wanted, clock, sent.get(field)).readAs(held, clock);
        if (read == null) {
            sent.remove(field);
        } else {
            sent.put(field, read);
        }
    }
}
