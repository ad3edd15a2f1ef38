package io.identamocrm.rules;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import java.util.List;
import java.util.Set;

/** Skips receptions that a brake holds back: they are decided anew when it is released. */
public final class HeldBack {

    /** Concludes an open case as skipped, if it would get a new deal, or has another patient than before, and that is held back. */
    public ReceptionCase hold(ReceptionCase one) {
        Set<BrakeKind> held = one.basis().held();
        boolean heldNew =
                one.isDealMissing() && (held.contains(BrakeKind.CREATIONS) || held.contains(BrakeKind.OTHER_DATABASE));
        return heldNew || one.isOpen() && held.contains(BrakeKind.PATIENTS_CHANGED) && one.isOfAnotherPatient()
                ? skip(one)
                : one;
    }

    /** As skipped by a brake. */
    static ReceptionCase skip(ReceptionCase one) {
        return one.leave(Outcome.SKIPPED, List.of(Reason.HELD_BACK));
    }
}
