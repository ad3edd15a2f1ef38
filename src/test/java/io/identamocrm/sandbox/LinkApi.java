package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.sandbox.Faults.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Links between leads and contacts (amoCRM facts, section 5). */
final class LinkApi {

    private final AccountContent account;

    LinkApi(AccountContent account) {
        this.account = account;
    }

    /** A lead's contacts or a contact's leads. */
    Reply of(Call call, boolean lead, long id) {
        Entity entity = account.find(lead, id);
        if (entity == null) {
            return EntityApi.missing(call);
        }
        ArrayNode links = JsonNodeFactory.instance.arrayNode();
        add(links, entity, call);
        return links.isEmpty() ? Reply.empty(204) : Reply.counted("links", links);
    }

    /** The links of the leads named by {@code filter[entity_id][]}. */
    Reply ofMany(Call call) {
        ArrayNode links = JsonNodeFactory.instance.arrayNode();
        call.query().values("filter[entity_id]").stream()
                .filter(id -> id.matches("\\d{1,18}"))
                .map(id -> account.find(true, Long.parseLong(id)))
                .filter(lead -> lead != null)
                .forEach(lead -> add(links, lead, call));
        return links.isEmpty() ? Reply.empty(204) : Reply.counted("links", links);
    }

    private static void add(ArrayNode links, Entity entity, Call call) {
        for (Long other : entity.links) {
            if (!isWanted(call, "filter[to_entity_id]", other.toString())
                    || !isWanted(call, "filter[to_entity_type]", entity.lead ? "contacts" : "leads")) {
                continue;
            }
            links.addObject()
                    .put("entity_id", entity.id)
                    .put("entity_type", entity.lead ? "leads" : "contacts")
                    .put("to_entity_id", other)
                    .put("to_entity_type", entity.lead ? "contacts" : "leads")
                    .putObject("metadata")
                    .put("main_contact", entity.lead && other.equals(entity.mainContact));
        }
    }

    private static boolean isWanted(Call call, String filter, String value) {
        Set<String> wanted =
                call.suffers(Fault.FILTERS_IGNORED) ? Set.of() : call.query().values(filter);
        return wanted.isEmpty() || wanted.contains(value);
    }

    private record Pair(long lead, long contact, boolean main) {}

    /** Links all or, if a lead or contact is missing or two are linked already, none. {@code lead} is null where the items name it. */
    Reply link(Call call, Long lead) {
        return pairs(call, lead, wanted -> {
            Set<List<Long>> seen = new HashSet<>();
            boolean linked = wanted.stream()
                    .anyMatch(pair -> account.find(true, pair.lead).links.contains(pair.contact)
                            || !seen.add(List.of(pair.lead, pair.contact)));
            if (linked && !call.suffers(Fault.DOUBLE_LINK_200)) {
                return Reply.serverError();
            }
            ArrayNode answers = JsonNodeFactory.instance.arrayNode();
            for (Pair pair : wanted) {
                account.link(pair.lead, pair.contact, pair.main);
                answers.addObject()
                        .put("entity_id", pair.lead)
                        .put("entity_type", "leads")
                        .put("to_entity_id", pair.contact)
                        .put("to_entity_type", "contacts")
                        .putObject("metadata")
                        .put("main_contact", pair.main);
            }
            return Reply.embedded(200, "links", answers);
        });
    }

    /** Separates; those that are not linked do no harm. */
    Reply unlink(Call call, Long lead) {
        return pairs(call, lead, wanted -> {
            wanted.forEach(pair -> account.unlink(pair.lead, pair.contact));
            return Reply.empty(204);
        });
    }

    private interface Deed {
        Reply on(List<Pair> pairs);
    }

    private Reply pairs(Call call, Long lead, Deed deed) {
        ArrayNode items = call.items();
        if (items == null || items.isEmpty()) {
            return Reply.emptyBody();
        }
        List<Pair> pairs = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            Pair pair = new Pair(
                    lead == null ? item.path("entity_id").asLong() : lead,
                    item.path("to_entity_id").asLong(),
                    item.path("metadata").path("is_main").asBoolean());
            pairs.add(pair);
            String id = Integer.toString(i);
            if (!"contacts".equals(item.path("to_entity_type").asText())) {
                refusals.add(new Refusal(
                        id, "NotSupportedChoice", "to_entity_type", "The value you selected is not a valid choice."));
            } else if (account.find(false, pair.contact) == null) {
                refusals.add(new Refusal(
                        id, "NotSupportedChoice", "to_entity_id", "The value you selected is not a valid choice."));
            } else if (account.find(true, pair.lead) == null) {
                refusals.add(new Refusal(
                        id, "NotSupportedChoice", "entity_id", "The value you selected is not a valid choice."));
            }
        }
        return refusals.isEmpty() ? deed.on(pairs) : Reply.refused(refusals);
    }
}
