package io.identamocrm.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.redisson.api.RType;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/** An account's state in Redis as a document, to be put back; without what passes by itself, as locks do. */
final class StateDump {

    private StateDump() {}

    /** All keys with their kinds and values. */
    static ObjectNode of(RedissonClient redis, String pattern) {
        ObjectNode dump = JsonNodeFactory.instance.objectNode();
        Set<String> keys = new TreeSet<>();
        redis.getKeys().getKeys(KeysScanOptions.defaults().pattern(pattern)).forEach(keys::add);
        for (String key : keys) {
            if (redis.getKeys().remainTimeToLive(key) < 0) {
                put(dump.putObject(key), key, redis);
            }
        }
        return dump;
    }

    private static void put(ObjectNode node, String key, RedissonClient redis) {
        RType type = redis.getKeys().getType(key);
        switch (type) {
            case OBJECT ->
                node.put(
                        "text",
                        redis.<String>getBucket(key, StringCodec.INSTANCE).get());
            case MAP -> {
                ObjectNode hash = node.putObject("hash");
                new TreeMap<>(redis.<String, String>getMap(key, StringCodec.INSTANCE)
                                .readAllMap())
                        .forEach(hash::put);
            }
            case LIST ->
                redis.<String>getList(key, StringCodec.INSTANCE).readAll().forEach(node.putArray("list")::add);
            case SET ->
                new TreeSet<>(redis.<String>getSet(key, StringCodec.INSTANCE).readAll())
                        .forEach(node.putArray("set")::add);
            case ZSET -> {
                ObjectNode sorted = node.putObject("sorted");
                redis.<String>getScoredSortedSet(key, StringCodec.INSTANCE)
                        .entryRange(0, -1)
                        .forEach(entry -> sorted.put(entry.getValue(), entry.getScore()));
            }
            default -> throw new IllegalStateException(key + " is of type " + type);
        }
    }

    /** Puts everything back. */
    static void load(JsonNode dump, RedissonClient redis) {
        dump.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode node = entry.getValue();
            if (node.has("text")) {
                redis.<String>getBucket(key, StringCodec.INSTANCE)
                        .set(node.path("text").asText());
            }
            node.path("hash")
                    .properties()
                    .forEach(field -> redis.<String, String>getMap(key, StringCodec.INSTANCE)
                            .fastPut(field.getKey(), field.getValue().asText()));
            node.path("list")
                    .forEach(item ->
                            redis.<String>getList(key, StringCodec.INSTANCE).add(item.asText()));
            node.path("set")
                    .forEach(item ->
                            redis.<String>getSet(key, StringCodec.INSTANCE).add(item.asText()));
            node.path("sorted")
                    .properties()
                    .forEach(item -> redis.<String>getScoredSortedSet(key, StringCodec.INSTANCE)
                            .add(item.getValue().asDouble(), item.getKey()));
        });
    }

    /** The ids that are the names of a hash's fields. */
    static Set<Long> ids(JsonNode dump, String key) {
        Set<Long> ids = new TreeSet<>();
        dump.path(key).path("hash").fieldNames().forEachRemaining(field -> ids.add(Long.valueOf(field)));
        return ids;
    }

    /** Keys and their kinds, without values. */
    static Set<String> shape(JsonNode dump) {
        Set<String> shape = new TreeSet<>();
        dump.properties().forEach(entry -> shape.add(entry.getKey() + " " + String.join(",", names(entry.getValue()))));
        return shape;
    }

    private static Iterable<String> names(JsonNode node) {
        return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
                .toList();
    }
}
