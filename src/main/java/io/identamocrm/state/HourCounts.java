package io.identamocrm.state;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RBatch;
import org.redisson.api.RMapAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Counts by hour, kept for some weeks: what a day and a week have brought. */
public final class HourCounts {

    private static final Duration KEPT = Duration.ofDays(35);

    private final RedissonClient redis;
    private final RedisKeys keys;

    /** The counts of one account. */
    public HourCounts(RedissonClient redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Adds to the counts of an hour.
     *
     * @param counts by name; a name holds no blank
     */
    public void add(Instant at, Map<String, Long> counts) {
        RBatch batch = redis.createBatch();
        String key = key(LocalDate.ofInstant(at, ZoneOffset.UTC));
        RMapAsync<String, String> day = batch.getMap(key, StringCodec.INSTANCE);
        String hour = at.truncatedTo(ChronoUnit.HOURS).toString();
        counts.forEach((name, count) -> day.addAndGetAsync(hour + " " + name, count));
        // Not of the map: the client does that by a script, of which it believes in a batch that every Redis knows it
        // already.
        batch.getKeys().expireAsync(key, KEPT.toMillis(), TimeUnit.MILLISECONDS);
        batch.execute();
    }

    /** The counts since an hour, by hour and name; hours in which nothing happened are absent. */
    public Map<Instant, Map<String, Long>> since(Instant from, Instant now) {
        RBatch batch = redis.createBatch();
        LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC); !day.isAfter(last); day = day.plusDays(1)) {
            batch.<String, String>getMap(key(day), StringCodec.INSTANCE).readAllMapAsync();
        }
        Map<Instant, Map<String, Long>> found = new TreeMap<>();
        for (Object map : batch.execute().getResponses()) {
            ((Map<?, ?>) map).forEach((field, count) -> {
                String[] parts = field.toString().split(" ", 2);
                Instant hour = Instant.parse(parts[0]);
                if (!hour.isBefore(from)) {
                    found.computeIfAbsent(hour, first -> new HashMap<>()).put(parts[1], Long.valueOf(count.toString()));
                }
            });
        }
        return found;
    }

    private String key(LocalDate day) {
        return keys.of("statistics:hours:" + day);
    }
}
