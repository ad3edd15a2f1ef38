package io.identamocrm.model;

import io.identamocrm.model.SyncPolicy.Target;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds policies; see {@link Fixtures#policy}. */
public final class PolicyBuilder {

    private final Map<Long, SyncPolicy.Branch> branches = new HashMap<>();
    private final Map<Funnel, Target> targets = new EnumMap<>(Map.of(
            Funnel.PRIMARY, new Target(Fixtures.PRIMARY_PIPELINE, Fixtures.PRIMARY_STAGE),
            Funnel.SECONDARY, new Target(Fixtures.SECONDARY_PIPELINE, Fixtures.SECONDARY_STAGE)));
    private Set<Long> protectedStages = Set.of();
    private final Map<Funnel, Map<Status, Long>> stageByStatus = new EnumMap<>(Funnel.class);
    private Duration noShowGrace = Duration.ofHours(12);
    private boolean countOwnVisit;
    private boolean movePipelines = true;
    private boolean recreateClosed;
    private boolean recreateDeleted;
    private boolean transfers = true;
    private boolean attachSharedPhone;
    private int phonePatientsAtMost = 30;
    private String dealName = "Приём #<id>";
    private Long responsibleUserId = 9_001L;
    private String phoneRegion = "RU";
    private Set<MappedField> createOnly = Set.of();
    private FollowUpPolicy followUps = FollowUpPolicy.NONE;

    PolicyBuilder() {}

    public PolicyBuilder target(Funnel funnel, long pipeline, Long stage) {
        targets.put(funnel, new Target(pipeline, stage));
        return this;
    }

    public PolicyBuilder protectedStages(Long... stages) {
        protectedStages = Set.of(stages);
        return this;
    }

    public PolicyBuilder stage(Funnel funnel, Status status, long stage) {
        stageByStatus.computeIfAbsent(funnel, any -> new HashMap<>()).put(status, stage);
        return this;
    }

    public PolicyBuilder noShowGrace(Duration value) {
        noShowGrace = value;
        return this;
    }

    public PolicyBuilder countOwnVisit(boolean value) {
        countOwnVisit = value;
        return this;
    }

    public PolicyBuilder movePipelines(boolean value) {
        movePipelines = value;
        return this;
    }

    public PolicyBuilder recreateClosed(boolean value) {
        recreateClosed = value;
        return this;
    }

    public PolicyBuilder recreateDeleted(boolean value) {
        recreateDeleted = value;
        return this;
    }

    public PolicyBuilder attachSharedPhone(boolean value) {
        attachSharedPhone = value;
        return this;
    }

    public PolicyBuilder phonePatientsAtMost(int value) {
        phonePatientsAtMost = value;
        return this;
    }

    public PolicyBuilder dealName(String template) {
        dealName = template;
        return this;
    }

    public PolicyBuilder responsible(Long user) {
        responsibleUserId = user;
        return this;
    }

    public PolicyBuilder phoneRegion(String region) {
        phoneRegion = region;
        return this;
    }

    public PolicyBuilder telling(Funnel funnel, FollowUp.Event event, FollowUp.Kind kind) {
        Map<Funnel, Map<FollowUp.Event, FollowUp.Kind>> kinds = new HashMap<>(followUps.kinds());
        kinds.merge(funnel, Map.of(event, kind), (one, more) -> {
            Map<FollowUp.Event, FollowUp.Kind> both = new HashMap<>(one);
            both.putAll(more);
            return both;
        });
        followUps = new FollowUpPolicy(kinds, Duration.ofDays(1));
        return this;
    }

    public PolicyBuilder createOnly(MappedField... fields) {
        createOnly = Set.of(fields);
        return this;
    }

    public PolicyBuilder branch(long id, SyncPolicy.Branch branch) {
        branches.put(id, branch);
        return this;
    }

    private Set<Long> pipelines() {
        return Stream.concat(
                        targets.values().stream(),
                        branches.values().stream().flatMap(branch -> branch.targets().values().stream()))
                .map(SyncPolicy.Target::pipelineId)
                .collect(Collectors.toSet());
    }

    public SyncPolicy build() {
        return new SyncPolicy(
                targets,
                branches,
                pipelines(),
                Set.of(Fixtures.WON, Fixtures.LOST),
                protectedStages,
                stageByStatus,
                noShowGrace,
                countOwnVisit,
                movePipelines,
                recreateClosed,
                recreateDeleted,
                transfers,
                attachSharedPhone,
                phonePatientsAtMost,
                dealName,
                responsibleUserId,
                phoneRegion,
                createOnly,
                followUps);
    }
}
