package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import java.util.Comparator;
import java.util.List;

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
        StepReasons reasons = new StepReasons("contact");
        Choice choice = choose(one, reasons);
        return one.withContact(choice, reasons.all());
    }

    private static Choice choose(SyncCase one, StepReasons reasons) {
        long patient = one.item().patient().id();
        List<Contact> own = one.basis().snapshot().contactsOfPatient(patient).stream().sorted(LATEST_FIRST).toList();
        if (!own.isEmpty()) {
            reasons.add("contact " + own.get(0).id() + " carries patient id " + patient + ": taken" + others(own));
            return new Choice(Kind.OWN, own.get(0), idsAfterFirst(own));
        }
        ContactsByPhone withPhone = ContactsByPhone.of(one);
        withPhone.tell(reasons);
        List<Contact> unowned = withPhone.unowned();
        if (!unowned.isEmpty()) {
            reasons.add("contact " + unowned.get(0).id() + " has the phone and no patient id: it becomes patient " + patient + "'s"
                    + others(unowned));
            return new Choice(Kind.ADOPTED, unowned.get(0), idsAfterFirst(unowned));
        }
        List<Contact> relatives = withPhone.owned();
        if (!relatives.isEmpty() && one.basis().policy().attachSharedPhone()) {
            reasons.add("contact " + relatives.get(0).id() + " is a relative's with the same phone: linked to the deal, not changed");
            return new Choice(Kind.SHARED, relatives.get(0), List.of());
        }
        relatives.forEach(relative -> reasons.candidate(() -> "contact " + relative.id() + " has the phone but belongs to "
                + ownerOf(relative) + ": refused, a relative's"));
        reasons.add(one.keys().phones().isEmpty()
                ? "no contact carries patient id " + patient + ", and IDENT has no usable phone: a new contact is needed"
                : "no contact carries patient id " + patient + " or, unowned, the phone: a new contact is needed");
        return new Choice(Kind.NEW, null, List.of());
    }

    static String ownerOf(Contact contact) {
        return contact.patientId() == null ? "another patient" : "patient " + contact.patientId();
    }

    private static List<Long> idsAfterFirst(List<Contact> contacts) {
        return contacts.stream().skip(1).limit(StepReasons.SHOWN).map(Contact::id).toList();
    }

    private static String others(List<Contact> contacts) {
        return contacts.size() == 1 ? "" : "; duplicates left alone: " + idsAfterFirst(contacts);
    }
}
