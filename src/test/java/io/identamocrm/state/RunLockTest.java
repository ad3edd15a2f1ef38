package io.identamocrm.state;

import static io.identamocrm.state.LocksForTests.LOCK;
import static io.identamocrm.state.LocksForTests.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.demo.EmbeddedRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** One run of a kind at a time, over all processes. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RunLockTest {

    private static final Lease LEASE = new Lease(LOCK, REQUEST);

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final PlayedTiming timing = new PlayedTiming();
    private final Owners owners = new Owners();

    private RunLock lock(String kind) {
        return lock(redis.keys(), kind);
    }

    private RunLock lock(RedisKeys keys, String kind) {
        return new RunLock(new Scripts(redis.client(), timing), keys, kind, owners.begin(), LEASE);
    }

    @Test
    void one_of_two_runs_gets_it_and_the_other_when_it_is_given_back() {
        RunLock one = lock("receptions");
        RunLock other = lock("receptions");
        assertThat(one.tryTake()).isTrue();
        assertThat(other.tryTake()).isFalse();
        one.release();
        assertThat(other.tryTake()).isTrue();
        assertThat(one.tryTake()).isFalse();
    }

    @Test
    void runs_of_other_kinds_and_other_accounts_are_not_held_up() {
        assertThat(lock("receptions").tryTake()).isTrue();
        assertThat(lock("patients").tryTake()).isTrue();
        assertThat(lock(new RedisForTests().keys(), "receptions").tryTake()).isTrue();
    }

    @Test
    void of_many_at_the_same_time_exactly_one_gets_it() {
        for (int round = 0; round < 20; round++) {
            String run = "round-" + round;
            var attempts = Stream.generate(() -> lock(run))
                    .limit(8)
                    .map(lock -> CompletableFuture.supplyAsync(lock::tryTake))
                    .toList();
            assertThat(attempts.stream().map(CompletableFuture::join).filter(taken -> taken))
                    .hasSize(1);
        }
    }

    @Test
    void a_process_that_dies_loses_it_by_itself() {
        assertThat(lock("receptions").tryTake()).isTrue();
        timing.pass(LOCK.minusMillis(1));
        assertThat(lock("receptions").tryTake()).isFalse();
        timing.pass(Duration.ofMillis(1));
        assertThat(lock("receptions").tryTake()).isTrue();
    }

    @Test
    void a_lock_that_would_end_far_in_the_future_was_set_by_a_clock_that_is_wrong() {
        assertThat(lock("receptions").tryTake()).isTrue();
        timing.setBack(Duration.ofDays(1));
        assertThat(lock("receptions").tryTake()).isTrue();
    }

    @Test
    void the_lock_of_an_older_build_is_respected_until_it_ends_by_itself() {
        redis.client()
                .getMap(redis.keys().of("lock:receptions"), StringCodec.INSTANCE)
                .put("a-uuid:17", "1");
        assertThat(lock("receptions").tryTake()).isFalse();
        redis.client().getKeys().delete(redis.keys().of("lock:receptions"));
        assertThat(lock("receptions").tryTake()).isTrue();
    }

    @Test
    void whoever_lost_it_does_not_free_it_for_its_new_owner() {
        RunLock lost = lock("receptions");
        assertThat(lost.tryTake()).isTrue();
        redis.client().getKeys().delete(redis.keys().of("lock:receptions"));
        assertThat(lock("receptions").tryTake()).isTrue();
        lost.release();
        assertThat(lock("receptions").tryTake()).isFalse();
    }

    @Test
    void without_redis_nothing_is_taken_and_giving_back_is_no_error() throws Exception {
        EmbeddedRedis server = new EmbeddedRedis();
        Config impatient = RedisForTests.config(server.port(), Duration.ofMinutes(1));
        impatient.useSingleServer().setRetryAttempts(0);
        RedissonClient client = Redisson.create(impatient);
        try {
            Scripts scripts = new Scripts(client, timing);
            RunLock lock = new RunLock(scripts, redis.keys(), "receptions", owners.begin(), LEASE);
            assertThat(lock.tryTake()).isTrue();
            server.fail();
            assertThatThrownBy(() -> new RunLock(scripts, redis.keys(), "receptions", owners.begin(), LEASE).tryTake())
                    .isInstanceOf(RedisException.class);
            assertThatCode(lock::release).doesNotThrowAnyException();
        } finally {
            client.shutdown();
            server.close();
        }
    }
}
