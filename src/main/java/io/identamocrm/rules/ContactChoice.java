package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Text;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the contact of a patient (domain rules, section 3, "Contact of a patient"). */
public final class ContactChoice {

    /** Several hits: the most recently updated, then the highest id. */
    static final Comparator<Contact> LATEST_FIRST = Comparator.comparingLong(Contact::updatedAt)
            .thenComparingLong(Contact::id)
            .reversed();

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
    record Choice(Kind kind, @Nullable Contact contact, List<Long> duplicates) {}

    /** Chooses the contact of an open case. */
    public SyncCase choose(SyncCase one) {
        if (!one.isOpen()) {
            return one;
        }
        StepReasons reasons = new StepReasons(ReasonText.CONTACT);
        Choice choice = choose(one, reasons);
        return one.withContact(choice, reasons.all());
    }

    private static Choice choose(SyncCase one, StepReasons reasons) {
        long patient = one.item().knownPatient().id();
        List<Contact> own = one.basis().snapshot().contactsOfPatient(patient).stream()
                .sorted(LATEST_FIRST)
                .toList();
        if (!own.isEmpty()) {
            reasons.add(
                    own.size() == 1
                            ? RuleText.CONTACT_OWN.with(own.get(0).id(), patient)
                            : RuleText.CONTACT_OWN_OTHERS.with(own.get(0).id(), patient, idsAfterFirst(own)));
            return new Choice(Kind.OWN, own.get(0), idsAfterFirst(own));
        }
        ContactsByPhone withPhone = ContactsByPhone.of(one);
        withPhone.tell(reasons);
        List<Contact> unowned = withPhone.unowned();
        if (!unowned.isEmpty()) {
            reasons.add(
                    unowned.size() == 1
                            ? RuleText.CONTACT_ADOPTED.with(unowned.get(0).id(), patient)
                            : RuleText.CONTACT_ADOPTED_OTHERS.with(
                                    unowned.get(0).id(), patient, idsAfterFirst(unowned)));
            return new Choice(Kind.ADOPTED, unowned.get(0), idsAfterFirst(unowned));
        }
        List<Contact> relatives = withPhone.owned();
        if (!relatives.isEmpty() && one.basis().policy().attachSharedPhone()) {
            reasons.add(RuleText.CONTACT_SHARED.with(relatives.get(0).id()));
            return new Choice(Kind.SHARED, relatives.get(0), List.of());
        }
        relatives.forEach(relative ->
                reasons.candidate(() -> RuleText.CONTACT_OF_RELATIVE.with(relative.id(), ownerOf(relative))));
        reasons.add(
                one.keys().phones().isEmpty()
                        ? RuleText.CONTACT_NEW_NO_PHONE.with(patient)
                        : RuleText.CONTACT_NEW.with(patient));
        return new Choice(Kind.NEW, null, List.of());
    }

    static Text ownerOf(Contact contact) {
        return contact.patientId() == null ? RuleText.ANOTHER_PATIENT : RuleText.PATIENT.with(contact.patientId());
    }

    private static List<Long> idsAfterFirst(List<Contact> contacts) {
        return contacts.stream()
                .skip(1)
                .limit(StepReasons.SHOWN)
                .map(Contact::id)
                .toList();
    }
}
