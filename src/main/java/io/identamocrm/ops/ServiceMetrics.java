package io.identamocrm.ops;

import io.identamocrm.amocrm.RequestListener;
import io.identamocrm.amocrm.TokenState;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Decision;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.ops.HealthMonitor.Health;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunListener;
import io.identamocrm.sync.RunReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The product's own metrics, beside Camel's. Labels are kinds, outcomes and codes: never ids, never people. What counts is of this process;
 * gauges are of the account, the same in all its processes.
 */
public final class ServiceMetrics implements RequestListener, RunListener {

    private static final String PREFIX = "ident.amocrm.";

    private final MeterRegistry meters;

    public ServiceMetrics(MeterRegistry meters) {
        this.meters = meters;
        // What has not happened yet is counted as 0, so that an alert on its growth sees the first one.
        for (Run.Kind kind : Run.Kind.values()) {
            for (Outcome outcome : Outcome.values()) {
                rows(kind, outcome);
            }
            for (String result : List.of("completed", "skipped", "failed")) {
                run(kind, "incremental", result);
            }
        }
        for (Funnel funnel : Funnel.values()) {
            funnel(funnel);
        }
        waiting();
        requests("GET leads", "429");
    }

    /** Adds the figures of the account. */
    public void watch(HealthMonitor monitor) {
        for (String kind : List.of("receptions", "patients", "deep")) {
            gauge(
                    "last.run.timestamp",
                    "seconds",
                    "End of the last run that came to its end",
                    monitor,
                    now -> {
                        Instant end = now.lastRuns().get(kind);
                        return end == null ? null : (double) end.getEpochSecond();
                    },
                    "kind",
                    kind);
        }
        for (Run.Kind kind : Run.Kind.values()) {
            for (FailureCode code : FailureCode.values()) {
                gauge(
                        "dead.letters",
                        null,
                        "Receptions or patients that could not be delivered",
                        monitor,
                        now -> now.redis() != null
                                ? null
                                : (double) now.deadLetters()
                                        .getOrDefault(kind, Map.of())
                                        .getOrDefault(code, 0),
                        "kind",
                        kind.key(),
                        "code",
                        code.name());
            }
        }
        for (BrakeKind kind : BrakeKind.values()) {
            gauge(
                    "brake",
                    null,
                    "1 while a brake holds writes back",
                    monitor,
                    now -> now.redis() != null
                            ? null
                            : flag(now.brakes().stream().anyMatch(brake -> brake.kind() == kind)),
                    "kind",
                    kind.key());
        }
        gauge(
                "cursor.lag",
                "seconds",
                "Age of the moment up to which everything in IDENT is on record",
                monitor,
                now -> seconds(now.cursorLag()));
        gauge("token.life", "seconds", "Until the access token ends", monitor, now -> {
            TokenState tokens = now.tokens();
            return tokens == null || tokens.expiresAt() == null
                    ? null
                    : seconds(Duration.between(now.at(), tokens.expiresAt()));
        });
        gauge(
                "token.renewable",
                null,
                "1 if tokens renew themselves",
                monitor,
                now -> now.tokens() == null ? null : flag(now.tokens().renewable()));
        gauge(
                "authorised",
                null,
                "1 if amoCRM accepts the tokens",
                monitor,
                now -> now.redis() != null
                        ? null
                        : flag(now.tokens() != null
                                && now.tokens().present()
                                && !now.tokens().refused()));
        gauge("blocked", null, "1 while this process leaves amoCRM alone", monitor, now -> flag(now.shut()));
        gauge(
                "paused",
                null,
                "1 while an operator has paused the schedules",
                monitor,
                now -> flag(now.pausedSince() != null));
        gauge("reachable", null, "1 if it answers", monitor, now -> flag(now.ident() == null), "system", "ident");
        gauge("reachable", null, "1 if it answers", monitor, now -> flag(now.redis() == null), "system", "redis");
        gauge(
                "mirror.rows",
                null,
                "Rows of the local picture of amoCRM",
                monitor,
                now -> (double) now.deals(),
                "entity",
                "deals");
        gauge(
                "mirror.rows",
                null,
                "Rows of the local picture of amoCRM",
                monitor,
                now -> (double) now.contacts(),
                "entity",
                "contacts");
        gauge("redis.fill", null, "Share of the memory allowed to Redis that is used", monitor, Health::redisFill);
        gauge(
                "mirror.age",
                "seconds",
                "Since the local picture followed amoCRM",
                monitor,
                now -> seconds(now.mirrorAge()));
    }

