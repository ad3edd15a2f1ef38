package io.identamocrm.rules;

import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Text;
import io.identamocrm.rules.ContactChoice.Kind;
import java.util.ArrayList;
import java.util.List;

/** Concludes a patient by what is to be written into the contact. */
public final class PatientOutcome {

    /** Concludes an open case. */
    public SyncCase conclude(PatientCase one) {
        if (!one.isOpen()) {
            return one;
        }
        ContactWrite write = one.contactWrite();
        OwnContact own = one.own();
        if (write != null && write.isNew() && own != null && one.isContactRemoved()) {
            return one.leave(
                    Outcome.CLOSED, List.of(new Reason(ReasonText.CLOSED, RuleText.CONTACT_GONE.with(own.contact()))));
        }
        if (write == null) {
            return one.conclude(one.contact().kind() == Kind.SHARED ? Outcome.SKIPPED : Outcome.UNCHANGED, List.of());
        }
        return one.conclude(
                write.isNew() ? Outcome.CREATED : Outcome.UPDATED,
                List.of(new Reason(ReasonText.DIFFERENCE, write.isNew() ? RuleText.NEW_CONTACT : changed(write))));
    }

    private static Text changed(ContactWrite write) {
        List<Text> parts = new ArrayList<>(
                List.of(RuleText.CONTACT_FIELDS.with(write.values().keySet().toString())));
        if (write.name() != null) {
            parts.add(RuleText.AND_NAME);
        }
        if (!write.phones().isEmpty()) {
            parts.add(RuleText.AND_PHONE);
        }
        return Text.joined(Text.of(""), parts);
    }
}
