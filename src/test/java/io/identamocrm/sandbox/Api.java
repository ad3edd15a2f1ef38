package io.identamocrm.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The API's paths and verbs over the account (amoCRM facts, sections 3–7). */
final class Api {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LARGEST_BATCH = 250;
    private static final Pattern ENTITY = Pattern.compile("/api/v4/(leads|contacts)(?:/(\\d+))?(?:/(link|unlink|links))?");
    private static final Pattern FIELDS = Pattern.compile("/api/v4/(leads|contacts)/custom_fields(?:/(\\d+))?");

    private final SandboxAccount account;
    private final Faults faults;

    Api(SandboxAccount account, Faults faults) {
        this.account = account;
        this.faults = faults;
    }

    /**
     * Answers a request.
     *
     * @param query parameters in order, decoded, brackets included
     */
    Reply answer(String method, String path, List<Map.Entry<String, String>> query, String body) {
        Matcher fields = FIELDS.matcher(path);
        Matcher entity = ENTITY.matcher(path);
        if ("/api/v4/account".equals(path)) {
            return "GET".equals(method) ? account() : wrongVerb();
        }
        if ("/api/v4/leads/pipelines".equals(path)) {
            return "GET".equals(method) ? pipelines() : wrongVerb();
        }
        if (fields.matches()) {
            return fields("leads".equals(fields.group(1)), fields.group(2), method, query, body);
        }
        if ("/api/v4/leads/complex".equals(path)) {
            return "POST".equals(method) ? complex(body) : wrongVerb();
        }
        if ("/api/v4/leads/link".equals(path) || "/api/v4/leads/unlink".equals(path)) {
            return "POST".equals(method) ? links(path.endsWith("unlink"), null, body) : wrongVerb();
        }
        if (!entity.matches()) {
            return Reply.problem(404, "Not Found", "Cannot " + method + " " + path);
        }
        boolean leads = "leads".equals(entity.group(1));
        if (entity.group(3) != null) {
            return entityLinks(leads, Long.parseLong(entity.group(2)), entity.group(3), method, body);
        }
        Long id = entity.group(2) == null ? null : Long.valueOf(entity.group(2));
        return switch (method) {
            case "GET" -> id == null ? list(leads, query) : one(leads, id, query);
            case "POST" -> id == null ? create(leads, body) : wrongVerb();
            case "PATCH" -> id == null ? change(leads, body) : changeOne(leads, id, body);
            default -> wrongVerb();
        };
    }

    private static Reply wrongVerb() {
        return Reply.problem(405, "Method Not Allowed", "Method is not allowed here");
    }

    private Reply account() {
        ObjectNode json = JSON.objectNode().put("id", 31_000_001).put("name", "Sandbox").put("subdomain", "sandbox")
                .put("current_user_id", SandboxAccount.USERS.get(0)).put("country", "RU").put("currency", "RUB")
                .put("is_api_filter_enabled", !faults.filtersIgnored());
        json.putObject("_embedded").putObject("datetime_settings").put("timezone", account.zone().getId());
        return Reply.json(200, json);
    }

    private Reply pipelines() {
        ArrayNode list = JSON.arrayNode();
        for (Pipeline pipeline : account.pipelines()) {
            ObjectNode json = list.addObject().put("id", pipeline.id()).put("name", pipeline.name()).put("sort", list.size())
                    .put("is_main", list.size() == 1).put("is_unsorted_on", true).put("is_archive", false);
            ArrayNode stages = json.putObject("_embedded").putArray("statuses");
            for (Pipeline.Stage stage : pipeline.stages()) {
                int sort = stage.id() == Pipeline.WON ? 10_000 : stage.id() == Pipeline.LOST ? 11_000 : (stages.size() + 1) * 10;
                stages.addObject().put("id", stage.id()).put("name", stage.name()).put("sort", sort).put("pipeline_id", pipeline.id())
                        .put("type", stage.type()).put("is_editable", stage.type() == 0);
            }
        }
        return listReply("pipelines", list, false, "/api/v4/leads/pipelines", List.of(), 1);
    }

