package io.identamocrm.model;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The clinic's choices that the rules obey (domain rules, sections 1 to 4).
 *
 * @param targets           pipeline and default stage of each funnel
 * @param branches          what is different in branches of the clinic, by {@code OwnCompanies.ID}
 * @param pipelines         all pipelines that are ours, those of the branches included
 * @param excludedStages    stages whose deals are finished business (amoCRM's own 142 and 143 by default), or nobody's business yet:
 *                          unsorted ones
 * @param protectedStages   stages from which a deal is never moved
 * @param stageByStatus     optional stage per funnel and status
 * @param noShowGrace       how long after its planned end a visit nobody came to counts as missed; zero = never
 * @param countOwnVisit     count the reception itself for the funnel, as the older tool did
 * @param movePipelines     move a deal to the other funnel's pipeline when the funnel says so
 * @param recreateClosed    open a new deal when the reception's own is finished
 * @param recreateDeleted   make a deal or contact again that a manager deleted or merged
 * @param transfers         receptions that were moved from one to the next are one visit
 * @param attachSharedPhone link a new deal to the relative's contact with the same phone instead of creating one
 * @param phonePatientsAtMost a phone that more patients' contacts carry is no key to any of them
 * @param dealName          name of a new deal; {@code <id>} stands for the reception
 * @param responsibleUserId amoCRM user of new deals, or null for amoCRM's choice
 * @param phoneRegion       region of phones written without a country code, such as {@code RU}
 * @param createOnly        fields that are sent at creation and then left to the managers
 * @param followUps         what managers are to hear of
 */
public record SyncPolicy(
        Map<Funnel, Target> targets,
        Map<Long, Branch> branches,
        Set<Long> pipelines,
        Set<Long> excludedStages,
        Set<Long> protectedStages,
        Map<Funnel, Map<Status, Long>> stageByStatus,
        Duration noShowGrace,
        boolean countOwnVisit,
        boolean movePipelines,
        boolean recreateClosed,
        boolean recreateDeleted,
        boolean transfers,
        boolean attachSharedPhone,
        int phonePatientsAtMost,
        String dealName,
        @Nullable Long responsibleUserId,
        String phoneRegion,
        Set<MappedField> createOnly,
        FollowUpPolicy followUps) {

    /**
     * Where deals of a funnel live.
     *
     * @param pipelineId amoCRM pipeline
     * @param stageId    stage of new and moved deals, or null for the pipeline's first
     */
    public record Target(long pipelineId, @Nullable Long stageId) {}

    /**
     * What is different in a branch.
     *
     * @param targets           its own pipelines; a funnel that is absent uses the clinic's
     * @param stageByStatus     stages of its own pipelines
     * @param responsibleUserId user of its new deals, or null for the clinic's
     * @param leftOut           true if its receptions are not synchronised
     */
    public record Branch(
            Map<Funnel, Target> targets,
            Map<Funnel, Map<Status, Long>> stageByStatus,
            @Nullable Long responsibleUserId,
            boolean leftOut) {

        public Branch {
            targets = Map.copyOf(targets);
            stageByStatus = Map.copyOf(stageByStatus);
        }
    }

    public SyncPolicy {
        targets = Map.copyOf(targets);
        branches = Map.copyOf(branches);
        pipelines = Set.copyOf(pipelines);
        excludedStages = Set.copyOf(excludedStages);
        protectedStages = Set.copyOf(protectedStages);
        stageByStatus = Map.copyOf(stageByStatus);
        createOnly = Set.copyOf(createOnly);
    }

    /**
     * The same choices with every default stage that was left to amoCRM filled in.
     *
     * @param firstStages first stage per pipeline
     */
    public SyncPolicy withFirstStages(Map<Long, Long> firstStages) {
        Map<Long, Branch> filled = new HashMap<>();
        branches.forEach((id, branch) -> filled.put(
                id,
                new Branch(
                        filled(branch.targets(), firstStages),
                        branch.stageByStatus(),
                        branch.responsibleUserId(),
                        branch.leftOut())));
        return with(filled(targets, firstStages), filled, excludedStages, stageByStatus, responsibleUserId);
    }

    /** The same choices for an account that these users have left: new deals are nobody's in particular where one of them was named. */
    public SyncPolicy withoutUsers(Set<Long> gone) {
        Map<Long, Branch> left = new HashMap<>();
        branches.forEach((id, branch) -> left.put(
                id,
                new Branch(
                        branch.targets(),
                        branch.stageByStatus(),
                        without(gone, branch.responsibleUserId()),
                        branch.leftOut())));
        return with(targets, left, excludedStages, stageByStatus, without(gone, responsibleUserId));
    }

    private static @Nullable Long without(Set<Long> gone, @Nullable Long user) {
        return user == null || gone.contains(user) ? null : user;
    }

    private static Map<Funnel, Target> filled(Map<Funnel, Target> targets, Map<Long, Long> firstStages) {
        Map<Funnel, Target> filled = new EnumMap<>(Funnel.class);
        targets.forEach((funnel, target) -> filled.put(
                funnel,
                target.stageId() != null
                        ? target
                        : new Target(target.pipelineId(), firstStages.get(target.pipelineId()))));
        return filled;
    }

    /** The same choices where deals in these stages are left alone as well. */
    public SyncPolicy withUnsorted(Set<Long> stages) {
        Set<Long> all = new HashSet<>(excludedStages);
        all.addAll(stages);
        return with(targets, branches, all, stageByStatus, responsibleUserId);
    }

    /** The branches that are named, and which of them are left out: the same text in every process. */
    public String branchChoice() {
        return new TreeMap<>(branches)
                .entrySet().stream()
                        .map(branch -> branch.getKey() + (branch.getValue().leftOut() ? " left out" : ""))
                        .toList()
                        .toString();
    }

    /** True if receptions of this branch are not synchronised; null stands for no branch. */
    public boolean leavesOut(@Nullable Long branch) {
        return branch != null
                && branches.containsKey(branch)
                && branches.get(branch).leftOut();
    }

    /** The choices for a branch; null stands for no branch. */
    public SyncPolicy ofBranch(@Nullable Long id) {
        Branch branch = id == null ? null : branches.get(id);
        if (branch == null) {
            return this;
        }
        Map<Funnel, Target> ownTargets = new EnumMap<>(targets);
        ownTargets.putAll(branch.targets());
        Map<Funnel, Map<Status, Long>> ownStages = new HashMap<>(stageByStatus);
        branch.targets()
                .keySet()
                .forEach(funnel -> ownStages.put(funnel, branch.stageByStatus().getOrDefault(funnel, Map.of())));
        return with(
                ownTargets,
                branches,
                excludedStages,
                ownStages,
                branch.responsibleUserId() == null ? responsibleUserId : branch.responsibleUserId());
    }

    private SyncPolicy with(
            Map<Funnel, Target> otherTargets,
            Map<Long, Branch> otherBranches,
            Set<Long> otherExcluded,
            Map<Funnel, Map<Status, Long>> otherStages,
            @Nullable Long otherUser) {
        return new SyncPolicy(
                otherTargets,
                otherBranches,
                pipelines,
                otherExcluded,
                protectedStages,
                otherStages,
                noShowGrace,
                countOwnVisit,
                movePipelines,
                recreateClosed,
                recreateDeleted,
                transfers,
                attachSharedPhone,
                phonePatientsAtMost,
                dealName,
                otherUser,
                phoneRegion,
                createOnly,
                followUps);
    }

    /**
     * Where deals of a funnel live.
     *
     * @throws IllegalStateException if the settings leave that funnel out
     */
    public Target targetOf(Funnel funnel) {
        Target target = targets.get(funnel);
        if (target == null) {
            throw new IllegalStateException("There is no pipeline for " + funnel);
        }
        return target;
    }

    /** True if the deal stands in one of our pipelines. */
    public boolean isOurs(Deal deal) {
        return pipelines.contains(deal.pipelineId());
    }

    /** True if the deal stands in one of our pipelines, in a stage that is not excluded. */
    public boolean isActive(Deal deal) {
        return isOurs(deal) && !excludedStages.contains(deal.stageId());
    }
}
