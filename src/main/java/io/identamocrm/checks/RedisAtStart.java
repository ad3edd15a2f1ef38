package io.identamocrm.checks;

import io.identamocrm.model.Explanation;
import io.identamocrm.problems.InvalidSettingsException;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.StateFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Whether the server that holds the account's keys is one on which the product's scripts can rely. */
public final class RedisAtStart {

    private static final int[] LEAST_VERSION = {6, 2};

    /**
     * A server that may not be asked, or that does not say which one it is, cannot be told from another after a failover. ARGV[1]: the
     * format that is written where there is none, or an older one; empty = nothing is written.
     */
    private static final String SERVER = """
            local server, replication = redis.pcall('INFO', 'server'), redis.pcall('INFO', 'replication')
            if type(server) == 'table' or type(replication) == 'table' then return {'', '0', ''} end
            local named = string.find(server, 'run_id:%w') and string.find(replication, 'master_replid:%w')
            local format = redis.call('GET', KEYS[2]) or ''
            if named and ARGV[1] ~= '' and (format == '' or (tonumber(format) or math.huge) < tonumber(ARGV[1])) then
              redis.call('SET', KEYS[2], ARGV[1])
            end
            return {string.match(server, 'redis_version:([%w.-]+)') or 'unknown', named and '1' or '0', format}
            """;

    private RedisAtStart() {}

    /**
     * Looks at it, and at the state on it.
     *
     * @param writes whether this process will write state: then its format is put down
     * @return the format in which the state stood there
     * @throws InvalidSettingsException if it cannot be relied on, or its state is not for this program
     * @throws org.redisson.client.RedisException if Redis is away or refuses us
     */
    public static StateFormat check(RedissonClient redis, RedisKeys keys, boolean writes) {
        List<String> answer = ask(redis, keys, writes ? Integer.toString(StateFormat.OURS) : "");
        StateFormat format = new StateFormat(answer.get(2));
        Explanation fault = fault(answer.get(0), answer.get(1).equals("1"));
        if (fault != null || format.fault(keys) != null) {
            throw new InvalidSettingsException(List.of(fault != null ? fault : format.fault(keys)));
        }
        return format;
    }

    private static List<String> ask(RedissonClient redis, RedisKeys keys, String format) {
        String key = keys.of("lock:writer");
        // A Sentinel taken for a server refuses this at once; of a script the client would not stop asking it.
        redis.getBucket(key).isExists();
        List<Object> answer = redis.getScript(StringCodec.INSTANCE)
                .eval(
                        RScript.Mode.READ_WRITE,
                        SERVER,
                        RScript.ReturnType.MULTI,
                        List.of(key, StateFormat.key(keys)),
                        format);
        return answer.stream().map(String::valueOf).toList();
    }

    /**
     * Why it cannot be relied on, or null.
     *
     * @param version as it says; empty if it may not be asked
     * @param named   whether it says which server it is
     */
    static @Nullable Explanation fault(String version, boolean named) {
        if (version.isEmpty()) {
            return Explanation.of(CheckText.NO_INFO, CheckText.NO_INFO_REMEDY);
        }
        if (!isEnough(version)) {
            return Explanation.of(CheckText.OLD_REDIS.with(version), CheckText.OLD_REDIS_REMEDY);
        }
        return named ? null : Explanation.of(CheckText.NAMELESS_REDIS, CheckText.NAMELESS_REDIS_REMEDY);
    }

    /** What has no number is taken for enough. */
    private static boolean isEnough(String version) {
        if (!version.matches("\\d{1,4}\\.\\d{1,4}(\\D.*)?")) {
            return true;
        }
        String[] parts = version.split("\\D");
        int major = Integer.parseInt(parts[0]);
        return major > LEAST_VERSION[0] || major == LEAST_VERSION[0] && Integer.parseInt(parts[1]) >= LEAST_VERSION[1];
    }
}
