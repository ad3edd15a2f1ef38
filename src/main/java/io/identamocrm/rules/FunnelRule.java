package io.identamocrm.rules;

import io.identamocrm.model.Funnel;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Status;

/** Chooses the funnel by the patient's completed visits (domain rules, section 2). */
public final class FunnelRule {

    /** Chooses the funnel of an open case. */
    public ReceptionCase choose(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        boolean own = one.policy().countOwnVisit() && one.status() == Status.COMPLETED;
        boolean before = one.reception().completedBefore();
        return one.withFunnel(before || own ? Funnel.SECONDARY : Funnel.PRIMARY, new Reason("funnel", (before || own ? Funnel.SECONDARY
                : Funnel.PRIMARY) + ", " + (before ? "the patient has completed another visit"
                + (one.status() == Status.COMPLETED ? " before this one" : "")
                : own ? "this visit is completed, and counts itself" : "the patient has completed no other visit"
                + (one.status() == Status.COMPLETED ? " before this one" : ""))));
    }
}
