package io.identamocrm.alerts;

import io.identamocrm.model.AlertKind;
import io.identamocrm.model.QuietHours;
import io.identamocrm.state.AlertMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts that wait for their channel: for the end of quiet hours, or for the channel to take them. Each channel tells the latest of a state
 * only: what began and was over in the night is one message in the morning.
 */
public final class AlertQueue {

    private static final Logger LOG = LoggerFactory.getLogger(AlertQueue.class);
    /** What could not be told for so long is no news. */
    private static final Duration NEWS = Duration.ofDays(1);

    private final List<Channel> channels;
    private final Set<AlertKind> urgent;
    private final @Nullable QuietHours quiet;
    private final Clock clinicClock;

    /**
     * The queue of a service.
     *
     * @param channels    those that are set
     * @param urgent      kinds that are told in quiet hours too
     * @param quiet       null if there are none
     * @param clinicClock the clock of the clinic's zone
     */
    public AlertQueue(List<Channel> channels, Set<AlertKind> urgent, @Nullable QuietHours quiet, Clock clinicClock) {
        this.channels = List.copyOf(channels);
        this.urgent = Set.copyOf(urgent);
        this.quiet = quiet;
        this.clinicClock = clinicClock;
    }

    /** What is to be noted of a new alert, by channel and state. */
    Map<String, String> toTell(String state, Alert alert) {
        Instant now = clinicClock.instant();
        Instant next = notBefore(alert.kind(), now);
        Map<String, String> noted = new LinkedHashMap<>();
        for (Channel channel : channels) {
            noted.put(DueAlert.key(channel, state), DueAlert.stored(0, next, alert));
        }
        return noted;
    }

    private Instant notBefore(AlertKind kind, Instant now) {
        return quiet == null || urgent.contains(kind) ? now : quiet.endAfter(now, clinicClock.getZone());
    }

    /** What is to be told by now; what is tried again waits for the end of quiet hours as well. */
    List<DueAlert> due(AlertMemory memory) {
        Instant now = clinicClock.instant();
        List<DueAlert> due = new ArrayList<>();
        memory.toTell().forEach((key, stored) -> {
            DueAlert one = DueAlert.of(key, stored, memory);
            if (one == null || one.alert().at().plus(NEWS).isBefore(now)) {
                if (memory.replace(key, stored, null)) {
                    LOG.warn("An alert was told to nobody for a day and is given up: {}", key);
                }
            } else if (channels.contains(one.channel())
                    && !now.isBefore(one.next())
                    && !now.isBefore(notBefore(one.alert().kind(), now))) {
                due.add(one);
            }
        });
        return due;
    }

    /** Takes an alert, so that no other process tells it; null if another one has done so. */
    public @Nullable DueAlert claim(DueAlert due) {
        DueAlert tried = due.tried(clinicClock.instant());
        return due.memory().replace(due.key(), due.stored(), tried.stored()) ? tried : null;
    }

    /** It is told. */
    public void sent(@Variable("alert") DueAlert told) {
        LOG.info(
                "Alert by {}: {} {}",
                told.channel().key(),
                told.state(),
                told.alert().over() ? "is over" : "has begun");
        try {
            told.memory().replace(told.key(), told.stored(), null);
        } catch (RedisException e) {
            LOG.warn("Redis did not hear that the alert {} is told; it may be told twice", told.key());
        }
    }

    /** It could not be told: says why, and lets it wait. */
    public void failed(@Variable("alert") DueAlert alert, Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (alert == null) {
            LOG.debug("An alert was not taken: {}", failure.getClass().getSimpleName());
            return;
        }
        Undelivered reason = Undelivered.of(alert.channel(), failure);
        DueAlert later = alert;
        Instant asked = reason.pause() == null ? null : clinicClock.instant().plus(reason.pause());
        if (asked != null && asked.isAfter(alert.next())) {
            later = alert.notBefore(asked);
            try {
                alert.memory().replace(alert.key(), alert.stored(), later.stored());
            } catch (RedisException e) {
                LOG.debug("Redis did not hear of a channel's pause");
            }
        }
        LOG.warn(
                "The alert {} was not told by {}: {}; tried again in {} s",
                alert.state(),
                alert.channel().key(),
                reason.explanation().sentence(),
                Math.max(
                        0, Duration.between(clinicClock.instant(), later.next()).toSeconds()));
    }
}
