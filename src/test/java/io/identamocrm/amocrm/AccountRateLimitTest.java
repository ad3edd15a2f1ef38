package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identamocrm.demo.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** The pace that all processes of an account keep together; that it holds at the server is shown end to end. */
class AccountRateLimitTest {

    private final EmbeddedRedis server = new EmbeddedRedis();
    private RedissonClient redis;

    @BeforeEach
    void connect() {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + server.port());
        redis = Redisson.create(config);
    }

    @AfterEach
    void stop() throws IOException {
        redis.shutdown();
        server.close();
    }

    private AccountRateLimit process(int requests, Duration period) {
        return new AccountRateLimit(redis, "rate-limit", requests, period, Duration.ZERO, Duration.ofMillis(50));
    }

    @Test
    void a_minute_run_is_served_before_a_long_run() throws InterruptedException {
        AccountRateLimit longRun = process(1, Duration.ofMillis(100));
        AccountRateLimit minuteRun = process(1, Duration.ofMillis(100));
        List<String> served = new CopyOnWriteArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> background = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                acquire(longRun, true);
                served.add("long");
            }
        });
        await().until(() -> served.size() >= 2);
        for (int i = 0; i < 8; i++) {
            minuteRun.acquire(false);
            served.add("minute");
        }
        int last = served.size();
        await().until(() -> served.size() > last + 1);
        ended.set(true);
        background.join();
        List<String> meanwhile = served.subList(served.indexOf("minute"), served.lastIndexOf("minute") + 1);
        assertThat(meanwhile.stream().filter("long"::equals).count()).as("at most what was in the queue before: " + served)
                .isLessThanOrEqualTo(1);
        assertThat(served.get(served.size() - 1)).as("afterwards it goes on").isEqualTo("long");
    }

    private static void acquire(AccountRateLimit process, boolean background) {
        try {
            process.acquire(background);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_pause_of_one_process_is_a_pause_of_all_and_the_longest_counts() {
        process(7, Duration.ofSeconds(1)).pause(Duration.ofSeconds(61));
        AccountRateLimit other = process(7, Duration.ofSeconds(1));
        other.pause(null);
        assertThatThrownBy(() -> other.acquire(false)).isInstanceOf(AmocrmException.Paused.class).hasMessageContaining("it ends in 6");
    }

    @Test
    void a_short_pause_is_waited_for() throws InterruptedException {
        AccountRateLimit process = process(7, Duration.ofSeconds(1));
        process.pause(null);
        process.acquire(false);
        assertThat(redis.getBucket("rate-limit:pause").isExists()).isFalse();
    }

    @Test
    void another_rate_in_the_settings_takes_the_place_of_the_stored_one() {
        process(7, Duration.ofSeconds(1));
        process(3, Duration.ofSeconds(2));
        assertThat(redis.getRateLimiter("rate-limit").getConfig().getRate()).isEqualTo(3);
        assertThat(redis.getRateLimiter("rate-limit").getConfig().getRateInterval()).isEqualTo(2000);
    }
}
