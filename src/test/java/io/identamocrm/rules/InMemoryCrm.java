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
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Sent;
import io.identamocrm.model.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * amoCRM as far as decisions change it, with what the product remembers beside it: claims of the run, the status last sent, and values
 * that read back differently.
 */
final class InMemoryCrm {

    private final CrmSnapshotOfLists snapshot;
    private final BinaryOperator<String> readBack;
    private final Map<Long, Status> lastSent = new HashMap<>();
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

    Status lastSent(long receptionId) {
        return lastSent.get(receptionId);
    }

    /** Does what the decision says, as amoCRM and the settling of its answers would. */
    void apply(Decision decision) {
        Long contactId = decision.contact() == null ? null : applied(decision.contact());
        if (decision.deal() != null) {
            long dealId = applied(decision.deal(), contactId);
            snapshot.claimed(dealId, decision.id());
        }
        if (decision.failure() == null) {
            lastSent.put(decision.id(), decision.status());
        }
    }

    private long applied(ContactWrite write) {
        Contact before = write.isNew() ? new Contact(nextId++, 0, null, null, null, Set.of(), Map.of(), Map.of())
                : snapshot.contact(write.id());
        Map<ContactField, String> fingerprints = new HashMap<>(before.fingerprints());
        Map<ContactField, Sent> sent = new HashMap<>(before.sent());
        write.values().forEach((field, value) -> hold(field, value, fingerprints, sent));
        Set<String> phones = new LinkedHashSet<>(before.phones());
        write.phones().forEach(phone -> phones.add(PRINT.of(phone)));
        String patientId = write.values().get(ContactField.PATIENT_ID);
        String name = write.name() == null ? null : PRINT.of(write.name());
        snapshot.put(new Contact(before.id(), clock++, patientId == null ? before.patientId() : Long.valueOf(patientId),
                name == null ? before.name() : name, name == null ? before.nameSent() : name, phones, fingerprints, sent));
        return before.id();
    }

    private long applied(DealWrite write, Long contactCreatedWithIt) {
        Deal before = write.isNew() ? new Deal(nextId++, 0, 0, 0, null, Map.of(), Map.of(), Set.of()) : snapshot.deal(write.id());
        Map<DealField, String> fingerprints = new HashMap<>(before.fingerprints());
        Map<DealField, Sent> sent = new HashMap<>(before.sent());
        write.values().forEach((field, value) -> hold(field, value, fingerprints, sent));
        Set<Long> contacts = new HashSet<>(before.contactIds());
        if (write.isNew() || write.linkContact()) {
            contacts.add(write.contactId() == null ? contactCreatedWithIt : write.contactId());
        }
        String receptionId = write.values().get(DealField.RECEPTION_ID);
        long pipeline = write.pipelineId() == null ? before.pipelineId() : write.pipelineId();
        long stage = write.stageId() != null ? write.stageId() : write.pipelineId() != null ? firstStageOf(pipeline) : before.stageId();
        snapshot.put(new Deal(before.id(), pipeline, stage, clock++, receptionId == null ? before.receptionId() : Long.valueOf(receptionId),
                fingerprints, sent, contacts));
        return before.id();
    }

    private static long firstStageOf(long pipeline) {
        return pipeline + 1;
    }

    private <F extends MappedField> void hold(F field, String value, Map<F, String> fingerprints, Map<F, Sent> sent) {
        String wanted = PRINT.of(value);
        String held = PRINT.of(readBack.apply(field.key(), value));
        String before = fingerprints.put(field, held);
        if (held.equals(wanted)) {
            sent.remove(field);
        } else {
            sent.put(field, new Sent(wanted, before));
        }
    }
}
