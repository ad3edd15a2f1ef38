package io.identamocrm.checks;

import io.identamocrm.settings.Settings;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/** Opens connections to Redis, for the product and for checks. */
public final class RedisConnection {

    private RedisConnection() {
    }

    /**
     * Connects; the caller shuts the client down.
     *
     * @throws org.redisson.client.RedisException if Redis is away or refuses us
     */
    public static RedissonClient open(Settings.Redis redis) {
        Config config = new Config();
        config.setThreads(2).setNettyThreads(2).setLockWatchdogTimeout(redis.lockTime().toMillis());
        SingleServerConfig server = config.useSingleServer().setAddress(redis.address()).setDatabase(redis.database())
                .setConnectionPoolSize(4).setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2).setSubscriptionConnectionMinimumIdleSize(1)
                .setTimeout(5000).setRetryAttempts(2);
        if (redis.password() != null) {
            server.setPassword(redis.password());
        }
        if (redis.username() != null) {
            server.setUsername(redis.username());
        }
        return Redisson.create(config);
    }
}
