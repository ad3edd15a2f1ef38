package io.identamocrm.rules;

import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import java.util.List;

/**
 * Skips a reception that was moved: the visit and its deal go on with another one. One that took place is a visit of its own, and so is
 * what was booked from it with a deal of its own.
 */
public final class MovedVisit {

    /** Concludes an open case as skipped, if its visit goes on elsewhere. */
    public ReceptionCase skip(ReceptionCase one) {
        if (!one.isOpen() || TransferChain.tookPlace(one.status())) {
            return one;
        }
        Long current = one.chain().goesOnWith();
        boolean follows = current != null
                && one.chain().goesOnWithOneThatTookPlace()
                && one.hasDealOfItsOwn(current)
                && one.hasDealOfItsOwn(one.id());
        return current == null || current == one.id() || follows
                ? one
                : one.leave(Outcome.SKIPPED, List.of(new Reason(ReasonText.MOVED, RuleText.MOVED_TO.with(current))));
    }
}
