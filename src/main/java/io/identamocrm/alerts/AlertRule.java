package io.identamocrm.alerts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which change of a state makes an alert: one that has lasted. What is over before, and what comes back before it was told to be over, is
 * told to nobody, so that a state that comes and goes makes no noise.
 */
final class AlertRule {

    private static final int PARTS = 5;

    private AlertRule() {}

    /**
     * What is remembered of a state.
     *
     * @param told    it was told that it has begun, and not that it is over
     * @param since   when it began; null if it is not told
     * @param turning since when it looks otherwise than was told; null if it does not
     * @param count   a figure of its kind, as it was told
     * @param total   another
     */
    record State(
            boolean told, @Nullable Instant since, @Nullable Instant turning, long count, long total) {

        static final State WELL = new State(false, null, null, 0, 0);

        State turningSince(@Nullable Instant moment) {
            return new State(told, since, moment, count, total);
        }

        /** Null if nothing is to be remembered. */
        @Nullable
        String stored() {
            return equals(WELL)
                    ? null
                    : (told ? "told " : "well ") + millis(since) + " " + millis(turning) + " " + count + " " + total;
        }

        /** What was stored; well if it was nothing, or another version has written it. */
        static State of(@Nullable String stored) {
            String[] parts = stored == null ? new String[0] : stored.split(" ");
            return parts.length != PARTS
                    ? WELL
                    : new State(
                            parts[0].equals("told"),
                            instant(parts[1]),
                            instant(parts[2]),
                            Long.parseLong(parts[3]),
                            Long.parseLong(parts[4]));
        }

        private static long millis(@Nullable Instant moment) {
            return moment == null ? 0 : moment.toEpochMilli();
        }

        private static @Nullable Instant instant(String millis) {
            return millis.equals("0") ? null : Instant.ofEpochMilli(Long.parseLong(millis));
        }
    }

    /**
     * What follows from a look.
     *
     * @param after what is to be remembered
     * @param alert what is to be told; null = nothing
     */
    record Step(State after, @Nullable Alert alert) {}

    /**
     * One look at one state.
     *
     * @param id     of the state
     * @param before what is remembered of it
     * @param mine   what this process sees; null if it sees the state to be well
     * @param seen   whether any process of the account sees it
     * @param hold   for how long it must look otherwise until that is told
     */
    static Step next(String id, State before, @Nullable Trouble mine, boolean seen, Instant now, Duration hold) {
        return before.told() ? ofTold(id, before, seen, now, hold) : ofWell(before, mine, seen, now, hold);
    }

    private static Step ofWell(State before, @Nullable Trouble mine, boolean seen, Instant now, Duration hold) {
        if (mine == null) {
            // Whoever sees it knows its figures, and tells it.
            return new Step(seen ? before : State.WELL, null);
        }
        Instant began = before.turning() == null ? now : before.turning();
        if (now.isBefore(began.plus(hold))) {
            return new Step(before.turningSince(began), null);
        }
        Instant since = mine.since() != null && mine.since().isBefore(began) ? mine.since() : began;
        return new Step(
                new State(true, since, null, mine.count(), mine.total()),
                new Alert(mine.kind(), mine.subject(), false, since, now, mine.count(), mine.total()));
    }

    private static Step ofTold(String id, State before, boolean seen, Instant now, Duration hold) {
        if (seen) {
            return new Step(before.turningSince(null), null);
        }
        Instant ended = before.turning() == null ? now : before.turning();
        if (now.isBefore(ended.plus(hold))) {
            return new Step(before.turningSince(ended), null);
        }
        Instant since = before.since() == null ? ended : before.since();
        return new Step(State.WELL, Alert.of(id, true, since, ended, before.count(), before.total()));
    }
}
