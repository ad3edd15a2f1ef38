package io.identamocrm.checks;

import io.identamocrm.settings.Settings;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.redisson.config.SubscriptionMode;

/** Opens connections to Redis, for the product and for checks. */
public final class RedisConnection {

    private RedisConnection() {}

    /**
     * Connects; the caller shuts the client down.
     *
     * @throws org.redisson.client.RedisException if Redis is away or refuses us
     */
    public static RedissonClient open(Settings.Redis redis) {
        Config config = new Config();
        config.setThreads(2)
                .setNettyThreads(2)
                .setLockWatchdogTimeout(redis.lockTime().toMillis());
        BaseConfig<?> servers = switch (redis.kind()) {
            case SERVER ->
                config.useSingleServer()
                        .setAddress(redis.nodes().get(0))
                        .setDatabase(redis.database())
                        .setConnectionPoolSize(4)
                        .setConnectionMinimumIdleSize(1)
                        .setSubscriptionConnectionPoolSize(2)
                        .setSubscriptionConnectionMinimumIdleSize(1);
            // One address may stand for all Sentinels, so their number is not checked.
            case SENTINEL ->
                ofMasters(config.useSentinelServers()
                        .setMasterName(redis.master())
                        .setDatabase(redis.database())
                        .setSentinelPassword(redis.sentinelPassword())
                        .setCheckSentinelsList(false)
                        .addSentinelAddress(redis.nodes().toArray(String[]::new)));
            case CLUSTER ->
                ofMasters(
                        config.useClusterServers().addNodeAddress(redis.nodes().toArray(String[]::new)));
        };
        // Netty would offer whatever this process allows, for an old SQL Server too.
        servers.setSslProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        servers.setTimeout(5000)
                .setRetryAttempts(2)
                .setUsername(redis.username())
                .setPassword(redis.password());
        return Redisson.create(config);
    }

    /** Replicas are never asked: they do not know yet what was just written. */
    private static <T extends BaseMasterSlaveServersConfig<T>> T ofMasters(T servers) {
        return servers.setReadMode(ReadMode.MASTER)
                .setSubscriptionMode(SubscriptionMode.MASTER)
                .setMasterConnectionPoolSize(4)
                .setMasterConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2)
                .setSubscriptionConnectionMinimumIdleSize(1);
    }
}
