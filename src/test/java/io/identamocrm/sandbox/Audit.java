package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what a well-behaved client never does, though the API lets it pass (amoCRM facts, section 10). Names no values. */
final class Audit {

    private static final List<String> SERVERS_OWN = List.of("created_by", "created_at", "updated_by", "updated_at");

    private final int largestBody;
    private final Set<String> violations = new LinkedHashSet<>();

    Audit(int largestBody) {
        this.largestBody = largestBody;
    }

    synchronized void look(Call call, String ownBase) {
        String request = call.method() + " " + call.path();
        if (!call.base().equals(ownBase)) {
            violations.add(request + " was meant for another host");
        }
        if (call.body().isArray() && call.body().size() > largestBody) {
            violations.add(request + " holds " + call.body().size() + " items, more than " + largestBody);
        }
        if ("PATCH".equals(call.method())) {
            for (JsonNode item : call.body().isArray() ? call.body() : List.of(call.body())) {
                SERVERS_OWN.stream().filter(item::has).forEach(member -> violations.add(request + " holds " + member));
            }
        }
    }

    synchronized void overRate(String request, int perSecond) {
        violations.add(request + " came above " + perSecond + " requests in a second");
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
