package io.identamocrm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldMatching;
import io.identamocrm.account.FieldMatching.Match;
import io.identamocrm.account.FieldMatching.Sign;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.account.PipelineProposal;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import io.identamocrm.settings.Settings;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints an account's pipelines, stages and fields beside the settings that name them. */
final class FieldPrinter {

    private static final int LONGEST_SETTING = 48;

    private final Settings settings;
    private final AccountReading account;
    private final FieldSetup setup;

    FieldPrinter(Settings settings, AccountReading account, FieldSetup setup) {
        this.settings = settings;
        this.account = account;
        this.setup = setup;
    }

    void printAccount(PrintWriter out) {
        out.println(CliText.PIPELINES);
        for (JsonNode pipeline : account.pipelines()) {
            out.println(Text.joined(
                    "",
                    Text.of("  " + AccountComparison.named(pipeline)),
                    pipeline.path("is_archive").asBoolean() ? CliText.ARCHIVED : Text.of(""),
                    use(pipelineUses().get(pipeline.path("id").asLong()))));
            pipeline.path("_embedded")
                    .path("statuses")
                    .forEach(stage -> out.println(Text.joined(
                            "",
                            Text.of("      " + AccountComparison.named(stage)),
                            stage.path("type").asInt() == 1 ? CliText.UNSORTED : Text.of(""))));
        }
        print(CliText.DEAL_FIELDS, DealField.values(), true, out);
        print(CliText.CONTACT_FIELDS, ContactField.values(), false, out);
    }

    private void print(Text title, MappedField[] fields, boolean deals, PrintWriter out) {
        out.println(title);
        for (MappedField field : fields) {
            Match match = setup.matching().found().get(field);
            out.println(Text.joined(
                    "",
                    Text.of("  " + padded(AccountComparison.settingOf(field))
                            + (match == null
                                    ? ""
                                    : AccountComparison.named(match.definition()) + ", "
                                            + match.definition().path("type").asText() + ": ")),
                    state(field)));
        }
        List<JsonNode> others = setup.matching().others(deals);
        if (!others.isEmpty()) {
            out.println(CliText.NOT_OURS.with(String.join(
                    ", ", others.stream().map(AccountComparison::named).toList())));
        }
    }

    private static String padded(String setting) {
        return String.format("%-" + LONGEST_SETTING + "s", setting);
    }

    private Text state(MappedField field) {
        Match match = setup.matching().found().get(field);
        Long id = configured(field);
        if (match == null) {
            return id != null
                    ? CliText.SET_ABSENT.with(id)
                    : FieldSetup.isKey(field) ? CliText.MISSING_NEEDED : CliText.NOT_THERE;
        }
        Text state = match.sign() == Sign.SETTING
                ? CliText.IS_SET
                : match.sign() == Sign.TITLE ? CliText.THERE_BY_TITLE : CliText.THERE_NOT_SET;
        return FieldMatching.lossOf(field, match.definition()).isEmpty()
                ? state
                : Text.joined("; ", state, FieldMatching.loss(field, match.definition()));
    }

    private @Nullable Long configured(MappedField field) {
        return field instanceof DealField
                ? settings.mapping().deals().get(field)
                : settings.mapping().contacts().get(field);
    }

    void printMissing(PrintWriter out) {
        out.println(CliText.TO_BE_MADE);
        setup.missing()
                .forEach(field -> out.println("  " + padded(AccountComparison.settingOf(field)) + "«"
                        + FieldSetup.nameOf(field) + "», " + FieldSetup.typeOf(field)));
    }

    void printMade(PrintWriter out) {
        List<String> made = setup.made().stream()
                .map(field -> setup.matching().found().get(field))
                .filter(match -> match != null)
                .map(match -> AccountComparison.named(match.definition()))
                .toList();
        if (!made.isEmpty()) {
            out.println(CliText.MADE_NOW.with(String.join(", ", made)));
        }
        setup.refusals()
                .forEach((what, why) -> out.println(
                        what.equals(what.toUpperCase(Locale.ROOT))
                                ? CliText.NOT_MADE.with(what, why)
                                : ("leads".equals(what) ? CliText.NOT_MADE_DEALS : CliText.NOT_MADE_CONTACTS)
                                        .with(why)));
    }