    /**
     * Adds what the settings take as usual, so that alerts of Prometheus go by them too.
     *
     * @param stale       how long no run of receptions may come to its end
     * @param deadLetters as many are usual
     * @param growth      as many more within six hours are not
     */
    public void limits(Duration stale, int deadLetters, int growth) {
        limit(
                "stale.limit",
                "seconds",
                "Without a run of receptions for longer, they are not synchronised",
                stale.toSeconds());
        limit("dead.letters.limit", null, "More dead letters are not usual", deadLetters);
        limit("dead.letters.growth.limit", null, "As many more dead letters within six hours are not usual", growth);
    }

    private void limit(String name, @Nullable String unit, String description, long value) {
        Gauge.builder(PREFIX + name, () -> value)
                .baseUnit(unit)
                .description(description)
                .register(meters);
    }

    private void gauge(
            String name,
            @Nullable String unit,
            String description,
            HealthMonitor monitor,
            Function<Health, Double> figure,
            String... tags) {
        Gauge.builder(PREFIX + name, monitor, source -> {
                    Health now = source.latest();
                    Double value = now == null ? null : figure.apply(now);
                    return value == null ? Double.NaN : value;
                })
                .baseUnit(unit)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(meters);
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : Double.valueOf((double) duration.toSeconds());
    }

    private static double flag(boolean on) {
        return on ? 1 : 0;
    }

    @Override
    public void waited(Duration forTheLimit) {
        waiting().record(forTheLimit);
    }

    @Override
    public void answered(String kind, int status) {
        requests(kind, status == 0 ? "none" : Integer.toString(status)).increment();
    }

    @Override
    public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
        rows(kind, outcome).increment();
        if (decision.funnel() != null && outcome != Outcome.FAILED) {
            funnel(decision.funnel()).increment();
        }
    }

    @Override
    public void completed(RunReport report) {
        run(report.kind(), report.mode(), "completed").record(Duration.ofMillis(Math.round(report.seconds() * 1000)));
    }

    @Override
    public void skipped(Run.Kind kind, String mode, Duration after) {
        run(kind, mode, "skipped").record(after);
    }

    @Override
    public void failed(Run.Kind kind, String mode, Duration after) {
        run(kind, mode, "failed").record(after);
    }

    private Counter rows(Run.Kind kind, Outcome outcome) {
        return Counter.builder(PREFIX + "rows")
                .description("Receptions and patients by what became of them, each attempt counted")
                .tags("kind", kind.key(), "outcome", outcome.key())
                .register(meters);
    }

    private Counter funnel(Funnel funnel) {
        return Counter.builder(PREFIX + "funnel")
                .description("Receptions by the funnel that was chosen for them")
                .tags("funnel", funnel.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private Timer run(Run.Kind kind, String mode, String result) {
        return Timer.builder(PREFIX + "run")
                .description("Runs and how long they took")
                .tags("kind", kind.key(), "mode", mode, "result", result)
                .register(meters);
    }

    private Timer waiting() {
        return Timer.builder(PREFIX + "rate.limit.wait")
                .description("Waiting for amoCRM's rate limit")
                .register(meters);
    }

    private Counter requests(String kind, String answer) {
        return Counter.builder(PREFIX + "requests")
                .description("Requests to amoCRM by their answers")
                .tags("kind", kind, "answer", answer)
                .register(meters);
    }
}
