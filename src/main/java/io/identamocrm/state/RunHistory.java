package io.identamocrm.state;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Totals over all finished runs, and the figures of the last run of each kind. */
public final class RunHistory {

    private final RMap<String, String> totals;
    private final RMap<String, String> last;

    /** The history of one account. */
    public RunHistory(RedissonClient redis, RedisKeys keys) {
        totals = redis.getMap(keys.of("statistics:totals"), StringCodec.INSTANCE);
        last = redis.getMap(keys.of("statistics:last"), StringCodec.INSTANCE);
    }

    /** Adds a finished run. */
    public void add(String run, Instant endedAt, Map<String, Long> figures) {
        Map<String, String> latest = new HashMap<>();
        latest.put(run + ":ended-at", endedAt.toString());
        figures.forEach((name, figure) -> {
            totals.addAndGet(run + ":" + name, figure);
            latest.put(run + ":" + name, figure.toString());
        });
        last.putAll(latest);
    }

    /** When the last run of a kind ended, or null. */
    public Instant lastEnd(String run) {
        String at = last.get(run + ":ended-at");
        return at == null ? null : Instant.parse(at);
    }

    /** The totals of a kind of run by name. */
    public Map<String, Long> totals(String run) {
        Map<String, Long> found = new TreeMap<>();
        totals.readAllMap().forEach((name, figure) -> {
            if (name.startsWith(run + ":")) {
                found.put(name.substring(run.length() + 1), Long.valueOf(figure));
            }
        });
        return found;
    }
}
