package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AccountFields;
import io.identamocrm.amocrm.FieldKind;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.FieldType;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the settings with what the account has: pipelines, stages and fields. Decides only; the caller has asked amoCRM. */
public final class AccountComparison {

    /** Type of the stage of deals that nobody has accepted yet. */
    static final int UNSORTED = 1;
    /** amoCRM's own ends of every pipeline. */
    static final List<Long> CLOSED = List.of(142L, 143L);

    private final Map<Long, JsonNode> pipelines = new LinkedHashMap<>();
    private final List<AccountMismatch> mismatches = new ArrayList<>();

    private AccountComparison(Iterable<JsonNode> pipelines) {
        pipelines.forEach(pipeline -> this.pipelines.put(pipeline.path("id").asLong(), pipeline));
    }

    /**
     * What of the settings' pipelines and stages does not fit.
     *
     * @param policy    the settings
     * @param pipelines {@code GET /leads/pipelines}, the list itself
     */
    public static List<AccountMismatch> ofPipelines(SyncPolicy policy, Iterable<JsonNode> pipelines) {
        AccountComparison comparison = new AccountComparison(pipelines);
        comparison.compareTargets("", policy.targets(), policy.stageByStatus());
        new TreeMap<>(policy.branches())
                .forEach((id, branch) ->
                        comparison.compareTargets("branch." + id + ".", branch.targets(), branch.stageByStatus()));
        comparison.compareList("AMOCRM_EXCLUDED_STAGES", policy.excludedStages(), policy.pipelines());
        comparison.warnOfOpenEnds(policy.excludedStages());
        comparison.compareList("DEAL_PROTECTED_STAGES", policy.protectedStages(), policy.pipelines());
        return comparison.mismatches;
    }

    private void compareTargets(
            String branch, Map<Funnel, SyncPolicy.Target> targets, Map<Funnel, Map<Status, Long>> byStatus) {
        targets.forEach((funnel, target) -> {
            String own = funnel.name().toLowerCase(Locale.ROOT);
            String name = branch.isEmpty() ? "AMOCRM_" + funnel.name() : branch + own;
            String pipelineSetting = name + (branch.isEmpty() ? "_PIPELINE_ID" : "-pipeline-id");
            JsonNode pipeline = pipelines.get(target.pipelineId());
            if (pipeline == null) {
                wrong(
                        AccountText.NO_PIPELINE.with(pipelineSetting, target.pipelineId()),
                        AccountText.TAKE_ONE_OF.with(list(pipelines.values())));
                return;
            }
            if (pipeline.path("is_archive").asBoolean()) {
                wrong(
                        AccountText.PIPELINE_ARCHIVED.with(pipelineSetting, target.pipelineId()),
                        AccountText.RESTORE_PIPELINE);
            }
            if (PipelineProposal.isOfTheOther(funnel, pipeline)) {
                mismatches.add(new AccountMismatch(
                        false,
                        AccountText.OTHER_FUNNEL.with(pipelineSetting, named(pipeline)),
                        AccountText.EXCHANGE_PIPELINES));
            }
            if (target.stageId() != null) {
                compareStage(
                        branch.isEmpty() ? AccountText.STAGE_SETTINGS.with(name) : Text.of(name + "-stage-id"),
                        target.stageId(),
                        pipeline);
            }
            byStatus.getOrDefault(funnel, Map.of())
                    .forEach((status, stage) -> compareStage(
                            Text.of(
                                    branch.isEmpty()
                                            ? "DEAL_STAGE_" + funnel + "_" + status
                                            : branch
                                                    + ("stage." + funnel + "." + status)
                                                            .toLowerCase(Locale.ROOT)
                                                            .replace('_', '-')),
                            stage,
                            pipeline));
        });
    }

    private void compareStage(Text setting, long id, JsonNode pipeline) {
        JsonNode found = stage(id, pipeline);
        if (found == null) {
            Text remedy = AccountText.TAKE_ONE_OF.with(list(settable(pipeline)));
            pipelines.values().stream()
                    .filter(other -> stage(id, other) != null)
                    .findFirst()
                    .ifPresentOrElse(
                            other -> wrong(
                                    AccountText.NO_STAGE_BUT_OF.with(setting, id, named(pipeline), named(other)),
                                    remedy),
                            () -> wrong(AccountText.NO_STAGE.with(setting, id, named(pipeline)), remedy));
        } else if (found.path("type").asInt() == UNSORTED) {
            wrong(AccountText.UNSORTED_STAGE.with(setting, id), AccountText.TAKE_ONE_OF.with(list(settable(pipeline))));
        }
    }

