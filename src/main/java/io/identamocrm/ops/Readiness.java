package io.identamocrm.ops;

import io.identamocrm.amocrm.TokenState;
import io.identamocrm.ops.HealthMonitor.Health;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * One reason for the service to be ready or not, in words. Liveness is Camel's own: it depends on nobody else, so that an outage elsewhere
 * never makes Kubernetes kill a process that waits for its end.
 */
public final class Readiness extends AbstractHealthCheck {

    private final HealthMonitor monitor;
    private final Function<Health, String> trouble;

    private Readiness(String id, HealthMonitor monitor, Function<Health, String> trouble) {
        super("ident-amocrm", id);
        this.monitor = monitor;
        this.trouble = trouble;
    }

    /** IDENT can be read. */
    public static Readiness ofIdent(HealthMonitor monitor) {
        return new Readiness("ident", monitor, Health::ident);
    }

    /** Redis can be used. */
    public static Readiness ofRedis(HealthMonitor monitor) {
        return new Readiness("redis", monitor, Health::redis);
    }

    /** There are tokens, and amoCRM accepts them. */
    public static Readiness ofAuthorisation(HealthMonitor monitor) {
        return new Readiness("amocrm-authorisation", monitor, Readiness::authorisation);
    }

    /** amoCRM is not left alone. */
    public static Readiness ofAmocrm(HealthMonitor monitor) {
        return new Readiness(
                "amocrm-reachable",
                monitor,
                now -> now.shut()
                        ? "amoCRM is left alone, after it blocked us or stayed away; the log tells its answer. It is asked again by itself"
                        : null);
    }

    /**
     * Runs of receptions come to their end, and nobody in IDENT keeps changes from them.
     *
     * @param stale how long none may have, and how long somebody may
     */
    public static Readiness ofReceptions(HealthMonitor monitor, Duration stale) {
        return new Readiness("receptions", monitor, now -> {
            if (now.pausedSince() != null) {
                return null;
            }
            if (now.sinceSuccess().compareTo(stale) > 0) {
                return "no run of receptions has come to its end for "
                        + now.sinceSuccess().toMinutes() + " minutes; "
                        + (now.blocked() == null
                                ? "the log tells why the last one ended"
                                : now.blocked().words());
            }
            return now.blocked() != null && now.blocked().since().plus(stale).isBefore(now.at())
                    ? now.blocked().words()
                    : null;
        });
    }

    /**
     * There are few dead letters.
     *
     * @param most as many as are taken as usual
     */
    public static Readiness ofDeadLetters(HealthMonitor monitor, int most) {
        return new Readiness(
                "dead-letters",
                monitor,
                now -> now.deadLetterCount() > most
                        ? now.deadLetterCount() + " dead letters, more than " + most
                                + "; see ident-amocrm dead-letters list"
                        : null);
    }

    /** No brake is pulled. */
    public static Readiness ofBrakes(HealthMonitor monitor) {
        return new Readiness(
                "brakes",
                monitor,
                now -> now.brakes().isEmpty()
                        ? null
                        : now.brakes().stream()
                                .map(brake -> "the brake " + brake.kind() + " is pulled since "
                                        + monitor.clinicTime(brake.since()) + ": " + brake.seen()
                                        + ", so "
                                        + brake.kind().effect() + "; ident-amocrm brakes release " + brake.kind()
                                        + " lets them pass")
                                .collect(Collectors.joining("; ")));
    }

    /** True if this reason keeps the service from being ready. */
    public boolean isDown(Health now) {
        return trouble.apply(now) != null;
    }

    private static String authorisation(Health now) {
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
        return !tokens.refused()
                ? null
                : "amoCRM does not accept the tokens: "
                        + (tokens.renewable() ? "run ident-amocrm authorize CODE" : "set a new AMOCRM_ACCESS_TOKEN");
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Health now = monitor.latest();
        String found = now == null ? "not looked at yet" : trouble.apply(now);
        if (found != null) {
            builder.message(found).down();
        } else {
            builder.message("ok"
                            + (now.pausedSince() == null
                                    ? ""
                                    : "; the schedules are paused since " + monitor.clinicTime(now.pausedSince()))
                            + (now.blocked() == null ? "" : "; " + now.blocked().words()))
                    .up();
        }
    }
}
