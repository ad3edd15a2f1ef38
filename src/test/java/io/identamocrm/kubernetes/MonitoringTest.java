package io.identamocrm.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboard ask for what the service tells, and say what to do. */
public class MonitoringTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CASES = Path.of("src/test/resources/monitoring/alerts-cases.yaml");

    /** Every query of alerts and dashboard, with the dashboard's variables filled in. */
    static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>(
                alerts().stream().map(rule -> rule.getExpr().getStrVal()).toList());
        for (JsonNode panel : dashboard().path("panels")) {
            panel.path("targets")
                    .forEach(target -> queries.add(target.path("expr").asText().replace("$__rate_interval", "5m")));
        }
        return queries;
    }

    /** Refuses the first query that asks for something that the text of {@code /observe/metrics} does not have. */
    public static void assertAnswered(String metrics) throws IOException {
        ExposedMetrics exposed = ExposedMetrics.of(metrics);
        queries().forEach(exposed::check);
    }

    private static List<Rule> alerts() throws IOException {
        PrometheusRule rules = (PrometheusRule)
                Manifests.read(Path.of("k8s/monitoring/alerts.yaml")).get(0);
        return rules.getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    private static JsonNode dashboard() throws IOException {
        return JSON.readTree(Path.of("k8s/monitoring/dashboard.json").toFile());
    }

    @Test
    void every_query_names_metrics_labels_and_values_that_the_service_has() throws IOException {
        assertThat(queries()).hasSizeGreaterThan(40);
        assertAnswered(Files.readString(Path.of("src/test/resources/monitoring/metrics.txt")));
    }

    @Test
    void a_misspelled_metric_label_or_value_would_be_found() {
        ExposedMetrics exposed = ExposedMetrics.of("""
                # HELP rows_total …
                rows_total{kind="receptions",outcome="a \\"b\\" c"} 1.0
                lag_seconds NaN
                """);
        exposed.check("sum by (kind, namespace) (rate(rows_total{kind=\"receptions\", outcome!=\"x\"}[5m])) > 3"
                + " and on (kind) rows_total offset 6h");
        exposed.check("time() - lag_seconds");
        for (String wrong : List.of(
                "row_total",
                "rate(rows_total{kinds=\"receptions\"}[5m])",
                "rows_total{kind=\"reception\"}",
                "sum by (outcomes) (rows_total)",
                "sum(rows_total) by (outcomes)",
                "lag_seconds unless lag_second",
                "time()",
                "rows_total{kind=",
                "rows_total ? 1")) {
            assertThatThrownBy(() -> exposed.check(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void every_alert_says_how_bad_it_is_what_is_the_matter_and_where_its_runbook_stands() throws IOException {
        Set<String> names = new HashSet<>();
        for (Rule alert : alerts()) {
            assertThat(names.add(alert.getAlert()))
                    .as(alert.getAlert() + " once")
                    .isTrue();
            assertThat(alert.getLabels().get("severity")).isIn("critical", "warning");
            Map<String, String> annotations = alert.getAnnotations();
            assertThat(annotations).containsOnlyKeys("summary", "description", "runbook_url");
            assertThat(annotations.get("summary")).as(alert.getAlert()).contains("{{ $labels.namespace }}");
            assertThat(annotations.get("description")).as(alert.getAlert()).hasSizeGreaterThan(60);
            assertThat(annotations.get("runbook_url"))
                    .isEqualTo("docs/runbook.md#alert-" + alert.getAlert().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void the_runbook_has_a_section_for_every_alert_and_no_other() throws IOException {
        List<String> sections = Files.readAllLines(Path.of("docs/runbook.md")).stream()
                .filter(line -> line.startsWith("### Alert: "))
                .toList();
        assertThat(sections)
                .containsExactlyInAnyOrderElementsOf(alerts().stream()
                        .map(alert -> "### Alert: " + alert.getAlert())
                        .toList());
    }

    @Test
    void every_panel_has_a_title_an_explanation_a_unit_and_a_place_of_its_own() throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> cells = new HashSet<>();
        for (JsonNode panel : dashboard().path("panels")) {
            String title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as(title + " id").isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt())
                    .as(title)
                    .isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(cells.add(List.of(
                                    place.path("x").asInt() + x, place.path("y").asInt() + y)))
                            .as(title + " overlaps")
                            .isTrue();
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).as(title).hasSizeGreaterThan(15);
                assertThat(panel.path("fieldConfig")
                                .path("defaults")
                                .path("unit")
                                .asText())
                        .as(title)
                        .isNotEmpty();
                assertThat(panel.path("targets")).as(title).isNotEmpty().allSatisfy(target -> {
                    assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                    assertThat(target.path("expr").asText()).contains("namespace=~\"$namespace\"");
                });
            }
        }
    }

    @Test
    void every_alert_has_a_case_in_which_it_comes_and_one_in_which_it_does_not() throws IOException {
        String cases = Files.readString(CASES);
        for (Rule alert : alerts()) {
            assertThat(cases)
                    .contains("alertname: " + alert.getAlert() + "\n        exp_alerts:\n          - ")
                    .contains("alertname: " + alert.getAlert() + "}");
        }
    }

    @Test
    void promtool_finds_every_query_well_formed_and_every_alert_come_when_it_should(@TempDir Path directory)
            throws IOException, InterruptedException {
        assumeTrue(Program.present("promtool"), "promtool is not installed");
        PrometheusRule rules = (PrometheusRule)
                Manifests.read(Path.of("k8s/monitoring/alerts.yaml")).get(0);
        Files.writeString(directory.resolve("rules.json"), JSON.writeValueAsString(rules.getSpec()));
        List<String> queries = queries();
        List<Map<String, String>> records = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            records.add(Map.of("record", "query_" + i, "expr", queries.get(i)));
        }
        JSON.writeValue(
                directory.resolve("queries.json").toFile(),
                Map.of("groups", List.of(Map.of("name", "queries", "rules", records))));
        Files.copy(CASES, directory.resolve("cases.yaml"));
        assertThat(Program.run(directory, "promtool", "check", "rules", "rules.json", "queries.json"))
                .contains("SUCCESS");
        assertThat(Program.run(directory, "promtool", "test", "rules", "cases.yaml"))
                .contains("SUCCESS");
    }
}
