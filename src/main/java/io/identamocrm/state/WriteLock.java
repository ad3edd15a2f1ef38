package io.identamocrm.state;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RBucket;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at a time decides and writes for the account, over all kinds of runs and all processes: two that decide on the same snapshot
 * would create a new patient's contact twice. Short runs go first: a long one asks between its chunks whether somebody waits.
 */
public final class WriteLock {

    private static final Logger LOG = LoggerFactory.getLogger(WriteLock.class);
    private static final Duration WISH_KEPT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final RLock lock;
    private final RBucket<String> wish;
    // As in RunLock: a run may pass through several threads.
    private final long owner = ThreadLocalRandom.current().nextLong(1L << 32, Long.MAX_VALUE);
    private boolean held;

    /** The lock as one run sees it. */
    public WriteLock(RedissonClient redis, RedisKeys keys) {
        lock = redis.getLock(keys.of("lock:writer"));
        wish = redis.getBucket(keys.of("lock:writer:wish"), StringCodec.INSTANCE);
    }

    /**
     * Waits for the lock and acquires it.
     *
     * @param background true to let everybody else go first
     */
    public void acquire(boolean background) throws InterruptedException {
        do {
            if (background) {
                while (wish.isExists()) {
                    Thread.sleep(POLL_INTERVAL.toMillis());
                }
            } else {
                wish.set("", WISH_KEPT);
            }
            held = RunLock.answer(lock.tryLockAsync(1, -1, TimeUnit.SECONDS, owner));
        } while (!held);
        if (!background) {
            wish.delete();
        }
    }

    /** True if a short run waits. */
    public boolean hasWaiter() {
        return wish.isExists();
    }

    /** Gives it back, if it is held; if Redis is away, it ends by itself. */
    public void release() {
        if (held) {
            held = false;
            try {
                RunLock.answer(lock.unlockAsync(owner));
            } catch (RedisException e) {
                LOG.warn("The write lock was not given back ({}); it ends by itself", e.getClass().getSimpleName());
            }
        }
    }
}
