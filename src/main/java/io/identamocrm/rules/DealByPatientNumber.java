package io.identamocrm.rules;

import io.identamocrm.model.ReasonText;

/** Step 2 to the deal: a free one that holds the patient's number. */
public final class DealByPatientNumber {

    /** Looks for the deal of a case that has none. */
    public ReceptionCase find(ReceptionCase one) {
        DealCandidates candidates = new DealCandidates(one, ReasonText.STEP_2);
        String number = one.keys().numberFingerprint();
        if (number == null) {
            return candidates.none(RuleText.NO_NUMBER);
        }
        return candidates.take(
                candidates.eligible(
                        candidates.free(one.basis().snapshot().dealsOfPatientNumber(number)), RuleText.HOLDS_NUMBER),
                RuleText.NO_DEAL_OF_NUMBER);
    }
}
