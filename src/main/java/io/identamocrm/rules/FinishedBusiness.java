package io.identamocrm.rules;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Leaves a reception alone whose own deal a manager closed, moved out of our pipelines, deleted or merged (domain rules, section 3).
 * Asked before the free deals: a visit that is over must not take the deal of the patient's next one. Whoever sends a reception by hand
 * wants a deal for it.
 */
public final class FinishedBusiness {

    /** Concludes an open case without an active deal as closed, if its deal is finished; as skipped, if a brake holds back what is gone. */
    public ReceptionCase leave(ReceptionCase one) {
        if (!one.isDealMissing() || one.basis().byHand()) {
            return one;
        }
        Optional<Deal> finished = one.policy().recreateClosed() ? Optional.empty() : finished(one);
        if (finished.isPresent()) {
            Deal deal = finished.get();
            return close(one, RuleText.FINISHED.with(deal.id(), deal.stageId(), deal.pipelineId()));
        }
        if (one.isDealGone() && one.basis().held().contains(BrakeKind.DEALS_GONE)) {
            return HeldBack.skip(one);
        }
        Delivered last = one.remembered();
        if (last != null && last.gone() && one.isAsDelivered() && !one.policy().recreateDeleted()) {
            return close(one, RuleText.DEAL_GONE.with(last.deal()));
        }
        return one;
    }

    private static Optional<Deal> finished(ReceptionCase one) {
        Deal remembered = one.remembered() == null
                ? null
                : one.basis().snapshot().deal(one.remembered().deal());
        return Stream.concat(
                        one.basis().snapshot().dealsOfReception(one.id()).stream(),
                        Stream.ofNullable(remembered).filter(one::isStillOurs))
                .filter(deal -> !one.policy().isActive(deal))
                .min(Deal.LATEST_FIRST);
    }

    private static ReceptionCase close(ReceptionCase one, Text why) {
        return one.leave(Outcome.CLOSED, List.of(new Reason(ReasonText.CLOSED, why)));
    }
}
