package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The envelope of a list: {@code _page}, {@code _links}, {@code _embedded}; 204 without rows (amoCRM facts, section 3). */
final class Envelope {

    private Envelope() {}

    /** {@code total} only where amoCRM tells it, as for custom fields; else null. */
    static Reply of(Call call, String name, ArrayNode rows, boolean more, Integer total) {
        if (rows.isEmpty()) {
            return Reply.empty(204);
        }
        int page = call.query().number("page", 1);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (total != null) {
            json.put("_total_items", total);
        }
        json.put("_page", page);
        ObjectNode links = json.putObject("_links");
        links.putObject("self").put("href", address(call, page));
        if (more) {
            links.putObject("next").put("href", address(call, page + 1));
        }
        if (page > 1) {
            links.putObject("prev").put("href", address(call, page - 1));
        }
        if (total != null) {
            int limit = call.query().number("limit", 50);
            int pages = (total + limit - 1) / limit;
            json.put("_page_count", pages);
            links.putObject("last").put("href", address(call, pages));
        }
        json.putObject("_embedded").set(name, rows);
        return Reply.json(200, json);
    }

    static String address(Call call, int page) {
        String others = call.query().all().stream()
                .filter(parameter -> !"page".equals(parameter.getKey()))
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()) + "&")
                .collect(Collectors.joining());
        return call.base() + call.path() + "?" + others + "page=" + page;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