    private Reply fields(boolean leads, String id, String method, List<Map.Entry<String, String>> query, String body) {
        if ("POST".equals(method) && id == null) {
            return createFields(leads, body);
        }
        if (!"GET".equals(method)) {
            return wrongVerb();
        }
        ArrayNode list = JSON.arrayNode();
        account.fields(leads).values().stream().filter(field -> id == null || field.id() == Long.parseLong(id)).forEach(field -> {
            ObjectNode json = list.addObject().put("id", field.id()).put("name", field.name()).put("code", field.code())
                    .put("type", field.type().apiName()).put("entity_type", leads ? "leads" : "contacts").put("is_api_only", false);
            ArrayNode enums = json.putArray("enums");
            field.enums().forEach((option, text) -> enums.addObject().put("id", option).put("value", text));
        });
        if (id != null) {
            return list.isEmpty() ? Reply.empty(204) : Reply.json(200, list.get(0));
        }
        int limit = number(query, "limit", 50);
        int page = number(query, "page", 1);
        ArrayNode rows = JSON.arrayNode();
        for (int i = (page - 1) * limit; i < Math.min(list.size(), page * limit); i++) {
            rows.add(list.get(i));
        }
        return listReply("custom_fields", rows, page * limit < list.size(),
                "/api/v4/" + (leads ? "leads" : "contacts") + "/custom_fields", query, page);
    }

    private Reply createFields(boolean leads, String body) {
        ArrayNode items = array(body);
        if (items == null || items.isEmpty()) {
            return emptyBody();
        }
        ArrayNode created = JSON.arrayNode();
        for (JsonNode item : items) {
            long id = account.fields(leads).keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
            FieldType type = FieldType.valueOf(item.path("type").asText("text").toUpperCase(Locale.ROOT));
            account.fields(leads).put(id, new CustomField(id, item.path("name").asText(), item.path("code").asText(null), type, Map.of()));
            created.addObject().put("id", id).put("name", item.path("name").asText()).put("type", type.apiName());
        }
        return embedded(201, "custom_fields", created);
    }

    private Reply list(boolean leads, List<Map.Entry<String, String>> query) {
        int limit = number(query, "limit", 50);
        if (limit > LARGEST_BATCH) {
            return Reply.problem(422, "Unprocessable Entity", "Limit 250 per page");
        }
        int page = Math.max(1, number(query, "page", 1));
        String order = "id";
        boolean descending = false;
        for (Map.Entry<String, String> parameter : query) {
            if (parameter.getKey().startsWith("order[")) {
                order = parameter.getKey().substring(6, parameter.getKey().length() - 1);
                descending = "desc".equals(parameter.getValue());
            }
        }
        boolean withLinks = !leads && with(query, "leads") || leads && with(query, "contacts");
        List<JsonNode> rows = account.page(leads, order, descending, faults.filtersIgnored() ? entity -> true : filter(query),
                (page - 1) * limit, limit, withLinks);
        ArrayNode list = JSON.arrayNode();
        rows.stream().limit(limit).forEach(list::add);
        return listReply(leads ? "leads" : "contacts", list, rows.size() > limit, "/api/v4/" + (leads ? "leads" : "contacts"), query, page);
    }

    private static boolean with(List<Map.Entry<String, String>> query, String what) {
        return query.stream().anyMatch(parameter -> "with".equals(parameter.getKey()) && List.of(parameter.getValue().split(",")).contains(what));
    }

    private static Predicate<Entity> filter(List<Map.Entry<String, String>> query) {
        Predicate<Entity> filter = entity -> true;
        Set<String> ids = values(query, "filter\\[id]");
        if (!ids.isEmpty()) {
            filter = filter.and(entity -> ids.contains(Long.toString(entity.id)));
        }
        Set<String> pipelines = values(query, "filter\\[pipeline_id]");
        if (!pipelines.isEmpty()) {
            filter = filter.and(entity -> pipelines.contains(Long.toString(entity.pipelineId)));
        }
        Set<String> names = values(query, "filter\\[name]");
        if (!names.isEmpty()) {
            filter = filter.and(entity -> names.contains(entity.name));
        }
        for (Map.Entry<String, String> parameter : query) {
            String key = parameter.getKey();
            String value = parameter.getValue();
            if (key.matches("filter\\[updated_at]\\[from]")) {
                filter = filter.and(entity -> entity.updatedAt >= Long.parseLong(value));
            } else if (key.matches("filter\\[updated_at]\\[to]")) {
                filter = filter.and(entity -> entity.updatedAt <= Long.parseLong(value));
            } else if (key.matches("filter\\[custom_fields_values]\\[\\d+](\\[\\d*])?")) {
                long field = Long.parseLong(key.replaceAll("filter\\[custom_fields_values]\\[(\\d+)].*", "$1"));
                filter = filter.and(entity -> entity.fields.getOrDefault(field, List.of()).stream()
                        .anyMatch(held -> held.path("value").asText().equals(value)));
            } else if ("query".equals(key)) {
                filter = filter.and(entity -> entity.name.contains(value) || entity.fields.values().stream().flatMap(List::stream)
                        .anyMatch(held -> held.path("value").asText().contains(value)
                                || held.path("value").asText().replaceAll("\\D", "").contains(value) && !value.isEmpty()));
            }
        }
        return filter;
    }

