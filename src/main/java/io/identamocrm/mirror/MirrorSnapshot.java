package io.identamocrm.mirror;

import io.identamocrm.model.Contact;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the mirror knows about the receptions of one chunk, with the pending writes laid over it. Loaded with a few batched reads. */
public final class MirrorSnapshot implements CrmSnapshot {

    /**
     * What one reception or patient is looked up by.
     *
     * @param receptionId     the reception, or null for a patient alone
     * @param visit           the other rows of its visit
     * @param rememberedDeal  the deal that the reception is remembered with; 0 if none is
     * @param deals           deals that other rows of its visit are remembered with
     * @param patientId       the patient
     * @param numberFingerprint     fingerprint of the patient's number as a deal field, or null
     * @param phoneFingerprints     fingerprints of the patient's phones
     */
    public record Keys(Long receptionId, List<Long> visit, long rememberedDeal, List<Long> deals, long patientId, String numberFingerprint,
                       List<String> phoneFingerprints) {
    }

    private final PendingWrites pending;
    private final Map<String, List<Long>> index = new HashMap<>();
    private final Map<Long, Deal> deals = new HashMap<>();
    private final Map<Long, Contact> contacts = new HashMap<>();

    private MirrorSnapshot(PendingWrites pending) {
        this.pending = pending;
    }

    /** Reads what is needed to decide these receptions. */
    public static MirrorSnapshot load(Mirror mirror, PendingWrites pending, Collection<Keys> receptions) {
        MirrorSnapshot snapshot = new MirrorSnapshot(pending);
        Map<String, Set<String>> asked = new HashMap<>();
        for (Keys keys : receptions) {
            ask(asked, "deals-by-reception", keys.receptionId());
            keys.visit().forEach(row -> ask(asked, "deals-by-reception", row));
            ask(asked, "deals-by-number", keys.numberFingerprint());
            ask(asked, "contacts-by-patient", keys.patientId());
            keys.phoneFingerprints().forEach(phone -> ask(asked, "contacts-by-phone", phone));
        }
        snapshot.find(mirror, asked);
        snapshot.contacts.putAll(mirror.contacts.get(snapshot.ids("contacts-")));
        if (pending.scratch != null) {
            snapshot.contacts.putAll(pending.scratch.contacts.get(snapshot.ids("contacts-")));
        }

        Map<String, Set<String>> linked = new HashMap<>();
        snapshot.contacts.keySet().forEach(contact -> ask(linked, "deals-by-contact", contact));
        snapshot.find(mirror, linked);
        Set<Long> dealIds = snapshot.ids("deals-");
        receptions.stream().flatMap(keys -> Stream.concat(Stream.of(keys.rememberedDeal()), keys.deals().stream())).filter(id -> id > 0)
                .forEach(dealIds::add);
        snapshot.deals.putAll(mirror.deals.get(dealIds));
        if (pending.scratch != null) {
            snapshot.deals.putAll(pending.scratch.deals.get(snapshot.ids("deals-")));
        }
        return snapshot;
    }

    private void find(Mirror mirror, Map<String, Set<String>> asked) {
        index.putAll(mirror.find(asked));
        if (pending.scratch != null) {
            pending.scratch.find(asked).forEach((entry, ids) -> index.merge(entry, ids,
                    (known, further) -> Stream.concat(known.stream(), further.stream()).distinct().toList()));
        }
    }

    private static void ask(Map<String, Set<String>> asked, String index, Object value) {
        if (value != null) {
            asked.computeIfAbsent(index, name -> new HashSet<>()).add(value.toString());
        }
    }

    private Set<Long> ids(String indexPrefix) {
        Set<Long> ids = new HashSet<>();
        index.forEach((entry, found) -> {
            if (entry.startsWith(indexPrefix)) {
                ids.addAll(found);
            }
        });
        return ids;
    }

    @Override
    public Deal deal(long id) {
        return pending.deals.containsKey(id) ? pending.deals.get(id) : deals.get(id);
    }

    @Override
    public Collection<Deal> dealsOfReception(long receptionId) {
        return select("deals-by-reception " + receptionId, deals, pending.deals,
                deal -> Objects.equals(deal.receptionId(), receptionId));
    }

    @Override
    public Collection<Deal> dealsOfPatientNumber(String numberFingerprint) {
        return select("deals-by-number " + numberFingerprint, deals, pending.deals,
                deal -> numberFingerprint.equals(deal.fingerprints().get(DealField.PATIENT_NUMBER)));
    }

    @Override
    public Collection<Deal> dealsOfContact(long contactId) {
        return select("deals-by-contact " + contactId, deals, pending.deals, deal -> deal.contactIds().contains(contactId));
    }

    @Override
    public Collection<Contact> contactsOfPatient(long patientId) {
        return select("contacts-by-patient " + patientId, contacts, pending.contacts, contact -> contact.belongsTo(patientId));
    }

    @Override
    public Collection<Contact> contactsWithPhone(String phoneFingerprint) {
        return select("contacts-by-phone " + phoneFingerprint, contacts, pending.contacts,
                contact -> contact.phones().contains(phoneFingerprint));
    }

    @Override
    public Long claimedBy(long dealId) {
        return pending.claims.get(dealId);
    }

    private <T> Collection<T> select(String entry, Map<Long, T> rows, Map<Long, T> overlay, Predicate<T> fits) {
        Map<Long, T> found = new LinkedHashMap<>();
        for (Long id : index.getOrDefault(entry, List.of())) {
            T row = overlay.containsKey(id) ? overlay.get(id) : rows.get(id);
            if (row != null && fits.test(row)) {
                found.put(id, row);
            }
        }
        overlay.forEach((id, row) -> {
            if (fits.test(row)) {
                found.put(id, row);
            }
        });
        return found.values();
    }
}
