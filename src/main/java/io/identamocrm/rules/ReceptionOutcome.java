package io.identamocrm.rules;

import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Concludes a reception by what is to be written for it. */
public final class ReceptionOutcome {

    /** Concludes an open case. */
    public SyncCase conclude(ReceptionCase one) {
        return one.isOpen()
                ? one.conclude(outcomeOf(one.found(one.dealWrite(), "deal write"), one.contactWrite()), List.of())
                : one;
    }

    private static Outcome outcomeOf(DealWrite deal, @Nullable ContactWrite contact) {
        if (deal.isNew()) {
            return contact != null && contact.isNew() ? Outcome.CREATED : Outcome.CREATED_DEAL;
        }
        return deal.changesDeal() || deal.linkContact() || contact != null ? Outcome.UPDATED : Outcome.UNCHANGED;
    }
}
