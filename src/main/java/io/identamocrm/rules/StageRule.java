package io.identamocrm.rules;

import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncPolicy.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides pipeline and stage of a deal (domain rules, section 4): each is set when what it follows from has changed since it was last
 * delivered, so that a manager's own move stands.
 */
public final class StageRule {

    /**
     * Where to put the deal.
     *
     * @param pipelineId pipeline, or null to leave the deal where it is
     * @param stageId    stage, or null for the pipeline's first
     * @param delivered  what is to be remembered of it, without the deal's id
     */
    record Place(@Nullable Long pipelineId, @Nullable Long stageId, Delivered delivered) {}

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
        Target target = target(one);
        Long byStatus = stageOf(one.policy(), one.funnel(), one.status());
        return place(one, target.pipelineId(), byStatus != null ? byStatus : target.stageId());
    }

    private static Target target(ReceptionCase one) {
        return one.policy().targetOf(one.funnel());
    }

    private static Place ofFoundDeal(ReceptionCase one, List<Reason> reasons) {
        SyncPolicy policy = one.policy();
        Deal deal = one.knownDeal();
        boolean closed = !policy.isActive(deal);
        if (closed && !isStatusChanged(one)) {
            reasons.add(new Reason(ReasonText.STAGE, RuleText.CLOSED_STAYS.with(one.status(), deal.stageId())));
            return unchanged(one, false);
        }
        boolean moveDue = isMoveDue(one);
        boolean isProtected = policy.protectedStages().contains(deal.stageId());
        if (isProtected) {
            boolean due = moveDue && policy.movePipelines() || stageByStatus(one) != null;
            reasons.add(new Reason(ReasonText.STAGE, RuleText.PROTECTED.with(deal.stageId())));
            return unchanged(one, due);
        }
        if (moveDue && policy.movePipelines()) {
            Place place = ofFunnel(one);
            reasons.add(new Reason(
                    ReasonText.STAGE,
                    place.stageId() == null
                            ? RuleText.MOVED_FIRST_STAGE.with(
                                    one.funnel(), deal.pipelineId(), target(one).pipelineId())
                            : RuleText.MOVED_STAGE.with(
                                    one.funnel(), deal.pipelineId(), target(one).pipelineId(), place.stageId())));
            return place;
        }
        if (one.isElsewhere()) {
            reasons.add(new Reason(
                    ReasonText.STAGE, (moveDue ? RuleText.NOT_MOVED : RuleText.MOVED_BY_SOMEBODY).with(one.funnel())));
        }
        Long stage = stageByStatus(one);
        if (stage == null && closed && stageFor(one) == null) {
            Funnel standing = policy.movePipelines() ? null : funnelOf(policy, deal);
            long pipeline = standing == null ? target(one).pipelineId() : deal.pipelineId();
            Place place = standing == null
                    ? ofFunnel(one)
                    : place(one, pipeline, policy.targetOf(standing).stageId());
            reasons.add(new Reason(
                    ReasonText.STAGE,
                    place.stageId() == null
                            ? RuleText.REOPENED_FIRST_STAGE.with(one.status(), pipeline)
                            : RuleText.REOPENED_STAGE.with(one.status(), pipeline, place.stageId())));
            return place;
        }
        if (stage == null) {
            return unchanged(one, false);
        }
        reasons.add(new Reason(ReasonText.STAGE, RuleText.STATUS_MOVED.with(one.status(), stage)));
        return place(one, deal.pipelineId(), stage);
    }

    /** True if the deal stands in another pipeline than its funnel's, and not because a manager wanted it so. */
    private static boolean isMoveDue(ReceptionCase one) {
        Delivered last = one.last();
        return one.isElsewhere()
                && (one.isTakenOver()
                        || last != null
                                && last.pipeline() != null
                                && last.pipeline() != target(one).pipelineId());
    }

    /** The stage that the status asks for, or null if none is due. */
    private static @Nullable Long stageByStatus(ReceptionCase one) {
        Long stage = stageFor(one);
        return stage == null
                        || !isStatusChanged(one)
                        || stage == one.knownDeal().stageId()
                ? null
                : stage;
    }

    /** The stage of the status where the deal stands, or null. */
    private static @Nullable Long stageFor(ReceptionCase one) {
        Funnel standing = funnelOf(one.policy(), one.knownDeal());
        return standing == null ? null : stageOf(one.policy(), standing, one.status());
    }

    /**
     * A deal that is just being taken over has had no status of this visit yet; for any other an unknown one (Redis was emptied) must not
     * undo what a manager did since.
     */
    private static boolean isStatusChanged(ReceptionCase one) {
        return one.isTakenOver() || one.last() != null && one.last().status() != one.status();
    }

    private static Place place(ReceptionCase one, long pipeline, @Nullable Long stage) {
        return new Place(pipeline, stage, delivered(one, pipeline, stage, false));
    }

    private static Place unchanged(ReceptionCase one, boolean withheld) {
        Deal deal = one.knownDeal();
        Delivered last = one.last();
        return new Place(
                null,
                null,
                delivered(
                        one,
                        deal.pipelineId(),
                        last != null && last.isWherePut(deal) ? last.stage() : null,
                        withheld || isWithheldStill(one)));
    }

    private static boolean isWithheldStill(ReceptionCase one) {
        return one.last() != null && one.last().withheld() && one.last().status() == one.status();
    }

    private static Delivered delivered(ReceptionCase one, long pipeline, @Nullable Long stage, boolean withheld) {
        Delivered last = one.deal() == null ? null : one.last();
        long funnels = target(one).pipelineId();
        return new Delivered(
                0,
                one.status(),
                funnels,
                stage,
                stage == null ? null : Delivered.otherThan(funnels, pipeline),
                withheld,
                last == null ? null : last.contact(),
                one.plan(),
                false,
                one.reception().knownPatient().id());
    }

    /** Null for a deal in another branch's pipeline. */
    private static @Nullable Funnel funnelOf(SyncPolicy policy, Deal deal) {
        return policy.targets().entrySet().stream()
                .filter(entry -> entry.getValue().pipelineId() == deal.pipelineId())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long stageOf(SyncPolicy policy, Funnel funnel, Status status) {
        return policy.stageByStatus().getOrDefault(funnel, Map.of()).get(status);
    }
}
