package io.identamocrm.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.RateTerms.Per;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock stands still but for what a test moves it. */
class SandboxRateTest {

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private AmoSandbox sandbox;

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpCaller start(RateTerms terms) {
        sandbox = AmoSandbox.start(SandboxOptions.standard().withRate(terms).withClock(clock));
        return new HttpCaller(sandbox);
    }

    private static int status(HttpCaller caller) throws IOException, InterruptedException {
        return caller.get("/api/v4/account").statusCode();
    }

    @Test
    void the_window_slides_and_refused_requests_count_too() throws Exception {
        HttpCaller caller = start(RateTerms.standard());
        for (int i = 0; i < 7; i++) {
            assertThat(status(caller)).isEqualTo(200);
            clock.advance(Duration.ofMillis(100));
        }
        assertThat(status(caller)).as("eighth within 700 ms").isEqualTo(429);
        clock.advance(Duration.ofMillis(300));
        assertThat(status(caller))
                .as("the first is a second old, but seven came since")
                .isEqualTo(429);
        clock.advance(Duration.ofMillis(300));
        assertThat(status(caller))
                .as("two of the first are older, six of the others are not")
                .isEqualTo(200);
        assertThat(sandbox.journal().maxInAnyWindow(Duration.ofSeconds(1))).isEqualTo(8);
    }

    @Test
    void every_integration_has_its_own_seven_a_second() throws Exception {
        HttpCaller caller = start(RateTerms.standard());
        HttpCaller other = caller.withToken(oauthToken(caller));
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 7; i++) {
            assertThat(status(caller)).isEqualTo(200);
            assertThat(status(other)).isEqualTo(200);
        }
        assertThat(status(caller)).isEqualTo(429);
        assertThat(status(other)).isEqualTo(429);
    }

    @Test
    void limited_per_address_two_integrations_share_the_seven() throws Exception {
        HttpCaller caller = start(RateTerms.standard().sharedPer(Per.ADDRESS));
        HttpCaller other = caller.withToken(oauthToken(caller));
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 7; i++) {
            assertThat(status(i % 2 == 0 ? caller : other)).isEqualTo(200);
        }
        assertThat(status(caller)).isEqualTo(429);
        assertThat(status(other)).isEqualTo(429);
    }

    private static String oauthToken(HttpCaller caller) throws IOException, InterruptedException {
        return HttpCaller.json(caller.tokens("authorization_code", "code", TokenDesk.CODE))
                .path("access_token")
                .asText();
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_MANY_REQUESTS,application/problem+json,",
        "TOO_MANY_REQUESTS_HTML,text/html; charset=utf-8,",
        "TOO_MANY_REQUESTS_EMPTY,,",
        "TOO_MANY_REQUESTS_HEADER,,1"
    })
    void a_429_has_the_form_it_is_told_to_have(Fault form, String contentType, String retryAfter) throws Exception {
        HttpCaller caller = start(RateTerms.standard().perSecond(1).answeredAs(form));
        assertThat(status(caller)).isEqualTo(200);
        HttpResponse<String> refused = caller.get("/api/v4/account");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type").orElse(null)).isEqualTo(contentType);
        assertThat(refused.headers().firstValue("Retry-After").orElse(null)).isEqualTo(retryAfter);
        assertThat(refused.body().isEmpty()).isEqualTo(contentType == null);
        assertThat(refused.body().contains("\"retry_after\":1")).isEqualTo(form == Fault.TOO_MANY_REQUESTS);
    }

    @Test
    void too_many_429s_block_the_account_for_good_until_the_support_lifts_it() throws Exception {
        HttpCaller caller = start(RateTerms.standard().perSecond(1).blockingAfter(3));
        assertThat(status(caller)).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertThat(status(caller)).isEqualTo(429);
        }
        clock.advance(Duration.ofHours(1));
        HttpResponse<String> blocked = caller.get("/api/v4/account");
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).startsWith("<html>");
        assertThat(caller.tokens("authorization_code", "code", TokenDesk.CODE).statusCode())
                .as("the token desk too")
                .isEqualTo(403);
        sandbox.unblock();
        assertThat(status(caller)).isEqualTo(200);
    }

    @Test
    void a_few_429s_now_and_then_do_not_block() throws Exception {
        HttpCaller caller = start(RateTerms.standard().perSecond(1).blockingAfter(2));
        for (int i = 0; i < 5; i++) {
            assertThat(status(caller)).isEqualTo(200);
            assertThat(status(caller)).isEqualTo(429);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    void without_a_limit_nothing_is_refused_and_nothing_complained_of() throws Exception {
        HttpCaller caller = start(RateTerms.standard().perSecond(0));
        for (int i = 0; i < 30; i++) {
            assertThat(status(caller)).isEqualTo(200);
        }
        assertThat(sandbox.violations()).isEmpty();
        assertThat(sandbox.journal().maxInAnyWindow(Duration.ofSeconds(1))).isEqualTo(30);
    }

    @Test
    void the_audit_tells_bursts_large_bodies_and_members_that_are_the_servers_own() throws Exception {
        HttpCaller caller = start(RateTerms.standard().perSecond(3));
        long id = sandbox.account()
                .addLead("Сделка", SandboxAccount.PRIMARY, SandboxAccount.stage(SandboxAccount.PRIMARY, 1), Map.of());
        caller.post("/api/v4/leads", "[" + "{},".repeat(50) + "{}]");
        caller.patch("/api/v4/leads/" + id, "{'price':1,'updated_at':1,'created_by':0}");
        assertThat(status(caller)).isEqualTo(200);
        assertThat(sandbox.violations())
                .containsExactly(
                        "POST /api/v4/leads holds 51 items, more than 50",
                        "PATCH /api/v4/leads/" + id + " holds created_by",
                        "PATCH /api/v4/leads/" + id + " holds updated_at");
        assertThat(status(caller)).isEqualTo(429);
        assertThat(sandbox.violations()).contains("GET /api/v4/account came above 3 requests in a second");
    }

    @Test
    void the_audit_lets_larger_bodies_pass_where_they_are_configured() throws Exception {
        sandbox = AmoSandbox.start(SandboxOptions.standard().unlimited().withLargestBody(250));
        new HttpCaller(sandbox).post("/api/v4/leads", "[" + "{},".repeat(249) + "{}]");
        assertThat(sandbox.account().leads()).hasSize(250);
        assertThat(sandbox.violations()).isEmpty();
    }
}
