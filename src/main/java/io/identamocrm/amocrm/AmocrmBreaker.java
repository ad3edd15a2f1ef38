package io.identamocrm.amocrm;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.TransitionCheckResult;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;

/** When the client leaves amoCRM alone: at once after a block, and when amoCRM stays away for as many attempts as a request gets. */
public final class AmocrmBreaker {

    private static final int ATTEMPTS = 7;
    private static final float ALL = 100;
    private static final double GROWTH = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private AmocrmBreaker() {}

    /**
     * The breaker of one process; one request after each pause finds out whether amoCRM is back.
     *
     * @param firstPause doubles as long as amoCRM is not back, up to half an hour
     * @param clock      the present
     */
    public static CircuitBreaker after(Duration firstPause, Clock clock) {
        return CircuitBreaker.of(
                "amocrm",
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(ATTEMPTS)
                        .minimumNumberOfCalls(ATTEMPTS)
                        .failureRateThreshold(ALL)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(firstPause, GROWTH, LONGEST_PAUSE))
                        .recordException(AmocrmBreaker::isAway)
                        .ignoreException(failure -> !isAway(failure))
                        .transitionOnResult(
                                result -> result.isRight() && result.get() instanceof AmocrmException.Blocked
                                        ? TransitionCheckResult.transitionToOpenAndWaitFor(firstPause)
                                        : TransitionCheckResult.noTransition())
                        .build());
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof AmocrmException ended
                && ended.answer() instanceof Response.Failed failed
                && failed.match(notAuthorised -> false, blocked -> true, rateLimited -> false, unavailable -> true);
    }
}
