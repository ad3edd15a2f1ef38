package io.identamocrm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.settings.Settings;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints an account's pipelines, stages and fields beside the settings that name them. */
final class FieldPrinter {

    private final Settings settings;
    private final AccountReading account;
    private final FieldSetup setup;
    private final Map<MappedField, JsonNode> found;

    FieldPrinter(Settings settings, AccountReading account, FieldSetup setup) {
        this.settings = settings;
        this.account = account;
        this.setup = setup;
        this.found = setup.found();
    }

    void print(boolean created, PrintWriter out) {
        out.println("Pipelines and stages");
        for (JsonNode pipeline : account.pipelines()) {
            out.println("  " + named(pipeline) + (pipeline.path("is_archive").asBoolean() ? ", archived" : "")
                    + use(pipelineUses().get(pipeline.path("id").asLong())));
            pipeline.path("_embedded").path("statuses").forEach(stage -> out.println("      " + named(stage)
                    + (stage.path("type").asInt() == 1 ? ", where no deal can be put" : "")));
        }
        print("Fields of deals", DealField.values(), true, out);
        print("Fields of contacts", ContactField.values(), false, out);
        setup.refusals().forEach((entity, why) -> out.println("Not made: fields of " + entity + ", as amoCRM answers " + why
                + "; only a token of an administrator may make fields"));
        Map<String, Long> toPaste = toPaste();
        if (toPaste.isEmpty()) {
            out.println(created ? "Nothing to make and nothing to paste: the settings name every field."
                    : "The settings name every field.");
        } else {
            out.println("Settings to paste, into the environment or .env:");
            toPaste.forEach((setting, id) -> out.println(setting + "=" + id));
        }
    }

    private void print(String title, MappedField[] fields, boolean deals, PrintWriter out) {
        out.println(title);
        for (MappedField field : fields) {
            JsonNode definition = found.get(field);
            out.println("  " + String.format("%-46s", AccountComparison.settingOf(field)) + " "
                    + (definition == null ? state(field)
                            : named(definition) + ", " + definition.path("type").asText() + ": " + state(field)));
        }
        List<JsonNode> others = setup.others(deals);
        if (!others.isEmpty()) {
            out.println("  not ours: " + String.join(", ", others.stream().map(FieldPrinter::named).toList()));
        }
    }

    private String state(MappedField field) {
        JsonNode definition = found.get(field);
        Long id = configured(field);
        if (definition == null) {
            return id != null ? "set to " + id + ", which the account does not have" : FieldSetup.isKey(field) ? "missing, and needed"
                    : "not there, so it is not sent";
        }
        if (setup.made().contains(field)) {
            return "made now";
        }
        return id != null && id == definition.path("id").asLong() ? "set" : "there, but not set";
    }

    private Long configured(MappedField field) {
        return field instanceof DealField ? settings.mapping().deals().get(field) : settings.mapping().contacts().get(field);
    }

    private Map<String, Long> toPaste() {
        Map<String, Long> paste = new LinkedHashMap<>();
        found.forEach((field, definition) -> {
            long id = definition.path("id").asLong();
            if (configured(field) == null || configured(field) != id) {
                paste.put(AccountComparison.settingOf(field), id);
            }
        });
        return paste;
    }

    private Map<Long, String> pipelineUses() {
        Map<Long, String> uses = new TreeMap<>();
        settings.policy().targets().forEach((funnel, target) -> uses.put(target.pipelineId(), "AMOCRM_" + funnel + "_PIPELINE_ID"));
        settings.policy().branches().forEach((id, branch) -> branch.targets().forEach((funnel, target) ->
                uses.merge(target.pipelineId(), "branch " + id, (one, other) -> one + ", " + other)));
        return uses;
    }

    private static String use(String setting) {
        return setting == null ? "" : "  <- " + setting;
    }

    private static String named(JsonNode named) {
        return named.path("id").asLong() + " «" + named.path("name").asText() + "»";
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode pipelines = json.putArray("pipelines");
        for (JsonNode pipeline : account.pipelines()) {
            ObjectNode entry = pipelines.addObject().put("id", pipeline.path("id").asLong()).put("name", pipeline.path("name").asText())
                    .put("setting", pipelineUses().get(pipeline.path("id").asLong()));
            ArrayNode stages = entry.putArray("stages");
            pipeline.path("_embedded").path("statuses").forEach(stage ->
                    stages.addObject().put("id", stage.path("id").asLong()).put("name", stage.path("name").asText()));
        }
        ArrayNode fields = json.putArray("fields");
        for (MappedField[] all : List.of((MappedField[]) DealField.values(), ContactField.values())) {
            for (MappedField field : all) {
                JsonNode definition = found.get(field);
                fields.addObject().put("setting", AccountComparison.settingOf(field)).put("configured", configured(field))
                        .put("id", definition == null ? null : (Long) definition.path("id").asLong())
                        .put("name", definition == null ? null : definition.path("name").asText())
                        .put("type", definition == null ? null : definition.path("type").asText())
                        .put("made", setup.made().contains(field));
            }
        }
        ObjectNode paste = json.putObject("settings");
        toPaste().forEach(paste::put);
        ObjectNode refused = json.putObject("refused");
        setup.refusals().forEach(refused::put);
        return json;
    }
}
