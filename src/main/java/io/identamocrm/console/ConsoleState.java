package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.TokenState;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Language;
import io.identamocrm.ops.HealthMonitor;
import io.identamocrm.ops.HealthMonitor.Health;
import io.identamocrm.ops.Readiness;
import io.identamocrm.ops.RunFailures;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/**
 * How the service is, in one document: a light, its reasons, what to do next, and how fresh everything is. All of it comes from the last
 * look of the health monitor, so that it answers while IDENT, Redis and amoCRM are away.
 */
public final class ConsoleState {

    private static final String LAST_RUN = "last-run";

    /** What a person should do something about first stands first. */
    private static final List<String> GRAVE = List.of(
            "redis",
            "ident",
            "amocrm-authorisation",
            "amocrm-reachable",
            LAST_RUN,
            "brakes",
            "receptions",
            "dead-letters");

    private final HealthMonitor monitor;
    private final List<Readiness> checks;
    private final RunFailures failures;
    private final Settings settings;
    private final String version;

    /**
     * The state of one service.
     *
     * @param checks   each names one reason for the service not to be ready
     * @param failures knows why the last run did not come to its end
     * @param version  of the product
     */
    public ConsoleState(
            HealthMonitor monitor, List<Readiness> checks, RunFailures failures, Settings settings, String version) {
        this.monitor = monitor;
        this.checks = List.copyOf(checks);
        this.failures = failures;
        this.settings = settings;
        this.version = version;
    }

    /** The state as of the last look. */
    public JsonNode now(@Header("Accept-Language") String languages) {
        Language language = Json.language(languages);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", version)
                .put("account", settings.amocrm().account())
                .put("amocrm", settings.amocrm().baseUrl())
                .put("zone", settings.zone().getId());
        Map<String, String> down = new TreeMap<>();
        ArrayNode reasons = json.putArray("checks");
        for (Readiness check : checks) {
            Readiness.Shown shown = check.shown();
            tell(reasons, down, check.getId(), shown.up(), shown.said().in(language));
        }
        // Of its own account the service stays ready: the next run may end well. What to do stands here at once.
        Problem failure = failures.present();
        boolean grave = !down.isEmpty() || failure != null && isForPeople(failure);
        if (failure != null) {
            tell(reasons, down, LAST_RUN, false, failure.message(language));
        }
        Health now = monitor.latest();
        if (now == null) {
            json.put("light", "grey").put("next", "wait");
            return json;
        }
        String next = next(down, now);
        json.put("light", grave ? "red" : "none".equals(next) ? "green" : "yellow")
                .put("next", next)
                .put("next_message", down.get(next))
                .put("at", now.at().toString())
                .put("paused_since", text(now.pausedSince()))
                .put("redis", now.redis() == null)
                .put("dead_letters", now.deadLetterCount())
                .put("deals", now.deals())
                .put("contacts", now.contacts())
                .put("cursor_lag_seconds", seconds(now.cursorLag()))
                .put("mirror_age_seconds", seconds(now.mirrorAge()));
        tokens(json, now);
        ObjectNode ends = json.putObject("last_runs");
        now.lastRuns().forEach((run, end) -> ends.put(run, end.toString()));
        ArrayNode brakes = json.putArray("brakes");
        now.brakes()
                .forEach(brake -> brakes.addObject()
                        .put("kind", brake.kind().key())
                        .put("since", brake.since().toString())
                        .put("seen", brake.seen().in(language))
                        .put("effect", brake.kind().effect().in(language)));
        return json;
    }

    private static void tell(ArrayNode reasons, Map<String, String> down, String check, boolean up, String said) {
        reasons.addObject().put("check", check).put("up", up).put("message", said);
        if (!up) {
            down.put(check, said);
        }
    }

    /** Trying again does not help. */
    private static boolean isForPeople(Problem failure) {
        return failure.exitCode() == Problem.WRONG_SETUP || failure.exitCode() == Problem.NOT_AUTHORISED;
    }

    /**
     * Nobody is to wait for a Redis that is known to be away.
     *
     * @throws NotNowException if it was at the last look
     */
    public void requireRedis() {
        Health now = monitor.latest();
        if (now != null && now.redis() != null) {
            throw new NotNowException(Explanation.of(now.redis(), ConsoleText.TELLS_WHEN_BACK));
        }
    }

    private static String next(Map<String, String> down, Health now) {
        for (String check : GRAVE) {
            if (down.containsKey(check)) {
                return check;
            }
        }
        if (now.pausedSince() != null) {
            return "paused";
        }
        if (now.tokenEndsSoon() != null) {
            return "token";
        }
        if (!now.lastRuns().containsKey("receptions")) {
            return "first-run";
        }
        return now.deadLetterCount() > 0 ? "look-at-dead-letters" : "none";
    }

    private static void tokens(ObjectNode json, Health now) {
        TokenState tokens = now.tokens();
        if (tokens != null) {
            json.putObject("tokens")
                    .put("present", tokens.present())
                    .put("refused", tokens.refused())
                    .put("renewable", tokens.renewable())
                    .put("expires_at", text(tokens.expiresAt()))
                    .put(
                            "days",
                            tokens.expiresAt() == null
                                    ? null
                                    : Duration.between(now.at(), tokens.expiresAt())
                                            .toDays());
        }
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : Long.valueOf(duration.toSeconds());
    }
}
