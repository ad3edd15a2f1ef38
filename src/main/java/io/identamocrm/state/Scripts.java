package io.identamocrm.state;

import java.util.ArrayList;
import java.util.List;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * Runs Lua scripts in Redis: each is one step that nobody comes between. Their clock is that of Redis, so processes whose clocks differ
 * agree on every deadline. All keys of a script belong to one account, whose hash tag keeps them on one node of a cluster.
 */
public final class Scripts {

    /** Sets {@code now}, Unix milliseconds. */
    private static final String CLOCK = """
            local now = tonumber(ARGV[1])
            if now == nil then
              local time = redis.call('TIME')
              now = time[1] * 1000 + math.floor(time[2] / 1000)
            end
            """;

    /** Sets {@code server}, which is another one after a restart or a failover. */
    private static final String SERVER = """
            local server = ARGV[2]
            if server == '' then
              server = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') .. '-'
                .. string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
            end
            """;

    /** Arguments that come before those of the caller: time and identity. */
    private static final int OWN_ARGUMENTS = 2;

    private final RedissonClient redis;
    private final Timing timing;

    /**
     * A script's text, made once.
     *
     * @param text Lua
     */
    public record Script(String text) {

        /** A script that may use {@code now}; the caller's arguments begin at {@code ARGV[3]}. */
        public static Script withClock(String body) {
            return new Script(CLOCK + body);
        }

        /** The same that may use {@code server} too. */
        public static Script withServer(String body) {
            return new Script(CLOCK + SERVER + body);
        }
    }

    /** Scripts in one Redis. */
    public Scripts(RedissonClient redis, Timing timing) {
        this.redis = redis;
        this.timing = timing;
    }

    /**
     * Runs a script that answers a list.
     *
     * @return its answers as text
     * @throws org.redisson.client.RedisException if Redis is away
     */
    public List<String> run(Script script, List<String> keys, List<String> arguments) {
        List<Object> all = new ArrayList<>(arguments.size() + OWN_ARGUMENTS);
        all.add(timing.redisMillis());
        all.add(timing.redisIdentity());
        all.addAll(arguments);
        List<Object> answer = redis.getScript(StringCodec.INSTANCE)
                .eval(
                        RScript.Mode.READ_WRITE,
                        script.text(),
                        RScript.ReturnType.MULTI,
                        new ArrayList<>(keys),
                        all.toArray());
        return answer.stream().map(String::valueOf).toList();
    }

    /** Time as this process sees it. */
    public Timing timing() {
        return timing;
    }
}
