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
import org.jspecify.annotations.Nullable;

/**
 * What the mirror knows about the receptions of one chunk, with the pending writes laid over it. Loaded with a few batched reads. Of what a
 * patient, a phone or a contact has thousands of, no more is loaded than the chunk's receptions could take.
 */
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
    public record Keys(
            @Nullable Long receptionId,
            List<Long> visit,
            long rememberedDeal,
            List<Long> deals,
            long patientId,
            @Nullable String numberFingerprint,
            List<String> phoneFingerprints) {}

    /** Deals or contacts that are looked at beside those that others may have taken: enough to name those that fit as well. */
    private static final int LOOKED_AT = 50;

    private static final String DEALS_BY_RECEPTION = "deals-by-reception";
    private static final String DEALS_BY_NUMBER = "deals-by-number";
    private static final String DEALS_BY_CONTACT = "deals-by-contact";
    private static final String CONTACTS_BY_PATIENT = "contacts-by-patient";
    private static final String UNOWNED_BY_PHONE = "unowned-by-phone";
    private static final String OWNED_BY_PHONE = "owned-by-phone";

    private final PendingWrites pending;
    private final Map<String, List<Long>> index = new HashMap<>();
    private final Map<Long, Deal> deals = new HashMap<>();
    private final Map<Long, Contact> contacts = new HashMap<>();

    private MirrorSnapshot(PendingWrites pending) {
        this.pending = pending;
    }

    /**
     * Reads what is needed to decide these receptions.
     *
     * @param phonePatients of patients whose contacts carry the same phone one more than so many is read
     */
    public static MirrorSnapshot load(
            Mirror mirror, PendingWrites pending, Collection<Keys> receptions, int phonePatients) {
        MirrorSnapshot snapshot = new MirrorSnapshot(pending);
        Map<String, Map<String, Integer>> askers = new HashMap<>();
        for (Keys keys : receptions) {
            ask(askers, DEALS_BY_RECEPTION, keys.receptionId(), 1);
            keys.visit().forEach(row -> ask(askers, DEALS_BY_RECEPTION, row, 1));
            ask(askers, DEALS_BY_NUMBER, keys.numberFingerprint(), 1);
            ask(askers, CONTACTS_BY_PATIENT, keys.patientId(), 1);
            keys.phoneFingerprints().forEach(phone -> ask(askers, UNOWNED_BY_PHONE, phone, 1));
        }
        Map<String, Map<String, Integer>> limits = snapshot.limits(askers);
        Map<String, Integer> phones = new HashMap<>(askers.getOrDefault(UNOWNED_BY_PHONE, Map.of()));
        phones.replaceAll((phone, some) -> phonePatients + 1);
        limits.put(OWNED_BY_PHONE, phones);
        snapshot.find(mirror, limits);
        Set<Long> contactIds = snapshot.ids(CONTACTS_BY_PATIENT, UNOWNED_BY_PHONE, OWNED_BY_PHONE);
        snapshot.contacts.putAll(mirror.contacts.get(contactIds));
        if (pending.scratch != null) {
            snapshot.contacts.putAll(pending.scratch.contacts.get(contactIds));
        }

        Map<String, Map<String, Integer>> linked = new HashMap<>();
        for (String by : List.of(CONTACTS_BY_PATIENT, UNOWNED_BY_PHONE)) {
            askers.getOrDefault(by, Map.of())
                    .forEach((value, some) -> snapshot.index
                            .getOrDefault(by + ' ' + value, List.of())
                            .forEach(contact -> ask(linked, DEALS_BY_CONTACT, contact, some)));
        }
        snapshot.find(mirror, snapshot.limits(linked));
        Set<Long> dealIds = snapshot.ids(DEALS_BY_RECEPTION, DEALS_BY_NUMBER, DEALS_BY_CONTACT);
        receptions.stream()
                .flatMap(keys -> Stream.concat(Stream.of(keys.rememberedDeal()), keys.deals().stream()))
                .filter(id -> id > 0)
                .forEach(dealIds::add);
        snapshot.deals.putAll(mirror.deals.get(dealIds));
        if (pending.scratch != null) {
            snapshot.deals.putAll(pending.scratch.deals.get(dealIds));
        }
        return snapshot;
    }

    private void find(Mirror mirror, Map<String, Map<String, Integer>> limits) {
        index.putAll(mirror.find(limits));
        if (pending.scratch != null) {
            pending.scratch
                    .find(limits)
                    .forEach((entry, ids) -> index.merge(
                            entry,
                            ids,
                            (known, further) -> Stream.concat(known.stream(), further.stream())
                                    .distinct()
                                    .toList()));
        }
    }

    private static void ask(Map<String, Map<String, Integer>> askers, String index, @Nullable Object value, int some) {
        if (value != null) {
            askers.computeIfAbsent(index, name -> new HashMap<>()).merge(value.toString(), some, Integer::sum);
        }
    }

    /** Each of those who ask may take one, and what is pending may have taken others of which the mirror does not know yet. */
    private Map<String, Map<String, Integer>> limits(Map<String, Map<String, Integer>> askers) {
        int besides = LOOKED_AT + pending.deals.size() + pending.contacts.size();
        Map<String, Map<String, Integer>> limits = new HashMap<>();
        askers.forEach((name, values) -> {
            Map<String, Integer> more = new HashMap<>(values);
            more.replaceAll((value, some) -> some + besides);
            limits.put(name, more);
        });
        return limits;
    }

    private Set<Long> ids(String... indexes) {
        Set<Long> ids = new HashSet<>();
        Set<String> asked = Set.of(indexes);
        index.forEach((entry, found) -> {
            if (asked.contains(entry.substring(0, entry.indexOf(' ')))) {
                ids.addAll(found);
            }
        });
        return ids;
    }

    @Override
    public @Nullable Deal deal(long id) {
        return pending.deals.containsKey(id) ? pending.deals.get(id) : deals.get(id);
    }

    @Override
    public Collection<Deal> dealsOfReception(long receptionId) {
        return select(
                List.of(DEALS_BY_RECEPTION + ' ' + receptionId),
                deals,
                pending.deals,
                deal -> Objects.equals(deal.receptionId(), receptionId));
    }

    @Override
    public Collection<Deal> dealsOfPatientNumber(String numberFingerprint) {
        return select(
                List.of(DEALS_BY_NUMBER + ' ' + numberFingerprint),
                deals,
                pending.deals,
                deal -> numberFingerprint.equals(deal.fingerprints().get(DealField.PATIENT_NUMBER)));
    }

    @Override
    public Collection<Deal> dealsOfContact(long contactId) {
        return select(
                List.of(DEALS_BY_CONTACT + ' ' + contactId),
                deals,
                pending.deals,
                deal -> deal.contactIds().contains(contactId));
    }

    @Override
    public Collection<Contact> contactsOfPatient(long patientId) {
        return select(
                List.of(CONTACTS_BY_PATIENT + ' ' + patientId),
                contacts,
                pending.contacts,
                contact -> contact.belongsTo(patientId));
    }

    @Override
    public Collection<Contact> contactsWithPhone(String phoneFingerprint) {
        return select(
                List.of(UNOWNED_BY_PHONE + ' ' + phoneFingerprint, OWNED_BY_PHONE + ' ' + phoneFingerprint),
                contacts,
                pending.contacts,
                contact -> contact.phones().contains(phoneFingerprint));
    }

    @Override
    public @Nullable Long claimedBy(long dealId) {
        return pending.claims.get(dealId);
    }

    private <T> Collection<T> select(List<String> entries, Map<Long, T> rows, Map<Long, T> overlay, Predicate<T> fits) {
        Map<Long, T> found = new LinkedHashMap<>();
        entries.stream()
                .flatMap(entry -> index.getOrDefault(entry, List.of()).stream())
                .forEach(id -> {
                    T row = overlay.containsKey(id) ? overlay.get(id) : rows.get(id);
                    if (row != null && fits.test(row)) {
                        found.put(id, row);
                    }
                });
        overlay.forEach((id, row) -> {
            if (fits.test(row)) {
                found.put(id, row);
            }
        });
        return found.values();
    }
}
