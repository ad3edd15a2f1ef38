package io.identamocrm.rules;

import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import java.util.List;

/** Skips a visit that is off and has no deal of its own: it takes no free one away from another visit, and opens none. */
public final class OffVisit {

    /** Concludes an open case without a deal as skipped, if it is cancelled or missed. */
    public ReceptionCase skip(ReceptionCase one) {
        if (!one.isDealMissing() || !one.status().isOff()) {
            return one;
        }
        return one.leave(
                Outcome.SKIPPED,
                List.of(
                        new Reason(ReasonText.STEP_2, RuleText.OFF_TAKES_NONE),
                        new Reason(ReasonText.WRITE, RuleText.OFF_OPENS_NONE)));
    }
}
