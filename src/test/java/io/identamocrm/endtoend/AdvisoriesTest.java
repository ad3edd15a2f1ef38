package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.AmocrmRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Why advisories about the Camel version in use do not reach the product, as SECURITY.md says. */
class AdvisoriesTest {

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .asService()
            .withManagementPort()
            .with("JOLOKIA_USER", "operator")
            .with("JOLOKIA_PASSWORD", "hawtio-pass-1");

    private static String text(String directory, String ending) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(ending)).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void no_header_of_a_message_chooses_where_a_request_goes() {
        try (ProducerTemplate routes = installation.runtime().camel().createProducerTemplate()) {
            for (String header : List.of("CamelHttpUri", "CamelRestHttpUri", "camelhttpuri")) {
                assertThat(routes.requestBodyAndHeaders(
                                "direct:amocrm-repeated",
                                AmocrmRequest.account(),
                                Map.of(header, "http://127.0.0.1:1/{{env:PATH}}", "CamelHttpHost", "nowhere.invalid")))
                        .as(header)
                        .isNotNull();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void no_answer_of_the_management_port_lets_another_origin_in() throws IOException, InterruptedException {
        installation.runtime();
        for (String path : List.of("health", "metrics", "jolokia/version")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + installation.variables().get("MANAGEMENT_PORT") + "/observe/" + path))
                                    .header("Origin", "https://elsewhere.invalid")
                                    .header("Authorization", "Basic b3BlcmF0b3I6aGF3dGlvLXBhc3MtMQ==")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.headers().map().keySet())
                    .as(path)
                    .noneMatch(header -> header.startsWith("access-control-allow"));
        }
    }

    @Test
    void no_route_has_a_saga_or_an_aggregation_repository_and_the_consoles_alone_are_reached_by_http()
            throws IOException {
        assertThat(text("routes", ".yaml"))
                .doesNotContain(
                        "saga", "aggregationRepository", "platform-http", "enableCORS", "followRedirects: true");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file :
                    files.filter(file -> !file.endsWith("console.camel.yaml")).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("rest:");
            }
        }
    }

    @Test
    void no_route_receives_mail_and_no_header_takes_part_in_sending_it() throws IOException {
        assertThat(text("routes", ".yaml")).doesNotContain("imap", "pop3", "mimeMultipart", "mime-multipart");
        String alerts = Files.readString(Path.of("routes/alerts.camel.yaml"));
        assertThat(alerts.indexOf("removeHeaders")).isPositive().isLessThan(alerts.indexOf("uri: smtp"));
    }

    @Test
    void the_management_port_has_no_path_no_tokens_and_no_cors() throws IOException {
        assertThat(text("config", ".properties")
                        + text("src/main/java/io/identamocrm/ops", ".java")
                        + text("src/main/java/io/identamocrm/app", ".java"))
                .doesNotContain("camel.server.", "camel.management.")
                .doesNotContain("withPath(", "withJwt", "JWTAuth", "Cors(");
    }
}
