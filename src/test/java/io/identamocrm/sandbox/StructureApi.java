package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.sandbox.CustomField.Option;
import io.identamocrm.sandbox.Faults.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The account itself, its pipelines and its custom fields (amoCRM facts, sections 6 and 7). */
final class StructureApi {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final AccountContent account;

    StructureApi(AccountContent account) {
        this.account = account;
    }

    Reply account(Call call) {
        ObjectNode json = JSON.objectNode()
                .put("id", SandboxAccount.ID)
                .put("name", "Песочница")
                .put("subdomain", SandboxAccount.SUBDOMAIN)
                .put("created_at", 1_577_836_800L)
                .put("updated_at", 1_577_836_800L)
                .put("current_user_id", SandboxAccount.USERS.get(0))
                .put("country", "RU")
                .put("currency", "RUB")
                .put("customers_mode", "unavailable")
                .put("is_unsorted_on", true)
                .put("is_loss_reason_enabled", true);
        if (call.query().with("is_api_filter_enabled")) {
            json.put("is_api_filter_enabled", !call.suffers(Fault.FILTERS_IGNORED));
        }
        json.putObject("_links").putObject("self").put("href", call.base() + call.path());
        if (call.query().with("datetime_settings")) {
            json.putObject("_embedded")
                    .putObject("datetime_settings")
                    .put("timezone", EntityApi.zone(account, call).getId())
                    .put("date_format", "d.m.Y")
                    .put("time_format", "H:i:s");
        }
        return Reply.json(200, json);
    }

    /** A user with rights, for administrators only. */
    Reply user(Call call, long id) {
        if (!account.structure().isTokenOfAdministrator()) {
            return Reply.problem(403, "Forbidden", "Access denied");
        }
        if (!account.structure().isUser(id)) {
            return EntityApi.missing(call);
        }
        return Reply.json(200, user(id));
    }

    /** All users, for administrators only. */
    Reply users(Call call) {
        if (!account.structure().isTokenOfAdministrator()) {
            return Reply.problem(403, "Forbidden", "Access denied");
        }
        List<Long> users = List.copyOf(account.structure().users());
        int limit = call.query().number("limit", 50);
        int end = call.query().number("page", 1) * limit;
        ArrayNode rows = JSON.arrayNode();
        users.stream().skip(end - (long) limit).limit(limit).forEach(id -> rows.add(user(id)));
        return Envelope.of(call, "users", rows, end < users.size(), users.size());
    }

    private ObjectNode user(long id) {
        ObjectNode json = JSON.objectNode()
                .put("id", id)
                .put("name", "Пользователь " + id)
                .put("email", id + "@example.org")
                .put("lang", "ru");
        String right = account.structure().right();
        ObjectNode rights = json.putObject("rights");
        for (String entity : List.of("leads", "contacts", "companies")) {
            rights.putObject(entity)
                    .put("view", right)
                    .put("edit", right)
                    .put("add", "A")
                    .put("delete", "D")
                    .put("export", "D");
        }
        rights.put("mail_access", false)
                .put("catalog_access", true)
                .put("is_admin", "A".equals(right))
                .put("is_free", false)
                .put("is_active", account.structure().isActive(id))
                .putNull("group_id")
                .putNull("role_id")
                .putArray("status_rights");
        return json;
    }

    Reply pipelines() {
        ArrayNode list = JSON.arrayNode();
        account.structure().pipelines().forEach(pipeline -> list.add(json(pipeline)));
        return Reply.counted("pipelines", list);
    }

    Reply pipeline(long id) {
        Pipeline pipeline = account.pipeline(id);
        return pipeline == null
                ? Reply.problem(404, "Not Found", "Pipeline not found")
                : Reply.json(200, json(pipeline));
    }

    Reply stages(long id) {
        Pipeline pipeline = account.pipeline(id);
        return pipeline == null
                ? Reply.problem(404, "Not Found", "Pipeline not found")
                : Reply.embedded(200, "statuses", stages(pipeline));
    }

    private ObjectNode json(Pipeline pipeline) {
        int place = new ArrayList<>(account.structure().pipelines()).indexOf(pipeline) + 1;
        ObjectNode json = JSON.objectNode()
                .put("id", pipeline.id())
                .put("name", pipeline.name())
                .put("sort", place)
                .put("is_main", place == 1)
                .put("is_unsorted_on", true)
                .put("is_archive", account.structure().isArchived(pipeline.id()))
                .put("account_id", SandboxAccount.ID);
        json.putObject("_embedded").set("statuses", stages(pipeline));
        return json;
    }

