package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.kubernetes.MonitoringTest;
import io.identamocrm.ops.RunFailures;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.tds.TdsFault;
import io.identamocrm.tds.TdsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.spi.InflightRepository;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators see and do at the management port of a running service. */
class ManagementPortTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final String PASSWORD = "hawtio-pass-1";
    private static final String VERSION = "{\"type\":\"version\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .asService()
            .withManagementPort()
            .with("HEALTH_INTERVAL_SECONDS", "1")
            .with("AMOCRM_BREAKER_PAUSE_MS", "60000");

    private final String address =
            "http://127.0.0.1:" + installation.variables().get("MANAGEMENT_PORT") + "/observe/";

    private HttpResponse<String> get(String path, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String[] hawtio() {
        return new String[] {
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8))
        };
    }

    private JsonNode jolokia(String body) throws IOException, InterruptedException {
        return JSON.readTree(post(body, "text/json", hawtio()).body());
    }

    private HttpResponse<String> post(String body, String contentType, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "jolokia/"))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode operation(String name, String... arguments) throws IOException, InterruptedException {
        var request = JSON.createObjectNode()
                .put("type", "exec")
                .put("mbean", "io.identamocrm:type=Operations,name=\"sandbox\"")
                .put("operation", name);
        var list = request.putArray("arguments");
        for (String argument : arguments) {
            list.add(argument);
        }
        return jolokia(request.toString());
    }

    /** The readiness checks that are down, with their reasons. */
    private Map<String, String> reasons() {
        try {
            Map<String, String> reasons = new TreeMap<>();
            JSON.readTree(get("health/ready").body()).path("checks").forEach(check -> {
                if ("DOWN".equals(check.path("status").asText())) {
                    reasons.put(
                            check.path("name").asText(), check.path("message").asText());
                }
            });
            return reasons;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitReady() {
        await().atMost(LONG_ENOUGH).until(() -> get("health/ready").statusCode() == 200);
    }

    @Test
    void a_service_that_works_is_alive_and_ready() {
        installation.runtime();
        awaitReady();
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        assertThat(get("health").body()).contains("amocrm-authorisation", "route:reception-sync");
    }

    @Test
    void ident_and_redis_away_are_told_in_words_and_the_service_stays_alive() throws IOException {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        installation.runtime();
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(reasons()).containsOnlyKeys("ident"));
        assertThat(reasons().get("ident")).contains("IDENT", "DB_");
        installation.redis().fail();
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(reasons()).containsKeys("ident", "redis"));
        assertThat(reasons().get("redis")).contains("Redis", "REDIS_HOST");
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        installation.redis().comeBack();
    }

    /** Seldom a reason to wake anybody: the run that met the lock is skipped, the next one finds what it left. */
    @Test
    void rows_that_somebody_in_ident_keeps_locked_are_told_and_no_failure() {
        TdsServer server = installation.behindSqlServer();
        installation.with("WATCH_SECONDS", "0");
        installation.runtime();
        awaitReady();
        server.fail(text -> text.contains("changed.RowVersion >"), TdsFault.error(1222));
        long reception = installation
                .staff()
                .book(
                        installation.patient("8 900 111-22-33"),
                        LocalDateTime.now().plusDays(1),
                        LocalDateTime.now());
        try (LoggedLines log = new LoggedLines(RunFailures.class.getName(), Level.INFO)) {
            await().atMost(LONG_ENOUGH)
                    .until(() -> get("health/ready").body().contains("keeps rows of IDENT locked since"));
            assertThat(reasons()).isEmpty();
            assertThat(get("metrics").body())
                    .containsPattern(runs("skipped") + "[1-9]")
                    .containsPattern(runs("failed") + "0");
            assertThat(log.lines()).singleElement().asString().contains("a row stayed locked");
        }
        server.heal();
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(reception)).hasSize(1));
        await().atMost(LONG_ENOUGH).until(() -> !get("health/ready").body().contains("locked since"));
    }

    private static String runs(String result) {
        return "ident_amocrm_run_seconds_count\\{kind=\"receptions\",mode=\"incremental\",result=\"" + result + "\"} ";
    }

    @Test
    void a_block_and_too_many_dead_letters_are_reasons_not_to_be_ready() {
        installation.with("HEALTH_MOST_DEAD_LETTERS", "0");
        installation.runtime();
        awaitReady();
        installation.staff().book(null, Installation.NOW.plusDays(1), Installation.NOW.plusSeconds(1));
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(reasons()).containsOnlyKeys("dead-letters"));
        installation.sandbox().faults().next(1000, Fault.BLOCKED, Scope.ANY);
        installation.booked(installation.patient("8 900 111-22-33"));
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(reasons()).containsKeys("amocrm-reachable"));
    }

    @Test
    void the_metrics_tell_what_the_service_has_done() throws IOException {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        installation.runtime();
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(reception)).hasSize(1));
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(get("metrics").body())
                        .contains("ident_amocrm_rows_total{kind=\"receptions\",outcome=\"created\"} 1.0")
                        .containsPattern(Pattern.compile(
                                "ident_amocrm_run_seconds_count\\{[^}]*kind=\"receptions\"[^}]*\\} [1-9]"))
                        .contains("ident_amocrm_requests_total{answer=\"200\",kind=\"POST leads/complex\"} 1.0")
                        .contains("ident_amocrm_dead_letters{code=\"PATIENT_NOT_FOUND\",kind=\"receptions\"} 0.0")
                        .contains("ident_amocrm_mirror_rows{entity=\"deals\"} 1.0")
                        .containsPattern("ident_amocrm_last_run_timestamp_seconds\\{kind=\"receptions\"\\} 1\\.\\d+E9")
                        .contains(
                                "ident_amocrm_authorised 1.0",
                                "ident_amocrm_blocked 0.0",
                                "jvm_memory_used_bytes",
                                "camel_exchanges_total"));
        String metrics = get("metrics").body();
        MonitoringTest.assertAnswered(metrics);
        assertThat(metrics.lines()
                        .filter(line -> line.startsWith("# HELP ident_amocrm_"))
                        .toList())
                .hasSizeGreaterThan(15)
                .as("each says what it is")
                .allMatch(line -> line.split(" ", 4).length == 4 && line.split(" ", 4)[3].length() > 8);
        assertThat(get("metrics").body())
                .as("addresses and SQL are no labels")
                .doesNotContain("endpointName", "SELECT");
    }

    @Test
    void the_log_level_changes_while_the_service_runs() throws IOException, InterruptedException {
        installation.with("JOLOKIA_USER", "operator").with("JOLOKIA_PASSWORD", PASSWORD);
        installation.runtime();
        awaitReady();
        String before = LogManager.getLogger("io.identamocrm").getLevel().name();
        try {
            assertThat(write("LogLevel", "debug").path("status").asInt()).isEqualTo(200);
            assertThat(LogManager.getLogger("io.identamocrm.sync.Runs").isDebugEnabled())
                    .isTrue();
            assertThat(write("LogLevel", "loud").path("error").asText()).contains("ERROR, WARN, INFO, DEBUG or TRACE");
        } finally {
            write("LogLevel", before);
        }
    }

    private JsonNode write(String attribute, String value) throws IOException, InterruptedException {
        return jolokia(JSON.createObjectNode()
                .put("type", "write")
                .put("mbean", "io.identamocrm:type=Operations,name=\"sandbox\"")
                .put("attribute", attribute)
                .put("value", value)
                .toString());
    }

    @Test
    void jolokia_is_off_without_a_user_and_a_password() {
        installation.runtime();
        awaitReady();
        assertThat(get("jolokia/version").statusCode()).isEqualTo(404);
    }

    @Test
    void jolokia_lets_nobody_in_without_the_password() throws IOException, InterruptedException {
        withJolokia();
        assertThat(post(VERSION, "application/json").statusCode()).isEqualTo(401);
        assertThat(post(VERSION, "application/json", "Authorization", "Basic b3BlcmF0b3I6d3Jvbmc=")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(VERSION, "application/json", hawtio()).statusCode()).isEqualTo(200);
    }

    private void withJolokia() {
        installation.with("JOLOKIA_USER", "operator").with("JOLOKIA_PASSWORD", PASSWORD);
        installation.runtime();
        awaitReady();
    }

    @Test
    void jolokia_hears_json_only_and_from_no_foreign_page() throws IOException, InterruptedException {
        withJolokia();
        String[] known = hawtio();
        assertThat(get(
                                "jolokia/exec/io.identamocrm:type=Operations,name=\"sandbox\"/statistics"
                                        .replace("\"", "%22"),
                                known)
                        .statusCode())
                .as("a link or a picture of any page")
                .isEqualTo(405);
        assertThat(get("jolokia", known).statusCode()).isEqualTo(405);
        for (String ofForms : new String[] {
            "text/plain", "text/plain; charset=json", "application/x-www-form-urlencoded", "multipart/form-data"
        }) {
            assertThat(post(VERSION, ofForms, known).statusCode()).as(ofForms).isEqualTo(415);
        }
        for (String foreign : new String[] {"cross-site", "same-site"}) {
            assertThat(post(VERSION, "application/json", known[0], known[1], "Sec-Fetch-Site", foreign)
                            .statusCode())
                    .isEqualTo(403);
        }
        HttpResponse<String> proxied = post(
                VERSION,
                "application/json; charset=utf-8",
                known[0],
                known[1],
                "Sec-Fetch-Site",
                "same-origin",
                "Origin",
                "https://hawtio.example");
        assertThat(proxied.statusCode())
                .as("Hawtio through its proxy: " + proxied.body())
                .isEqualTo(200);
    }

    @Test
    void whoever_guesses_passwords_has_to_wait_and_the_log_tells() throws IOException, InterruptedException {
        withJolokia();
        try (LoggedLines log = new LoggedLines("io.identamocrm.ops", Level.WARN)) {
            for (int guess = 0; guess < 5; guess++) {
                assertThat(post(VERSION, "application/json", "Authorization", "Basic b3BlcmF0b3I6d3Jvbmc=")
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(post(VERSION, "application/json", hawtio()).statusCode())
                    .as("even the right one is not tried")
                    .isEqualTo(429);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("wrong passwords for console or Jolokia from 127.0.0.1");
        }
        assertThat(get("health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void no_secret_can_be_read_through_jolokia() throws IOException, InterruptedException {
        Map<String, String> variables = installation.variables();
        installation
                .with(
                        "IDENT_JDBC_URL",
                        variables.get("IDENT_JDBC_URL") + ";USER=" + variables.get("DB_USERNAME") + ";PASSWORD="
                                + variables.get("DB_PASSWORD"))
                .with("DB_USERNAME", "")
                .with("DB_PASSWORD", "");
        withJolokia();
        JsonNode all =
                jolokia("{\"type\":\"read\",\"mbean\":\"org.apache.camel:*\"}").path("value");
        assertThat(all.size()).isGreaterThan(20);
        all.properties()
                .forEach(mbean -> assertThat(mbean.getValue().toString())
                        .as(mbean.getKey())
                        .doesNotContain("PASSWORD=", PASSWORD, AmoSandbox.TOKEN, "jdbc:"));
        assertThat(all.toString()).contains("EndpointUri");
    }

    @Test
    void hawtio_is_told_that_a_route_cannot_be_changed() throws IOException, InterruptedException {
        withJolokia();
        JsonNode answer = jolokia(exec(
                "org.apache.camel:context=ident-amocrm,name=\"patient-schedule\",type=routes",
                "isUpdateRouteEnabled()"));
        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.path("value").asBoolean()).isFalse();
    }

    @Test
    void an_operator_pauses_resumes_starts_runs_and_works_on_dead_letters() throws IOException, InterruptedException {
        installation.with("JOLOKIA_USER", "operator").with("JOLOKIA_PASSWORD", PASSWORD);
        installation.runtime();
        awaitReady();
        operation("pauseSchedules");
        // What was under way comes to its end; from then on the account is left alone.
        InflightRepository inflight = installation.runtime().camel().getInflightRepository();
        await().atMost(LONG_ENOUGH)
                .until(() -> inflight.size("reception-schedule") + inflight.size("change-watch") == 0);
        long broken = installation.staff().book(null, Installation.NOW.plusDays(1), LocalDateTime.now());
        assertThat(get("health/ready").statusCode()).isEqualTo(200);
        operation("startReceptionRun");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(operation("listDeadLetters", "receptions")
                                .path("value")
                                .path(0)
                                .asText())
                        .startsWith(broken + " PATIENT_NOT_FOUND"));
        assertThat(operation("lastDecision", Long.toString(broken))
                        .path("value")
                        .asText())
                .contains("failed");
        assertThat(operation("retryDeadLetters", "receptions", "all")
                        .path("value")
                        .asInt())
                .isEqualTo(1);
        assertThat(operation("discardDeadLetters", "receptions", Long.toString(broken))
                        .path("value")
                        .asInt())
                .isEqualTo(1);
        assertThat(operation("discardDeadLetters", "lambs", "all").path("error").asText())
                .contains("receptions or patients");
        assertThat(operation("statistics").path("value").asText()).contains("dead_letters = 0");
        operation("resumeSchedules");
        long reception = installation
                .staff()
                .book(installation.patient("8 900 333-22-11"), Installation.NOW.plusDays(1), LocalDateTime.now());
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(reception)).hasSize(1));
    }

    @Test
    void hawtio_pauses_a_route_but_reads_no_environment_changes_no_route_and_ends_no_process()
            throws IOException, InterruptedException {
        installation.with("JOLOKIA_USER", "operator").with("JOLOKIA_PASSWORD", PASSWORD);
        installation.runtime();
        awaitReady();
        String route = "org.apache.camel:context=ident-amocrm,name=\"patient-schedule\",type=routes";
        assertThat(jolokia(exec(route, "suspend()")).path("status").asInt()).isEqualTo(200);
        assertThat(jolokia(JSON.createObjectNode()
                                .put("type", "read")
                                .put("mbean", route)
                                .put("attribute", "State")
                                .toString())
                        .path("value")
                        .asText())
                .isEqualTo("Suspended");
        assertThat(jolokia(exec(
                                "org.apache.camel:context=ident-amocrm,name=\"ident-amocrm\",type=context",
                                "dumpRoutesAsXml()"))
                        .path("value")
                        .asText())
                .contains("reception-sync");
        for (String forbidden : new String[] {
            exec("org.apache.camel:context=ident-amocrm,name=\"ident-amocrm\",type=context", "stop()"),
            exec(route, "updateRouteFromXml(java.lang.String)"),
            exec("com.sun.management:type=DiagnosticCommand", "vmSystemProperties()"),
            "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"SystemProperties\"}",
            exec("java.util.logging:type=Logging", "setLoggerLevel(java.lang.String,java.lang.String)")
        }) {
            assertThat(jolokia(forbidden).path("status").asInt()).as(forbidden).isEqualTo(403);
        }
    }

    private static String exec(String mbean, String operation) throws IOException {
        return JSON.createObjectNode()
                .put("type", "exec")
                .put("mbean", mbean)
                .put("operation", operation)
                .set("arguments", JSON.createArrayNode())
                .toString();
    }
}
