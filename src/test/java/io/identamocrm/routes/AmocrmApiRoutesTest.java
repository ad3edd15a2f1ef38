package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.amocrm.AmocrmBreaker;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.SampleFailures;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code amocrm-api.camel.yaml} alone: when tokens are renewed, what is sent in which order, and what a failure does. */
class AmocrmApiRoutesTest {

    private static final String DOOR = "amocrm-api";
    private static final String DUE = "accountTokens.isRefreshDue";
    private static final String OUTDATED = "accountTokens.mayBeOutdated";
    private static final String REFRESH = "accountTokens.refreshRequest";
    private static final String STORE = "accountTokens.store";
    private static final String RELEASE = "accountTokens.release";
    private static final String TURN = "amocrmClient.awaitRateLimit";
    private static final String TOO_LATE = "amocrmClient.isTooLate";
    private static final String NOT_SENT = "amocrmClient.notSent";
    private static final String PREPARE = "amocrmClient.prepare";
    private static final String HTTP = "https";
    private static final String CLASSIFY = "amocrmClient.classify";
    private static final String CLASSIFY_FAILURE = "amocrmClient.classifyFailure";
    private static final String SETTLE = "amocrmClient.requireUsable";
    private static final List<String> SENT = List.of(TURN, TOO_LATE, PREPARE, HTTP, CLASSIFY);

    private static final Object REQUEST = "the request";
    private static final Object TOKEN_REQUEST = "the request for tokens";
    private static final Object ANSWER = "the answer";

