package io.identamocrm.rules;

import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.rules.ContactChoice.Kind;
import java.util.List;

/** Concludes a patient by what is to be written into the contact. */
public final class PatientOutcome {

    /** Concludes an open case. */
    public SyncCase conclude(PatientCase one) {
        if (!one.isOpen()) {
            return one;
        }
        ContactWrite write = one.contactWrite();
        if (write != null && write.isNew() && one.isContactRemoved()) {
            return one.leave(Outcome.CLOSED, List.of(new Reason("closed", "a manager deleted or merged contact " + one.own().contact()
                    + " of this patient: none is made in its place, unless a new deal needs one")));
        }
        if (write == null) {
            return one.conclude(one.contact().kind() == Kind.SHARED ? Outcome.SKIPPED : Outcome.UNCHANGED, List.of());
        }
        return one.conclude(write.isNew() ? Outcome.CREATED : Outcome.UPDATED, List.of(new Reason("difference", write.isNew()
                ? "a new contact" : "contact fields " + write.values().keySet() + (write.name() == null ? "" : ", name")
                + (write.phones().isEmpty() ? "" : ", phone"))));
    }
}
