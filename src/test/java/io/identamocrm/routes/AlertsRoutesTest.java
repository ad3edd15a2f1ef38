package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.alerts.AlertMessage;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code alerts.camel.yaml} alone. */
class AlertsRoutesTest {

    @RegisterExtension
    private final RouteFile file = RouteFile.named("alerts.camel.yaml")
            .with("alerts.watched", "true")
            .with("alerts.enabled", "true")
            .with("alerts.by-telegram", "true")
            .with("alerts.by-mail", "true")
            .with("alerts.by-webhook", "true");

    private static AlertMessage by(String channel) {
        return new AlertMessage(channel, "title", "title\ntext", "{}");
    }

    @Test
    void without_a_channel_there_is_no_route_and_no_component() {
        file.with("alerts.watched", "false")
                .with("alerts.enabled", "false")
                .with("alerts.by-telegram", "false")
                .with("alerts.by-mail", "false")
                .with("alerts.by-webhook", "false");
        assertThat(file.camel().getRoutes()).isEmpty();
    }

    @Test
    void what_is_due_is_taken_worded_sent_and_noted_one_after_the_other() {
        file.on("alertWatch.look", call -> List.of("first", "second"));
        file.on("alertWords.message", call -> by("mail"));
        file.send("alert-watch", null);
        assertThat(file.calls())
                .containsExactly(
                        "alertWatch.look",
                        "alertQueue.claim",
                        "alertWords.message",
                        "smtp",
                        "alertQueue.sent",
                        "alertQueue.claim",
                        "alertWords.message",
                        "smtp",
                        "alertQueue.sent");
        assertThat(file.bodies("smtp")).containsOnly("title\ntext");
    }

    @Test
    void what_another_process_has_taken_is_not_sent() {
        file.on("alertQueue.claim", call -> {
            call.getMessage().setBody(null);
            return null;
        });
        file.send("tell-alert", "due");
        assertThat(file.calls()).containsExactly("alertQueue.claim");
    }

    @Test
    void a_channel_that_fails_is_noted_and_the_next_alert_goes_on() {
        file.on("alertWatch.look", call -> List.of("first", "second"));
        file.on("alertWords.message", call -> by("webhook"));
        file.failing("http:alert-by-webhook", new IllegalStateException("away"));
        Exchange exchange = file.send("alert-watch", null);
        assertThat(exchange.getException()).isNull();
        assertThat(file.calls().stream().filter("alertQueue.failed"::equals)).hasSize(2);
        assertThat(file.calls()).doesNotContain("alertQueue.sent");
    }

    @Test
    void each_channel_has_its_way_and_looks_at_the_answer() throws Exception {
        file.ask("send-alert", by("telegram"));
        file.ask("send-alert", by("webhook"));
        assertThat(file.calls())
                .containsExactly(
                        "telegramChannel.request",
                        "http:alert-by-telegram",
                        "telegramChannel.check",
                        "http:alert-by-webhook",
                        "webhookChannel.check");
        assertThat(file.bodies("http:alert-by-webhook")).containsExactly("{}");
    }

    @Test
    void a_command_that_sends_hears_of_the_failure() {
        file.failing("smtp", new IllegalStateException("away"));
        assertThatThrownBy(() -> file.ask("send-alert", by("mail"))).hasMessageContaining("away");
    }
}
