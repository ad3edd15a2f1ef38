package io.identamocrm.state;

import io.identamocrm.state.Scripts.Script;
import java.util.List;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a kind at a time, over all processes of the account. It is held until a deadline in Redis, which every script of the run puts
 * off; a process that died holds up nobody for longer. It keeps two runs from doing the same; what keeps them from doubling anything is
 * the {@link WriteLock}.
 */
public final class RunLock {

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** A hash without a deadline is the lock of an older build, which ends by itself. */
    private static final Script TAKE = Script.withClock("""
            local held = redis.call('HMGET', KEYS[1], 'owner', 'until')
            if redis.call('EXISTS', KEYS[1]) == 1 and held[1] ~= ARGV[3] then
              if not held[2] then return {'busy'} end
              local ends = tonumber(held[2])
              if ends > now and ends <= now + 2 * ARGV[4] then return {'busy'} end
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'owner', ARGV[3], 'until', now + ARGV[4])
            return {'taken'}
            """);

    private static final Script RELEASE = new Script("""
            if redis.call('HGET', KEYS[1], 'owner') == ARGV[3] then redis.call('DEL', KEYS[1]) end
            return {}
            """);

    private final Scripts scripts;
    private final String key;
    private final String owner;
    private final Lease lease;

    /**
     * The lock of a kind of run, as one run sees it.
     *
     * @param owner the run, as no other run of any process is called
     */
    public RunLock(Scripts scripts, RedisKeys keys, String kind, String owner, Lease lease) {
        this.scripts = scripts;
        this.key = keys.of("lock:" + kind);
        this.owner = owner;
        this.lease = lease;
    }

    /** Takes the lock if nobody holds it; does not wait. */
    public boolean tryTake() {
        return scripts.run(
                        TAKE,
                        List.of(key),
                        List.of(owner, Long.toString(lease.lock().toMillis())))
                .contains("taken");
    }

    /** Its key, for the scripts that put its end off. */
    String key() {
        return key;
    }

    /** Gives it back; if Redis is away, it ends by itself. */
    public void release() {
        try {
            scripts.run(RELEASE, List.of(key), List.of(owner));
        } catch (RedisException e) {
            LOG.warn(
                    "The run's lock was not given back ({}); it ends by itself",
                    e.getClass().getSimpleName());
        }
    }
}
