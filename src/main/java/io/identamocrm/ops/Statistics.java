package io.identamocrm.ops;

import io.identamocrm.state.Cursors;
import io.identamocrm.state.RunHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of {@code stats}, under the older tool's names where it had one. */
public final class Statistics {

    private Statistics() {}

    /**
     * The present figures by name; null = has not happened yet.
     *
     * @param deadLetters how many there are
     * @param clinicClock the clock of the clinic's zone
     */
    public static Map<String, Object> of(RunHistory history, int deadLetters, Cursors cursors, Clock clinicClock) {
        Map<String, Long> totals = history.totals("receptions");
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("last_reception_sync", text(history.lastEnd("receptions"), clinicClock));
        figures.put("last_patient_sync", text(history.lastEnd("patients"), clinicClock));
        figures.put("last_deep_sync", text(history.lastEnd("deep"), clinicClock));
        figures.put("total_receptions", totals.getOrDefault("found", 0L));
        for (String outcome : new String[] {"created", "created_deal", "updated", "unchanged", "closed", "skipped"}) {
            figures.put("total_" + outcome, totals.getOrDefault(outcome, 0L));
        }
        long primary = totals.getOrDefault("primary", 0L);
        long secondary = totals.getOrDefault("secondary", 0L);
        figures.put("primary_funnel_count", primary);
        figures.put("secondary_funnel_count", secondary);
        // A failed one is in none, and one that was moved or is of a branch left out is skipped before one is chosen.
        figures.put("no_funnel_count", Math.max(0, totals.getOrDefault("found", 0L) - primary - secondary));
        figures.put("sync_errors", totals.getOrDefault("failed", 0L));
        figures.put("amocrm_requests", totals.getOrDefault("amocrm_requests", 0L));
        figures.put("dead_letters", deadLetters);
        Map<String, Long> patients = history.totals("patients");
        figures.put("total_patients", patients.getOrDefault("found", 0L));
        figures.put("patient_sync_errors", patients.getOrDefault("failed", 0L));
        LocalDateTime readUpTo = cursors.readUpTo("receptions");
        figures.put(
                "cursor_lag_seconds",
                readUpTo == null
                        ? null
                        : Math.max(
                                0,
                                Duration.between(readUpTo, LocalDateTime.now(clinicClock))
                                        .toSeconds()));
        return figures;
    }

    /** With its offset, so that programs can tell it too: {@code 2026-01-31T08:00:00+03:00}. */
    private static @Nullable String text(@Nullable Instant instant, Clock clinicClock) {
        return instant == null
                ? null
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        instant.truncatedTo(ChronoUnit.SECONDS).atZone(clinicClock.getZone()));
    }
}