    private static Set<String> values(List<Map.Entry<String, String>> query, String keyPattern) {
        return query.stream().filter(parameter -> parameter.getKey().matches(keyPattern + "(\\[\\d*])?")).map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    private static int number(List<Map.Entry<String, String>> query, String name, int otherwise) {
        return query.stream().filter(parameter -> name.equals(parameter.getKey())).map(parameter -> Integer.parseInt(parameter.getValue()))
                .findFirst().orElse(otherwise);
    }

    private static Reply listReply(String name, ArrayNode rows, boolean more, String path, List<Map.Entry<String, String>> query, int page) {
        if (rows.isEmpty()) {
            return Reply.empty(204);
        }
        ObjectNode json = JSON.objectNode().put("_page", page);
        ObjectNode links = json.putObject("_links");
        links.putObject("self").put("href", path + "?page=" + page);
        if (more) {
            links.putObject("next").put("href", path + "?page=" + (page + 1) + "&limit=" + number(query, "limit", 50));
        }
        json.putObject("_embedded").set(name, rows);
        return Reply.json(200, json);
    }

    private Reply one(boolean leads, long id, List<Map.Entry<String, String>> query) {
        Entity entity = account.find(leads, id);
        return entity == null ? Reply.empty(204) : Reply.json(200, account.json(entity, with(query, leads ? "contacts" : "leads")));
    }

    private Reply create(boolean leads, String body) {
        ArrayNode items = array(body);
        Reply refused = refusal(leads, true, items, false);
        if (refused != null) {
            return refused;
        }
        ArrayNode created = JSON.arrayNode();
        for (int i = 0; i < items.size(); i++) {
            Entity entity = account.create(leads, items.get(i));
            created.addObject().put("id", entity.id).put("request_id", requestId(items.get(i), i));
        }
        return embedded(200, leads ? "leads" : "contacts", created);
    }

    private Reply complex(String body) {
        ArrayNode items = array(body);
        Reply refused = refusal(true, true, items, true);
        if (refused != null) {
            return refused;
        }
        ArrayNode created = JSON.arrayNode();
        for (int i = 0; i < items.size(); i++) {
            Entity lead = account.create(true, items.get(i));
            ObjectNode answer = created.addObject().put("id", lead.id);
            JsonNode contact = items.get(i).path("_embedded").path("contacts").path(0);
            if (contact.isMissingNode()) {
                answer.putNull("contact_id");
            } else if (contact.has("id")) {
                answer.put("contact_id", contact.path("id").asLong());
            } else {
                Entity added = account.create(false, contact);
                account.link(lead.id, added.id);
                answer.put("contact_id", added.id);
            }
            answer.putNull("company_id").put("merged", false).putArray("request_id").add(requestId(items.get(i), i));
        }
        return Reply.json(200, created);
    }

    private Reply change(boolean leads, String body) {
        ArrayNode items = array(body);
        Reply refused = refusal(leads, false, items, false);
        if (refused != null) {
            return refused;
        }
        ArrayNode changed = JSON.arrayNode();
        for (int i = 0; i < items.size(); i++) {
            Entity entity = account.update(leads, items.get(i).path("id").asLong(), items.get(i));
            if (entity != null) {
                changed.addObject().put("id", entity.id).put("updated_at", entity.updatedAt).put("request_id", requestId(items.get(i), i));
            }
        }
        return changed.isEmpty() ? Reply.empty(204) : embedded(200, leads ? "leads" : "contacts", changed);
    }

    private Reply changeOne(boolean leads, long id, String body) {
        JsonNode item = parse(body);
        if (item == null || !item.isObject()) {
            return item != null && item.isArray() ? wrongVerb() : emptyBody();
        }
        List<Refusal> refusals = new ArrayList<>();
        account.check(leads, true, item, "0", "", refusals);
        if (!refusals.isEmpty()) {
            return Reply.refused(refusals);
        }
        Entity entity = account.update(leads, id, item);
        return entity == null ? Reply.empty(204)
                : Reply.json(200, JSON.objectNode().put("id", entity.id).put("updated_at", entity.updatedAt));
    }

    private Reply refusal(boolean leads, boolean creation, ArrayNode items, boolean withContacts) {
        if (items == null || items.isEmpty()) {
            return emptyBody();
        }
        if (items.size() > (withContacts ? 50 : LARGEST_BATCH)) {
            return Reply.problem(422, "Unprocessable Entity", "Limit " + (withContacts ? 50 : LARGEST_BATCH) + " per page");
        }
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            account.check(leads, creation, item, requestId(item, i), "", refusals);
            JsonNode contact = item.path("_embedded").path("contacts").path(0);
            if (withContacts && !contact.isMissingNode() && !contact.has("id")) {
                account.check(false, true, contact, requestId(item, i), "_embedded.contacts.0.", refusals);
            } else if (contact.has("id") && account.find(false, contact.path("id").asLong()) == null) {
                refusals.add(new Refusal(requestId(item, i), "NotSupportedChoice", "_embedded.contacts.0.id", "There is no such contact."));
            }
        }
        return refusals.isEmpty() ? null : Reply.refused(refusals);
    }

