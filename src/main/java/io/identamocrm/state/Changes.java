package io.identamocrm.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Changes of an account's keys that happen together or not at all: collected here, carried out by {@link WriteLock#commit}. */
public final class Changes {

    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<Change> all = new ArrayList<>();

    /** One change; {@code second} is the value or score, empty for a removal. */
    private record Change(String command, String key, String first, String second) {}

    /** Sets a field of a hash. */
    public Changes hset(String key, String field, String value) {
        return add("HSET", key, field, value);
    }

    /** Sets a field of a hash that it has not yet, unless a sorted set has the field's name for a member. */
    public Changes hsetNewUnless(String members, String key, String field, String value) {
        add("UNLESS", members, field, "");
        return add("HSETNX", key, field, value);
    }

    /** Removes a field of a hash. */
    public Changes hdel(String key, String field) {
        return add("HDEL", key, field, "");
    }

    /** Adds a member to a sorted set, or gives it another score. */
    public Changes zadd(String key, String member, long score) {
        return add("ZADD", key, Long.toString(score), member);
    }

    /** Removes a member of a sorted set. */
    public Changes zrem(String key, String member) {
        return add("ZREM", key, member, "");
    }

    /** Removes a key with all that it holds. */
    public Changes del(String key) {
        return add("DEL", key, "", "");
    }

    private Changes add(String command, String key, String first, String second) {
        places.putIfAbsent(key, places.size());
        all.add(new Change(command, key, first, second));
        return this;
    }

    /** True if nothing is to be changed. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The keys, each once. */
    List<String> keys() {
        return List.copyOf(places.keySet());
    }

    /** What a script takes: command, place of the key, and two more for each change. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(4 * all.size());
        all.forEach(change -> {
            arguments.add(change.command());
            arguments.add(Integer.toString(Objects.requireNonNull(places.get(change.key())) + 1));
            arguments.add(change.first());
            arguments.add(change.second());
        });
        return arguments;
    }

    /** Carries them out without a lock, for keys that are nobody else's: a dry run's own. */
    public void apply(RedissonClient redis) {
        if (all.isEmpty()) {
            return;
        }
        RBatch batch = redis.createBatch();
        for (Change change : all) {
            switch (change.command()) {
                case "HSET" ->
                    batch.getMap(change.key(), StringCodec.INSTANCE).fastPutAsync(change.first(), change.second());
                case "HDEL" -> batch.getMap(change.key(), StringCodec.INSTANCE).fastRemoveAsync(change.first());
                case "ZADD" ->
                    batch.getScoredSortedSet(change.key(), StringCodec.INSTANCE)
                            .addAsync(Double.parseDouble(change.first()), change.second());
                case "ZREM" ->
                    batch.getScoredSortedSet(change.key(), StringCodec.INSTANCE).removeAsync(change.first());
                case "DEL" -> batch.getKeys().deleteAsync(change.key());
                default -> throw new IllegalStateException(change.command());
            }
        }
        batch.execute();
    }
}
