package io.identamocrm.ops;

import io.identamocrm.amocrm.TokenState;
import io.identamocrm.ops.HealthMonitor.Signs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * One reason for the service to be ready or not, in words. Liveness is Camel's own: it depends on nobody else, so that an outage elsewhere
 * never makes Kubernetes kill a process that waits for its end.
 */
public final class Readiness extends AbstractHealthCheck {

    private final HealthMonitor signs;
    private final Function<Signs, String> trouble;

    private Readiness(String id, HealthMonitor signs, Function<Signs, String> trouble) {
        super("ident-amocrm", id);
        this.signs = signs;
        this.trouble = trouble;
    }

    /**
     * All checks.
     *
     * @param stale       how long no run of receptions may have come to its end
     * @param mostDeadLetters dead letters that are taken as usual
     */
    public static List<HealthCheck> checks(HealthMonitor signs, Duration stale, int mostDeadLetters) {
        return List.of(
                new Readiness("ident", signs, Signs::ident),
                new Readiness("redis", signs, Signs::redis),
                new Readiness("amocrm-authorisation", signs, Readiness::authorisation),
                new Readiness("amocrm-reachable", signs, now -> now.shut()
                        ? "amoCRM is left alone, after it blocked us or stayed away; the log tells its answer. It is asked again by itself"
                        : null),
                new Readiness("receptions", signs, now -> now.pausedSince() == null && now.sinceSuccess().compareTo(stale) > 0
                        ? "no run of receptions has come to its end for " + now.sinceSuccess().toMinutes()
                        + " minutes; the log tells why the last one ended"
                        : null),
                new Readiness("dead-letters", signs, now -> now.deadLetterCount() > mostDeadLetters
                        ? now.deadLetterCount() + " dead letters, more than " + mostDeadLetters + "; see ident-amocrm dead-letters list"
                        : null));
    }

    private static String authorisation(Signs now) {
        if (now.redis() != null) {
            return null;
        }
        TokenState tokens = now.tokens();
        if (tokens == null) {
            return "the tokens in Redis cannot be opened with this TOKEN_ENCRYPTION_KEY";
        }
        if (!tokens.present()) {
            return "there are no tokens yet: run ident-amocrm authorize CODE";
        }
        return !tokens.refused() ? null : "amoCRM does not accept the tokens: " + (tokens.renewable()
                ? "run ident-amocrm authorize CODE" : "set a new AMOCRM_ACCESS_TOKEN");
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Signs now = signs.latest();
        String found = now == null ? "not looked at yet" : trouble.apply(now);
        if (found != null) {
            builder.message(found).down();
        } else {
            builder.message(now.pausedSince() == null ? "ok" : "ok; the schedules are paused since " + now.pausedSince()).up();
        }
    }
}
