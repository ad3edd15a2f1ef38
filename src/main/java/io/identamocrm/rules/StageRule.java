package io.identamocrm.rules;

import io.identamocrm.model.Deal;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncPolicy.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides pipeline and stage of a deal (domain rules, section 4): managers' moves stand, a funnel's deal stands in its pipeline. */
public final class StageRule {

    /**
     * Where to put the deal.
     *
     * @param pipelineId pipeline, or null to leave the deal where it is
     * @param stageId    stage, or null for the pipeline's first
     */
    record Place(Long pipelineId, Long stageId) {
        static final Place UNCHANGED = new Place(null, null);
    }

    /** Decides where the deal of an open case is put. */
    public ReceptionCase place(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        List<Reason> reasons = new ArrayList<>();
        return one.withPlace(one.deal() == null ? ofFunnel(one) : ofFoundDeal(one, reasons), reasons);
    }

    /** The stage of the status if one is set, else the funnel's default stage. */
    private static Place ofFunnel(ReceptionCase one) {
        Target target = one.policy().targets().get(one.funnel());
        Long byStatus = stageOf(one.policy(), one.funnel(), one.status());
        return new Place(target.pipelineId(), byStatus != null ? byStatus : target.stageId());
    }

    private static Place ofFoundDeal(ReceptionCase one, List<Reason> reasons) {
        SyncPolicy policy = one.policy();
        Deal deal = one.deal();
        Funnel funnel = one.funnel();
        Target target = policy.targets().get(funnel);
        boolean elsewhere = deal.pipelineId() != target.pipelineId();
        if (policy.protectedStages().contains(deal.stageId())) {
            reasons.add(new Reason("stage", "stage " + deal.stageId() + " is protected: left alone"));
            return Place.UNCHANGED;
        }
        if (elsewhere && policy.movePipelines()) {
            Place place = ofFunnel(one);
            reasons.add(new Reason("stage", "the funnel is " + funnel + ": moved from pipeline " + deal.pipelineId() + " to "
                    + place.pipelineId() + (place.stageId() == null ? ", its first stage" : ", stage " + place.stageId())));
            return place;
        }
        if (elsewhere) {
            reasons.add(new Reason("stage", "the funnel is " + funnel + ", but deals are not moved between pipelines: left alone"));
        }
        return byStatus(one, reasons);
    }

    private static Place byStatus(ReceptionCase one, List<Reason> reasons) {
        Deal deal = one.deal();
        Status status = one.status();
        Funnel standing = funnelOf(one.policy(), deal);
        Long stage = standing == null ? null : stageOf(one.policy(), standing, status);
        // A deal that is just being taken over, a free one or that of a moved visit, has had no status of this reception yet; for any other
        // an unknown one (Redis was emptied) must not undo what a manager did since.
        boolean takenOver = !Objects.equals(deal.receptionId(), one.id());
        boolean statusChanged = takenOver || one.lastSent() != null && one.lastSent() != status;
        if (stage == null || !statusChanged || stage == deal.stageId()) {
            return Place.UNCHANGED;
        }
        reasons.add(new Reason("stage", "the status became " + status + ": moved to stage " + stage));
        return new Place(deal.pipelineId(), stage);
    }

    /** Null for a deal in another branch's pipeline. */
    private static Funnel funnelOf(SyncPolicy policy, Deal deal) {
        return policy.targets().entrySet().stream().filter(entry -> entry.getValue().pipelineId() == deal.pipelineId())
                .map(Map.Entry::getKey).findFirst().orElse(null);
    }

    private static Long stageOf(SyncPolicy policy, Funnel funnel, Status status) {
        return policy.stageByStatus().getOrDefault(funnel, Map.of()).get(status);
    }
}
