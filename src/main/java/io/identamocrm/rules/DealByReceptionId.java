package io.identamocrm.rules;

import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.VisitRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Step 1 to the deal: the one that holds the reception's id, else that of another row of the visit, from or to which it was moved. */
public final class DealByReceptionId {

    /** Looks for the deal of an open case. */
    public ReceptionCase find(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        CrmSnapshot snapshot = one.basis().snapshot();
        DealCandidates candidates = new DealCandidates(one, ReasonText.STEP_1);
        List<Deal> own =
                candidates.eligible(snapshot.dealsOfReception(one.id()), RuleText.HOLDS_RECEPTION.with(one.id()));
        if (own.isEmpty()) {
            own = candidates.eligible(freed(one, one.remembered()), RuleText.REMEMBERED.with(one.id()));
        }
        // One whose own deal a manager has finished takes none of another row's.
        List<VisitRow> forerunners =
                own.isEmpty() && !one.hasDealOfItsOwn(one.id()) ? one.chain().forerunners() : List.of();
        if (forerunners.isEmpty()) {
            return candidates.take(own, RuleText.NO_DEAL_OF_RECEPTION.with(one.id()));
        }
        Map<Long, Deal> theirs = new LinkedHashMap<>();
        for (VisitRow row : forerunners) {
            snapshot.dealsOfReception(row.id()).forEach(deal -> theirs.put(deal.id(), deal));
            freed(one, one.rememberedOf(row.id())).forEach(deal -> theirs.put(deal.id(), deal));
        }
        return candidates.take(
                candidates.eligible(theirs.values(), RuleText.DEAL_OF_MOVED.with(one.id())),
                RuleText.NO_DEAL_OF_VISIT.with(
                        one.id(), forerunners.stream().map(VisitRow::id).toList()));
    }

    /** The remembered deal, if somebody emptied its reception id. */
    private static List<Deal> freed(ReceptionCase one, @Nullable Delivered last) {
        Deal remembered = last == null ? null : one.basis().snapshot().deal(last.deal());
        return remembered != null && remembered.isFree() ? List.of(remembered) : List.of();
    }
}
