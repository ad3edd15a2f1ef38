package io.identamocrm.rules;

import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import java.util.List;

/**
 * Leaves a reception alone whose own deal a manager closed or moved out of our pipelines. Asked before the free deals: a visit that is
 * over must not take the deal of the patient's next one.
 */
public final class FinishedBusiness {

    /** Concludes an open case without an active deal as closed, if its deal is finished. */
    public ReceptionCase leave(ReceptionCase one) {
        if (!one.isDealMissing() || one.policy().recreateClosed()) {
            return one;
        }
        return one.basis().snapshot().dealsOfReception(one.id()).stream()
                .filter(deal -> !one.policy().isActive(deal)).min(DealCandidates.LATEST_FIRST)
                .map(deal -> one.leave(Outcome.CLOSED, List.of(new Reason("closed", "deal " + deal.id()
                        + " of this reception is finished business: stage " + deal.stageId() + " of pipeline " + deal.pipelineId()))))
                .orElse(one);
    }
}