    private Reply entityLinks(boolean leads, long id, String verb, String method, String body) {
        Entity entity = account.find(leads, id);
        if (entity == null) {
            return Reply.empty(204);
        }
        if ("links".equals(verb)) {
            ArrayNode list = JSON.arrayNode();
            account.json(entity, true).path("_embedded").path(leads ? "contacts" : "leads").forEach(link -> list.addObject()
                    .put("to_entity_id", link.path("id").asLong()).put("to_entity_type", leads ? "contacts" : "leads")
                    .putObject("metadata").put("main_contact", link.path("is_main").asBoolean()));
            return "GET".equals(method) ? embedded(200, "links", list) : wrongVerb();
        }
        return "POST".equals(method) && leads ? links("unlink".equals(verb), id, body) : wrongVerb();
    }

    private Reply links(boolean remove, Long leadId, String body) {
        ArrayNode items = array(body);
        if (items == null || items.isEmpty()) {
            return emptyBody();
        }
        ArrayNode linked = JSON.arrayNode();
        for (JsonNode item : items) {
            long lead = leadId == null ? item.path("entity_id").asLong() : leadId;
            long contact = item.path("to_entity_id").asLong();
            boolean done = remove ? account.unlink(lead, contact) : account.link(lead, contact);
            if (!done && !remove) {
                return Reply.problem(500, JSON.objectNode().put("title", "Internal Server Error").put("detail", "ErrInternalServer")
                        .put("trace_id", "already-linked"));
            }
            linked.addObject().put("entity_id", lead).put("entity_type", "leads").put("to_entity_id", contact)
                    .put("to_entity_type", "contacts");
        }
        return remove ? Reply.empty(204) : embedded(200, "links", linked);
    }

    private static Reply embedded(int status, String name, ArrayNode items) {
        ObjectNode json = JSON.objectNode();
        json.putObject("_links");
        json.putObject("_embedded").set(name, items);
        return Reply.json(status, json);
    }

    private static String requestId(JsonNode item, int position) {
        return item.path("request_id").asText(Integer.toString(position));
    }

    private static Reply emptyBody() {
        return Reply.problem(400, "Bad Request", "Request data can not be empty");
    }

    private static ArrayNode array(String body) {
        JsonNode json = parse(body);
        return json instanceof ArrayNode items ? items : null;
    }

    private static JsonNode parse(String body) {
        try {
            return body == null || body.isBlank() ? null : MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
