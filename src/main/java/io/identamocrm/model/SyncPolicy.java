package io.identamocrm.model;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The clinic's choices that the rules obey (spec: domain rules, sections 1–4).
 *
 * @param targets           pipeline and default stage of each funnel
 * @param excludedStages    stages whose deals are finished business (amoCRM's own 142 and 143 by default)
 * @param protectedStages   stages from which a deal is never moved
 * @param stageByStatus     optional stage per funnel and status
 * @param noShowGrace       how long after its planned end a visit nobody came to counts as missed; zero = never
 * @param countOwnVisit     count the reception itself for the funnel, as the older tool did
 * @param movePipelines     move a deal to the other funnel's pipeline when the funnel says so
 * @param recreateClosed    open a new deal when the reception's own is finished
 * @param attachSharedPhone link a new deal to the relative's contact with the same phone instead of creating one
 * @param dealName          name of a new deal; {@code <id>} stands for the reception
 * @param responsibleUserId amoCRM user of new deals, or null for amoCRM's choice
 * @param phoneRegion       region of phones written without a country code, such as {@code RU}
 * @param createOnly        fields that are sent at creation and then left to the managers
 */
public record SyncPolicy(Map<Funnel, Target> targets, Set<Long> excludedStages, Set<Long> protectedStages,
                         Map<Funnel, Map<Status, Long>> stageByStatus, Duration noShowGrace, boolean countOwnVisit, boolean movePipelines,
                         boolean recreateClosed, boolean attachSharedPhone, String dealName, Long responsibleUserId, String phoneRegion,
                         Set<MappedField> createOnly) {

    /**
     * Where deals of a funnel live.
     *
     * @param pipelineId amoCRM pipeline
     * @param stageId    stage of new and moved deals, or null for the pipeline's first
     */
    public record Target(long pipelineId, Long stageId) {
    }

    public SyncPolicy {
        targets = Map.copyOf(targets);
        excludedStages = Set.copyOf(excludedStages);
        protectedStages = Set.copyOf(protectedStages);
        stageByStatus = Map.copyOf(stageByStatus);
        createOnly = Set.copyOf(createOnly);
    }

    /** The same choices with other targets. */
    public SyncPolicy withTargets(Map<Funnel, Target> others) {
        return new SyncPolicy(others, excludedStages, protectedStages, stageByStatus, noShowGrace, countOwnVisit, movePipelines,
                recreateClosed, attachSharedPhone, dealName, responsibleUserId, phoneRegion, createOnly);
    }

    /** True if the deal stands in one of our two pipelines. */
    public boolean isOurs(Deal deal) {
        return targets.values().stream().anyMatch(target -> target.pipelineId() == deal.pipelineId());
    }

    /** True if the deal stands in one of our pipelines, in a stage that is not excluded. */
    public boolean isActive(Deal deal) {
        return isOurs(deal) && !excludedStages.contains(deal.stageId());
    }
}
