package io.identamocrm.rules;

import io.identamocrm.model.Funnel;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Status;
import io.identamocrm.model.Text;

/** Chooses the funnel by the patient's completed visits (domain rules, section 2). */
public final class FunnelRule {

    /** Chooses the funnel of an open case. */
    public ReceptionCase choose(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        boolean completed = one.status() == Status.COMPLETED;
        if (one.reception().knownCompletedBefore()) {
            return withFunnel(
                    one, Funnel.SECONDARY, completed ? RuleText.COMPLETED_ANOTHER_BEFORE : RuleText.COMPLETED_ANOTHER);
        }
        if (completed && one.policy().countOwnVisit()) {
            return withFunnel(one, Funnel.SECONDARY, RuleText.COUNTS_ITSELF);
        }
        return withFunnel(
                one, Funnel.PRIMARY, completed ? RuleText.COMPLETED_NO_OTHER_BEFORE : RuleText.COMPLETED_NO_OTHER);
    }

    private static ReceptionCase withFunnel(ReceptionCase one, Funnel funnel, Text why) {
        return one.withFunnel(funnel, new Reason(ReasonText.FUNNEL, RuleText.FUNNEL_AS.with(funnel, why)));
    }
}
