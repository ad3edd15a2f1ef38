package io.identamocrm.rules;

import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import java.util.List;

/** Skips a visit that is off and has no deal of its own: it takes no free one away from another visit, and opens none. */
public final class OffVisit {

    /** Concludes an open case without a deal as skipped, if it is cancelled or missed. */
    public ReceptionCase skip(ReceptionCase one) {
        if (!one.isDealMissing() || !one.status().isOff()) {
            return one;
        }
        return one.leave(Outcome.SKIPPED, List.of(new Reason("step 2", "a visit that does not take place takes no free deal"),
                new Reason("write", "a visit that does not take place opens no deal")));
    }
}
