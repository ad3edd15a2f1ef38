package io.identamocrm.checks;

import io.identamocrm.model.Explanation;
import io.identamocrm.problems.InvalidSettingsException;
import io.identamocrm.state.RedisKeys;
import java.util.List;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Whether the server that holds the account's keys is one on which the product's scripts can rely. */
public final class RedisAtStart {

    private static final int[] LEAST_VERSION = {6, 2};

    /** A server that may not be asked, or that does not say which one it is, cannot be told from another after a failover. */
    private static final String SERVER = """
            local server, replication = redis.pcall('INFO', 'server'), redis.pcall('INFO', 'replication')
            if type(server) == 'table' or type(replication) == 'table' then return {'', '0'} end
            local named = string.find(server, 'run_id:%w') and string.find(replication, 'master_replid:%w')
            return {string.match(server, 'redis_version:([%w.-]+)') or 'unknown', named and '1' or '0'}
            """;

    private RedisAtStart() {
    }

    /**
     * Looks at it.
     *
     * @throws InvalidSettingsException if it cannot be relied on
     * @throws org.redisson.client.RedisException if Redis is away or refuses us
     */
    public static void check(RedissonClient redis, RedisKeys keys) {
        List<String> answer = ask(redis, keys);
        Explanation fault = fault(answer.get(0), answer.get(1).equals("1"));
        if (fault != null) {
            throw new InvalidSettingsException(List.of(fault));
        }
    }

    private static List<String> ask(RedissonClient redis, RedisKeys keys) {
        String key = keys.of("lock:writer");
        // A Sentinel taken for a server refuses this at once; of a script the client would not stop asking it.
        redis.getBucket(key).isExists();
        List<Object> answer = redis.getScript(StringCodec.INSTANCE).eval(RScript.Mode.READ_WRITE, SERVER, RScript.ReturnType.MULTI,
                List.of(key));
        return answer.stream().map(String::valueOf).toList();
    }

    /**
     * Why it cannot be relied on, or null.
     *
     * @param version as it says; empty if it may not be asked
     * @param named   whether it says which server it is
     */
    static Explanation fault(String version, boolean named) {
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
