package io.identamocrm.state;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.redisson.api.RFuture;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a kind at a time, over all processes of the account. Held by a watchdog that extends it while the process lives; a dead
 * process loses it within the client's lock time-out.
 */
public final class RunLock {

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    private final RLock lock;
    // Redisson ties a lock to a thread; a run may pass through several, so it gets an owner number of its own.
    private final long owner = ThreadLocalRandom.current().nextLong(1L << 32, Long.MAX_VALUE);

    /** The lock of a kind of run. */
    public RunLock(RedissonClient redis, RedisKeys keys, String run) {
        lock = redis.getLock(keys.of("lock:" + run));
    }

    /** Takes the lock if nobody holds it; does not wait. */
    public boolean tryTake() {
        return answer(lock.tryLockAsync(owner));
    }

    /** Waits for Redis; whatever the client breaks with while the connection goes down is said to be Redis's. */
    static <T> T answer(RFuture<T> future) {
        try {
            return future.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RedisException redis ? redis : new RedisException("The connection to Redis broke", e.getCause());
        }
    }

    /** Gives it back; if it was lost meanwhile, or Redis is away, it ends by itself: unlocking stops the watchdog in any case. */
    public void release() {
        try {
            answer(lock.unlockAsync(owner));
        } catch (RedisException e) {
            LOG.warn("The run's lock was not given back ({}); it ends by itself", e.getClass().getSimpleName());
        }
    }
}
