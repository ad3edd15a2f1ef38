package io.identamocrm.rules;

import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Reception;
import java.util.List;

/** Step 1 to the deal: the one that holds the reception's id, else the one of the reception that it was moved from. */
public final class DealByReceptionId {

    /** Looks for the deal of an open case. */
    public ReceptionCase find(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        Reception reception = one.reception();
        CrmSnapshot snapshot = one.basis().snapshot();
        DealCandidates candidates = new DealCandidates(one, "step 1");
        List<Deal> own = candidates.eligible(snapshot.dealsOfReception(reception.id()), "holds reception " + reception.id());
        if (own.isEmpty() && one.remembered() != null) {
            own = candidates.eligible(freed(one), "is remembered as the deal of reception " + reception.id());
        }
        if (!own.isEmpty() || reception.transferredFrom() == null) {
            return candidates.take(own, "no active deal holds reception " + reception.id());
        }
        long earlier = reception.transferredFrom();
        return candidates.take(candidates.eligible(snapshot.dealsOfReception(earlier),
                        "holds reception " + earlier + ", which was moved to " + reception.id()),
                "no active deal holds reception " + reception.id() + " or " + earlier + ", from which it was moved");
    }

    /** The remembered deal, if somebody emptied its reception id. */
    private static List<Deal> freed(ReceptionCase one) {
        Deal remembered = one.basis().snapshot().deal(one.remembered().deal());
        return remembered != null && remembered.isFree() ? List.of(remembered) : List.of();
    }
}
