package io.identamocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The route files as engineers and editors meet them. */
class RoutesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** Characters; what is no longer than that only says the id again. */
    private static final int LONGEST_HINT = 20;

    private static final Pattern CALL_OF_THE_PROGRAM = Pattern.compile("\"((?:direct|seda):[a-z-]+)\"");
    private static final String SQL_DIRECTORY = "file:{{config.dir}}/sql/";

    /** Read once, as it is large. */
    private static final class CamelsOwn {
        private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                .getSchema(RoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            // Everything here is a route, but for the list of which k8s/ makes a ConfigMap.
            return files.filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode content(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_is_valid_by_camels_own_schema(Path file) throws IOException {
        // The schema knows no placeholder for a yes or no.
        assertThat(CamelsOwn.SCHEMA.validate(YAML.readTree(Files.readString(file)
                        .replaceAll("((?:disabled|autoStartup): )\"\\{\\{[a-z.]+}}\"", "$1true"))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_route_and_configuration_has_an_id_and_a_description(Path file) throws IOException {
        assertThat(file.getFileName().toString()).endsWith(".camel.yaml");
        content(file)
                .forEach(item -> item.forEach(definition -> {
                    assertThat(definition.path("id").asText())
                            .as("%s %s: an id is words with hyphens", file, definition.path("id"))
                            .matches("[a-z]+(-[a-z]+)+|decide|deliver|write");
                    assertThat(definition.path("description").asText())
                            .as(
                                    "%s %s: a description says in more than %d characters what it does",
                                    file, definition.path("id"), LONGEST_HINT)
                            .hasSizeGreaterThan(LONGEST_HINT);
                }));
    }

    @Test
    void the_chunks_of_a_run_are_streamed_so_that_memory_does_not_grow_with_their_number() throws IOException {
        List<JsonNode> splits = new ArrayList<>();
        for (JsonNode item : content(Path.of("routes/sync-run.camel.yaml"))) {
            splits.addAll(item.findValues("split"));
        }
        assertThat(splits)
                .hasSize(2)
                .allSatisfy(
                        split -> assertThat(split.path("streaming").asBoolean()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("files")
    void an_endpoint_names_the_file_of_sql_that_it_runs(Path file) throws IOException {
        assertThat(Files.readString(file))
                .as("a header names another statement than the endpoint does")
                .doesNotContain("CamelSql");
        for (JsonNode to : content(file).findValues("to")) {
            if ("sql".equals(to.path("uri").asText())) {
                String query = to.path("parameters").path("query").asText();
                assertThat(query).startsWith(SQL_DIRECTORY);
                assertThat(Path.of("config/sql", query.substring(SQL_DIRECTORY.length())))
                        .exists();
            }
        }
    }

    /** Camel asks once more after a failed step, when the body is whatever the failure left there, and then tells of that instead. */
    @ParameterizedTest
    @MethodSource("files")
    void a_loop_asks_a_variable_and_not_the_body_whether_it_goes_on(Path file) throws IOException {
        for (JsonNode loop : content(file).findValues("loop")) {
            assertThat(loop.path("expression").path("simple").path("expression").asText())
                    .startsWith("${variable.");
        }
    }

    @Test
    void every_call_has_a_route_that_takes_it_and_every_component_is_known() throws Exception {
        RouteGraph graph = RouteGraph.of(files());
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            for (RouteGraph.Route route : graph.routes()) {
                assertThat(camel.getComponent(route.start()))
                        .as(route.id() + " begins with " + route.start())
                        .isNotNull();
                route.calls()
                        .forEach(name -> assertThat(graph.consumer(name).id())
                                .as("the route of direct:" + name)
                                .isEqualTo(name));
            }
            for (Path file : files()) {
                for (JsonNode to : content(file).findValues("to")) {
                    String component = to.path("uri").asText().replace("{{amocrm.endpoint}}", "https");
                    assertThat(camel.getComponent(component))
                            .as(file + " sends to " + component)
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void every_route_that_waits_for_calls_is_called_by_another_or_by_the_program() throws IOException {
        RouteGraph graph = RouteGraph.of(files());
        Set<String> called = callsOfTheProgram();
        graph.served().values().forEach(names -> names.forEach(name -> called.add("direct:" + name)));
        for (RouteGraph.Route route : graph.routes()) {
            route.calls().stream()
                    .filter(name -> !name.equals(route.startName()))
                    .forEach(name -> called.add("direct:" + name));
        }
        assertThat(graph.routes())
                .filteredOn(route -> Set.of("direct", "seda").contains(route.start()))
                .map(route -> route.start() + ":" + route.startName())
                .filteredOn(endpoint -> !called.contains(endpoint))
                .as("routes that nobody calls: no other route, no REST definition, no constant in src/main/java")
                .isEmpty();
    }

    private static Set<String> callsOfTheProgram() throws IOException {
        Set<String> calls = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                CALL_OF_THE_PROGRAM
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(call -> calls.add(call.group(1)));
            }
        }
        return calls;
    }

    @Test
    void the_diagram_of_the_architecture_shows_the_routes_as_they_are() throws IOException {
        String document = Files.readString(Path.of("docs/architecture.md"));
        String expected = RouteGraph.of(files()).asMermaid();
        Path whole = Files.writeString(Path.of("target/architecture.mmd"), expected);
        List<String> shown = document.lines().toList();
        assertThat(document)
                .withFailMessage(
                        "docs/architecture.md shows other routes: put %s between ```mermaid and ```. New there:%n%s",
                        whole,
                        expected.lines().filter(line -> !shown.contains(line)).collect(Collectors.joining("\n")))
                .contains("```mermaid\n" + expected + "```\n");
    }
}