    private void compareList(String setting, Collection<Long> stages, Collection<Long> ours) {
        for (Long id : new TreeSet<>(stages)) {
            boolean known = pipelines.values().stream().anyMatch(pipeline -> stage(id, pipeline) != null);
            boolean inOurs = ours.stream()
                    .map(pipelines::get)
                    .anyMatch(pipeline -> pipeline != null && stage(id, pipeline) != null);
            if (!known) {
                wrong(AccountText.NO_SUCH_STAGE.with(setting, id), AccountText.CORRECT_LIST);
            } else if (!inOurs) {
                mismatches.add(new AccountMismatch(
                        false, AccountText.STAGE_ELSEWHERE.with(setting, id), AccountText.CORRECT_LIST_WITHOUT_EFFECT));
            }
        }
    }

    /** amoCRM's own two ends of every pipeline: a clinic that leaves one out has its finished deals changed. */
    private void warnOfOpenEnds(Collection<Long> excluded) {
        CLOSED.stream()
                .filter(stage -> !excluded.contains(stage))
                .forEach(stage -> mismatches.add(
                        new AccountMismatch(false, AccountText.OPEN_END.with(stage), AccountText.OPEN_END_REMEDY)));
    }

    private void wrong(Text text, Text remedy) {
        mismatches.add(new AccountMismatch(true, text, remedy));
    }

    private static @Nullable JsonNode stage(long id, JsonNode pipeline) {
        for (JsonNode stage : pipeline.path("_embedded").path("statuses")) {
            if (stage.path("id").asLong() == id) {
                return stage;
            }
        }
        return null;
    }

    private static List<JsonNode> settable(JsonNode pipeline) {
        List<JsonNode> stages = new ArrayList<>();
        pipeline.path("_embedded").path("statuses").forEach(stage -> {
            if (stage.path("type").asInt() != UNSORTED) {
                stages.add(stage);
            }
        });
        return stages;
    }

    private static String list(Collection<JsonNode> named) {
        return String.join(", ", named.stream().map(AccountComparison::named).toList());
    }

    /** A pipeline, stage or field of the account as messages name it: {@code 123 «Первичные»}. */
    public static String named(JsonNode named) {
        return named.path("id").asLong() + " «"
                + ForeignText.line(named.path("name").asText()) + "»";
    }

    /**
     * What of the settings' fields does not fit.
     *
     * @param mapping  the settings
     * @param deals    {@code GET /leads/custom_fields}, all pages merged
     * @param contacts {@code GET /contacts/custom_fields}, likewise
     */
    public static List<AccountMismatch> ofFields(
            FieldMapping mapping, Iterable<JsonNode> deals, Iterable<JsonNode> contacts) {
        AccountComparison comparison = new AccountComparison(List.of());
        comparison.compareFields(new TreeMap<>(mapping.deals()), byId(deals), byId(contacts));
        comparison.compareFields(new TreeMap<>(mapping.contacts()), byId(contacts), byId(deals));
        return comparison.mismatches;
    }

    /**
     * The settings' fields as far as the account has them: without those that it lacks and a run can do without; parameters as for
     * {@link #ofFields}.
     */
    static FieldMapping present(FieldMapping mapping, Iterable<JsonNode> deals, Iterable<JsonNode> contacts) {
        return new FieldMapping(present(mapping.deals(), byId(deals)), present(mapping.contacts(), byId(contacts)));
    }

    private static <F extends MappedField> Map<F, Long> present(Map<F, Long> mapping, Map<Long, JsonNode> known) {
        Map<F, Long> present = new HashMap<>(mapping);
        present.entrySet().removeIf(field -> !FieldSetup.isKey(field.getKey()) && !known.containsKey(field.getValue()));
        return present;
    }

    /**
     * Joins the settings' fields with the account's own definitions; parameters as for {@link #ofFields}. Fields that the account lacks and
     * a run can do without are left out.
     *
     * @throws AccountMismatchException if a key field does not exist in the account, or a field cannot hold the values; names all
     */
    public static AccountFields joined(FieldMapping mapping, Iterable<JsonNode> deals, Iterable<JsonNode> contacts) {
        FieldMapping present = present(mapping, deals, contacts);
        List<AccountMismatch> wrong = ofFields(present, deals, contacts).stream()
                .filter(AccountMismatch::grave)
                .toList();
        if (!wrong.isEmpty()) {
            throw new AccountMismatchException(wrong);
        }
        AccountFields fields = AccountFields.join(present, deals, contacts);
        // The phones of the mirror's rows are those of the mapped field: amoCRM's own does not silently take its place.
        boolean phoneLeftOut = mapping.contacts().containsKey(ContactField.PHONE)
                && !present.contacts().containsKey(ContactField.PHONE);
        return phoneLeftOut ? new AccountFields(fields.deals(), fields.contacts(), Optional.empty()) : fields;
    }

