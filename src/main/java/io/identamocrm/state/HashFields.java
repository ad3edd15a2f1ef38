package io.identamocrm.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * Reads fields of a hash whose names are ids, hundreds at once. Of a command the client makes and keeps a buffer for each argument, so
 * they go as one text to a script, which answers those that there are.
 */
public final class HashFields {

    /** A thousand at a time: Lua cannot hand on very many arguments. */
    private static final String READ = """
            local ids, found = {}, {}
            for id in string.gmatch(ARGV[1], '%S+') do ids[#ids + 1] = id end
            for from = 1, #ids, 1000 do
              local values = redis.call('HMGET', KEYS[1], unpack(ids, from, math.min(#ids, from + 999)))
              for i, value in ipairs(values) do
                if value then
                  found[#found + 1] = ids[from + i - 1]
                  found[#found + 1] = value
                end
              end
            end
            return found
            """;

    private HashFields() {}

    /**
     * The fields of these ids; absent ones are absent.
     *
     * @param key the hash
     * @throws org.redisson.client.RedisException if Redis is away
     */
    public static Map<Long, String> read(RedissonClient redis, String key, Collection<Long> ids) {
        Map<Long, String> found = new HashMap<>();
        if (!ids.isEmpty()) {
            StringJoiner asked = new StringJoiner(" ");
            ids.forEach(id -> asked.add(Long.toString(id)));
            List<String> answer = redis.getScript(StringCodec.INSTANCE)
                    .eval(RScript.Mode.READ_WRITE, READ, RScript.ReturnType.MULTI, List.of(key), asked.toString());
            for (int i = 0; i < answer.size(); i += 2) {
                found.put(Long.valueOf(answer.get(i)), answer.get(i + 1));
            }
        }
        return found;
    }
}
