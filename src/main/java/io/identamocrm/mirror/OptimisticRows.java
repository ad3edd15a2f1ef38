package io.identamocrm.mirror;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Sent;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mirror's rows as they stand after a write of ours, until amoCRM is read again. */
public final class OptimisticRows {

    private final Fingerprint fingerprint;

    /** Rows with these fingerprints. */
    public OptimisticRows(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /**
     * A deal created or changed.
     *
     * @param write     what was sent
     * @param id        the deal's id
     * @param contactId contact linked by the write, or null
     * @param seconds   amoCRM's clock, Unix seconds
     */
    public Deal deal(DealWrite write, long id, @Nullable Long contactId, long seconds) {
        Deal base = write.base();
        Map<DealField, String> fingerprints = new EnumMap<>(DealField.class);
        Map<DealField, Sent> sent = new EnumMap<>(DealField.class);
        Set<Long> contacts = new HashSet<>();
        if (base != null) {
            fingerprints.putAll(base.fingerprints());
            sent.putAll(base.sent());
            contacts.addAll(base.contactIds());
        }
        write(write.values(), fingerprints, sent, seconds);
        if (contactId != null) {
            contacts.add(contactId);
        }
        // A new one has a pipeline.
        long pipeline = write.pipelineId() != null
                ? write.pipelineId()
                : write.knownBase().pipelineId();
        long stage = write.stageId() != null
                ? write.stageId()
                : base == null || write.pipelineId() != null ? 0 : base.stageId();
        String reception = write.values().get(DealField.RECEPTION_ID);
        Long receptionId = reception != null ? Long.valueOf(reception) : base == null ? null : base.receptionId();
        String state = write.values().getOrDefault(DealField.SYNC_STATE, base == null ? null : base.syncState());
        return new Deal(id, pipeline, stage, seconds, receptionId, fingerprints, sent, contacts, state);
    }

    /** A deal after a contact was linked to it. */
    public Deal linked(Deal deal, long contactId) {
        Set<Long> contacts = new HashSet<>(deal.contactIds());
        contacts.add(contactId);
        return new Deal(
                deal.id(),
                deal.pipelineId(),
                deal.stageId(),
                deal.updatedAt(),
                deal.receptionId(),
                deal.fingerprints(),
                deal.sent(),
                contacts,
                deal.syncState());
    }

    /** A deal after a contact was taken off it. */
    public Deal unlinked(Deal deal, long contactId) {
        Set<Long> contacts = new HashSet<>(deal.contactIds());
        contacts.remove(contactId);
        return new Deal(
                deal.id(),
                deal.pipelineId(),
                deal.stageId(),
                deal.updatedAt(),
                deal.receptionId(),
                deal.fingerprints(),
                deal.sent(),
                contacts,
                deal.syncState());
    }

    /** A contact created or changed; parameters as for {@link #deal}. */
    public Contact contact(ContactWrite write, long id, long seconds) {
        Contact base = write.base();
        Map<ContactField, String> fingerprints = new HashMap<>();
        Map<ContactField, Sent> sent = new HashMap<>();
        Set<String> phones = new HashSet<>();
        if (base != null) {
            fingerprints.putAll(base.fingerprints());
            sent.putAll(base.sent());
            phones.addAll(base.phones());
        }
        write(write.values(), fingerprints, sent, seconds);
        write.phones().forEach(phone -> phones.add(fingerprint.of(phone)));
        String patient = write.values().get(ContactField.PATIENT_ID);
        Long patientId = patient != null ? Long.valueOf(patient) : base == null ? null : base.patientId();
        String name = write.name() != null ? fingerprint.of(write.name()) : base == null ? null : base.name();
        return new Contact(id, seconds, patientId, name, phones, fingerprints, sent);
    }

    /** A deal as read anew: what we remember beside the old row stays as long as it tells something. */
    static Deal reread(Deal read, @Nullable Deal known) {
        return known == null
                ? read
                : new Deal(
                        read.id(),
                        read.pipelineId(),
                        read.stageId(),
                        read.updatedAt(),
                        read.receptionId(),
                        read.fingerprints(),
                        reread(known.sent(), read.fingerprints(), read.updatedAt()),
                        read.contactIds(),
                        read.syncState());
    }

    /** A contact as read anew, likewise. */
    static Contact reread(Contact read, @Nullable Contact known) {
        return known == null
                ? read
                : new Contact(
                        read.id(),
                        read.updatedAt(),
                        read.patientId(),
                        read.name(),
                        read.phones(),
                        read.fingerprints(),
                        reread(known.sent(), read.fingerprints(), read.updatedAt()));
    }

    private <F extends MappedField> void write(
            Map<F, String> values, Map<F, String> fingerprints, Map<F, Sent> sent, long seconds) {
        values.forEach((field, value) -> {
            String wanted = fingerprint.of(value);
            sent.put(field, Sent.of(wanted, seconds, sent.get(field)));
            if (value.equals(CanonicalForm.EMPTY)) {
                fingerprints.remove(field);
            } else {
                fingerprints.put(field, wanted);
            }
        });
    }

    private static <F extends MappedField> Map<F, Sent> reread(Map<F, Sent> sent, Map<F, String> read, long updatedAt) {
        Map<F, Sent> kept = new HashMap<>();
        sent.forEach((field, last) -> {
            Sent now = last.readAs(read.get(field), updatedAt);
            if (now != null) {
                kept.put(field, now);
            }
        });
        return kept;
    }
}
