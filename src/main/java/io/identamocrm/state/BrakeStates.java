package io.identamocrm.state;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Which brakes are pulled, and by what; and under which choice of rows full runs have counted as usual. */
public final class BrakeStates {

    private static final String CHOICE_BEGUN = "choice-begun";
    private static final String CHOICE_COMPLETED = "choice-completed";
    private static final String GONE_BEFORE = "gone-before";
    private static final String RELEASED = "released";
    private static final String PULLED = "pulled";
    private static final int PARTS = 4;

    private final RMap<String, String> states;

    /** The brakes of one account. */
    public BrakeStates(RedissonClient redis, RedisKeys keys) {
        states = redis.getMap(keys.of("brakes"), StringCodec.INSTANCE);
    }

    /**
     * A brake that was pulled.
     *
     * @param affected as many would have been written
     * @param total    of so many
     * @param since    when it was pulled first
     * @param released true if a person lets up to {@code affected} pass, once
     */
    public record Brake(BrakeKind kind, int affected, int total, Instant since, boolean released) {

        /** What it saw, in words. */
        public Text seen() {
            return kind.seen(affected, total);
        }

        private String stored() {
            return affected + " " + total + " " + since + " " + (released ? RELEASED : PULLED);
        }
    }

    /** The brake, pulled or released; null if it is neither. */
    public @Nullable Brake of(BrakeKind kind) {
        String stored = states.get(kind.key());
        String[] parts = stored == null ? new String[0] : stored.split(" ");
        return parts.length != PARTS
                ? null
                : new Brake(
                        kind,
                        Integer.parseInt(parts[0]),
                        Integer.parseInt(parts[1]),
                        Instant.parse(parts[2]),
                        parts[3].equals(RELEASED));
    }

    /** All that are pulled or released, in the order of their kinds. */
    public List<Brake> all() {
        List<Brake> all = new ArrayList<>();
        for (BrakeKind kind : BrakeKind.values()) {
            Brake brake = of(kind);
            if (brake != null) {
                all.add(brake);
            }
        }
        return all;
    }

    /** Pulls a brake, or shows one that is pulled with what was seen now; a release of fewer is over. */
    public void pull(BrakeKind kind, int affected, int total, Instant now) {
        Brake before = of(kind);
        Instant since = before == null || before.released() ? now : before.since();
        states.fastPut(kind.key(), new Brake(kind, affected, total, since, false).stored());
    }

    /** Releases a pulled brake for what it shows; returns it, or null if it is not pulled or shows something else by now. */
    public @Nullable Brake release(BrakeKind kind) {
        Brake shown = of(kind);
        if (shown == null || shown.released()) {
            return null;
        }
        Brake released = new Brake(kind, shown.affected(), shown.total(), shown.since(), true);
        return states.replace(kind.key(), shown.stored(), released.stored()) ? released : null;
    }

    /** The brake is neither pulled nor released any more. */
    public void end(BrakeKind kind) {
        states.fastRemove(kind.key());
    }

    /** True if a full run has ever come to its end. */
    public boolean isAnyCompleted() {
        return states.containsKey(CHOICE_COMPLETED);
    }

    /** Delivered deals that were gone when the last full run came to its end: they are no news. */
    public int goneBefore() {
        return Integer.parseInt(states.getOrDefault(GONE_BEFORE, "0"));
    }

    /** So many delivered deals are gone, and that is settled. */
    public void noteGone(int count) {
        states.fastPut(GONE_BEFORE, Integer.toString(count));
    }

    /** True if a full run has come to its end under another choice of rows than this one: a wider horizon, a new branch. */
    public boolean isOtherChoice(String choice) {
        String completed = states.get(CHOICE_COMPLETED);
        return completed != null && !completed.equals(choice);
    }

    /** True if a full run was let begin with very many creations under this choice, and none has come to its end since. */
    public boolean isBegun(String choice) {
        return choice.equals(states.get(CHOICE_BEGUN));
    }

    /** A full run begins in which very many creations are as expected. */
    public void noteBegun(String choice) {
        states.fastPut(CHOICE_BEGUN, choice);
    }

    /** A full run has come to its end. */
    public void noteCompleted(String choice) {
        states.fastPut(CHOICE_COMPLETED, choice);
        states.fastRemove(CHOICE_BEGUN);
    }
}
