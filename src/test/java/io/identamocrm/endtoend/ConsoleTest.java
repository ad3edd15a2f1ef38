package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.spi.InflightRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console's API over real HTTP, beside a service at work. */
class ConsoleTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final String PASSWORD = "console-pass-1";
    private static final String JSON_TYPE = "application/json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .asService()
            .withManagementPort()
            .with("HEALTH_INTERVAL_SECONDS", "1")
            .with("AMOCRM_BREAKER_PAUSE_MS", "100")
            .with("JOLOKIA_USER", "operator")
            .with("JOLOKIA_PASSWORD", PASSWORD);

    private final String address =
            "http://127.0.0.1:" + installation.variables().get("MANAGEMENT_PORT");

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", basic(PASSWORD));
        return headers.length > 0 ? request.headers(headers) : request;
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("operator:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> posted(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", JSON_TYPE)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode get(String path) {
        return json(send(request(path)));
    }

    private JsonNode post(String path, String body) {
        return json(posted(path, body));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private void awaitWell() {
        installation.runtime();
        await().atMost(LONG_ENOUGH)
                .until(() -> "green".equals(get("/api/state").path("light").asText()));
    }

    /** A run that had begun before would be one that another cannot begin beside. */
    private void pauseAndAwaitTheEndOfRuns() {
        post("/api/runs/pause", "{}");
        InflightRepository inflight = installation.runtime().camel().getInflightRepository();
        await().atMost(LONG_ENOUGH)
                .until(() -> inflight.size("reception-schedule") + inflight.size("change-watch") == 0);
    }

    @Test
    void the_state_tells_a_light_its_reasons_and_what_is_next() {
        awaitWell();
        JsonNode state = get("/api/state");
        assertThat(state.path("next").asText()).isEqualTo("none");
        assertThat(state.path("account").asText()).isEqualTo("sandbox");
        assertThat(state.path("amocrm").asText())
                .isEqualTo(installation.sandbox().baseUrl());
        assertThat(state.path("tokens").path("present").asBoolean()).isTrue();
        assertThat(state.path("last_runs").has("receptions")).isTrue();
        assertThat(state.path("checks").findValuesAsText("check"))
                .contains("redis", "ident", "amocrm-authorisation", "dead-letters");
        post("/api/runs/pause", "{}");
        await().atMost(LONG_ENOUGH)
                .until(() -> "paused".equals(get("/api/state").path("next").asText()));
        assertThat(get("/api/runs").path("paused").asBoolean()).isTrue();
        post("/api/runs/resume", "{}");
        await().atMost(LONG_ENOUGH)
                .until(() -> "none".equals(get("/api/state").path("next").asText()));
    }

    @Test
    void while_amocrm_blocks_and_redis_is_away_the_page_and_the_state_still_answer() throws IOException {
        awaitWell();
        installation.sandbox().faults().next(1000, Fault.BLOCKED, Scope.ANY);
        installation
                .staff()
                .book(installation.patient("8 900 111-22-33"), Installation.NOW.plusDays(1), LocalDateTime.now());
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        "amocrm-reachable".equals(get("/api/state").path("next").asText()));
        installation.redis().fail();
        await().atMost(LONG_ENOUGH)
                .until(() -> "redis".equals(get("/api/state").path("next").asText()));
        HttpResponse<String> letters = send(request("/api/dead-letters"));
        assertThat(letters.statusCode()).isEqualTo(503);
        assertThat(letters.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(read(letters).path("detail").asText()).contains("Redis");
        assertThat(send(request("/")).statusCode()).isEqualTo(200);
    }

    @Test
    void dead_letters_are_listed_shown_exported_tried_again_and_discarded() {
        awaitWell();
        long broken = installation.staff().book(null, Installation.NOW.plusDays(1), LocalDateTime.now());
        await().atMost(LONG_ENOUGH)
                .until(() -> get("/api/dead-letters").path("receptions").size() == 1);
        JsonNode letter = get("/api/dead-letters").path("receptions").path(0);
        assertThat(letter.path("id").asLong()).isEqualTo(broken);
        assertThat(letter.path("code").asText()).isEqualTo("PATIENT_NOT_FOUND");
        assertThat(letter.path("remedy").asText()).contains("Give the reception a patient");
        assertThat(get("/api/dead-letters/receptions/" + broken)
                        .path("attempts")
                        .asInt())
                .isPositive();
        HttpResponse<String> csv = send(request("/api/dead-letters.csv"));
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(csv.body())
                .startsWith("\ufeff\"kind\";\"id\"")
                .contains("\"receptions\";\"" + broken + "\";\"PATIENT_NOT_FOUND\"");
        await().atMost(LONG_ENOUGH)
                .until(() -> "look-at-dead-letters"
                        .equals(get("/api/state").path("next").asText()));
        JsonNode inRussian = json(send(request("/api/dead-letters", "Accept-Language", "ru-RU,ru;q=0.9,en;q=0.8")));
        assertThat(inRussian.path("receptions").path(0).path("remedy").asText())
                .contains("пациент")
                .doesNotContain("Give");
        // A run under way would bring it back.
        pauseAndAwaitTheEndOfRuns();
        assertThat(post("/api/dead-letters/retry", "{\"kind\":\"receptions\",\"ids\":[" + broken + ",7]}")
                        .path("done"))
                .hasSize(1);
        assertThat(post("/api/dead-letters/retry", "{\"kind\":\"receptions\",\"code\":\"PATIENT_NOT_FOUND\"}")
                        .path("done"))
                .hasSize(1);
        assertThat(post("/api/dead-letters/discard", "{\"kind\":\"receptions\",\"all\":true}")
                        .path("done"))
                .hasSize(1);
        assertThat(get("/api/dead-letters").path("receptions")).isEmpty();
        assertThat(send(request("/api/dead-letters/receptions/" + broken)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_reception_a_patient_and_a_deal_are_explained_and_sent() {
        awaitWell();
        long patient = installation.patient("8 900 111-22-33");
        long reception = installation.staff().book(patient, Installation.NOW.plusDays(1), LocalDateTime.now());
        await().atMost(LONG_ENOUGH).until(() -> installation.dealsOf(reception).size() == 1);
        long deal = installation.dealOf(reception).id();
        JsonNode told = get("/api/receptions/" + reception);
        assertThat(told.path("outcome").asText()).isEqualTo("unchanged");
        assertThat(told.path("deal_id").asLong()).isEqualTo(deal);
        assertThat(told.path("steps").findValuesAsText("rule")).contains("funnel");
        JsonNode inRussian = json(send(request("/api/receptions/" + reception, "Accept-Language", "ru")));
        assertThat(inRussian.path("steps").findValuesAsText("rule")).contains("воронка");
        assertThat(inRussian.path("outcome").asText())
                .as("codes are the same in all languages")
                .isEqualTo("unchanged");
        assertThat(get("/api/patients/" + patient).path("dry_run").asBoolean()).isTrue();
        assertThat(get("/api/deals/" + deal)
                        .path("reception")
                        .path("reception_id")
                        .asLong())
                .isEqualTo(reception);
        // A run of the schedule may hold the lock.
        await().atMost(LONG_ENOUGH)
                .until(() -> !read(posted("/api/receptions/" + reception + "/send", "{}"))
                        .path("dry_run")
                        .asBoolean(true));
        assertThat(post("/api/patients/" + patient + "/send", "{}")
                        .path("outcome")
                        .asText())
                .isIn("updated", "unchanged");
        assertThat(send(request("/api/receptions/999999")).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/deals/1")).statusCode()).isEqualTo(404);
    }

    @Test
    void runs_are_started_and_their_figures_add_up_by_the_hour_and_day() {
        awaitWell();
        pauseAndAwaitTheEndOfRuns();
        installation
                .staff()
                .book(installation.patient("8 900 111-22-33"), Installation.NOW.plusDays(1), LocalDateTime.now());
        installation.staff().book(null, Installation.NOW.plusDays(1), LocalDateTime.now());
        assertThat(post("/api/runs", "{\"run\":\"receptions\"}").path("started").asText())
                .isEqualTo("receptions");
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        get("/api/figures").path("hours").findValues("created").size() == 1
                                && get("/api/figures")
                                                .path("hours")
                                                .findValues("failed")
                                                .size()
                                        == 1);
        JsonNode figures = get("/api/figures");
        assertThat(figures.path("days")).hasSize(7);
        assertThat(figures.path("days")
                        .path(figures.path("today").asText())
                        .path("receptions")
                        .path("created")
                        .path("primary")
                        .asInt())
                .isEqualTo(1);
        assertThat(figures.path("totals").path("dead_letters").asInt()).isEqualTo(1);
        assertThat(get("/api/runs").path("last").findValuesAsText("run")).contains("receptions");
        assertThat(posted("/api/runs", "{\"run\":\"lambs\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void the_doctor_is_asked_and_remembered() {
        awaitWell();
        assertThat(get("/api/doctor").path("findings").isNull()).isTrue();
        assertThat(post("/api/doctor", "{}").path("findings").findValuesAsText("about"))
                .contains("settings", "routes", "IDENT");
        assertThat(get("/api/doctor").path("findings")).isNotEmpty();
        assertThat(json(send(request("/api/doctor", "Accept-Language", "ru")))
                        .path("findings")
                        .findValuesAsText("about"))
                .contains("настройки");
    }

    @Test
    void what_cannot_be_understood_is_told_as_a_problem_without_repeating_it() {
        awaitWell();
        for (String body : List.of(
                "",
                "[]",
                "{\"kind\"",
                "{\"kind\":\"lambs\",\"all\":true}",
                "{\"kind\":\"receptions\"}",
                "{\"kind\":\"receptions\",\"code\":\"Петров\"}",
                "{\"kind\":\"receptions\",\"all\":true,\"ids\":[1]}")) {
            HttpResponse<String> answer = posted("/api/dead-letters/discard", body);
            assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).doesNotContain("Петров", "Exception");
        }
        assertThat(send(request("/api/receptions/Петров".replace("Петров", "%D0%9F")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("/api/nothing")).statusCode()).isEqualTo(404);
        assertThat(send(request("/console/..%2findex.html")).statusCode()).isEqualTo(404);
    }

    @Test
    void every_answer_of_the_api_that_is_no_success_is_a_problem_and_none_is_kept() {
        awaitWell();
        HttpRequest.Builder anonymous = HttpRequest.newBuilder(URI.create(address + "/api/state"));
        Map<HttpRequest.Builder, Integer> wrong = new LinkedHashMap<>();
        wrong.put(anonymous, 401);
        wrong.put(request("/api/nothing"), 404);
        wrong.put(request("/api"), 404);
        wrong.put(request("/api/receptions/999999"), 404);
        wrong.put(request("/api/runs/pause"), 404);
        wrong.put(request("/api/receptions/-1"), 400);
        wrong.put(request("/api/receptions/9999999999999999999999"), 400);
        wrong.put(request("/api/receptions/%00"), 400);
        wrong.put(request("/api/dead-letters/lambs/1"), 400);
        wrong.put(request("/api/state").method("OPTIONS", HttpRequest.BodyPublishers.noBody()), 415);
        wrong.put(request("/api/state").DELETE(), 415);
        wrong.put(json("/api/runs", "{\"run\":\"deep\"} {}"), 400);
        wrong.put(json("/api/runs", "[".repeat(5000)), 400);
        wrong.put(json("/api/brakes/release", "{\"kind\":\"lambs\"}"), 400);
        wrong.put(json("/api/brakes/release", "{\"kind\":\"creations\"}"), 404);
        wrong.put(json("/api/state", "{}"), 404);
        wrong.put(json("/api/runs", " ".repeat(65_537)), 413);
        wrong.put(
                request("/api/runs")
                        .header("Content-Type", "application/json; charset=lambs")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                415);
        wrong.forEach((asked, status) -> {
            HttpResponse<String> answer = send(asked);
            String what = answer.request().method() + " " + answer.uri() + ": " + answer.body();
            assertThat(answer.statusCode()).as(what).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValue("application/problem+json");
            assertThat(read(answer).path("status").asInt()).as(what).isEqualTo(status);
            assertThat(read(answer).path("title").asText()).as(what).isNotEmpty();
            assertThat(answer.headers().firstValue("Cache-Control")).as(what).hasValue("no-store");
        });
        assertThat(send(request("/api/state")).headers().firstValue("Cache-Control"))
                .hasValue("no-store");
        assertThat(send(request("/api/dead-letters.csv")).headers().firstValue("Cache-Control"))
                .hasValue("no-store");
        assertThat(read(send(request("/api/receptions/999999", "Accept-Language", "ru")))
                        .path("detail")
                        .asText())
                .isEqualTo("Приёма 999999 в IDENT нет");
    }

    private HttpRequest.Builder json(String path, String body) {
        return request(path).header("Content-Type", JSON_TYPE).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void why_the_last_run_did_not_come_to_its_end_is_told_in_the_readers_language() {
        installation.with("AMOCRM_DEAL_FIELD_RECEPTION_ID", "987654").runtime();
        await().atMost(LONG_ENOUGH)
                .until(() -> "last-run".equals(get("/api/state").path("next").asText()));
        assertThat(get("/api/state").path("light").asText()).isEqualTo("red");
        assertThat(get("/api/state").path("next_message").asText()).contains("AMOCRM_DEAL_FIELD_RECEPTION_ID");
        assertThat(json(send(request("/api/state", "Accept-Language", "ru")))
                        .path("next_message")
                        .asText())
                .matches("(?s).*\\p{IsCyrillic}.*");
    }

    @Test
    void nobody_is_let_in_without_the_password_and_who_guesses_has_to_wait() {
        awaitWell();
        for (String path :
                List.of("/", "/console/console.js", "/api/state", "/api/openapi.json", "/api/dead-letters.csv")) {
            assertThat(send(HttpRequest.newBuilder(URI.create(address + path))).statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(send(request(path)).statusCode()).as(path).isEqualTo(200);
        }
        for (int guess = 0; guess < 5; guess++) {
            assertThat(send(HttpRequest.newBuilder(URI.create(address + "/api/state"))
                                    .header("Authorization", basic("wrong")))
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(send(request("/api/state")).statusCode()).isEqualTo(429);
    }

    @Test
    void no_spelling_of_a_path_leads_around_the_password() {
        awaitWell();
        for (String path : List.of(
                "//",
                "//api/state",
                "/api//state",
                "/api/state/",
                "/./api/state",
                "/x/../api/state",
                "/%61pi/state",
                "/api%2fstate",
                "/api/%73tate",
                "/API/state",
                "/api;x=1/state",
                "/api/state?user=operator",
                "/console/%63onsole.js",
                "/console/../console/console.js",
                "/CONSOLE/console.js")) {
            for (String method : List.of("GET", "HEAD", "POST")) {
                HttpRequest.Builder anonymous = HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", JSON_TYPE)
                        .method(method, HttpRequest.BodyPublishers.noBody());
                assertThat(send(anonymous).statusCode()).as(method + " " + path).isIn(401, 404, 405);
            }
        }
        assertThat(send(request("/api/state").method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .body())
                .isEmpty();
    }

    @Test
    void what_changes_something_comes_as_json_from_the_consoles_own_origin_only() {
        awaitWell();
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertThat(send(request("/api/runs/pause")
                                    .header("Content-Type", type)
                                    .POST(HttpRequest.BodyPublishers.ofString("{}")))
                            .statusCode())
                    .as(type)
                    .isEqualTo(415);
        }
        for (String[] foreign : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "https://elsewhere.invalid"},
            {"Origin", "null"}
        }) {
            assertThat(posted("/api/runs/pause", "{}", foreign).statusCode())
                    .as(String.join(" ", foreign))
                    .isEqualTo(403);
        }
        assertThat(send(request("/api/receptions/1", "Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .as("a picture of any page")
                .isEqualTo(403);
        assertThat(send(request("/", "Sec-Fetch-Site", "cross-site")).statusCode())
                .as("a link to the page")
                .isEqualTo(200);
        assertThat(posted("/api/runs/pause", "{}", "Origin", address, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(request("/api/runs/pause")).statusCode())
                .as("a link of any page")
                .isIn(404, 405);
    }

    @Test
    void every_answer_forbids_the_browser_what_is_not_the_consoles_own() {
        awaitWell();
        for (String path : List.of("/", "/console/console.js", "/api/state")) {
            HttpResponse<String> answer = send(request(path, "X-Echo", "me", "Origin", "https://elsewhere.invalid"));
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().map())
                    .doesNotContainKeys("x-echo", "authorization", "access-control-allow-origin");
        }
        HttpResponse<String> page = send(request("/"));
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(send(request("/", "If-None-Match", tag)).statusCode()).isEqualTo(304);
    }

    @Test
    void the_openapi_document_tells_what_the_route_file_offers() throws IOException {
        awaitWell();
        JsonNode document = get("/api/openapi.json");
        List<String> told = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    told.add(operation.getKey() + " " + path.getKey());
                    assertThat(operation.getValue().path("summary").asText())
                            .as(path.getKey())
                            .isNotEmpty();
                }));
        List<String> offered = new ArrayList<>();
        for (JsonNode item :
                new ObjectMapper(new YAMLFactory()).readTree(Files.readString(Path.of("routes/console.camel.yaml")))) {
            JsonNode rest = item.path("rest");
            if (rest.path("path").asText().startsWith("/api")) {
                for (String verb : List.of("get", "post")) {
                    rest.path(verb)
                            .forEach(operation ->
                                    offered.add(verb + " " + rest.path("path").asText()
                                            + operation.path("path").asText()));
                }
            }
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(offered).hasSizeGreaterThan(15);
        assertThat(document.path("openapi").asText()).startsWith("3.");
    }

    @Test
    void a_hundred_readers_at_once_all_get_their_answer_from_few_threads() {
        awaitWell();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int reader = 0; reader < 100; reader++) {
            answers.add(http.sendAsync(
                            request(reader % 2 == 0 ? "/api/state" : "/api/runs")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .thenApply(HttpResponse::statusCode));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("vert.x-worker"))
                        .count())
                .isLessThanOrEqualTo(8);
    }

    @Test
    void without_a_user_and_a_password_there_is_no_console() {
        installation.with("JOLOKIA_USER", "").with("JOLOKIA_PASSWORD", "").runtime();
        for (String path : List.of("/", "/api/state", "/console/console.js")) {
            assertThat(send(request(path)).statusCode()).as(path).isEqualTo(404);
        }
    }
}
