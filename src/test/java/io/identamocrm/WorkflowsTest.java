package io.identamocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs on each push and for each tag is the gate that everybody runs, and attaches what the build makes. */
class WorkflowsTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Pattern MAVEN = Pattern.compile("mvn [^\"\n]*");

    private static JsonNode workflow(String name) throws IOException {
        return YAML.readTree(WORKFLOWS.resolve(name).toFile());
    }

    private static List<String> commands(JsonNode workflow) {
        return workflow.findValuesAsText("run");
    }

    @Test
    void every_push_and_every_release_pass_the_gate() throws IOException {
        assertThat(commands(workflow("verify.yml"))).containsExactly("bash .ci/run");
        assertThat(workflow("verify.yml").findValue("java"))
                .extracting(JsonNode::asText)
                .containsExactly("17", "25");
        assertThat(commands(workflow("release.yml"))).contains("bash .ci/run");
        assertThat(Files.isExecutable(Path.of(".ci/run"))).isTrue();
    }

    @Test
    void a_release_attaches_what_the_build_makes() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String steps = String.join("\n", commands(workflow("release.yml")));
        assertThat(MAVEN.matcher(steps).results().map(MatchResult::group))
                .contains("mvn -B -q -Psbom -DskipTests package");
        assertThat(pom).contains("<id>sbom</id>", "src/main/assembly/release.xml");
        assertThat(steps).contains("ident-amocrm-${GITHUB_REF_NAME#v}", "bom.json", "SHA256SUMS");
    }

    @Test
    void no_workflow_may_write_more_than_it_must_and_every_action_has_a_version() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            for (Path file : files.toList()) {
                JsonNode workflow = YAML.readTree(file.toFile());
                assertThat(workflow.path("permissions").path("contents").asText())
                        .as(file.toString())
                        .isEqualTo("read");
                assertThat(workflow.findValuesAsText("uses"))
                        .isNotEmpty()
                        .allMatch(action -> action.matches("[\\w-]+/[\\w-]+@v\\d+"));
            }
        }
    }
}
