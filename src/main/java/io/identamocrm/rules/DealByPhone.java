package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.ReasonText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Step 3 to the deal: a free one of the patient's own contact, or of one that carries the phone and belongs to nobody. */
public final class DealByPhone {

    /** Looks for the deal of a case that has none. */
    public ReceptionCase find(ReceptionCase one) {
        DealCandidates candidates = new DealCandidates(one, ReasonText.STEP_3);
        Contact chosen = contact(one, candidates);
        if (chosen == null) {
            return candidates.none(
                    one.keys().phones().isEmpty() ? RuleText.NO_CONTACT_NO_PHONE : RuleText.NO_CONTACT_WITH_PHONE);
        }
        List<Deal> deals = candidates.free(one.basis().snapshot().dealsOfContact(chosen.id())).stream()
                .filter(deal -> numberFits(deal, one, candidates))
                .toList();
        return candidates.take(
                candidates.eligible(deals, RuleText.LINKED_TO.with(chosen.id())),
                RuleText.CONTACT_WITHOUT_DEAL.with(chosen.id()));
    }

    /** The patient's own contact, else one with the phone that is nobody's. */
    private static @Nullable Contact contact(ReceptionCase one, DealCandidates candidates) {
        long patient = one.reception().knownPatient().id();
        Optional<Contact> own =
                one.basis().snapshot().contactsOfPatient(patient).stream().min(ContactChoice.LATEST_FIRST);
        if (own.isPresent()) {
            return own.get();
        }
        ContactsByPhone withPhone = ContactsByPhone.of(one);
        withPhone.tell(candidates.reasons());
        withPhone
                .owned()
                .forEach(contact -> candidates.refuse(
                        () -> RuleText.CONTACT_BELONGS.with(contact.id(), ContactChoice.ownerOf(contact))));
        return withPhone.unowned().stream().findFirst().orElse(null);
    }

    private static boolean numberFits(Deal deal, ReceptionCase one, DealCandidates candidates) {
        String held = deal.fingerprints().get(DealField.PATIENT_NUMBER);
        if (held == null || held.equals(one.keys().numberFingerprint())) {
            return true;
        }
        candidates.refuse(() -> RuleText.DEAL_OF_OTHER_NUMBER.with(deal.id()));
        return false;
    }
}
