package io.identamocrm.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBatch;
import org.redisson.api.RDeque;
import org.redisson.api.RMap;
import org.redisson.api.RMapAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Totals over all finished runs, and the last hundred of them. */
public final class RunHistory {

    private static final int KEPT = 100;
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    /**
     * A finished run.
     *
     * @param run     its kind: {@code receptions}, {@code patients}, {@code deep}
     * @param mode    {@code incremental}, {@code full} …
     * @param endedAt when it ended
     * @param seconds how long it took
     * @param figures counts by name
     */
    public record Entry(String run, String mode, Instant endedAt, double seconds, Map<String, Long> figures) {}

    private final RedissonClient redis;
    private final RMap<String, String> totals;
    private final RMap<String, String> last;
    private final RDeque<String> runs;

    /** The history of one account. */
    public RunHistory(RedissonClient redis, RedisKeys keys) {
        this.redis = redis;
        totals = redis.getMap(keys.of("statistics:totals"), StringCodec.INSTANCE);
        last = redis.getMap(keys.of("statistics:last"), StringCodec.INSTANCE);
        runs = redis.getDeque(keys.of("statistics:runs"), StringCodec.INSTANCE);
    }

    /** Adds a finished run. */
    public void add(Entry entry) {
        RBatch batch = redis.createBatch();
        RMapAsync<String, String> sums = batch.getMap(totals.getName(), StringCodec.INSTANCE);
        Map<String, String> latest = new HashMap<>();
        latest.put(entry.run() + ":ended-at", entry.endedAt().toString());
        entry.figures().forEach((name, figure) -> {
            sums.addAndGetAsync(entry.run() + ":" + name, figure);
            latest.put(entry.run() + ":" + name, figure.toString());
        });
        batch.<String, String>getMap(last.getName(), StringCodec.INSTANCE).putAllAsync(latest);
        try {
            batch.getDeque(runs.getName(), StringCodec.INSTANCE).addFirstAsync(JSON.writeValueAsString(entry));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        batch.getList(runs.getName(), StringCodec.INSTANCE).trimAsync(0, KEPT - 1);
        batch.execute();
    }

    /** The last runs, the latest first, a hundred at most. */
    public List<Entry> lastRuns() {
        return runs.readAll().stream().map(RunHistory::read).toList();
    }

    private static Entry read(String text) {
        try {
            return JSON.readValue(text, Entry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A run in Redis's history is not readable", e);
        }
    }

    /** Notes that a long run of a kind is getting on. */
    public void noteProgress(String run, Instant at) {
        last.fastPut(run + ":progress-at", at.toString());
    }

    /** When a long run of a kind last got on, or null. */
    public @Nullable Instant lastProgress(String run) {
        String at = last.get(run + ":progress-at");
        return at == null ? null : Instant.parse(at);
    }

    /** When the last run of a kind ended, or null. */
    public @Nullable Instant lastEnd(String run) {
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
