package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;
import io.identamocrm.model.SyncPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the deal of a reception in three steps; the first hit wins (domain rules, section 3). */
final class DealLookup {

    private static final Comparator<Deal> LATEST_FIRST = Comparator.comparingLong(Deal::updatedAt).thenComparingLong(Deal::id).reversed();

    /**
     * The result of the three steps.
     *
     * @param deal       the deal found, or null
     * @param finished   when none was found: a deal of this reception that is finished business, or null
     * @param duplicates further deals that fitted the step
     */
    record Match(Deal deal, Deal finished, List<Long> duplicates) {
    }

    private final SyncPolicy policy;
    private final CrmSnapshot snapshot;
    private final Reception reception;
    private final List<Reason> reasons;

    DealLookup(SyncPolicy policy, CrmSnapshot snapshot, Reception reception, List<Reason> reasons) {
        this.policy = policy;
        this.snapshot = snapshot;
        this.reception = reception;
        this.reasons = reasons;
    }

    /**
     * Walks the steps.
     *
     * @param numberFingerprint fingerprint of the patient's number, or null if there is none
     * @param phoneFingerprints fingerprints of the patient's phones
     * @param off         the visit will not take place: it keeps the deal it has, but takes no free one away from another visit
     */
    Match find(String numberFingerprint, List<String> phoneFingerprints, boolean off) {
        List<Deal> hits = byReceptionId();
        Deal finished = hits.isEmpty() && !policy.recreateClosed() ? finishedDeal() : null;
        if (finished != null) {
            // Asked before the free deals: a visit that is over must not take the deal of the patient's next one.
            return new Match(null, finished, List.of());
        }
        if (hits.isEmpty() && off) {
            reasons.add(new Reason("step 2", "a visit that does not take place takes no free deal"));
            return new Match(null, null, List.of());
        }
        if (hits.isEmpty()) {
            hits = byPatientNumber(numberFingerprint);
        }
        if (hits.isEmpty()) {
            hits = byPhone(numberFingerprint, phoneFingerprints);
        }
        return new Match(hits.isEmpty() ? null : hits.get(0), null, hits.stream().skip(1).map(Deal::id).toList());
    }

    private Deal finishedDeal() {
        return snapshot.dealsOfReception(reception.id()).stream().filter(deal -> !policy.isActive(deal)).min(LATEST_FIRST).orElse(null);
    }

    private List<Deal> byReceptionId() {
        List<Deal> own = eligible("step 1", snapshot.dealsOfReception(reception.id()), "holds reception " + reception.id());
        if (!own.isEmpty() || reception.transferredFrom() == null) {
            return note("step 1", own, "no active deal holds reception " + reception.id());
        }
        long earlier = reception.transferredFrom();
        List<Deal> moved = eligible("step 1", snapshot.dealsOfReception(earlier),
                "holds reception " + earlier + ", which was moved to " + reception.id());
        return note("step 1", moved, "no active deal holds reception " + reception.id() + " or " + earlier + ", from which it was moved");
    }

    private List<Deal> byPatientNumber(String numberFingerprint) {
        if (numberFingerprint == null) {
            return note("step 2", List.of(), "the patient has no number");
        }
        List<Deal> free = eligible("step 2", onlyFree("step 2", snapshot.dealsOfPatientNumber(numberFingerprint)),
                "is free and holds the patient's number");
        return note("step 2", free, "no free active deal holds the patient's number");
    }

    private List<Deal> byPhone(String numberFingerprint, List<String> phoneFingerprints) {
        if (phoneFingerprints.isEmpty()) {
            return note("step 3", List.of(), "IDENT has no usable phone");
        }
        Contact chosen = contactWithPhone(phoneFingerprints);
        if (chosen == null) {
            return note("step 3", List.of(), "no contact with the phone can be this patient's");
        }
        Collection<Deal> deals = onlyFree("step 3", snapshot.dealsOfContact(chosen.id())).stream()
                .filter(deal -> numberFits(deal, numberFingerprint)).toList();
        return note("step 3", eligible("step 3", deals, "is free and linked to contact " + chosen.id() + " with the phone"),
                "contact " + chosen.id() + " with the phone has no free active deal");
    }

    private Contact contactWithPhone(List<String> phoneFingerprints) {
        long patient = reception.patient().id();
        List<Contact> possible = new ArrayList<>();
        for (Contact contact : ContactChoice.withAnyPhone(phoneFingerprints, snapshot)) {
            if (contact.isUnowned() || contact.belongsTo(patient)) {
                possible.add(contact);
            } else {
                reasons.add(new Reason("step 3", "contact " + contact.id() + " has the phone but belongs to "
                        + ContactChoice.ownerOf(contact) + ": refused"));
            }
        }
        return possible.stream()
                .min(Comparator.comparing((Contact contact) -> !contact.belongsTo(patient)).thenComparing(ContactChoice.LATEST_FIRST))
                .orElse(null);
    }

    private boolean numberFits(Deal deal, String numberFingerprint) {
        String held = deal.fingerprints().get(DealField.PATIENT_NUMBER);
        if (held == null || held.equals(numberFingerprint)) {
            return true;
        }
        reasons.add(new Reason("step 3", "deal " + deal.id() + " holds another patient's number: refused"));
        return false;
    }

    private Collection<Deal> onlyFree(String step, Collection<Deal> deals) {
        return deals.stream().filter(deal -> {
            if (!deal.isFree()) {
                reasons.add(new Reason(step, "deal " + deal.id() + " already holds "
                        + (deal.receptionId() == null ? "another reception" : "reception " + deal.receptionId()) + ": refused"));
            }
            return deal.isFree();
        }).toList();
    }

    private List<Deal> eligible(String step, Collection<Deal> candidates, String why) {
        List<Deal> eligible = new ArrayList<>();
        for (Deal deal : candidates) {
            Long claimant = snapshot.claimedBy(deal.id());
            // What the earlier reception of a moved visit has just written moves along with it.
            if (claimant != null && claimant != reception.id() && !claimant.equals(reception.transferredFrom())) {
                reasons.add(new Reason(step, "deal " + deal.id() + " was claimed by reception " + claimant + " of this run: refused"));
            } else if (!policy.isOurs(deal)) {
                reasons.add(new Reason(step, "deal " + deal.id() + " stands outside our pipelines: refused"));
            } else if (!policy.isActive(deal)) {
                reasons.add(new Reason(step, "deal " + deal.id() + " stands in excluded stage " + deal.stageId() + ": refused"));
            } else {
                eligible.add(deal);
            }
        }
        eligible.sort(LATEST_FIRST);
        for (int i = 0; i < eligible.size(); i++) {
            reasons.add(new Reason(step, "deal " + eligible.get(i).id() + " " + why
                    + (i == 0 ? ": taken" : ": duplicate, left alone")));
        }
        return eligible;
    }

    private List<Deal> note(String step, List<Deal> hits, String none) {
        if (hits.isEmpty()) {
            reasons.add(new Reason(step, none));
        }
        return hits;
    }
}
