package io.identamocrm.rules;

import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import java.util.List;

/** Skips a reception that would get a new deal while a brake holds these back; it is decided anew when the brake is released. */
public final class HeldBack {

    /** Concludes an open case without a deal as skipped, if new deals are held back. */
    public ReceptionCase hold(ReceptionCase one) {
        return one.isDealMissing() && one.basis().creationsHeld() ? one.leave(Outcome.SKIPPED, List.of(Reason.HELD_BACK)) : one;
    }
}
