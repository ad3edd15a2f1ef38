package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses the contact of a patient (domain rules, section 3, "Contact of a patient"). */
public final class ContactChoice {

    /** Several hits: the most recently updated, then the highest id. */
    static final Comparator<Contact> LATEST_FIRST =
            Comparator.comparingLong(Contact::updatedAt).thenComparingLong(Contact::id).reversed();

    enum Kind {
        /** Its patient-id field holds the patient. */
        OWN,
        /** Nobody's contact with the patient's phone: it becomes this patient's. */
        ADOPTED,
        /** A relative's with the same phone; the deal is linked to it, the contact itself is left alone. */
        SHARED,
        /** None fits: a new one is needed. */
        NEW
    }

    /** The contact chosen; null when a new one is needed. */
    record Choice(Kind kind, Contact contact, List<Long> duplicates) {
    }

    /** Chooses the contact of an open case. */
    public SyncCase choose(SyncCase one) {
        if (!one.isOpen()) {
            return one;
        }
        List<Reason> reasons = new ArrayList<>();
        Choice choice = choose(one.item().patient(), one.keys().phoneFingerprints(), one.basis().snapshot(),
                one.basis().policy().attachSharedPhone(), reasons);
        return one.withContact(choice, reasons);
    }

    private static Choice choose(Patient patient, List<String> phoneFingerprints, CrmSnapshot snapshot, boolean attachSharedPhone,
                                 List<Reason> reasons) {
        List<Contact> own = snapshot.contactsOfPatient(patient.id()).stream().sorted(LATEST_FIRST).toList();
        if (!own.isEmpty()) {
            reasons.add(new Reason("contact", "contact " + own.get(0).id() + " carries patient id " + patient.id() + ": taken"
                    + others(own)));
            return new Choice(Kind.OWN, own.get(0), idsAfterFirst(own));
        }
        Collection<Contact> withPhone = withAnyPhone(phoneFingerprints, snapshot);
        List<Contact> unowned = withPhone.stream().filter(Contact::isUnowned).sorted(LATEST_FIRST).toList();
        if (!unowned.isEmpty()) {
            reasons.add(new Reason("contact", "contact " + unowned.get(0).id() + " has the phone and no patient id: it becomes patient "
                    + patient.id() + "'s" + others(unowned)));
            return new Choice(Kind.ADOPTED, unowned.get(0), idsAfterFirst(unowned));
        }
        List<Contact> relatives = withPhone.stream().sorted(LATEST_FIRST).toList();
        if (!relatives.isEmpty() && attachSharedPhone) {
            reasons.add(new Reason("contact", "contact " + relatives.get(0).id()
                    + " is a relative's with the same phone: linked to the deal, not changed"));
            return new Choice(Kind.SHARED, relatives.get(0), List.of());
        }
        relatives.forEach(relative -> reasons.add(new Reason("contact", "contact " + relative.id()
                + " has the phone but belongs to " + ownerOf(relative) + ": refused, a relative's")));
        reasons.add(new Reason("contact", phoneFingerprints.isEmpty()
                ? "no contact carries patient id " + patient.id() + ", and IDENT has no usable phone: a new contact is needed"
                : "no contact carries patient id " + patient.id() + " or, unowned, the phone: a new contact is needed"));
        return new Choice(Kind.NEW, null, List.of());
    }

    /** Contacts that carry any of the phones, each once. */
    static Collection<Contact> withAnyPhone(List<String> phoneFingerprints, CrmSnapshot snapshot) {
        Map<Long, Contact> found = new LinkedHashMap<>();
        phoneFingerprints.forEach(phone -> snapshot.contactsWithPhone(phone).forEach(contact -> found.put(contact.id(), contact)));
        return found.values();
    }

    static String ownerOf(Contact contact) {
        return contact.patientId() == null ? "another patient" : "patient " + contact.patientId();
    }

    private static List<Long> idsAfterFirst(List<Contact> contacts) {
        return contacts.stream().skip(1).map(Contact::id).toList();
    }

    private static String others(List<Contact> contacts) {
        return contacts.size() == 1 ? "" : "; duplicates left alone: " + idsAfterFirst(contacts);
    }
}
