package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AmocrmBreakerTest {

    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final AmocrmRequest REQUEST = AmocrmRequest.pipelines();

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final CircuitBreaker breaker = AmocrmBreaker.after(PAUSE, clock);

    private void fails(Throwable failure) {
        breaker.acquirePermission();
        breaker.onError(1, TimeUnit.MILLISECONDS, failure);
    }

    private static AmocrmException blocked() {
        return ended(new Response.Blocked(false, "status 403"));
    }

    private static AmocrmException away() {
        return ended(new Response.Unavailable("status 502"));
    }

    private static AmocrmException ended(Response.Failed failed) {
        return AmocrmException.of(
                REQUEST, failed, answer -> new AmocrmException.NotAuthorised("refused", "ask for another", answer));
    }

    /** Whole seconds until a request may go. */
    private long secondsShut() {
        long seconds = 0;
        while (!breaker.tryAcquirePermission()) {
            clock.advance(Duration.ofSeconds(1));
            seconds++;
        }
        return seconds - 1;
    }

    @Test
    void one_block_opens_the_breaker() {
        fails(blocked());
        assertThat(breaker.tryAcquirePermission()).isFalse();
        assertThat(secondsShut()).isEqualTo(60);
    }

    @Test
    void each_pause_is_longer_than_the_one_before_up_to_half_an_hour() {
        fails(blocked());
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pauses.add(secondsShut());
            breaker.onError(1, TimeUnit.MILLISECONDS, blocked());
        }
        assertThat(pauses).containsExactly(60L, 60L, 120L, 240L, 480L, 960L, 1800L, 1800L, 1800L);
    }

    @Test
    void a_success_after_the_pause_closes_the_breaker_and_forgets_the_pauses() {
        fails(blocked());
        secondsShut();
        breaker.onSuccess(1, TimeUnit.MILLISECONDS);
        fails(blocked());
        assertThat(secondsShut()).isEqualTo(60);
    }

    @Test
    void as_many_failed_attempts_as_a_request_gets_open_it_too() {
        for (int attempt = 1; attempt <= 6; attempt++) {
            fails(away());
        }
        assertThat(breaker.tryAcquirePermission()).isTrue();
        breaker.onError(1, TimeUnit.MILLISECONDS, away());
        assertThat(breaker.tryAcquirePermission()).isFalse();
    }

    @Test
    void other_failures_say_nothing_about_amocrm() {
        for (int attempt = 0; attempt < 20; attempt++) {
            fails(ended(new Response.RateLimited(null)));
            fails(ended(new Response.NotAuthorised("status 401")));
            fails(new IllegalStateException("Redis"));
        }
        assertThat(breaker.tryAcquirePermission()).isTrue();
    }
}