    void printSettings(PrintWriter out) {
        Map<String, Long> toPaste = toPaste();
        if (toPaste.isEmpty()) {
            out.println(CliText.NOTHING_TO_PASTE);
        } else {
            out.println(CliText.TO_PASTE);
            toPaste.forEach((setting, id) -> out.println(setting + "=" + id));
        }
        for (Funnel funnel : Funnel.values()) {
            if (!settings.policy().targets().containsKey(funnel) && !toPaste.containsKey(settingOf(funnel))) {
                out.println(CliText.PASTE_ONE_OF.with(
                        settingOf(funnel),
                        String.join(
                                ", ",
                                PipelineProposal.usable(account.pipelines()).stream()
                                        .map(AccountComparison::named)
                                        .toList())));
            }
        }
    }

    /** Pipelines first, then fields. */
    private Map<String, Long> toPaste() {
        Map<String, Long> paste = new LinkedHashMap<>();
        for (Funnel funnel : Funnel.values()) {
            if (!settings.policy().targets().containsKey(funnel)) {
                PipelineProposal.of(funnel, account.pipelines())
                        .ifPresent(one ->
                                paste.put(settingOf(funnel), one.path("id").asLong()));
            }
        }
        setup.matching().found().forEach((field, match) -> {
            if (match.sign() != Sign.SETTING) {
                paste.put(AccountComparison.settingOf(field), match.id());
            }
        });
        return paste;
    }

    private static String settingOf(Funnel funnel) {
        return "AMOCRM_" + funnel + "_PIPELINE_ID";
    }

    private Map<Long, Text> pipelineUses() {
        Map<Long, Text> uses = new TreeMap<>();
        settings.policy()
                .targets()
                .forEach((funnel, target) -> uses.put(target.pipelineId(), Text.of(settingOf(funnel))));
        settings.policy()
                .branches()
                .forEach((id, branch) -> branch.targets()
                        .forEach((funnel, target) -> uses.merge(
                                target.pipelineId(),
                                CliText.OF_BRANCH.with(id),
                                (one, other) -> Text.joined(", ", one, other))));
        return uses;
    }

    private static Text use(@Nullable Text setting) {
        return setting == null ? Text.of("") : Text.joined("", Text.of("  <- "), setting);
    }

    private @Nullable String setting(JsonNode pipeline) {
        Text use = pipelineUses().get(pipeline.path("id").asLong());
        return use == null ? null : use.english();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode pipelines = json.putArray("pipelines");
        for (JsonNode pipeline : account.pipelines()) {
            ObjectNode entry = pipelines
                    .addObject()
                    .put("id", pipeline.path("id").asLong())
                    .put("name", pipeline.path("name").asText())
                    .put("setting", setting(pipeline));
            ArrayNode stages = entry.putArray("stages");
            pipeline.path("_embedded")
                    .path("statuses")
                    .forEach(stage -> stages.addObject()
                            .put("id", stage.path("id").asLong())
                            .put("name", stage.path("name").asText()));
        }
        ArrayNode fields = json.putArray("fields");
        MappedField.all().forEach(field -> {
            Match match = setup.matching().found().get(field);
            JsonNode definition = match == null ? JsonNodeFactory.instance.missingNode() : match.definition();
            fields.addObject()
                    .put("setting", AccountComparison.settingOf(field))
                    .put("configured", configured(field))
                    .put("id", match == null ? null : (Long) match.id())
                    .put("name", definition.path("name").asText(null))
                    .put("type", definition.path("type").asText(null))
                    .put("made", setup.made().contains(field));
        });
        ArrayNode missing = json.putArray("to_make");
        setup.missing()
                .forEach(field -> missing.addObject()
                        .put("setting", AccountComparison.settingOf(field))
                        .put("name", FieldSetup.nameOf(field))
                        .put("type", FieldSetup.typeOf(field)));
        ObjectNode paste = json.putObject("settings");
        toPaste().forEach(paste::put);
        ObjectNode refused = json.putObject("refused");
        setup.refusals().forEach((what, why) -> refused.put(what, why.english()));
        return json;
    }
}
