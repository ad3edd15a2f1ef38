package io.identamocrm.rules;

/** Step 2 to the deal: a free one that holds the patient's number. */
public final class DealByPatientNumber {

    /** Looks for the deal of a case that has none. */
    public ReceptionCase find(ReceptionCase one) {
        DealCandidates candidates = new DealCandidates(one, "step 2");
        String number = one.keys().numberFingerprint();
        if (number == null) {
            return candidates.none("the patient has no number");
        }
        return candidates.take(candidates.eligible(candidates.free(one.basis().snapshot().dealsOfPatientNumber(number)),
                "is free and holds the patient's number"), "no free active deal holds the patient's number");
    }
}
