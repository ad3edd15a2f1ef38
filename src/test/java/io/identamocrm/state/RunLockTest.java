package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.demo.EmbeddedRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.config.Config;

/** One run of a kind at a time, over all processes. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RunLockTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private RunLock lock(String run) {
        return new RunLock(redis.client(), redis.keys(), run);
    }

    @Test
    void one_of_two_runs_gets_it_and_the_other_when_it_is_given_back() {
        RunLock one = lock("receptions");
        RunLock other = new RunLock(redis.anotherProcess(Duration.ofMinutes(1)), redis.keys(), "receptions");
        assertThat(one.tryTake()).isTrue();
        assertThat(other.tryTake()).isFalse();
        one.release();
        assertThat(other.tryTake()).isTrue();
        assertThat(one.tryTake()).isFalse();
    }

    @Test
    void two_runs_of_one_process_are_two_owners_even_on_one_thread() {
        assertThat(lock("receptions").tryTake()).isTrue();
        assertThat(lock("receptions").tryTake()).isFalse();
    }

    @Test
    void it_may_be_given_back_by_another_thread_than_took_it() {
        RunLock lock = lock("receptions");
        assertThat(CompletableFuture.supplyAsync(lock::tryTake).join()).isTrue();
        lock.release();
        assertThat(lock("receptions").tryTake()).isTrue();
    }

    @Test
    void runs_of_other_kinds_and_other_accounts_are_not_held_up() {
        assertThat(lock("receptions").tryTake()).isTrue();
        assertThat(lock("patients").tryTake()).isTrue();
        assertThat(new RunLock(redis.client(), new RedisForTests().keys(), "receptions").tryTake()).isTrue();
    }

    @Test
    void of_many_at_the_same_time_exactly_one_gets_it() {
        for (int round = 0; round < 20; round++) {
            String run = "round-" + round;
            var attempts = Stream.generate(() -> lock(run)).limit(8).map(lock -> CompletableFuture.supplyAsync(lock::tryTake)).toList();
            assertThat(attempts.stream().map(CompletableFuture::join).filter(taken -> taken)).hasSize(1);
        }
    }

    @Test
    void a_process_that_dies_loses_it_by_itself() {
        RedissonClient process = redis.anotherProcess(Duration.ofSeconds(1));
        assertThat(new RunLock(process, redis.keys(), "receptions").tryTake()).isTrue();
        process.shutdown();
        RunLock next = lock("receptions");
        RedisForTests.await(next::tryTake);
        assertThat(lock("receptions").tryTake()).isFalse();
    }

    @Test
    void a_process_that_lives_keeps_extending_it() {
        RedissonClient process = redis.anotherProcess(Duration.ofSeconds(6));
        assertThat(new RunLock(process, redis.keys(), "receptions").tryTake()).isTrue();
        AtomicReference<Duration> left = new AtomicReference<>(redis.kept("lock:receptions"));
        RedisForTests.await(() -> {
            Duration now = redis.kept("lock:receptions");
            assertThat(now).as("still held").isPositive();
            return now.compareTo(left.getAndSet(now)) > 0;
        });
    }

    @Test
    void whoever_lost_it_does_not_free_it_for_its_new_owner() {
        RunLock lost = lock("receptions");
        assertThat(lost.tryTake()).isTrue();
        redis.client().getKeys().delete(redis.keys().of("lock:receptions"));
        assertThat(lock("receptions").tryTake()).isTrue();
        assertThatCode(lost::release).doesNotThrowAnyException();
        assertThat(lock("receptions").tryTake()).isFalse();
    }

    @Test
    void without_redis_nothing_is_taken_and_giving_back_is_no_error() throws Exception {
        EmbeddedRedis server = new EmbeddedRedis();
        Config impatient = RedisForTests.config(server.port(), Duration.ofMinutes(1));
        impatient.useSingleServer().setRetryAttempts(0);
        RedissonClient client = Redisson.create(impatient);
        try {
            RunLock lock = new RunLock(client, redis.keys(), "receptions");
            assertThat(lock.tryTake()).isTrue();
            server.fail();
            assertThatThrownBy(() -> new RunLock(client, redis.keys(), "receptions").tryTake()).isInstanceOf(RedisException.class);
            assertThatCode(lock::release).doesNotThrowAnyException();
        } finally {
            client.shutdown();
            server.close();
        }
    }
}
