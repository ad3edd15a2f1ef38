package io.identamocrm.amocrm;

import java.time.Duration;
import org.redisson.api.RBucket;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The account's rate limit, shared through Redis by every process that works on the account (amoCRM facts, section 2): the rate, the
 * pauses that amoCRM asks for, and who goes first.
 */
public final class AccountRateLimit {

    /** A longer pause ends the run: its lock and the clinic's patience are worth more. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final int LONGEST_QUEUE = 10;

    private final RRateLimiter limiter;
    private final RBucket<String> pause;
    private final RBucket<String> urgent;
    private final Duration interval;
    private final Duration usualPause;
    private final boolean on;

    /**
     * The limit of one account.
     *
     * @param redis      where processes meet
     * @param key        the account's key
     * @param requests   requests per period; 0 switches the rate off (benchmarks only)
     * @param period     the server's period
     * @param margin     added to it, since the server counts arrivals and the network spreads what we send evenly
     * @param usualPause pause after too many requests when amoCRM does not say how long
     */
    public AccountRateLimit(RedissonClient redis, String key, int requests, Duration period, Duration margin, Duration usualPause) {
        on = requests > 0;
        interval = period.plus(margin);
        this.usualPause = usualPause;
        pause = redis.getBucket(key + ":pause", StringCodec.INSTANCE);
        urgent = redis.getBucket(key + ":urgent", StringCodec.INSTANCE);
        limiter = on ? redis.getRateLimiter(key) : null;
        if (on && !limiter.trySetRate(RateType.OVERALL, requests, interval)) {
            var rate = limiter.getConfig();
            if (rate.getRate() != requests || rate.getRateInterval() != interval.toMillis()) {
                limiter.setRate(RateType.OVERALL, requests, interval);
            }
        }
    }

    /**
     * Waits until one request may go.
     *
     * @param background true to let requests of others go first that came within the last period
     * @throws AmocrmException.Paused if amoCRM has asked for a longer pause than is worth waiting for
     */
    void acquire(boolean background) throws InterruptedException {
        await(pause);
        if (!on) {
            return;
        }
        if (background) {
            await(urgent);
            limiter.acquire();
        } else {
            // Long enough for the wait; a process that dies meanwhile holds nobody up for good.
            urgent.set("", interval.multipliedBy(LONGEST_QUEUE));
            limiter.acquire();
            urgent.set("", interval);
        }
    }

    /** Everybody pauses. */
    void pause(Duration asked) {
        Duration length = asked == null ? usualPause : asked;
        if (length.compareTo(Duration.ofMillis(pause.remainTimeToLive())) > 0) {
            pause.set("", length);
        }
    }

    private static void await(RBucket<String> mark) throws InterruptedException {
        for (long left = mark.remainTimeToLive(); left > 0; left = mark.remainTimeToLive()) {
            if (left > LONGEST_WAIT.toMillis()) {
                throw new AmocrmException.Paused(Duration.ofMillis(left));
            }
            Thread.sleep(left);
        }
    }
}
