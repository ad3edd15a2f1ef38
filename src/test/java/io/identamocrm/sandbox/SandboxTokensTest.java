package io.identamocrm.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxTokensTest {

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private JsonNode first() throws IOException, InterruptedException {
        return HttpCaller.json(caller.tokens("authorization_code", "code", TokenDesk.CODE));
    }

    private int statusWith(JsonNode pair) throws IOException, InterruptedException {
        return caller.withToken(pair.path("access_token").asText())
                .get("/api/v4/account")
                .statusCode();
    }

    private HttpResponse<String> refresh(JsonNode pair) throws IOException, InterruptedException {
        return caller.refresh(pair.path("refresh_token").asText());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String hint) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(HttpCaller.json(answer).path("hint").asText()).isEqualTo(hint);
    }

    @Test
    void a_code_is_exchanged_once_for_a_pair_that_works() throws Exception {
        JsonNode pair = first();
        assertThat(pair.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(pair.path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(statusWith(pair)).isEqualTo(200);
        String claims = new String(
                Base64.getUrlDecoder().decode(pair.path("access_token").asText().split("\\.")[1]),
                StandardCharsets.UTF_8);
        assertThat(claims)
                .contains("\"exp\":" + Instant.parse("2026-03-04T09:00:00Z").getEpochSecond());
        assertRefused(
                caller.tokens("authorization_code", "code", TokenDesk.CODE),
                400,
                "Authorization code has been revoked");
        assertThat(HttpCaller.json(caller.tokens(
                                "authorization_code", "code", sandbox.tokens().newCode()))
                        .has("access_token"))
                .isTrue();
    }

    @Test
    void codes_die_after_20_minutes_and_strangers_get_nothing() throws Exception {
        assertRefused(
                caller.tokens("authorization_code", "code", "guessed"), 400, "Cannot decrypt the authorization code");
        assertRefused(caller.post("/oauth2/access_token", "{'client_id':'x'}"), 401, "Client authentication failed");
        clock.advance(Duration.ofMinutes(20));
        assertRefused(
                caller.tokens("authorization_code", "code", TokenDesk.CODE), 400, "Authorization code has expired");
        assertThat(caller.get("/oauth2/access_token").statusCode()).isEqualTo(405);
    }

    @Test
    void access_lasts_24_hours_and_refresh_90_days() throws Exception {
        JsonNode pair = first();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(statusWith(pair)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(statusWith(pair)).isEqualTo(401);
        JsonNode next = HttpCaller.json(refresh(pair));
        assertThat(statusWith(next)).isEqualTo(200);
        clock.advance(Duration.ofDays(90));
        assertRefused(refresh(next), 401, "Token has been revoked");
    }

    @Test
    void a_spent_refresh_token_stays_good_until_the_new_pair_is_used() throws Exception {
        JsonNode pair = first();
        refresh(pair);
        JsonNode again = HttpCaller.json(refresh(pair));
        assertThat(statusWith(again)).isEqualTo(200);
        assertRefused(refresh(pair), 401, "Token has been revoked");
        assertThat(sandbox.tokens().issuedPairs()).isEqualTo(3);
    }

    @Test
    void refreshing_with_the_new_pair_ends_the_grace_too() throws Exception {
        JsonNode pair = first();
        refresh(HttpCaller.json(refresh(pair)));
        assertRefused(refresh(pair), 401, "Token has been revoked");
    }

    @Test
    void with_strict_refresh_a_refresh_token_works_once() throws Exception {
        sandbox.faults().always(Fault.STRICT_REFRESH);
        JsonNode pair = first();
        assertThat(refresh(pair).statusCode()).isEqualTo(200);
        assertRefused(refresh(pair), 401, "Token has been revoked");
    }

    @Test
    void a_lost_refresh_answer_is_healed_by_the_grace_and_not_without_it() throws Exception {
        JsonNode pair = first();
        sandbox.faults().next(1, Fault.REFRESH_ANSWER_LOST, Scope.TOKENS);
        assertThatThrownBy(() -> refresh(pair)).isInstanceOf(IOException.class);
        JsonNode next = HttpCaller.json(refresh(pair));
        assertThat(statusWith(next)).isEqualTo(200);
        sandbox.faults().clear();
        sandbox.faults().always(Fault.STRICT_REFRESH).next(1, Fault.REFRESH_ANSWER_LOST, Scope.TOKENS);
        assertThatThrownBy(() -> refresh(next)).isInstanceOf(IOException.class);
        assertRefused(refresh(next), 401, "Token has been revoked");
    }

    @Test
    void an_expired_token_is_refused_for_good_and_a_refresh_helps() throws Exception {
        JsonNode pair = first();
        sandbox.faults().plan(Fault.TOKEN_EXPIRED, Scope.ANY, call -> call == 2);
        assertThat(statusWith(pair)).isEqualTo(200);
        assertThat(statusWith(pair)).isEqualTo(401);
        assertThat(statusWith(pair)).isEqualTo(401);
        assertThat(statusWith(HttpCaller.json(refresh(pair)))).isEqualTo(200);
    }

    @Test
    void an_integration_switched_off_accepts_no_token_of_any_kind() throws Exception {
        JsonNode pair = first();
        assertThat(caller.get("/api/v4/account").statusCode()).isEqualTo(200);
        sandbox.tokens().revokeEverything();
        assertThat(caller.get("/api/v4/account").statusCode()).isEqualTo(401);
        assertThat(statusWith(pair)).isEqualTo(401);
        assertRefused(refresh(pair), 401, "Token has been revoked");
    }
}
