package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.sandbox.Faults.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Lists of tasks and notes: filters by members, an order, pages. */
final class JsonRows {

    private final Call call;

    JsonRows(Call call) {
        this.call = call;
    }

    /**
     * A page of those that fit.
     *
     * @param all     in order of their ids
     * @param filters which member each filter looks at
     * @param newest  what was changed later is not listed yet, in Unix seconds
     */
    Reply page(String plural, List<ObjectNode> all, Map<String, String> filters, long newest) {
        int limit = call.suffers(Fault.LIMIT_IGNORED) ? 50 : call.query().number("limit", 50);
        if (limit > Batch.LARGEST) {
            return Batch.overLimit(Batch.LARGEST);
        }
        List<ObjectNode> rows = new ArrayList<>(all);
        rows.removeIf(
                row -> call.suffers(Fault.LIST_LAG) && row.path("updated_at").asLong() > newest);
        if (!call.suffers(Fault.FILTERS_IGNORED)) {
            filters.forEach((filter, member) -> rows.removeIf(row -> !fits(filter, row.path(member))));
        }
        if (!call.suffers(Fault.ORDER_IGNORED)) {
            order(rows);
        }
        long skip = (call.query().number("page", 1) - 1L) * limit;
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        rows.stream().skip(skip).limit(limit).forEach(page::add);
        return Envelope.of(call, plural, page, rows.size() > skip + limit, null);
    }

    private boolean fits(String filter, JsonNode held) {
        String name = "filter[" + filter + "]";
        OptionalLong from = call.query().bound(name + "[from]");
        OptionalLong to = call.query().bound(name + "[to]");
        Set<String> wanted = call.query().values(name);
        String text = held.isBoolean() ? held.asBoolean() ? "1" : "0" : held.asText();
        return (wanted.isEmpty() || wanted.contains(text) || wanted.contains(held.asText()))
                && held.asLong() >= from.orElse(Long.MIN_VALUE)
                && held.asLong() <= to.orElse(Long.MAX_VALUE);
    }

    private void order(List<ObjectNode> rows) {
        for (String member : List.of("id", "created_at", "updated_at", "complete_till")) {
            String direction = call.query().first("order[" + member + "]");
            if (direction != null) {
                Comparator<ObjectNode> ascending =
                        Comparator.comparingLong(row -> row.path(member).asLong());
                rows.sort("desc".equals(direction) ? ascending.reversed() : ascending);
            }
        }
    }
}
