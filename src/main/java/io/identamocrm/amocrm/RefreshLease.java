package io.identamocrm.amocrm;

import io.identamocrm.state.Scripts;
import io.identamocrm.state.Scripts.Script;
import java.time.Duration;
import java.util.List;

/** Who may ask for new tokens: one at a time over all processes. The lease ends by itself, after the longest that a request takes. */
final class RefreshLease {

    /** For the wait before the request, and once more for what follows its answer. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(100);

    /** Answers how long somebody else has it; 0 = it is the asker's now. */
    private static final Script TAKE = Script.withClock("""
            local held = redis.call('HMGET', KEYS[1], 'owner', 'until')
            local length = tonumber(ARGV[4])
            local left = (held[2] or 0) - now
            if held[1] and held[1] ~= ARGV[3] and left > 0 then
              -- No lease is longer, unless the clock went back.
              if left > length then redis.call('HSET', KEYS[1], 'until', now + length) end
              return {math.min(left, length)}
            end
            redis.call('HSET', KEYS[1], 'owner', ARGV[3], 'until', now + length)
            return {0}
            """);

    private static final Script GIVE_BACK = Script.withClock("""
            if redis.call('HGET', KEYS[1], 'owner') == ARGV[3] then redis.call('DEL', KEYS[1]) end
            return {}
            """);

    private final Scripts scripts;
    private final List<String> keys;
    private final Duration length;

    /**
     * The lease of one account.
     *
     * @param deadline the longest that a request takes
     */
    RefreshLease(Scripts scripts, String key, Duration deadline) {
        this.scripts = scripts;
        this.keys = List.of(key);
        this.length = deadline.plus(MARGIN).plus(MARGIN);
    }

    /**
     * Waits until nobody else has it, and takes it.
     *
     * @param owner different for every asker in every process
     * @return until when the request may go, so that the lease lasts until its answer is stored; on Timing's nanos
     */
    long take(String owner) throws InterruptedException {
        while (true) {
            long begun = scripts.timing().nanos();
            Duration left = Duration.ofMillis(Long.parseLong(
                    scripts.run(TAKE, keys, List.of(owner, Long.toString(length.toMillis())))
                            .get(0)));
            if (left.isZero()) {
                return begun + MARGIN.toNanos();
            }
            scripts.timing().sleep(left.compareTo(POLL) < 0 ? left : POLL);
        }
    }

    /** Gives it back, if the owner still has it. */
    void giveBack(String owner) {
        scripts.run(GIVE_BACK, keys, List.of(owner));
    }
}
