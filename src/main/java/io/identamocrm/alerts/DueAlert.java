package io.identamocrm.alerts;

import io.identamocrm.state.AlertMemory;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert that one channel is to tell.
 *
 * @param channel  which
 * @param state    the id of the state
 * @param attempts as many have failed, or are under way
 * @param next     not before
 * @param memory   where it is noted
 */
public record DueAlert(Channel channel, String state, Alert alert, int attempts, Instant next, AlertMemory memory) {

    private static final int PARTS = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;

    /** As it is noted: the place of an alert on the same state by the same channel. */
    String key() {
        return key(channel, state);
    }

    /** The same of this channel and state. */
    static String key(Channel channel, String state) {
        return channel.key() + " " + state;
    }

    String stored() {
        return stored(attempts, next, alert);
    }

    /** As it is noted. */
    static String stored(int attempts, Instant next, Alert alert) {
        return attempts + " " + next.toEpochMilli() + " " + alert.stored();
    }

    /** What was noted; null if no channel or kind of ours is meant. */
    static @Nullable DueAlert of(String key, String stored, AlertMemory memory) {
        int space = key.indexOf(' ');
        String[] parts = stored.split(" ", PARTS);
        if (space < 0 || parts.length != PARTS) {
            return null;
        }
        String state = key.substring(space + 1);
        Channel channel = Channel.of(key.substring(0, space));
        Alert alert = Alert.of(state, parts[2]);
        return channel == null || alert == null
                ? null
                : new DueAlert(
                        channel,
                        state,
                        alert,
                        Integer.parseInt(parts[0]),
                        Instant.ofEpochMilli(Long.parseLong(parts[1])),
                        memory);
    }

    /** The same, tried once more: should nothing be heard of that attempt, the next one follows after a pause. */
    DueAlert tried(Instant now) {
        int count = attempts + 1;
        Duration pause = Duration.ofMinutes(1L << Math.min(attempts, DOUBLINGS));
        return notBefore(now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause), count);
    }

    /** The same, not before this moment. */
    DueAlert notBefore(Instant moment) {
        return notBefore(moment, attempts);
    }

    private DueAlert notBefore(Instant moment, int count) {
        return new DueAlert(channel, state, alert, count, moment, memory);
    }
}
