package io.identamocrm.settings;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the clinic's choices: pipelines, stages, branches and the switches of the rules. */
final class PolicyReader {

    private static final int HOURS_OF_A_YEAR = 8760;
    private static final int MOST_PHONE_PATIENTS = 1000;

    private final SettingValues values;

    PolicyReader(SettingValues values) {
        this.values = values;
    }

    SyncPolicy policy() {
        Map<Funnel, SyncPolicy.Target> targets = new EnumMap<>(Funnel.class);
        Map<Funnel, Map<Status, Long>> stages = new EnumMap<>(Funnel.class);
        Long anyStage = values.id("amocrm.default-stage-id");
        for (Funnel funnel : Funnel.values()) {
            String prefix = "amocrm." + nameOf(funnel);
            SettingsText asked =
                    funnel == Funnel.PRIMARY ? SettingsText.PRIMARY_PIPELINE_ID : SettingsText.SECONDARY_PIPELINE_ID;
            boolean there = values.required(prefix + "-pipeline-id", asked) != null;
            Long pipeline = there ? values.id(prefix + "-pipeline-id") : null;
            Long stage = values.id(prefix + "-stage-id");
            Map<Status, Long> byStatus = stagesByStatus("deal.stage." + nameOf(funnel));
            if (pipeline != null) {
                targets.put(funnel, new SyncPolicy.Target(pipeline, stage != null ? stage : anyStage));
                stages.put(funnel, byStatus);
            }
        }
        requireTwo("amocrm.", targets);
        Set<Long> excluded = values.ids("amocrm.excluded-stages");
        boolean recreate = values.flag("deal.recreate-closed");
        boolean attach = "attach".equals(values.choice("contact.shared-phone", "separate", "attach"));
        Map<Long, SyncPolicy.Branch> branches = branches(targets, stages);
        if (recreate) {
            refuseClosing("amocrm.", "deal.", "amocrm.default-stage-id", targets, stages, excluded);
            new TreeMap<>(branches).forEach((id, branch) -> {
                String prefix = "branch." + id + ".";
                refuseClosing(prefix, prefix, null, branch.targets(), branch.stageByStatus(), excluded);
            });
        }
        Set<Long> pipelines = Stream.concat(
                        targets.values().stream(),
                        branches.values().stream().flatMap(branch -> branch.targets().values().stream()))
                .map(SyncPolicy.Target::pipelineId)
                .collect(Collectors.toSet());
        return new SyncPolicy(
                targets,
                branches,
                pipelines,
                excluded,
                values.ids("deal.protected-stages"),
                stages,
                Duration.ofHours(values.number("receptions.no-show-grace-hours", 0, HOURS_OF_A_YEAR)),
                values.flag("funnel.count-own-visit"),
                values.flag("deal.move-between-pipelines"),
                recreate,
                "recreate".equals(values.choice("deal.on-deleted", "leave", "recreate")),
                values.flag("transfers"),
                attach,
                values.number("contact.phone-patients-at-most", 1, MOST_PHONE_PATIENTS),
                Objects.requireNonNullElse(values.required("deal.name", SettingsText.DEAL_NAME), ""),
                values.id("amocrm.responsible-user-id"),
                region(),
                createOnly(),
                new FollowUpReader(values).policy());
    }

    /**
     * Names the first setting by which deals would go where closed ones are.
     *
     * @param ofNewDeals what the settings of the stages for new deals begin with
     * @param ofStatuses what the settings of the stages by status begin with
     * @param inherited  the setting behind stages that have none of their own, or null if another call looks at it
     */
    private void refuseClosing(
            String ofNewDeals,
            String ofStatuses,
            @Nullable String inherited,
            Map<Funnel, SyncPolicy.Target> targets,
            Map<Funnel, Map<Status, Long>> stages,
            Set<Long> excluded) {
        Map<String, Long> stageBySetting = new LinkedHashMap<>();
        targets.forEach((funnel, target) -> {
            if (target.stageId() != null) {
                stageBySetting.put(ofNewDeals + nameOf(funnel) + "-stage-id", target.stageId());
            }
        });
        stages.forEach((funnel, byStatus) -> byStatus.forEach((status, stage) ->
                stageBySetting.put(ofStatuses + "stage." + nameOf(funnel) + "." + nameOf(status), stage)));
        stageBySetting.entrySet().stream()
                .filter(entry -> excluded.contains(entry.getValue()))
                .map(entry -> values.text(entry.getKey()) == null ? inherited : entry.getKey())
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(setting -> values.problem(
                        "deal.recreate-closed",
                        SettingsText.CLOSES_AND_RECREATES.with(setting),
                        SettingsText.CLOSES_AND_RECREATES_REMEDY));
    }

