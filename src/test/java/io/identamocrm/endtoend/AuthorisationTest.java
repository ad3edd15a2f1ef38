package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.identamocrm.amocrm.AccountTokens;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.sandbox.TokenDesk;
import io.identamocrm.sync.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.client.codec.StringCodec;

/** Tokens: got, kept, renewed once for all, and no further request when amoCRM refuses for good. */
class AuthorisationTest {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final SandboxClock clock = new SandboxClock(Instant.now());

    @RegisterExtension
    private final Installation installation =
            Installation.empty().withOAuth().withClock(clock).withSandbox(sandbox -> sandbox.withClock(clock));

    private final Terminal terminal = installation.terminal();

    @BeforeEach
    void start() {
        installation.booked(installation.patient("8 900 111-22-33"));
    }

    private int command(String... arguments) {
        return terminal.run(arguments);
    }

    private TokenDesk desk() {
        return installation.sandbox().tokens();
    }

    private int requests() {
        return installation.sandbox().journal().count();
    }

    private void authorise() {
        installation.runtime().authorise(TokenDesk.CODE);
    }

    private String stored() {
        return places().get("authorised");
    }

    private Map<String, String> places() {
        return installation
                .runtime()
                .redis()
                .getMap(installation.runtime().keys().of("token-pairs"), StringCodec.INSTANCE);
    }

    @Test
    void a_code_gets_the_first_tokens_and_the_runs_use_them() {
        assertThat(command("authorize", TokenDesk.CODE)).as(terminal.errors()).isZero();
        assertThat(terminal.output()).contains("amoCRM has accepted the code");
        assertThat(command("reception-sync")).as(terminal.errors()).isZero();
        assertThat(installation.account().leads()).hasSize(1);
        assertThat(desk().issuedPairs()).isEqualTo(1);
    }

    @Test
    void before_that_a_run_asks_for_a_code_and_makes_no_request() {
        assertThat(command("reception-sync")).isEqualTo(4);
        assertThat(terminal.errors()).contains("There are no tokens yet", "authorize CODE");
        assertThat(requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                   | Cannot decrypt the authorization code",
                TokenDesk.CODE + "          | Authorization code has been revoked"
            })
    void a_code_that_is_not_accepted_is_exit_4_with_the_remedy(String code, String hint) {
        authorise();
        assertThat(command("authorize", code)).isEqualTo(4);
        assertThat(terminal.errors())
                .contains(hint, "get a new one", "AMOCRM_REDIRECT_URI")
                .doesNotContain(code);
    }

    @Test
    void authorize_comes_before_pipelines_and_ident_are_known() {
        installation.with("AMOCRM_PRIMARY_PIPELINE_ID", "").with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        assertThat(command("authorize", TokenDesk.CODE)).as(terminal.errors()).isZero();
    }

