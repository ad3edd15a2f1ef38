package io.identamocrm.endtoend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.BrakeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running service tells operators what is not well, and that it is again. */
class AlertsTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private final WireMockServer http =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .asService()
            .with("HEALTH_INTERVAL_SECONDS", "1")
            .with("ALERT_HOLD_SECONDS", "0");

    @BeforeEach
    void start() {
        http.start();
        mail.start();
        http.stubFor(post(anyUrl()).willReturn(okJson("{\"ok\":true}")));
    }

    @AfterEach
    void stop() {
        installation.restart();
        http.stop();
        mail.stop();
    }

    private void webhook() {
        installation.with("ALERT_WEBHOOK_URL", "http://127.0.0.1:" + http.port() + "/hook");
    }

    private void allChannels() {
        webhook();
        installation
                .with("ALERT_TELEGRAM_TOKEN", "123456:AAsecret-of-the-bot-1234567890")
                .with("ALERT_TELEGRAM_CHAT", "42")
                .with("ALERT_TELEGRAM_URL", "http://127.0.0.1:" + http.port())
                .with("ALERT_MAIL_SERVER", "127.0.0.1")
                .with("ALERT_MAIL_PORT", Integer.toString(mail.getSmtp().getPort()))
                .with("ALERT_MAIL_ENCRYPTION", "none")
                .with("ALERT_MAIL_FROM", "robot@clinic.invalid")
                .with("ALERT_MAIL_TO", "admin@clinic.invalid");
    }

    private List<String> posted(String path) {
        return http.getAllServeEvents().stream()
                .filter(event -> event.getRequest().getUrl().startsWith(path))
                .map(event -> event.getRequest().getBodyAsString())
                .toList();
    }

    /** Kind and state of what the webhook was told, in no order. */
    private List<String> hooked() {
        return posted("/hook").stream()
                .map(body -> {
                    try {
                        var json = new ObjectMapper().readTree(body);
                        return json.path("kind").asText() + " "
                                + json.path("state").asText();
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /** Its first run is a full one, and would look at the brakes. */
    private CamelRuntime started() {
        CamelRuntime runtime = installation.runtime();
        await().atMost(LONG_ENOUGH).until(() -> runtime.history().lastEnd("receptions") != null);
        return runtime;
    }

    private static void pull(CamelRuntime runtime) {
        runtime.brakes().pull(BrakeKind.CREATIONS, 40, 120, Instant.now());
    }

    @Test
    void a_brake_and_its_end_come_once_by_every_channel_however_many_services_there_are() throws Exception {
        allChannels();
        CamelRuntime one = started();
        try (CamelRuntime other = installation.anotherProcess()) {
            pull(other);
            await().atMost(LONG_ENOUGH)
                    .until(() -> hooked().contains("brake begun")
                            && !posted("/bot").isEmpty()
                            && mail.getReceivedMessages().length > 0);
            one.brakes().end(BrakeKind.CREATIONS);
            await().atMost(LONG_ENOUGH)
                    .until(() -> hooked().contains("brake over")
                            && posted("/bot").size() > 1
                            && mail.getReceivedMessages().length > 1);
        }
        assertThat(hooked()).containsExactlyInAnyOrder("brake begun", "brake over");
        assertThat(posted("/bot")).hasSize(2).anyMatch(body -> body.contains("40 of 120"));
        assertThat(mail.getReceivedMessages()).hasSize(2);
        assertThat(mail.getReceivedMessages()[0].getSubject()).contains("the brake creations is pulled");
    }

    @Test
    void a_restarted_service_tells_nothing_again_and_tells_the_end() {
        webhook();
        pull(started());
        await().atMost(LONG_ENOUGH).until(() -> hooked().contains("brake begun"));
        installation.restart();
        installation.runtime().brakes().end(BrakeKind.CREATIONS);
        await().atMost(LONG_ENOUGH).until(() -> hooked().contains("brake over"));
        assertThat(hooked()).containsExactlyInAnyOrder("brake begun", "brake over");
    }

    @Test
    void that_redis_is_away_is_told_while_it_is_and_that_it_is_back() throws Exception {
        webhook();
        started();
        installation.redis().fail();
        await().atMost(LONG_ENOUGH).until(() -> hooked().contains("redis-away begun"));
        installation.redis().comeBack();
        await().atMost(LONG_ENOUGH).until(() -> hooked().contains("redis-away over"));
        assertThat(hooked()).filteredOn(told -> told.startsWith("redis")).hasSize(2);
    }

    @Test
    void a_channel_that_fails_disturbs_no_run_and_no_other_channel() {
        allChannels();
        http.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(500)));
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        pull(started());
        await().atMost(LONG_ENOUGH).until(() -> mail.getReceivedMessages().length == 1);
        await().atMost(LONG_ENOUGH).until(() -> installation.dealsOf(reception).size() == 1);
        assertThat(hooked()).containsExactly("brake begun");
    }

    @Test
    void what_is_told_of_dead_letters_are_counts_and_nothing_of_patients() throws Exception {
        try (Installation filled = Installation.filled(ClinicGenerator.Options.of(60, Installation.NOW))
                .asService()
                .with("RECEPTIONS_CRON", Installation.NEVER)
                .with("HEALTH_INTERVAL_SECONDS", "1")
                .with("ALERT_HOLD_SECONDS", "0")
                .with("ALERT_DEAD_LETTERS_GROWTH", "1")
                .with("HEALTH_MOST_DEAD_LETTERS", "0")
                .with("ALERT_WEBHOOK_URL", "http://127.0.0.1:" + http.port() + "/hook")) {
            CamelRuntime runtime = filled.runtime();
            await("they grow from a first count on")
                    .atMost(LONG_ENOUGH)
                    .until(() -> runtime.redis()
                            .getBucket(runtime.keys().of("alerts:dead-letters"))
                            .isExists());
            filled.full();
            await().atMost(LONG_ENOUGH)
                    .until(() ->
                            hooked().containsAll(List.of("dead-letters-many begun", "dead-letters-growing begun")));
            assertThat(filled.clinic().personalValues()).hasSizeGreaterThan(100);
            assertThat(posted("/hook"))
                    .allSatisfy(body ->
                            assertThat(filled.clinic().personalValuesIn(body)).isEmpty());
        }
    }

    @Test
    void without_a_channel_nothing_of_it_is_there() {
        CamelContext camel = installation.runtime().camel();
        assertThat(camel.getRoutes()).extracting(route -> route.getRouteId()).noneMatch(id -> id.contains("alert"));
        assertThat(camel.getComponentNames()).doesNotContain("smtp");
        assertThat(camel.getRegistry().lookupByName("alertWatch")).isNull();
        assertThat(camel.getRegistry().lookupByName("smtp")).isNull();
    }
}