    private void requireTwo(String prefix, Map<Funnel, SyncPolicy.Target> targets) {
        SyncPolicy.Target primary = targets.get(Funnel.PRIMARY);
        SyncPolicy.Target secondary = targets.get(Funnel.SECONDARY);
        if (primary != null && secondary != null && primary.pipelineId() == secondary.pipelineId()) {
            values.problem(prefix + "secondary-pipeline-id", SettingsText.SAME_PIPELINE, SettingsText.TWO_PIPELINES);
        }
    }

    /** What the branches have of their own; what they have not is the clinic's, given here. */
    private Map<Long, SyncPolicy.Branch> branches(
            Map<Funnel, SyncPolicy.Target> ofClinic, Map<Funnel, Map<Status, Long>> stagesOfClinic) {
        Map<Long, SyncPolicy.Branch> branches = new HashMap<>();
        for (Long id : values.ids("branches")) {
            String prefix = "branch." + id + ".";
            Map<Funnel, SyncPolicy.Target> targets = new EnumMap<>(Funnel.class);
            Map<Funnel, Map<Status, Long>> stages = new EnumMap<>(Funnel.class);
            for (Funnel funnel : Funnel.values()) {
                Long pipeline = values.id(prefix + nameOf(funnel) + "-pipeline-id");
                Long stage = values.id(prefix + nameOf(funnel) + "-stage-id");
                Map<Status, Long> byStatus = stagesByStatus(prefix + "stage." + nameOf(funnel));
                SyncPolicy.Target usual = ofClinic.get(funnel);
                if (pipeline != null) {
                    targets.put(funnel, new SyncPolicy.Target(pipeline, stage));
                    stages.put(funnel, byStatus);
                } else if (usual != null && (stage != null || !byStatus.isEmpty())) {
                    targets.put(
                            funnel, new SyncPolicy.Target(usual.pipelineId(), stage != null ? stage : usual.stageId()));
                    Map<Status, Long> joined = new HashMap<>(stagesOfClinic.get(funnel));
                    joined.putAll(byStatus);
                    stages.put(funnel, joined);
                }
            }
            requireTwo(prefix, targets);
            boolean leftOut = values.text(prefix + "leave-out") != null && values.flag(prefix + "leave-out");
            branches.put(
                    id, new SyncPolicy.Branch(targets, stages, values.id(prefix + "responsible-user-id"), leftOut));
        }
        return branches;
    }

    private Map<Status, Long> stagesByStatus(String prefix) {
        Map<Status, Long> stages = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            Long stage = values.id(prefix + "." + nameOf(status));
            if (stage != null) {
                stages.put(status, stage);
            }
        }
        return stages;
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String region() {
        String region = values.text("phones.region");
        if (region == null || !Set.of(Locale.getISOCountries()).contains(region)) {
            values.problem("phones.region", SettingsText.NO_COUNTRY, SettingsText.COUNTRY_FORM);
        }
        return region == null ? "" : region;
    }

    private Set<MappedField> createOnly() {
        Set<MappedField> fields = new HashSet<>();
        for (String name : values.list("fields.create-only")) {
            MappedField field = fieldNamed(name);
            if (field == null) {
                values.problem("fields.create-only", SettingsText.NO_SUCH_FIELD.with(name), SettingsText.FIELD_FORM);
            } else {
                fields.add(field);
            }
        }
        return fields;
    }

    private static @Nullable MappedField fieldNamed(String name) {
        MappedField[] candidates = name.startsWith("deal.")
                ? DealField.values()
                : name.startsWith("contact.") ? ContactField.values() : new MappedField[0];
        String key = name.substring(name.indexOf('.') + 1).replace('-', '_');
        for (MappedField field : candidates) {
            if (field.key().equals(key)) {
                return field;
            }
        }
        return null;
    }
}