    private void compareFields(
            Map<? extends MappedField, Long> mapping, Map<Long, JsonNode> known, Map<Long, JsonNode> ofOthers) {
        mapping.forEach((field, id) -> {
            String setting = settingOf(field) + "=" + id;
            JsonNode definition = known.get(id);
            if (definition == null) {
                wrong(absent(field, ofOthers.containsKey(id)).with(setting), AccountText.CORRECT_FIELD);
            } else {
                compareType(setting, field, definition);
                compareTitle(setting, field, definition);
            }
        });
    }

    private static AccountText absent(MappedField field, boolean elsewhere) {
        return field instanceof DealField
                ? elsewhere ? AccountText.FIELD_OF_CONTACTS : AccountText.NO_DEAL_FIELD
                : elsewhere ? AccountText.FIELD_OF_DEALS : AccountText.NO_CONTACT_FIELD;
    }

    /** A field that bears the title by which another one of ours is made was hardly meant. */
    private void compareTitle(String setting, MappedField field, JsonNode definition) {
        MappedField[] all = field instanceof DealField ? DealField.values() : ContactField.values();
        String title = FieldTitles.plain(definition.path("name").asText());
        for (MappedField other : all) {
            if (other != field
                    && title.equals(FieldTitles.plain(FieldTitles.of(other)))
                    && !FieldTitles.all(field).contains(title)) {
                mismatches.add(new AccountMismatch(
                        false,
                        AccountText.TITLE_OF_OTHER.with(
                                setting,
                                ForeignText.line(definition.path("name").asText()),
                                settingOf(other)),
                        AccountText.EXCHANGE_FIELDS));
            }
        }
    }

    /** Which pipelines the funnels' deals go into, for people: {@code primary → 123 «Первичные»}. */
    public static Text described(SyncPolicy policy, Iterable<JsonNode> pipelines) {
        Map<Long, JsonNode> known = byId(pipelines);
        List<Text> described = new ArrayList<>();
        new TreeMap<>(policy.targets()).forEach((funnel, target) -> {
            JsonNode pipeline = known.get(target.pipelineId());
            if (pipeline != null) {
                described.add(Text.joined(" → ", AccountText.valueOf(funnel.name()), Text.of(named(pipeline))));
            }
        });
        return Text.list(described);
    }

    private void compareType(String setting, MappedField field, JsonNode definition) {
        FieldKind kind = FieldKind.of(field);
        String made = kind.made() == null ? "text" : kind.made();
        FieldType type = FieldType.of(definition.path("type").asText(""));
        Text what = AccountText.FIELD_OF_TYPE.with(
                setting,
                ForeignText.line(definition.path("name").asText()),
                definition.path("type").asText());
        boolean swapped = field == ContactField.PHONE
                        && "EMAIL".equals(definition.path("code").asText())
                || field == ContactField.EMAIL
                        && "PHONE".equals(definition.path("code").asText());
        if (swapped) {
            wrong(
                    AccountText.SWAPPED_WITH.with(
                            setting, definition.path("code").asText()),
                    AccountText.EXCHANGE_PHONE_AND_EMAIL);
        } else if (kind.fitsPartly(type)) {
            mismatches.add(new AccountMismatch(
                    false, AccountText.FITS_PARTLY.with(what, kind.loss()), AccountText.MAKE_FIELD.with(made)));
        } else if (!kind.fits(type)) {
            wrong(AccountText.FITS_NOT.with(what), AccountText.TAKE_FIELD.with(made));
        }
    }

    /** The environment variable that a field's id is set with. */
    public static String settingOf(MappedField field) {
        return (field instanceof DealField ? "AMOCRM_DEAL_FIELD_" : "AMOCRM_CONTACT_FIELD_") + field.name();
    }

    private static Map<Long, JsonNode> byId(Iterable<JsonNode> fields) {
        Map<Long, JsonNode> byId = new HashMap<>();
        fields.forEach(field -> byId.put(field.path("id").asLong(), field));
        return byId;
    }
}
