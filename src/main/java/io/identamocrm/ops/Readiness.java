package io.identamocrm.ops;

import io.identamocrm.amocrm.TokenState;
import io.identamocrm.model.Text;
import io.identamocrm.ops.HealthMonitor.Health;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * One reason for the service to be ready or not, in words. Liveness is Camel's own: it depends on nobody else, so that an outage elsewhere
 * never makes Kubernetes kill a process that waits for its end.
 */
public final class Readiness extends AbstractHealthCheck {

    private final HealthMonitor monitor;
    private final Function<Health, @Nullable Text> trouble;

    private Readiness(String id, HealthMonitor monitor, Function<Health, @Nullable Text> trouble) {
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
        return new Readiness("amocrm-reachable", monitor, now -> now.shut() ? OpsText.AMOCRM_LEFT_ALONE : null);
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
                return OpsText.NO_RUN_ENDS.with(
                        now.sinceSuccess().toMinutes(),
                        now.blocked() == null
                                ? OpsText.LOG_TELLS
                                : now.blocked().what());
            }
            return now.blocked() != null && now.blocked().since().plus(stale).isBefore(now.at())
                    ? now.blocked().what()
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
                        ? OpsText.MANY_DEAD_LETTERS.with(now.deadLetterCount(), most)
                        : null);
    }

    /** No brake is pulled. */
    public static Readiness ofBrakes(HealthMonitor monitor) {
        return new Readiness(
                "brakes",
                monitor,
                now -> now.brakes().isEmpty()
                        ? null
                        : Text.joined(
                                Text.of("; "),
                                now.brakes().stream()
                                        .map(brake -> OpsText.BRAKE_PULLED.with(
                                                brake.kind().key(),
                                                monitor.clinicTime(brake.since()),
                                                brake.seen(),
                                                brake.kind().effect()))
                                        .toList()));
    }

    /** True if this reason keeps the service from being ready. */
    public boolean isDown(Health now) {
        return trouble.apply(now) != null;
    }

    private static @Nullable Text authorisation(Health now) {
        if (now.redis() != null) {
            return null;
        }
        TokenState tokens = now.tokens();
        if (tokens == null) {
            return OpsText.TOKENS_SEALED;
        }
        if (!tokens.present()) {
            return OpsText.NO_TOKENS;
        }
        return !tokens.refused()
                ? null
                : tokens.renewable() ? OpsText.TOKENS_REFUSED_RENEWABLE : OpsText.TOKENS_REFUSED;
    }

    /**
     * What one look has shown.
     *
     * @param up   true if this is no reason
     * @param said why it is one; else that it is none, and what there is to say beside it
     */
    public record Shown(boolean up, Text said) {}

    /** What the last look has shown. */
    public Shown shown() {
        Health now = monitor.latest();
        if (now == null) {
            return new Shown(false, OpsText.NOT_LOOKED_AT);
        }
        Text found = trouble.apply(now);
        return new Shown(found == null, found == null ? remarks(now) : found);
    }

    private Text remarks(Health now) {
        Text words = OpsText.OK;
        if (now.pausedSince() != null) {
            words = OpsText.OK_AND.with(words, OpsText.PAUSED_SINCE.with(monitor.clinicTime(now.pausedSince())));
        }
        return now.blocked() == null
                ? words
                : OpsText.OK_AND.with(words, now.blocked().what());
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Shown shown = shown();
        builder.message(shown.said().english());
        if (shown.up()) {
            builder.up();
        } else {
            builder.down();
        }
    }
}
