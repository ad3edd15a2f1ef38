package io.identamocrm.rules;

import io.identamocrm.model.Deal;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncPolicy.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides pipeline and stage of a deal (domain rules, section 4): managers' moves stand, a funnel's deal stands in its pipeline. */
final class StageRule {

    /**
     * Where to put the deal.
     *
     * @param pipelineId pipeline, or null to leave the deal where it is
     * @param stageId    stage, or null for the pipeline's first
     */
    record Place(Long pipelineId, Long stageId) {
        static final Place UNCHANGED = new Place(null, null);
    }

    private final SyncPolicy policy;

    StageRule(SyncPolicy policy) {
        this.policy = policy;
    }

    /** The place of a new deal: the stage of its status if one is set, else the funnel's default stage. */
    Place ofNewDeal(Funnel funnel, Status status) {
        Target target = policy.targets().get(funnel);
        Long byStatus = stageOf(funnel, status);
        return new Place(target.pipelineId(), byStatus != null ? byStatus : target.stageId());
    }

    /**
     * The place of a deal that was found.
     *
     * @param receptionId the reception that is decided
     * @param lastSent    the status last sent for it, or null if none is remembered
     */
    Place ofFoundDeal(Deal deal, long receptionId, Funnel funnel, Status status, Status lastSent, List<Reason> reasons) {
        Target target = policy.targets().get(funnel);
        boolean elsewhere = deal.pipelineId() != target.pipelineId();
        if (policy.protectedStages().contains(deal.stageId())) {
            reasons.add(new Reason("stage", "stage " + deal.stageId() + " is protected: left alone"));
            return Place.UNCHANGED;
        }
        if (elsewhere && policy.movePipelines()) {
            Place place = ofNewDeal(funnel, status);
            reasons.add(new Reason("stage", "the funnel is " + funnel + ": moved from pipeline " + deal.pipelineId() + " to "
                    + place.pipelineId() + (place.stageId() == null ? ", its first stage" : ", stage " + place.stageId())));
            return place;
        }
        if (elsewhere) {
            reasons.add(new Reason("stage", "the funnel is " + funnel + ", but deals are not moved between pipelines: left alone"));
        }
        return byStatus(deal, receptionId, status, lastSent, reasons);
    }

    private Place byStatus(Deal deal, long receptionId, Status status, Status lastSent, List<Reason> reasons) {
        Funnel standing = funnelOf(deal);
        Long stage = standing == null ? null : stageOf(standing, status);
        // A deal that is just being taken over, a free one or that of a moved visit, has had no status of this reception yet; for any other
        // an unknown one (Redis was emptied) must not undo what a manager did since.
        boolean takenOver = !Objects.equals(deal.receptionId(), receptionId);
        boolean statusChanged = takenOver || lastSent != null && lastSent != status;
        if (stage == null || !statusChanged || stage == deal.stageId()) {
            return Place.UNCHANGED;
        }
        reasons.add(new Reason("stage", "the status became " + status + ": moved to stage " + stage));
        return new Place(deal.pipelineId(), stage);
    }

    /** Null for a deal in another branch's pipeline. */
    private Funnel funnelOf(Deal deal) {
        return policy.targets().entrySet().stream().filter(entry -> entry.getValue().pipelineId() == deal.pipelineId())
                .map(Map.Entry::getKey).findFirst().orElse(null);
    }

    private Long stageOf(Funnel funnel, Status status) {
        return policy.stageByStatus().getOrDefault(funnel, Map.of()).get(status);
    }
}
