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
        boolean completed = one.status() == Status.COMPLETED;
        if (one.reception().completedBefore()) {
            return withFunnel(one, Funnel.SECONDARY, "the patient has completed another visit" + (completed ? " before this one" : ""));
        }
        if (completed && one.policy().countOwnVisit()) {
            return withFunnel(one, Funnel.SECONDARY, "this visit is completed, and counts itself");
        }
        return withFunnel(one, Funnel.PRIMARY, "the patient has completed no other visit" + (completed ? " before this one" : ""));
    }

    private static ReceptionCase withFunnel(ReceptionCase one, Funnel funnel, String why) {
        return one.withFunnel(funnel, new Reason("funnel", funnel + ", " + why));
    }
}
