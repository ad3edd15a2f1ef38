package io.identamocrm.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** How full the server is that holds the account's keys. */
public final class RedisMemory {

    private static final String USED_OF_ALLOWED = """
            local memory = redis.pcall('INFO', 'memory')
            if type(memory) == 'table' then return {'0', '0'} end
            return {string.match(memory, 'used_memory:(%d+)') or '0', string.match(memory, 'maxmemory:(%d+)') or '0'}
            """;

    private final RedissonClient redis;
    private final RedisKeys keys;

    /** Of the server with this account. */
    public RedisMemory(RedissonClient redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The share of the memory allowed to it that is used, 1 = all; null if it has no limit or does not say. */
    public @Nullable Double share() {
        List<Object> answer = redis.getScript(StringCodec.INSTANCE)
                .eval(
                        RScript.Mode.READ_ONLY,
                        USED_OF_ALLOWED,
                        RScript.ReturnType.MULTI,
                        List.of(keys.of("lock:writer")));
        double allowed = Double.parseDouble(String.valueOf(answer.get(1)));
        return allowed == 0 ? null : Double.valueOf(Double.parseDouble(String.valueOf(answer.get(0))) / allowed);
    }
}
