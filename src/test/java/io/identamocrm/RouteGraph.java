package io.identamocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who calls whom, as the route files say.
 *
 * @param routes in the order of files and lines
 * @param served by the path of a REST definition, the names of the direct endpoints that it calls
 */
record RouteGraph(List<Route> routes, Map<String, Set<String>> served) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern SQL_FILE = Pattern.compile("[a-z-]+\\.sql\\b");
    private static final Pattern DIRECT = Pattern.compile("direct:([a-z-]+)");
    private static final Pattern BEAN_IN_TEXT = Pattern.compile("\\$\\{ref:(\\w+)}");

    /**
     * A route.
     *
     * @param file      name without {@code .camel.yaml}
     * @param id        the route's id
     * @param start     component of the consumer: {@code direct}, {@code quartz}, …
     * @param startName name of a direct or seda endpoint, or the setting of a schedule
     * @param calls     names of the direct endpoints called, or asked by a content enricher
     * @param dynamic   whether it calls what a message names
     * @param sqlFiles  files of {@code config/sql} that it has read
     * @param http      whether it sends to amoCRM
     * @param beans     beans that it uses
     */
    record Route(
            String file,
            String id,
            String start,
            String startName,
            Set<String> calls,
            boolean dynamic,
            Set<String> sqlFiles,
            boolean http,
            Set<String> beans) {}

    /** Reads the route files of a directory. */
    static RouteGraph of(List<Path> files) throws IOException {
        List<Route> routes = new ArrayList<>();
        Map<String, Set<String>> served = new TreeMap<>();
        for (Path file : files) {
            for (JsonNode item : YAML.readTree(Files.readString(file))) {
                if (item.has("route")) {
                    routes.add(route(file.getFileName().toString().replace(".camel.yaml", ""), item.get("route")));
                }
                for (JsonNode to : item.path("rest").findValues("to")) {
                    served.computeIfAbsent(item.path("rest").path("path").asText(), path -> new TreeSet<>())
                            .add(to.path("parameters").path("name").asText());
                }
            }
        }
        return new RouteGraph(routes, served);
    }

    private static Route route(String file, JsonNode route) {
        JsonNode from = route.get("from");
        JsonNode given = from.path("parameters");
        String startName = given.path(given.has("cron") ? "cron" : given.has("period") ? "period" : "name")
                .asText()
                .replaceAll("^\\{\\{|}}s?$", "");
        Set<String> calls = new TreeSet<>();
        boolean http = false;
        for (JsonNode to : from.findValues("to")) {
            if ("direct".equals(to.path("uri").asText())) {
                calls.add(to.path("parameters").path("name").asText());
            }
            http |= to.path("uri").asText().contains("amocrm.endpoint");
        }
        for (JsonNode enrich : from.findValues("enrich")) {
            Matcher direct = DIRECT.matcher(enrich.path("expression")
                    .path("constant")
                    .path("expression")
                    .asText());
            if (direct.matches()) {
                calls.add(direct.group(1));
            }
        }
        Set<String> sqlFiles = new TreeSet<>();
        Matcher sql = SQL_FILE.matcher(from.toString());
        while (sql.find()) {
            sqlFiles.add(sql.group());
        }
        Set<String> beans = new TreeSet<>();
        collect(from, beans);
        Matcher ref = BEAN_IN_TEXT.matcher(from.toString());
        while (ref.find()) {
            beans.add(ref.group(1));
        }
        return new Route(
                file,
                route.get("id").asText(),
                from.path("uri").asText(),
                startName,
                calls,
                !from.findValues("toD").isEmpty(),
                sqlFiles,
                http,
                beans);
    }

    private static void collect(JsonNode node, Set<String> beans) {
        for (String step : List.of("bean", "method")) {
            String ref = node.path(step).path("ref").asText();
            if (!ref.isEmpty()) {
                beans.add(ref);
            }
        }
        String condition = node.path("ref").path("expression").asText();
        if (!condition.isEmpty()) {
            beans.add(condition);
        }
        String joins = node.path("enrich").path("aggregationStrategy").asText();
        if (!joins.isEmpty()) {
            beans.add(joins);
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            collect(children.next(), beans);
        }
    }

    /** The graph as a Mermaid flow chart. */
    String asMermaid() {
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        for (String file : routes.stream().map(Route::file).distinct().toList()) {
            lines.add("  subgraph file-" + file + "[\"" + file + ".camel.yaml\"]");
            routes.stream()
                    .filter(route -> route.file().equals(file))
                    .forEach(route -> lines.add("    " + route.id() + "[\"<b>" + route.id() + "</b>"
                            + (route.beans().isEmpty() ? "" : "<br/>" + String.join(", ", route.beans())) + "\"]"));
            lines.add("  end");
        }
        for (Route route : routes) {
            if (!"direct".equals(route.start())) {
                lines.add("  start-" + route.id() + "([\"" + route.start() + ": " + route.startName() + "\"]) --> "
                        + route.id());
            }
        }
        int number = 0;
        for (Map.Entry<String, Set<String>> rest : served.entrySet()) {
            String start = "rest-" + ++number;
            lines.add("  " + start + "([\"rest: " + rest.getKey() + "\"])");
            rest.getValue()
                    .forEach(name ->
                            lines.add("  " + start + " --> " + consumer(name).id()));
        }
        for (Route route : routes) {
            for (String name : route.calls()) {
                lines.add("  " + route.id() + " --> " + consumer(name).id());
            }
            if (route.dynamic()) {
                lines.add("  " + route.id() + " -.-> asked([\"the route that an operator asks for\"])");
            }
        }
        for (Route route : routes) {
            if (!route.sqlFiles().isEmpty()) {
                lines.add("  " + route.id() + " -->|\"" + String.join("<br/>", route.sqlFiles())
                        + "\"| ident[(\"IDENT\")]");
            }
            if (route.http()) {
                lines.add("  " + route.id() + " -->|\"HTTP\"| amocrm([\"amoCRM\"])");
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** The route that a direct endpoint belongs to. */
    Route consumer(String direct) {
        return routes.stream()
                .filter(route ->
                        "direct".equals(route.start()) && route.startName().equals(direct))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No route begins with direct:" + direct));
    }
}
