package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.sandbox.Faults.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A writing request's array of items: all are checked, then all are written or none (amoCRM facts, section 3). */
final class Batch {

    static final int LARGEST = 250;

    interface Check {
        void look(JsonNode item, ItemChecks checks);
    }

    interface Write {
        void write(JsonNode item, String requestId, ArrayNode answers);
    }

    private Batch() {}

    static Reply overLimit(int limit) {
        return Reply.problem(422, "Unprocessable Entity", "Limit " + limit + " per page");
    }

    static Reply of(
            AccountContent account,
            Call call,
            int largest,
            Check check,
            Write write,
            Function<ArrayNode, Reply> success) {
        ArrayNode items = call.items();
        if (items == null || items.isEmpty()) {
            return Reply.emptyBody();
        }
        if (items.size() > largest) {
            return overLimit(largest);
        }
        List<Refusal> refusals = new ArrayList<>();
        Set<Integer> bad = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            ItemChecks checks = new ItemChecks(account, requestId(items.get(i), i));
            check.look(items.get(i), checks);
            refusals.addAll(checks.refusals());
            if (!checks.refusals().isEmpty()) {
                bad.add(i);
            }
        }
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        if (refusals.isEmpty() || call.suffers(Fault.PARTLY_WRITTEN)) {
            for (int i = 0; i < items.size(); i++) {
                if (!bad.contains(i)) {
                    write.write(items.get(i), requestId(items.get(i), i), answers);
                }
            }
        }
        if (refusals.isEmpty()) {
            return success.apply(answers);
        }
        return call.suffers(Fault.REFUSAL_UNNAMED) ? Reply.refusedUnnamed() : Reply.refused(refusals);
    }

    private static String requestId(JsonNode item, int position) {
        return item.path("request_id").asText(Integer.toString(position));
    }
}
