package io.identamocrm.state;

import io.identamocrm.state.Scripts.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * What all processes of the account remember of states that operators hear of. A state that only one process sees, such as an IDENT that
 * one machine does not reach, is a state of the account for as long as that process says so and lives.
 */
public final class AlertStates implements AlertMemory {

    private static final int GROWTH_HOURS = 6;

    /** Members are a state and a process; their score is the moment at which the process's word no longer counts. */
    private static final Script REPORT = Script.withClock("""
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            local mine = ' ' .. ARGV[3]
            for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
              if string.sub(member, -string.len(mine)) == mine then redis.call('ZREM', KEYS[1], member) end
            end
            for i = 5, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[4], ARGV[i] .. mine) end
            return redis.call('ZRANGE', KEYS[1], 0, -1)
            """);

    private static final Script CHANGE = new Script("""
            if (redis.call('HGET', KEYS[1], ARGV[3]) or '') ~= ARGV[4] then return {'other'} end
            if ARGV[5] == '' then redis.call('HDEL', KEYS[1], ARGV[3]) else redis.call('HSET', KEYS[1], ARGV[3], ARGV[5]) end
            for i = 6, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
            return {'changed'}
            """);

    private final Scripts scripts;
    private final RMap<String, String> states;
    private final RMap<String, String> toTell;
    private final RMap<String, String> deadLetters;
    private final String statesKey;
    private final String toTellKey;
    private final String seenKey;

    /** Those of one account. */
    public AlertStates(RedissonClient redis, RedisKeys keys, Scripts scripts) {
        this.scripts = scripts;
        statesKey = keys.of("alerts");
        toTellKey = keys.of("alerts:to-tell");
        seenKey = keys.of("alerts:seen");
        states = redis.getMap(statesKey, StringCodec.INSTANCE);
        toTell = redis.getMap(toTellKey, StringCodec.INSTANCE);
        deadLetters = redis.getMap(keys.of("alerts:dead-letters"), StringCodec.INSTANCE);
    }

    /**
     * A process says what it sees, in place of what it said before.
     *
     * @param process as no other is called
     * @param counts  for how long its word counts if it says nothing more
     * @param seen    states, without spaces in their ids
     * @return what any living process sees
     */
    public Set<String> report(String process, Duration counts, Collection<String> seen) {
        List<String> arguments = new ArrayList<>(List.of(process, Long.toString(counts.toMillis())));
        arguments.addAll(seen);
        Set<String> all = new HashSet<>();
        scripts.run(REPORT, List.of(seenKey), arguments)
                .forEach(member -> all.add(member.substring(0, member.indexOf(' '))));
        return all;
    }

    /**
     * By how many the dead letters have grown over the last six hours, as far as they were counted.
     *
     * @param count as many there are now
     */
    public int growthOfDeadLetters(int count, Instant now) {
        long hour = now.getEpochSecond() / 3600;
        Map<String, String> byHour = deadLetters.readAllMap();
        int least = count;
        for (Map.Entry<String, String> entry : byHour.entrySet()) {
            long age = hour - Long.parseLong(entry.getKey());
            if (age < 0 || age > GROWTH_HOURS) {
                deadLetters.fastRemove(entry.getKey());
            } else {
                least = Math.min(least, Integer.parseInt(entry.getValue()));
            }
        }
        String before = byHour.get(Long.toString(hour));
        if (before == null || Integer.parseInt(before) > count) {
            deadLetters.fastPut(Long.toString(hour), Integer.toString(count));
        }
        return count - least;
    }

    @Override
    public Map<String, String> states() {
        return states.readAllMap();
    }

    @Override
    public Map<String, String> toTell() {
        return toTell.readAllMap();
    }

    @Override
    public boolean change(String state, @Nullable String before, @Nullable String after, Map<String, String> alerts) {
        List<String> arguments =
                new ArrayList<>(List.of(state, before == null ? "" : before, after == null ? "" : after));
        alerts.forEach((alert, text) -> arguments.addAll(List.of(alert, text)));
        return scripts.run(CHANGE, List.of(statesKey, toTellKey), arguments).contains("changed");
    }

    @Override
    public boolean replace(String alert, String before, @Nullable String after) {
        return after == null ? toTell.remove(alert, before) : toTell.replace(alert, before, after);
    }
}
