package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.ops.Operations;
import io.identamocrm.ops.RunProgress;
import io.identamocrm.state.HourCounts;
import io.identamocrm.state.RunHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Body;

/** The runs: what they have done, how far they are, and what an operator does with them. */
public final class ConsoleRuns {

    private static final int DAYS = 7;

    private final Product product;
    private final RunProgress progress;
    private final HourCounts counts;
    private final Operations operations;
    private final Clock clinicClock;

    /**
     * The runs of one account.
     *
     * @param progress    of those of this process
     * @param operations  starts, pauses, resumes
     * @param clinicClock the clock of the clinic's zone
     */
    public ConsoleRuns(
            Product product, RunProgress progress, HourCounts counts, Operations operations, Clock clinicClock) {
        this.product = product;
        this.progress = progress;
        this.counts = counts;
        this.operations = operations;
        this.clinicClock = clinicClock;
    }

    /** Those under way, and the last hundred. */
    public JsonNode all() {
        Instant now = clinicClock.instant();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", now.toString());
        ArrayNode underWay = json.putArray("under_way");
        progress.underWay()
                .forEach(run -> underWay.addObject()
                        .put("run", run.kind().key())
                        .put("began_at", run.beganAt().toString())
                        .put("found", run.found())
                        .put("done", run.done())
                        .put("failed", run.failed())
                        .put("seconds", Duration.between(run.beganAt(), now).toMillis() / 1000.0));
        json.put("paused", operations.isPaused());
        ArrayNode last = json.putArray("last");
        for (RunHistory.Entry run : product.history().lastRuns()) {
            ObjectNode entry = last.addObject()
                    .put("run", run.run())
                    .put("mode", run.mode())
                    .put("ended_at", run.endedAt().toString())
                    .put("seconds", run.seconds());
            new TreeMap<>(run.figures()).forEach(entry::put);
        }
        return json;
    }

    /**
     * Starts a run in this process, or asks for one if it is busy.
     *
     * @param body {@code {"run": "receptions"}}, or {@code patients} or {@code deep}
     */
    public JsonNode start(@Body String body) {
        String run = Json.text(Json.read(body), "run");
        switch (run) {
            case "receptions" -> operations.startReceptionRun();
            case "patients" -> operations.startPatientRun();
            case "deep" -> operations.startDeepRun();
            default -> throw RequestException.wrong(ConsoleText.MUST_BE.with("run", "receptions, patients, deep"));
        }
        return JsonNodeFactory.instance.objectNode().put("started", run);
    }

    /** Lets no scheduled run start any more. */
    public JsonNode pause() {
        operations.pauseSchedules();
        return JsonNodeFactory.instance.objectNode().put("paused", true);
    }

    /** Lets scheduled runs start again. */
    public JsonNode resume() {
        operations.resumeSchedules();
        return JsonNodeFactory.instance.objectNode().put("paused", false);
    }

    /**
     * Lets what a brake holds back pass, once.
     *
     * @param body {@code {"kind": "creations"}}, as the state names it
     */
    public JsonNode release(@Body String body) {
        String kind = Json.text(Json.read(body), "kind");
        if (Arrays.stream(BrakeKind.values()).noneMatch(known -> known.key().equals(kind))) {
            throw RequestException.wrong(ConsoleText.NO_BRAKE_KIND);
        }
        if (!operations.releaseBrake(kind)) {
            throw RequestException.unknown(ConsoleText.NO_BRAKE);
        }
        return JsonNodeFactory.instance.objectNode().put("released", kind);
    }

    /** What has arrived and what has not: the last seven days of the clinic, today by the hour, and the figures of {@code stats}. */
    public JsonNode figures() {
        ZoneId zone = clinicClock.getZone();
        LocalDate today = LocalDate.now(clinicClock);
        Instant from = today.minusDays(DAYS - 1L).atStartOfDay(zone).toInstant();
        ObjectNode days = JsonNodeFactory.instance.objectNode();
        for (int day = DAYS - 1; day >= 0; day--) {
            days.putObject(today.minusDays(day).toString());
        }
        ObjectNode hours = JsonNodeFactory.instance.objectNode();
        counts.since(from, clinicClock.instant()).forEach((hour, ofHour) -> {
            String day = LocalDate.ofInstant(hour, zone).toString();
            add(days.withObject("/" + day), ofHour);
            if (day.equals(today.toString())) {
                add(hours.withObject("/" + hour.atZone(zone).getHour()), ofHour);
            }
        });
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("today", today.toString());
        json.set("days", days);
        json.set("hours", hours);
        product.statistics().forEach(json.putObject("totals")::putPOJO);
        return json;
    }

    /** {@code receptions created primary} becomes a member of a member of a member. */
    private static void add(ObjectNode sums, Map<String, Long> counted) {
        counted.forEach((name, count) -> {
            String[] parts = name.split(" ");
            ObjectNode outcome = sums.withObject("/" + parts[0] + "/" + parts[1]);
            String funnel = parts.length > 2 ? parts[2] : "none";
            outcome.put(funnel, outcome.path(funnel).asLong() + count);
        });
    }
}