    @Test
    void authorize_without_an_integration_says_what_to_set() {
        installation.with("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN).with("AMOCRM_REDIRECT_URI", "");
        assertThat(command("authorize", "anything")).isEqualTo(2);
        assertThat(terminal.errors()).contains("AMOCRM_CLIENT_ID", "AMOCRM_REDIRECT_URI");
    }

    @Test
    void tokens_are_renewed_ahead_of_their_end() {
        authorise();
        clock.advance(Duration.ofHours(24).minusMinutes(4));
        installation.full();
        assertThat(desk().issuedPairs()).isEqualTo(2);
        assertThat(installation.sandbox().journal().entries()).noneMatch(entry -> entry.status() == 401);
    }

    @Test
    void an_access_token_refused_in_the_middle_of_a_run_is_renewed_and_the_run_goes_on() {
        authorise();
        installation.sandbox().faults().plan(Fault.TOKEN_EXPIRED, Scope.ANY, call -> call == 3);
        installation.full();
        assertThat(desk().issuedPairs()).isEqualTo(2);
        assertThat(installation.account().leads()).hasSize(1);
    }

    @Test
    void a_lost_answer_with_new_tokens_is_asked_for_again_with_the_old_refresh_token() {
        authorise();
        installation
                .sandbox()
                .faults()
                .plan(Fault.TOKEN_EXPIRED, Scope.ANY, call -> call == 3)
                .next(2, Fault.REFRESH_ANSWER_LOST, Scope.TOKENS);
        installation.full();
        assertThat(installation.account().leads()).hasSize(1);
        assertThat(installation.sandbox().journal().entries())
                .filteredOn(entry -> entry.status() == 401)
                .hasSize(3);
    }

    @Test
    void processes_and_threads_that_need_new_tokens_at_once_get_one_pair_for_all() throws Exception {
        authorise();
        installation.sandbox().faults().always(Fault.STRICT_REFRESH);
        clock.advance(Duration.ofHours(25));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (CamelRuntime other = installation.anotherProcess()) {
            List<Future<Response>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CamelRuntime process = i % 2 == 0 ? other : installation.runtime();
                answers.add(threads.submit(() -> process.camel()
                        .createProducerTemplate()
                        .requestBody("direct:amocrm-api", AmocrmRequest.pipelines(), Response.class)));
            }
            for (Future<Response> answer : answers) {
                assertThat(answer.get()).isInstanceOf(Response.Success.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(desk().issuedPairs()).isEqualTo(2);
        assertThat(installation.sandbox().journal().entries()).noneMatch(entry -> entry.status() == 401);
    }

    @Test
    void the_pair_of_another_process_is_used_without_asking_for_one_more() {
        authorise();
        installation.deep();
        try (CamelRuntime other = installation.anotherProcess()) {
            clock.advance(Duration.ofHours(25));
            other.receptions(RunRequest.deep());
        }
        installation.deep();
        assertThat(desk().issuedPairs()).isEqualTo(2);
    }

    @Test
    void a_pair_that_amocrm_does_not_know_gives_way_to_the_refresh_token_before() {
        authorise();
        AccountTokens tokens =
                installation.runtime().camel().getRegistry().lookupByNameAndType("accountTokens", AccountTokens.class);
        var lost = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", "unknown")
                .put("refresh_token", "unknown")
                .put("expires_in", 86_400);
        tokens.store(
                new Response.Success(lost, Instant.now()),
                new AmocrmRequest(
                        "POST",
                        "/oauth2/access_token",
                        null,
                        JsonNodeFactory.instance.objectNode().put("refresh_token", "refresh-1")));
        installation.full();
        assertThat(installation.account().leads()).hasSize(1);
    }

    @Test
    void dead_tokens_are_exit_4_with_one_sentence_and_no_request_follows() {
        authorise();
        installation.deep();
        installation.restart();
        desk().revokeEverything();
        int before = requests();
        assertThat(command("deep-sync")).isEqualTo(4);
        assertThat(terminal.errors().strip())
                .matches(
                        "amoCRM does not accept our tokens any more "
                                + "\\(status 401, Token has been revoked, request [\\w-]+\\); "
                                + "allow the integration once more in amoCRM's settings and run ident-amocrm authorize CODE with the code it shows");
        assertThat(requests()).as("the refused request and the refused refresh").isEqualTo(before + 2);
        assertThat(command("deep-sync")).isEqualTo(4);
        assertThat(requests()).isEqualTo(before + 2);

        assertThat(command("authorize", desk().newCode())).as(terminal.errors()).isZero();
        assertThat(command("deep-sync")).as(terminal.errors()).isZero();
    }

    @Test
    void a_running_service_goes_on_by_itself_when_another_process_was_authorised() {
        authorise();
        installation.deep();
        desk().revokeEverything();
        assertThatThrownBy(installation::deep).isInstanceOf(AmocrmException.NotAuthorised.class);
        int refused = requests();
        assertThatThrownBy(installation::deep).isInstanceOf(AmocrmException.NotAuthorised.class);
        assertThat(requests()).isEqualTo(refused);
        assertThat(command("authorize", desk().newCode())).isZero();
        installation.deep();
    }

    @Test
    void a_refused_long_lived_token_is_not_tried_again_for_a_while_but_another_one_is_at_once() {
        installation.with("AMOCRM_ACCESS_TOKEN", "dead").with("AMOCRM_CLIENT_ID", "");
        assertThat(catchThrowable(installation::full)).isInstanceOf(AmocrmException.NotAuthorised.class);
        assertThat(catchThrowable(installation::full)).isInstanceOf(AmocrmException.NotAuthorised.class);
        assertThat(requests()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(16));
        assertThat(catchThrowable(installation::full)).isInstanceOf(AmocrmException.NotAuthorised.class);
        assertThat(requests()).isEqualTo(2);
        installation.with("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN).restart();
        installation.full();
    }

    @Test
    void tokens_of_the_settings_are_used_first_and_others_there_take_the_place_of_those_in_redis() {
        installation.with("AMOCRM_ACCESS_TOKEN", "old").with("AMOCRM_REFRESH_TOKEN", "old");
        assertThat(catchThrowable(installation::deep)).isInstanceOf(AmocrmException.NotAuthorised.class);
        authorise();
        installation.deep();
        installation
                .with("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN)
                .with("AMOCRM_REFRESH_TOKEN", "")
                .restart();
        desk().revokeEverything();
        assertThatThrownBy(installation::deep).hasMessageContaining("does not accept the access token");
    }

    @Test
    void a_check_with_other_tokens_in_its_settings_leaves_a_services_pair_and_redis_as_they_are() {
        authorise();
        installation.full();
        Map<String, String> before = Map.copyOf(places());
        installation.with("AMOCRM_ACCESS_TOKEN", "other").with("AMOCRM_REFRESH_TOKEN", "other");
        assertThat(command("test-amocrm")).isEqualTo(4);
        assertThat(command("doctor")).isEqualTo(4);
        assertThat(terminal.output()).contains("a check does not renew it");
        assertThat(command("reception-sync", "--dry-run")).isEqualTo(4);
        assertThat(places()).isEqualTo(before);
        assertThat(desk().issuedPairs()).isEqualTo(1);
        installation.full();
    }

    @Test
    void a_run_with_other_tokens_keeps_their_refusal_apart_and_the_service_goes_on() {
        authorise();
        installation.deep();
        installation.with("AMOCRM_ACCESS_TOKEN", "other").with("AMOCRM_REFRESH_TOKEN", "other");
        assertThat(command("deep-sync")).isEqualTo(4);
        assertThat(places()).hasSize(2);
        installation.deep();
        installation
                .with("AMOCRM_ACCESS_TOKEN", "")
                .with("AMOCRM_REFRESH_TOKEN", "")
                .restart();
        installation.deep();
        assertThat(desk().issuedPairs()).isEqualTo(1);
    }

    @Test
    void tokens_that_were_renewed_and_then_removed_from_the_settings_lose_nothing() {
        authorise();
        String refresh = stored().replaceFirst(".*\"refresh\":\"([^\"]+)\".*", "$1");
        places().clear();
        installation.restart();
        installation.with("AMOCRM_ACCESS_TOKEN", "ended").with("AMOCRM_REFRESH_TOKEN", refresh);
        installation.full();
        assertThat(desk().issuedPairs()).isEqualTo(2);
        installation
                .with("AMOCRM_ACCESS_TOKEN", "")
                .with("AMOCRM_REFRESH_TOKEN", "")
                .restart();
        installation.full();
        assertThat(desk().issuedPairs()).isEqualTo(2);
    }

    @Test
    void a_check_renews_the_pair_in_use() {
        authorise();
        installation.full();
        installation.sandbox().faults().next(1, Fault.TOKEN_EXPIRED, Scope.ANY);
        assertThat(command("test-amocrm")).as(terminal.output()).isZero();
        assertThat(desk().issuedPairs()).isEqualTo(2);
        installation.full();
        assertThat(desk().issuedPairs()).isEqualTo(2);
    }

    @Test
    void a_running_service_puts_its_pair_back_into_an_emptied_redis() {
        authorise();
        installation.full();
        installation.runtime().redis().getKeys().flushdb();
        installation.full();
        installation.restart();
        installation.full();
        assertThat(desk().issuedPairs()).isEqualTo(1);
    }

    @Test
    void a_refresh_token_needs_its_integration() {
        installation.with("AMOCRM_REFRESH_TOKEN", "some").with("AMOCRM_CLIENT_SECRET", "");
        assertThat(command("reception-sync")).isEqualTo(2);
        assertThat(terminal.errors()).contains("AMOCRM_REFRESH_TOKEN", "AMOCRM_CLIENT_SECRET");
    }

    @Test
    void tokens_in_redis_are_sealed_when_a_key_is_set() {
        installation.with("TOKEN_ENCRYPTION_KEY", KEY);
        authorise();
        installation.full();
        assertThat(stored()).matches("\\d+ v1:.*").doesNotContain("refresh-1", "access");
        assertThat(installation
                        .runtime()
                        .redis()
                        .getBucket(installation.runtime().keys().of("token-pairs"))
                        .remainTimeToLive())
                .isBetween(Duration.ofDays(89).toMillis(), Duration.ofDays(90).toMillis());
    }

    @Test
    void tokens_sealed_with_another_key_are_not_authorised_and_a_new_code_helps() {
        installation.with("TOKEN_ENCRYPTION_KEY", KEY);
        authorise();
        installation.restart();
        installation.with("TOKEN_ENCRYPTION_KEY", KEY.replace('M', 'N'));
        assertThat(command("reception-sync")).isEqualTo(4);
        assertThat(terminal.errors()).contains("TOKEN_ENCRYPTION_KEY").doesNotContain(KEY);
        assertThat(command("authorize", desk().newCode())).as(terminal.errors()).isZero();
        assertThat(command("reception-sync")).as(terminal.errors()).isZero();
    }

    @Test
    void with_the_previous_key_beside_the_new_one_tokens_are_opened_and_sealed_anew_when_they_are_renewed() {
        String next = KEY.replace('M', 'N');
        installation.with("TOKEN_ENCRYPTION_KEY", KEY);
        authorise();
        installation
                .with("TOKEN_ENCRYPTION_KEY", next)
                .with("TOKEN_ENCRYPTION_KEY_PREVIOUS", KEY)
                .restart();
        installation.full();
        clock.advance(Duration.ofHours(24).minusMinutes(4));
        installation.full();
        installation.with("TOKEN_ENCRYPTION_KEY_PREVIOUS", "").restart();
        installation.full();
        assertThat(stored()).matches("\\d+ v1:.*");
    }

    @ParameterizedTest
    @CsvSource({"too-short", "MDEyMzQ1Njc4OQ=="})
    void a_key_that_is_none_is_named_with_the_way_to_make_one(String key) {
        installation.with("TOKEN_ENCRYPTION_KEY", key);
        assertThat(command("reception-sync")).isEqualTo(2);
        assertThat(terminal.errors())
                .contains("TOKEN_ENCRYPTION_KEY", "openssl rand -base64 32")
                .doesNotContain(key);
    }

    @Test
    void a_token_leaves_neither_unencrypted_nor_to_another_host() {
        installation.with("AMOCRM_BASE_URL", "http://myclinic.amocrm.ru");
        assertThat(command("reception-sync")).isEqualTo(2);
        assertThat(terminal.errors()).contains("AMOCRM_BASE_URL", "https://");

        WireMockServer elsewhere =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        WireMockServer redirecting =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        try {
            elsewhere.start();
            redirecting.start();
            redirecting.stubFor(
                    WireMock.any(WireMock.anyUrl()).willReturn(WireMock.temporaryRedirect(elsewhere.baseUrl())));
            installation.with("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN).with("AMOCRM_BASE_URL", redirecting.baseUrl());
            assertThat(command("reception-sync")).isEqualTo(3);
            assertThat(terminal.errors()).contains("redirects", "AMOCRM_SUBDOMAIN");
            elsewhere.verify(0, WireMock.anyRequestedFor(WireMock.anyUrl()));
        } finally {
            redirecting.stop();
            elsewhere.stop();
        }
    }
}