    private static ArrayNode stages(Pipeline pipeline) {
        ArrayNode stages = JSON.arrayNode();
        for (Pipeline.Stage stage : pipeline.stages()) {
            boolean end = Pipeline.isEnd(stage.id());
            int sort = stage.id() == Pipeline.WON
                    ? 10_000
                    : stage.id() == Pipeline.LOST ? 11_000 : (stages.size() + 1) * 10;
            stages.addObject()
                    .put("id", stage.id())
                    .put("name", stage.name())
                    .put("sort", sort)
                    .put("pipeline_id", pipeline.id())
                    .put("type", stage.type())
                    .put("is_editable", stage.type() == 0 && !end)
                    .put("color", "#e6e8ea")
                    .put("account_id", SandboxAccount.ID);
        }
        return stages;
    }

    Reply fields(Call call, boolean leads) {
        Set<String> types = call.query().values("filter[type]");
        List<CustomField> fields = account.fields(leads).values().stream()
                .filter(field -> types.isEmpty() || types.contains(field.type().apiName()))
                .toList();
        int limit = call.query().number("limit", 50);
        int end = call.query().number("page", 1) * limit;
        ArrayNode rows = JSON.arrayNode();
        fields.stream().skip(end - (long) limit).limit(limit).forEach(field -> rows.add(json(field, leads)));
        return Envelope.of(call, "custom_fields", rows, end < fields.size(), fields.size());
    }

    Reply field(Call call, boolean leads, long id) {
        CustomField field = account.fields(leads).get(id);
        return field == null ? EntityApi.missing(call) : Reply.json(200, json(field, leads));
    }

    private static ObjectNode json(CustomField field, boolean leads) {
        ObjectNode json = JSON.objectNode()
                .put("id", field.id())
                .put("name", field.name())
                .put("code", field.code())
                .put("type", field.type().apiName())
                .put("entity_type", leads ? "leads" : "contacts")
                .put("sort", field.id())
                .put("account_id", SandboxAccount.ID)
                .put("is_api_only", field.apiOnly())
                .put("is_predefined", field.type() == FieldType.MULTITEXT)
                .put("is_deletable", field.type() != FieldType.MULTITEXT)
                .putNull("group_id");
        json.putArray("required_statuses");
        if (field.options().isEmpty()) {
            return json.putNull("enums");
        }
        ArrayNode enums = json.putArray("enums");
        field.options()
                .forEach(option -> enums.addObject()
                        .put("id", option.id())
                        .put("value", option.value())
                        .put("code", option.code())
                        .put("sort", enums.size()));
        return json;
    }

    Reply createFields(Call call, boolean leads) {
        ArrayNode items = call.items();
        if (!account.structure().isTokenOfAdministrator()) {
            return Reply.problem(403, "Forbidden", "Access denied");
        }
        if (items == null || items.isEmpty()) {
            return Reply.emptyBody();
        }
        List<Refusal> refusals = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        account.fields(leads).values().forEach(field -> codes.add(field.code()));
        for (int i = 0; i < items.size(); i++) {
            String requestId = items.get(i).path("request_id").asText(Integer.toString(i));
            if (items.get(i).path("name").asText().isBlank()) {
                refusals.add(new Refusal(requestId, "FieldMissing", "name", "This field is missing."));
            }
            Optional<FieldType> type = FieldType.of(items.get(i).path("type").asText());
            if (call.suffers(Fault.CODES_WITHOUT_UNDERSCORES)
                    && items.get(i).path("code").asText().contains("_")) {
                refusals.add(new Refusal(requestId, "RegexFailed", "code", "This value is not valid."));
            }
            if (items.get(i).has("code") && !codes.add(items.get(i).path("code").asText())) {
                // No source tells what amoCRM does with a code that is taken; a client that relies on neither is safe.
                refusals.add(new Refusal(requestId, "NotUnique", "code", "This value is already used."));
            }
            if (type.isEmpty() || type.get() == FieldType.MULTITEXT || type.get() == FieldType.BIRTHDAY && leads) {
                refusals.add(new Refusal(
                        requestId, "NotSupportedChoice", "type", "The value you selected is not a valid choice."));
            }
        }
        if (!refusals.isEmpty()) {
            return Reply.refused(refusals);
        }
        ArrayNode created = JSON.arrayNode();
        for (int i = 0; i < items.size(); i++) {
            CustomField field = newField(items.get(i), leads);
            account.fields(leads).put(field.id(), field);
            created.add(json(field, leads)
                    .put("request_id", items.get(i).path("request_id").asText(Integer.toString(i))));
        }
        return Reply.embedded(201, "custom_fields", created);
    }

    private CustomField newField(JsonNode item, boolean leads) {
        long id = account.structure().newFieldId(leads);
        Optional<FieldType> type = FieldType.of(item.path("type").asText());
        List<Option> options = new ArrayList<>();
        for (JsonNode option : item.path("enums")) {
            options.add(new Option(
                    id * 100 + options.size(),
                    option.path("value").asText(),
                    option.path("code").asText(null)));
        }
        return new CustomField(
                id,
                item.path("name").asText(),
                item.path("code").asText(null),
                type.orElseThrow(),
                List.copyOf(options),
                item.path("is_api_only").asBoolean());
    }
}
