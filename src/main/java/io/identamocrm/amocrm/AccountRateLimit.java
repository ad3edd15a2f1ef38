package io.identamocrm.amocrm;

import java.time.Duration;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;

/** The account's rate limit, shared through Redis by every process that works on the account (amoCRM facts, section 2). */
public final class AccountRateLimit {

    private final RRateLimiter limiter;
    private final boolean on;

    /**
     * The limit of one account.
     *
     * @param redis    where processes meet
     * @param key      the account's key
     * @param requests requests per period; 0 switches the limit off (benchmarks only)
     * @param period   the server's period
     * @param margin   added to it, since the server counts arrivals and the network spreads what we send evenly
     */
    public AccountRateLimit(RedissonClient redis, String key, int requests, Duration period, Duration margin) {
        on = requests > 0;
        limiter = on ? redis.getRateLimiter(key) : null;
        if (on && !limiter.trySetRate(RateType.OVERALL, requests, period.plus(margin))) {
            var rate = limiter.getConfig();
            if (rate.getRate() != requests || rate.getRateInterval() != period.plus(margin).toMillis()) {
                limiter.setRate(RateType.OVERALL, requests, period.plus(margin));
            }
        }
    }

    /** Waits until one request may go. */
    public void acquire() {
        if (on) {
            limiter.acquire();
        }
    }
}
