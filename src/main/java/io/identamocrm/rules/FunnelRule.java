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
        boolean countOwnVisit = one.policy().countOwnVisit();
        int counted = counted(one.reception().completedCount(), one.status(), countOwnVisit);
        Funnel funnel = funnelOf(counted);
        return one.withFunnel(funnel, new Reason("funnel", funnel + ", the patient has " + counted + " completed receptions"
                + (countOwnVisit ? "" : " besides this one")));
    }

    /**
     * The completed visits that count for the funnel.
     *
     * @param completed     completed receptions of the patient, this one included if it is completed
     * @param own           status of the reception being decided
     * @param countOwnVisit whether the reception counts itself
     */
    public static int counted(int completed, Status own, boolean countOwnVisit) {
        return own == Status.COMPLETED && !countOwnVisit ? Math.max(0, completed - 1) : completed;
    }

    /** No completed visit is PRIMARY, any is SECONDARY. */
    public static Funnel funnelOf(int counted) {
        return counted == 0 ? Funnel.PRIMARY : Funnel.SECONDARY;
    }
}