    private final CircuitBreaker breaker = AmocrmBreaker.after(
            Duration.ofMinutes(1), Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC));

    @RegisterExtension
    private final RouteFile file = RouteFile.named("amocrm-api.camel.yaml")
            .bind("amocrmBreaker", breaker)
            .on(REFRESH, step -> TOKEN_REQUEST)
            .on(CLASSIFY, step -> ANSWER);

    /** Names of steps in a row; lists among them are steps of a route that is called there. */
    private static List<String> steps(Object... parts) {
        List<String> steps = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof List<?> several) {
                several.forEach(step -> steps.add((String) step));
            } else {
                steps.add((String) part);
            }
        }
        return steps;
    }

    private void tokensOfAnotherProcess() {
        file.on(REFRESH, step -> {
            step.getMessage().setBody(null);
            return null;
        });
    }

    @Test
    void a_request_waits_for_its_turn_is_sent_classified_and_settled() throws Exception {
        assertThat(file.ask(DOOR, REQUEST)).isEqualTo(ANSWER);
        assertThat(file.calls()).isEqualTo(steps(DUE, SENT, OUTDATED, SETTLE));
        assertThat(file.bodies(PREPARE)).containsExactly(REQUEST);
        assertThat(file.bodies(SETTLE)).containsExactly(ANSWER);
    }

    @Test
    void tokens_that_end_soon_are_renewed_before_the_request_is_sent() throws Exception {
        file.on(DUE, ask -> true);
        assertThat(file.ask(DOOR, REQUEST)).isEqualTo(ANSWER);
        assertThat(file.calls()).isEqualTo(steps(DUE, REFRESH, SENT, STORE, RELEASE, SENT, OUTDATED, SETTLE));
        assertThat(file.bodies(PREPARE))
                .as("the pair first, then what was asked for")
                .containsExactly(TOKEN_REQUEST, REQUEST);
        assertThat(file.bodies(STORE)).containsExactly(ANSWER);
    }

    @Test
    void a_pair_that_another_process_has_got_is_not_asked_for_once_more() throws Exception {
        file.on(DUE, ask -> true);
        tokensOfAnotherProcess();
        file.ask(DOOR, REQUEST);
        assertThat(file.calls()).isEqualTo(steps(DUE, REFRESH, RELEASE, SENT, OUTDATED, SETTLE));
        assertThat(file.bodies(PREPARE)).containsExactly(REQUEST);
    }

    @Test
    void a_token_refused_by_amocrm_is_renewed_and_the_request_sent_once_more() throws Exception {
        file.on(OUTDATED, ask -> true);
        assertThat(file.ask(DOOR, REQUEST)).isEqualTo(ANSWER);
        assertThat(file.calls())
                .as("refused again, it is concluded and not sent a third time")
                .isEqualTo(steps(DUE, SENT, OUTDATED, REFRESH, SENT, STORE, RELEASE, SENT, SETTLE));
        assertThat(file.bodies(PREPARE)).containsExactly(REQUEST, TOKEN_REQUEST, REQUEST);
    }

    @Test
    void a_refused_token_that_another_process_has_renewed_costs_one_request_more() throws Exception {
        file.on(OUTDATED, ask -> true);
        tokensOfAnotherProcess();
        file.ask(DOOR, REQUEST);
        assertThat(file.calls()).isEqualTo(steps(DUE, SENT, OUTDATED, REFRESH, RELEASE, SENT, SETTLE));
    }

    @ParameterizedTest
    @MethodSource("stepsWithTheLock")
    void the_lock_of_the_tokens_is_released_whatever_fails_and_the_request_is_not_sent(String failing) {
        AmocrmException failure = SampleFailures.notAuthorised();
        file.on(DUE, ask -> true).failing(failing, failure);
        assertThat(file.send(DOOR, REQUEST).getException()).isSameAs(failure);
        assertThat(file.calls()).endsWith(failing, RELEASE).containsOnlyOnce(RELEASE);
        assertThat(file.bodies(PREPARE)).doesNotContain(REQUEST);
    }

    static List<String> stepsWithTheLock() {
        return List.of(REFRESH, TURN, PREPARE, CLASSIFY, STORE);
    }

    static List<IOException> noAnswers() {
        return List.of(new SocketTimeoutException("Read timed out"), new ConnectException("Connection refused"));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void no_answer_is_classified_too(IOException none) throws Exception {
        file.failing(HTTP, none).on(CLASSIFY_FAILURE, step -> {
            assertThat(step.getProperty(Exchange.EXCEPTION_CAUGHT)).isSameAs(none);
            return "unclear";
        });
        assertThat(file.ask(DOOR, REQUEST)).isEqualTo("unclear");
        assertThat(file.calls())
                .isEqualTo(steps(DUE, TURN, TOO_LATE, PREPARE, HTTP, CLASSIFY_FAILURE, OUTDATED, SETTLE));
    }

    @Test
    void a_fault_of_ours_is_not_taken_for_amocrms_silence() {
        IllegalStateException fault = new IllegalStateException("ours");
        file.failing(CLASSIFY, fault);
        assertThat(file.send(DOOR, REQUEST).getException()).isSameAs(fault);
        assertThat(file.calls()).isEqualTo(steps(DUE, SENT));
    }

    @Test
    void a_turn_that_would_take_too_long_sends_nothing() {
        AmocrmException paused = SampleFailures.paused();
        file.failing(TURN, paused);
        assertThat(file.send(DOOR, REQUEST).getException()).isSameAs(paused);
        assertThat(file.calls()).isEqualTo(steps(DUE, TURN));
    }

    @Test
    void a_request_that_is_too_late_after_its_turn_is_not_sent_and_that_is_its_answer() throws Exception {
        file.on(TOO_LATE, ask -> true).on(NOT_SENT, step -> ANSWER);
        assertThat(file.ask(DOOR, REQUEST)).isEqualTo(ANSWER);
        assertThat(file.calls()).isEqualTo(steps(DUE, TURN, TOO_LATE, NOT_SENT, OUTDATED, SETTLE));
    }

    @Test
    void a_failure_that_may_pass_is_the_callers_who_sends_the_request_through_the_whole_door_again() throws Exception {
        file.beside(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:caller")
                                .routeId("caller")
                                .routeConfigurationId("amocrm-errors")
                                .to("direct:amocrm-api");
                    }
                })
                .on(SETTLE, step -> {
                    if (file.bodies(SETTLE).size() == 1) {
                        throw SampleFailures.overRate();
                    }
                    return null;
                });
        assertThat(file.ask("caller", REQUEST)).isEqualTo(ANSWER);
        assertThat(file.calls())
                .isEqualTo(steps(DUE, SENT, OUTDATED, SETTLE, "failedAttempts", DUE, SENT, OUTDATED, SETTLE));
        assertThat(file.bodies(PREPARE)).containsExactly(REQUEST, REQUEST);
    }

    @Test
    void after_a_block_no_step_is_taken_until_the_pause_is_over() throws Exception {
        AmocrmException blocked = SampleFailures.blocked();
        file.failing(SETTLE, blocked);
        assertThat(file.send(DOOR, REQUEST).getException()).isSameAs(blocked);
        file.forget();
        assertThat(file.send(DOOR, REQUEST).getException()).isInstanceOf(CallNotPermittedException.class);
        assertThat(file.calls()).isEmpty();

        breaker.transitionToHalfOpenState();
        file.on(SETTLE, step -> null);
        assertThat(file.ask(DOOR, REQUEST)).isEqualTo(ANSWER);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void authorising_is_not_kept_back_by_a_block_and_stores_what_the_code_is_worth() throws Exception {
        breaker.transitionToOpenState();
        file.on("accountTokens.authorisationRequest", step -> TOKEN_REQUEST);
        file.ask("amocrm-authorize", "code");
        assertThat(file.calls()).isEqualTo(steps("accountTokens.authorisationRequest", SENT, STORE, RELEASE));
        assertThat(file.bodies("accountTokens.authorisationRequest")).containsExactly("code");
        assertThat(file.bodies(PREPARE)).containsExactly(TOKEN_REQUEST);
        assertThat(file.bodies(STORE)).containsExactly(ANSWER);
    }

    @Test
    void a_code_that_is_refused_releases_the_lock_and_is_the_callers_business() {
        AmocrmException refused = SampleFailures.notAuthorised();
        file.failing(STORE, refused);
        assertThat(file.send("amocrm-authorize", "code").getException()).isSameAs(refused);
        assertThat(file.calls()).endsWith(STORE, RELEASE);
    }
}
