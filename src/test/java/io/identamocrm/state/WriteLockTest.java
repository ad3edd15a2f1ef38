package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;

/** One run at a time decides and writes; short runs go first. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WriteLockTest {

    private static final boolean SHORT = false;
    private static final boolean BACKGROUND = true;

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();
    private final ExecutorService elsewhere = Executors.newCachedThreadPool();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        elsewhere.shutdownNow();
    }

    private WriteLock lock() {
        return new WriteLock(redis.client(), redis.keys());
    }

    /** Another run, on a thread of its own, that waits its turn, has it and gives it back. */
    private Future<Void> run(String name, boolean background) {
        WriteLock lock = lock();
        Callable<Void> run = () -> {
            lock.acquire(background);
            order.add(name);
            lock.release();
            return null;
        };
        return elsewhere.submit(run);
    }

    private static void awaitWish(WriteLock holder) {
        RedisForTests.await(holder::hasWaiter);
    }

    /** Nothing depends on this time: it only gives one that does not wait the time to show it. */
    private static void assertThatItWaits(Future<Void> run) {
        assertThatThrownBy(() -> run.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    /** The lock is gone as after a fail-over: nobody who waits is woken. */
    private void loseLock() {
        redis.client().getKeys().delete(redis.keys().of("lock:writer"));
    }

    @Test
    void whoever_waits_gets_it_when_it_is_given_back_and_not_before() throws Exception {
        for (boolean first : List.of(SHORT, BACKGROUND)) {
            order.clear();
            WriteLock holder = lock();
            holder.acquire(first);
            Future<Void> waiting = run("short", SHORT);
            assertThatItWaits(waiting);
            order.add("holder");
            holder.release();
            waiting.get();
            assertThat(order).containsExactly("holder", "short");
        }
    }

    @Test
    void at_no_time_two_runs_hold_it() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> runs = new ArrayList<>();
        for (boolean background : List.of(SHORT, BACKGROUND, SHORT, BACKGROUND)) {
            runs.add(elsewhere.submit(() -> {
                int turns = 0;
                while (turns < 5) {
                    WriteLock lock = lock();
                    lock.acquire(background);
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    lock.hasWaiter();
                    inside.decrementAndGet();
                    lock.release();
                    turns++;
                }
                return turns;
            }));
        }
        for (Future<Integer> run : runs) {
            assertThat(run.get()).isEqualTo(5);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void a_long_run_hears_that_a_short_one_waits() throws Exception {
        WriteLock holder = lock();
        holder.acquire(BACKGROUND);
        assertThat(holder.hasWaiter()).isFalse();
        Future<Void> waiting = run("short", SHORT);
        awaitWish(holder);
        holder.release();
        waiting.get();
        assertThat(holder.hasWaiter()).as("it had its turn").isFalse();
    }

    @Test
    void a_long_run_waits_while_a_short_one_wants_it_even_if_it_is_free() throws Exception {
        redis.client().getBucket(redis.keys().of("lock:writer:wish")).set("");
        Future<Void> waiting = run("background", BACKGROUND);
        assertThatItWaits(waiting);
        WriteLock shortRun = lock();
        shortRun.acquire(SHORT);
        order.add("short");
        shortRun.release();
        waiting.get();
        assertThat(order).containsExactly("short", "background");
    }

    @Test
    void whoever_lost_it_does_not_free_it_for_its_new_owner() throws Exception {
        WriteLock lost = lock();
        lost.acquire(SHORT);
        loseLock();
        WriteLock owner = lock();
        owner.acquire(SHORT);
        assertThatCode(lost::release).doesNotThrowAnyException();
        Future<Void> third = run("third", SHORT);
        assertThatItWaits(third);
        order.add("owner");
        owner.release();
        third.get();
        assertThat(order).containsExactly("owner", "third");
    }

    @Test
    void what_is_not_held_is_not_given_back() throws Exception {
        WriteLock never = lock();
        WriteLock owner = lock();
        owner.acquire(SHORT);
        owner.release();
        owner.acquire(SHORT);
        never.release();
        Future<Void> other = run("other", SHORT);
        assertThatItWaits(other);
        order.add("owner");
        owner.release();
        owner.release();
        other.get();
        assertThat(order).containsExactly("owner", "other");
    }

    @Test
    void it_may_be_given_back_by_another_thread_than_took_it() throws Exception {
        WriteLock lock = lock();
        elsewhere.submit(() -> {
            lock.acquire(SHORT);
            return null;
        }).get();
        lock.release();
        run("next", SHORT).get();
        assertThat(order).containsExactly("next");
    }

    @ParameterizedTest
    @ValueSource(booleans = {SHORT, BACKGROUND})
    void a_run_that_is_told_to_stop_waits_no_longer(boolean background) throws Exception {
        WriteLock holder = lock();
        holder.acquire(SHORT);
        AtomicReference<Exception> end = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                lock().acquire(background);
            } catch (InterruptedException | RuntimeException e) {
                end.set(e);
            }
        });
        waiting.start();
        waiting.interrupt();
        waiting.join();
        assertThat(end.get()).isInstanceOfAny(InterruptedException.class, RedisException.class);
        holder.release();
    }

    @Test
    void a_process_that_dies_loses_it_by_itself() throws Exception {
        RedissonClient process = redis.anotherProcess(Duration.ofSeconds(1));
        new WriteLock(process, redis.keys()).acquire(SHORT);
        process.shutdown();
        run("next", SHORT).get();
        assertThat(order).containsExactly("next");
    }

    @Test
    void nothing_that_a_dead_process_could_leave_behind_stays_for_ever() throws Exception {
        WriteLock holder = lock();
        holder.acquire(BACKGROUND);
        Future<Void> waiting = run("short", SHORT);
        awaitWish(holder);
        assertThat(redis.things()).hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(thing -> assertThat(redis.kept(thing)).as(thing).isPositive());
        holder.release();
        waiting.get();
    }
}
