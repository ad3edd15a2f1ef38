package io.identamocrm.mirror;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers reads of deals and contacts as amoCRM does: one by its address, or a page of those that the filters let through. */
public final class EntityLists {

    private static final Pattern ADDRESS = Pattern.compile("/api/v4/(leads|contacts)(?:/(\\d+))?");

    private EntityLists() {}

    /** The answer from these rows, of the kind that the request asks for. */
    public static Response.Usable answer(AmocrmRequest request, Collection<ObjectNode> all, Instant now) {
        Matcher address = ADDRESS.matcher(request.path());
        if (!request.method().equals("GET") || !address.matches()) {
            throw new IllegalArgumentException("Neither a list nor an entity: " + request);
        }
        if (address.group(2) != null) {
            return all.stream()
                    .filter(row -> row.path("id").asText().equals(address.group(2)))
                    .findFirst()
                    .<Response.Usable>map(row -> new Response.Success(row, now))
                    .orElse(new Response.NoContent(now));
        }
        Map<String, List<String>> query = new HashMap<>();
        for (String parameter : request.query().split("&")) {
            String[] parts = parameter.split("=", 2);
            query.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
        }
        List<ObjectNode> rows = all.stream()
                .filter(row -> passes(row, query))
                .sorted(orderOf(query))
                .toList();
        int page = Integer.parseInt(query.getOrDefault("page", List.of("1")).get(0));
        int limit = Integer.parseInt(query.get("limit").get(0));
        int from = Math.min(rows.size(), (page - 1) * limit);
        int to = Math.min(rows.size(), from + limit);
        return from == to
                ? new Response.NoContent(now)
                : page(address.group(1), rows.subList(from, to), to < rows.size(), now);
    }

    private static boolean passes(ObjectNode row, Map<String, List<String>> query) {
        long at = row.path("updated_at").asLong();
        List<String> ids = query.get("filter[id][]");
        return at
                        >= Long.parseLong(query.getOrDefault("filter[updated_at][from]", List.of("0"))
                                .get(0))
                && at
                        <= Long.parseLong(query.getOrDefault("filter[updated_at][to]", List.of("" + Long.MAX_VALUE))
                                .get(0))
                && (ids == null || ids.contains(row.path("id").asText()));
    }

    private static Comparator<ObjectNode> orderOf(Map<String, List<String>> query) {
        String field = query.containsKey("order[updated_at]") ? "updated_at" : "id";
        Comparator<ObjectNode> ascending =
                Comparator.comparingLong(row -> row.path(field).asLong());
        return query.getOrDefault("order[" + field + "]", List.of("asc")).get(0).equals("asc")
                ? ascending
                : ascending.reversed();
    }

    private static Response.Success page(String name, List<ObjectNode> rows, boolean announcesNext, Instant now) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode links = body.putObject("_links");
        links.putObject("self").put("href", "https://an-account.example/api/v4/" + name);
        if (announcesNext) {
            links.putObject("next").put("href", "https://an-account.example/api/v4/" + name);
        }
        body.putObject("_embedded").putArray(name).addAll(rows);
        return new Response.Success(body, now);
    }
}
