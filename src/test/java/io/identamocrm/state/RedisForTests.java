package io.identamocrm.state;

import io.identamocrm.demo.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.redisson.Redisson;
import org.redisson.api.RType;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * One Redis for all tests of this JVM, started when the first test asks for it. Each test has an account of its own in it, empty at
 * first, so that tests neither see nor disturb each other. To be registered as an extension of the test class.
 */
public final class RedisForTests implements AfterEachCallback {

    /** Long enough that no lock of a living process is lost on a busy machine. */
    private static final Duration LOCK_TIME = Duration.ofMinutes(1);

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    private final RedisKeys keys = new RedisKeys("account-" + ACCOUNTS.incrementAndGet());
    private final List<RedissonClient> further = new ArrayList<>();

    /** Both live as long as the JVM: the server ends with it, by a hook of its own. */
    private static final class Shared {
        private static final EmbeddedRedis SERVER = new EmbeddedRedis();
        private static final RedissonClient CLIENT = Redisson.create(config(SERVER.port(), LOCK_TIME));
    }

    /** Names the keys of this test's account. */
    public RedisKeys keys() {
        return keys;
    }

    /** The client that all tests share. */
    public RedissonClient client() {
        return Shared.CLIENT;
    }

    /**
     * A client as another process would have it; it is shut down after the test.
     *
     * @param lockTime how long its locks outlive it
     */
    public RedissonClient anotherProcess(Duration lockTime) {
        RedissonClient client = Redisson.create(config(Shared.SERVER.port(), lockTime));
        further.add(client);
        return client;
    }

    /**
     * How to reach a Redis on this machine.
     *
     * @param lockTime how long locks outlive their process
     */
    static Config config(int port, Duration lockTime) {
        Config config = new Config();
        config.setThreads(2)
                .setNettyThreads(2)
                .setLockWatchdogTimeout(lockTime.toMillis())
                .useSingleServer()
                .setAddress("redis://127.0.0.1:" + port)
                .setConnectionPoolSize(4)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2)
                .setSubscriptionConnectionMinimumIdleSize(1);
        return config;
    }

    /** Asks Redis until something is so; the test's time-out ends it. */
    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("It did not come about in time");
            }
        }
    }

    /** The keys that the account has now, such as {@code cursors}. */
    public List<String> things() {
        String all = keys.of("");
        try (Stream<String> found =
                client().getKeys().getKeysStream(KeysScanOptions.defaults().pattern(all + "*"))) {
            return found.map(key -> key.substring(all.length())).sorted().toList();
        }
    }

    /** How long Redis will keep one thing of the account; {@link Duration#ZERO} if for ever. */
    public Duration kept(String thing) {
        return Duration.ofMillis(Math.max(0, client().getBucket(keys.of(thing)).remainTimeToLive()));
    }

    /** Everything that the account's keys hold, names and members included. */
    public String contents() {
        StringBuilder all = new StringBuilder();
        for (String thing : things()) {
            String key = keys.of(thing);
            RType type = client().getKeys().getType(key);
            all.append(thing)
                    .append('=')
                    .append(
                            switch (type) {
                                case MAP ->
                                    client().getMap(key, StringCodec.INSTANCE).readAllMap();
                                case ZSET ->
                                    client().getScoredSortedSet(key, StringCodec.INSTANCE)
                                            .readAll();
                                case LIST ->
                                    client().getList(key, StringCodec.INSTANCE).readAll();
                                case OBJECT ->
                                    client().getBucket(key, StringCodec.INSTANCE)
                                            .get();
                                default -> throw new IllegalStateException("No test reads a " + type + " yet");
                            })
                    .append('\n');
        }
        return all.toString();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        further.forEach(RedissonClient::shutdown);
    }
}
