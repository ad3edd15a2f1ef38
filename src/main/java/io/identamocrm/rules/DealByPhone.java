package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Step 3 to the deal: a free one of a contact that carries the patient's phone and belongs to nobody else. */
public final class DealByPhone {

    /** Looks for the deal of a case that has none. */
    public ReceptionCase find(ReceptionCase one) {
        DealCandidates candidates = new DealCandidates(one, "step 3");
        if (one.keys().phones().isEmpty()) {
            return candidates.none("IDENT has no usable phone");
        }
        Contact chosen = contactWithPhone(one, candidates);
        if (chosen == null) {
            return candidates.none("no contact with the phone can be this patient's");
        }
        List<Deal> deals = candidates.free(one.basis().snapshot().dealsOfContact(chosen.id())).stream()
                .filter(deal -> numberFits(deal, one, candidates)).toList();
        return candidates.take(candidates.eligible(deals, "is free and linked to contact " + chosen.id() + " with the phone"),
                "contact " + chosen.id() + " with the phone has no free active deal");
    }

    private static Contact contactWithPhone(ReceptionCase one, DealCandidates candidates) {
        long patient = one.reception().patient().id();
        List<Contact> possible = new ArrayList<>();
        for (Contact contact : ContactChoice.withAnyPhone(one.keys().phoneFingerprints(), one.basis().snapshot())) {
            if (contact.isUnowned() || contact.belongsTo(patient)) {
                possible.add(contact);
            } else {
                candidates.refuse("contact " + contact.id() + " has the phone but belongs to " + ContactChoice.ownerOf(contact));
            }
        }
        return possible.stream()
                .min(Comparator.comparing((Contact contact) -> !contact.belongsTo(patient)).thenComparing(ContactChoice.LATEST_FIRST))
                .orElse(null);
    }

    private static boolean numberFits(Deal deal, ReceptionCase one, DealCandidates candidates) {
        String held = deal.fingerprints().get(DealField.PATIENT_NUMBER);
        if (held == null || held.equals(one.keys().numberFingerprint())) {
            return true;
        }
        candidates.refuse("deal " + deal.id() + " holds another patient's number");
        return false;
    }
}
