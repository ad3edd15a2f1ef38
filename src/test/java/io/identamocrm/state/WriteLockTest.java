package io.identamocrm.state;

import static io.identamocrm.state.LocksForTests.ALIVE;
import static io.identamocrm.state.LocksForTests.LOCK;
import static io.identamocrm.state.LocksForTests.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Status;
import io.identamocrm.state.Intents.Intent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** One run at a time decides and writes, short ones first; and the lock is believed only as long as it is proven. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WriteLockTest {

    private static final boolean SHORT = false;
    private static final boolean BACKGROUND = true;
    private static final boolean CHANGES = false;
    private static final boolean CREATES = true;
    private static final Duration INSTANT = Duration.ofMillis(1);

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final LocksForTests locks = new LocksForTests(redis);
    private final WriteLocks here = locks.process();
    private final WriteLocks elsewhere = locks.process();

    private static WriteLock run(WriteLocks process) {
        return process.of(process.owners().begin(), null);
    }

    private static WriteLock acquired(WriteLocks process) throws InterruptedException {
        WriteLock lock = run(process);
        lock.acquire(SHORT);
        return lock;
    }

    private RMap<String, String> hash(String thing) {
        return redis.client().getMap(redis.keys().of(thing), StringCodec.INSTANCE);
    }

    private void delete(String... things) {
        for (String thing : things) {
            assertThat(redis.client().getKeys().delete(redis.keys().of(thing)))
                    .as(thing)
                    .isEqualTo(1);
        }
    }

    private void emptyRedis() {
        delete(redis.things().toArray(String[]::new));
    }

    /** A deal in the mirror, so that its keys are there. */
    private Changes aDeal() {
        return new Changes()
                .hset(redis.keys().of("mirror:deals"), "1", "{}")
                .zadd(redis.keys().of("mirror:deals-by-reception"), "7 1", 0);
    }

    private static LockLostException lost(Runnable step) {
        try {
            step.run();
        } catch (LockLostException e) {
            return e;
        }
        throw new AssertionError("It was not noticed");
    }

    @Nested
    class Who_gets_it {

        @ParameterizedTest
        @ValueSource(booleans = {SHORT, BACKGROUND})
        void whoever_waits_gets_it_when_it_is_given_back_and_not_before(boolean background) throws Exception {
            WriteLock holder = locks.held(here);
            List<String> order = new ArrayList<>();
            locks.timing().whileAsleep(() -> {
                order.add("the holder gives it back");
                holder.release();
            });
            run(elsewhere).acquire(background);
            order.add("the other has it");
            assertThat(order).containsExactly("the holder gives it back", "the other has it");
        }

        @Test
        void at_no_time_two_runs_hold_it() throws Exception {
            Timing busy = new Timing() {
                @Override
                public long nanos() {
                    return REAL.nanos();
                }

                @Override
                public void sleep(Duration length) {
                    Thread.yield();
                }

                @Override
                public String redisMillis() {
                    return "";
                }

                @Override
                public String redisIdentity() {
                    return "";
                }
            };
            WriteLocks process = new WriteLocks(
                    new Scripts(redis.client(), busy),
                    redis.keys(),
                    Mirror.keys(redis.keys()::of),
                    new Owners(),
                    new Lease(Duration.ofMinutes(1), REQUEST),
                    "settings",
                    ALIVE);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            ExecutorService threads = Executors.newCachedThreadPool();
            try {
                List<Future<?>> runs = new ArrayList<>();
                for (boolean background : List.of(SHORT, BACKGROUND, SHORT, BACKGROUND)) {
                    runs.add(threads.submit(() -> {
                        for (int turn = 0; turn < 5; turn++) {
                            WriteLock lock = run(process);
                            lock.acquire(background);
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            lock.renew();
                            inside.decrementAndGet();
                            lock.release();
                        }
                        return null;
                    }));
                }
                for (Future<?> run : runs) {
                    run.get();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(most).hasValue(1);
        }

        @Test
        void a_long_run_hears_that_a_short_one_waits() throws Exception {
            WriteLock holder = locks.held(here);
            assertThat(holder.hasWaiter()).isFalse();
            locks.timing().whileAsleep(() -> {
                assertThat(holder.hasWaiter()).isTrue();
                holder.release();
            });
            run(elsewhere).acquire(SHORT);
            assertThat(holder.hasWaiter()).as("it had its turn").isFalse();
        }

        @Test
        void nobody_hears_of_a_long_run_that_waits() throws Exception {
            WriteLock holder = locks.held(here);
            locks.timing().whileAsleep(() -> {
                assertThat(holder.hasWaiter()).isFalse();
                holder.release();
            });
            run(elsewhere).acquire(BACKGROUND);
        }

        @Test
        void a_long_run_waits_while_a_short_one_wants_it_even_if_it_is_free() throws Exception {
            WriteLock holder = locks.held(here);
            WriteLock shortRun = run(here);
            List<String> order = new ArrayList<>();
            locks.timing().whileAsleep(() -> {
                // Free now, but the short one that slept is first; the long one comes between.
                holder.release();
                locks.timing().whileAsleep(() -> {
                    order.add("short");
                    shortRun.acquire(SHORT);
                    shortRun.release();
                });
                run(elsewhere).acquire(BACKGROUND);
                order.add("background");
                throw new InterruptedException("the first asker gives up");
            });
            assertThatThrownBy(() -> run(here).acquire(SHORT)).isInstanceOf(InterruptedException.class);
            assertThat(order).containsExactly("short", "background");
        }

        @Test
        void the_wish_of_a_short_run_that_died_holds_up_nobody_for_long() throws Exception {
            WriteLock holder = locks.held(here);
            locks.timing().whileAsleep(() -> {
                throw new InterruptedException("the short run dies");
            });
            assertThatThrownBy(() -> run(elsewhere).acquire(SHORT)).isInstanceOf(InterruptedException.class);
            assertThat(holder.hasWaiter()).isTrue();
            locks.timing().pass(Duration.ofSeconds(5));
            assertThat(holder.hasWaiter()).isFalse();
        }

        @Test
        void a_run_that_is_told_to_stop_waits_no_longer() {
            locks.held(here);
            locks.timing().whileAsleep(() -> {
                throw new InterruptedException();
            });
            assertThatThrownBy(() -> run(elsewhere).acquire(SHORT)).isInstanceOf(InterruptedException.class);
        }

        @Test
        void whoever_lost_it_does_not_free_it_for_its_new_owner() throws Exception {
            WriteLock slow = locks.held(here);
            locks.timing().pass(LOCK);
            WriteLock owner = acquired(elsewhere);
            slow.release();
            assertThatCode(owner::renew).doesNotThrowAnyException();
            assertThat(hash("lock:writer").get("owner")).isEqualTo(owner.owner());
        }

        @Test
        void what_is_not_held_is_not_given_back() throws Exception {
            WriteLock owner = locks.held(here);
            run(here).release();
            assertThatCode(owner::renew).doesNotThrowAnyException();
            owner.release();
            WriteLock next = acquired(elsewhere);
            owner.release();
            assertThatCode(next::renew).doesNotThrowAnyException();
        }

        @Test
        void it_is_given_back_whole_and_quiet_to_the_next() throws Exception {
            locks.held(here).release();
            WriteLock next = acquired(elsewhere);
            assertThat(next.isMirrorWhole()).isTrue();
            assertThat(next.isQuiet()).isFalse();
            assertThat(next.isDoubtful()).isFalse();
        }

        @Test
        void a_lock_that_would_end_far_in_the_future_was_set_by_a_clock_that_is_wrong() throws Exception {
            WriteLock before = locks.held(here);
            locks.timing().setBack(Duration.ofDays(1));
            WriteLock next = acquired(elsewhere);
            assertThat(lost(before::renew).isTaken()).isTrue();
            assertThat(next.isQuiet()).isTrue();
        }

        @Test
        void the_lock_of_an_older_build_is_waited_for_until_it_ends_by_itself() throws Exception {
            hash("lock:writer").put("a-uuid:17", "1");
            locks.timing().whileAsleep(() -> delete("lock:writer"));
            assertThat(acquired(here).owner()).isEqualTo(hash("lock:writer").get("owner"));
        }

        @Test
        void the_wish_of_an_older_build_is_none_that_is_understood() throws Exception {
            redis.client()
                    .getBucket(redis.keys().of("lock:writer:wish"), StringCodec.INSTANCE)
                    .set("");
            WriteLock lock = run(here);
            lock.acquire(BACKGROUND);
            assertThat(lock.hasWaiter()).isFalse();
        }

        @Test
        void without_redis_giving_it_back_is_no_error() throws Exception {
            EmbeddedRedis server = new EmbeddedRedis();
            Config impatient = RedisForTests.config(server.port(), Duration.ofMinutes(1));
            impatient.useSingleServer().setRetryAttempts(0);
            RedissonClient client = Redisson.create(impatient);
            try {
                WriteLocks process = new WriteLocks(
                        new Scripts(client, locks.timing()),
                        redis.keys(),
                        List.of(),
                        new Owners(),
                        new Lease(LOCK, REQUEST),
                        "settings",
                        ALIVE);
                WriteLock lock = acquired(process);
                server.fail();
                assertThatCode(lock::release).doesNotThrowAnyException();
            } finally {
                client.shutdown();
                server.close();
            }
        }
    }

    @Nested
    class The_proof {

        private WriteLock holder;

        @BeforeEach
        void hold() {
            holder = locks.held(here);
            holder.commit(aDeal());
        }

        @Test
        void holds_as_long_as_every_step_is_ones_own() {
            holder.renew();
            holder.commit(aDeal());
            holder.prove(CHANGES, Map.of());
            holder.commit(new Changes().hset(redis.keys().of("cursors"), "receptions", "1"));
            assertThatCode(() -> holder.prove(CREATES, Map.of())).doesNotThrowAnyException();
        }

        @Test
        void puts_off_the_end_of_the_lock_and_of_the_kinds_lock() throws Exception {
            String owner = elsewhere.owners().begin();
            RunLock kind = new RunLock(elsewhere.scripts(), redis.keys(), "receptions", owner, elsewhere.lease());
            kind.tryTake();
            holder.release();
            WriteLock both = elsewhere.of(owner, kind);
            both.acquire(SHORT);
            for (int step = 0; step < 3; step++) {
                locks.timing().pass(LOCK.minus(INSTANT));
                both.renew();
            }
            locks.timing().pass(LOCK.minus(INSTANT));
            assertThat(new RunLock(
                                    here.scripts(),
                                    redis.keys(),
                                    "receptions",
                                    here.owners().begin(),
                                    here.lease())
                            .tryTake())
                    .isFalse();
            locks.timing().whileAsleep(() -> {
                throw new InterruptedException("still held");
            });
            assertThatThrownBy(() -> run(here).acquire(SHORT)).hasMessage("still held");
        }

        @Test
        void says_until_when_a_write_may_begin() {
            assertThat(holder.prove(CHANGES, Map.of())).isEqualTo(locks.timing().nanos() + REQUEST.toNanos());
            assertThat(new Lease(Duration.ofSeconds(32), Duration.ofSeconds(30)).toSend())
                    .isEqualTo(Duration.ofSeconds(2));
            assertThat(new Lease(Duration.ofSeconds(60), Duration.ofSeconds(30)).toSend())
                    .isEqualTo(Lease.SPARE);
        }

        @Test
        void fails_when_another_run_took_over_after_the_holder_stood_still() throws Exception {
            locks.timing().pass(LOCK);
            acquired(elsewhere);
            LockLostException end = lost(holder::renew);
            assertThat(end.isTaken()).isTrue();
            assertThat(end.getMessage()).startsWith("Another run has taken over");
        }

        @Test
        void fails_when_the_lock_keys_were_deleted_and_another_run_began() throws Exception {
            delete("lock:writer");
            WriteLock other = acquired(elsewhere);
            assertThat(lost(() -> holder.prove(CREATES, Map.of())).isTaken()).isTrue();
            assertThat(other.isQuiet()).isTrue();
            assertThat(other.isQuietForOwner()).isTrue();
        }

        @Test
        void takes_a_deleted_lock_again_as_long_as_nobody_else_has() {
            delete("lock:writer");
            assertThatCode(() -> holder.prove(CREATES, Map.of())).doesNotThrowAnyException();
            assertThat(hash("lock:writer").get("owner")).isEqualTo(holder.owner());
        }

        @Test
        void holds_after_the_lease_too_if_nobody_came() {
            locks.timing().pass(LOCK.multipliedBy(3));
            assertThatCode(holder::renew).doesNotThrowAnyException();
        }

        @Test
        void fails_when_redis_was_emptied_and_writes_nothing_into_it() {
            emptyRedis();
            LockLostException end = lost(() -> holder.prove(CREATES, Map.of("deal:7", "{}")));
            assertThat(end.isTaken()).isFalse();
            assertThat(end.getMessage()).contains("emptied");
            assertThat(redis.things()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"mirror:deals", "mirror:deals-by-reception"})
        void fails_when_one_key_of_the_mirror_is_gone(String part) throws Exception {
            delete(part);
            assertThat(lost(() -> holder.prove(CHANGES, Map.of())).getMessage())
                    .contains("a part of the mirror is gone");
            holder.release();
            assertThat(acquired(elsewhere).isMirrorWhole()).isFalse();
        }

        @Test
        void fails_when_rows_of_the_mirror_were_evicted_or_added() {
            hash("mirror:deals").put("2", "{}");
            assertThat(lost(holder::renew).getMessage()).contains("a part of the mirror is gone");
        }

        @Test
        void fails_when_redis_went_back_in_time() {
            String earlier = hash("mirror:manifest").get("counter");
            holder.renew();
            hash("mirror:manifest").put("counter", earlier);
            assertThat(lost(holder::renew).getMessage()).contains("went back in time");
        }

        @Test
        void fails_when_another_server_answers() {
            locks.timing().anotherServer();
            assertThat(lost(holder::renew).getMessage()).contains("another server");
        }

        @Test
        void notes_what_is_about_to_be_done_and_only_if_it_holds() throws Exception {
            holder.prove(CREATES, Map.of("deal:7", "{\"owner\":\"x\"}"));
            assertThat(hash("intents").readAllMap()).isEqualTo(Map.of("deal:7", "{\"owner\":\"x\"}"));
            locks.timing().pass(LOCK);
            acquired(elsewhere);
            lost(() -> holder.prove(CREATES, Map.of("deal:8", "{}")));
            assertThat(hash("intents").readAllMap()).containsOnlyKeys("deal:7");
        }

        @Test
        void of_a_creation_fails_while_the_mirror_is_not_whole() {
            holder.setMirrorWhole(false);
            assertThat(holder.isMirrorWhole()).isFalse();
            assertThatCode(() -> holder.prove(CHANGES, Map.of())).doesNotThrowAnyException();
            assertThat(lost(() -> holder.prove(CREATES, Map.of("deal:7", "{}"))).getMessage())
                    .contains("the mirror is not whole");
            assertThat(hash("intents")).isEmpty();
        }
    }

    @Nested
    class Changes_in_one_step {

        private final String hash = redis.keys().of("a-hash");
        private final String order = redis.keys().of("an-order");

        private Map<String, String> held() {
            return hash("a-hash").readAllMap();
        }

        @Test
        void of_every_kind_are_carried_out_as_they_would_be_without_a_lock() {
            Changes first = new Changes()
                    .hset(hash, "a", "1")
                    .hset(hash, "b", "2")
                    .zadd(order, "x", 3)
                    .zadd(order, "y", 4)
                    .hset(redis.keys().of("another"), "c", "3");
            Changes second = new Changes()
                    .hdel(hash, "a")
                    .zrem(order, "x")
                    .zadd(order, "y", 9)
                    .del(redis.keys().of("another"));
            assertThat(new Changes().isEmpty()).isTrue();
            assertThat(first.isEmpty()).isFalse();
            for (boolean locked : new boolean[] {true, false}) {
                if (locked) {
                    WriteLock lock = locks.held(here);
                    lock.commit(first);
                    lock.commit(second);
                    lock.release();
                } else {
                    first.apply(redis.client());
                    second.apply(redis.client());
                }
                assertThat(held()).isEqualTo(Map.of("b", "2"));
                assertThat(redis.client()
                                .getScoredSortedSet(order, StringCodec.INSTANCE)
                                .entryRange(0, -1))
                        .singleElement()
                        .satisfies(entry -> {
                            assertThat(entry.getValue()).isEqualTo("y");
                            assertThat(entry.getScore()).isEqualTo(9);
                        });
                assertThat(redis.things()).doesNotContain("another");
                delete("a-hash", "an-order");
            }
            new Changes().apply(redis.client());
        }

        @Test
        void nothing_to_change_asks_nobody() throws Exception {
            WriteLock lock = locks.held(here);
            locks.timing().pass(LOCK);
            acquired(elsewhere);
            assertThatCode(() -> lock.commit(new Changes())).doesNotThrowAnyException();
        }

        @Test
        void what_amocrm_has_confirmed_goes_on_record_though_another_run_took_over_and_the_loss_is_told()
                throws Exception {
            WriteLock slow = locks.held(here);
            locks.timing().pass(LOCK);
            WriteLock other = acquired(elsewhere);
            assertThat(lost(() -> slow.commit(new Changes().hset(hash, "a", "1")))
                            .isTaken())
                    .isTrue();
            assertThat(held()).isEqualTo(Map.of("a", "1"));
            assertThatCode(other::renew).as("the other goes on").doesNotThrowAnyException();
        }

        @Test
        void rows_that_a_late_run_adds_are_no_missing_part_for_the_other() throws Exception {
            WriteLock slow = locks.held(here);
            locks.timing().pass(LOCK);
            WriteLock other = acquired(elsewhere);
            lost(() -> slow.commit(aDeal()));
            assertThatCode(other::renew).doesNotThrowAnyException();
            other.release();
            assertThat(acquired(elsewhere).isMirrorWhole()).isTrue();
        }

        @Test
        void what_was_confirmed_just_when_redis_was_emptied_is_told_and_the_mirror_is_listed_anew() throws Exception {
            WriteLock lock = locks.held(here);
            emptyRedis();
            assertThat(lost(() -> lock.commit(aDeal())).getMessage()).contains("emptied");
            assertThat(acquired(elsewhere).isMirrorWhole()).isFalse();
        }

        @Test
        void a_part_that_was_missing_before_them_is_not_taken_for_whole() throws Exception {
            WriteLock lock = locks.held(here);
            lock.commit(aDeal());
            delete("mirror:deals-by-reception");
            assertThat(lost(() -> lock.commit(new Changes().hset(redis.keys().of("mirror:deals"), "2", "{}")))
                            .getMessage())
                    .contains("a part of the mirror is gone");
            lock.release();
            assertThat(acquired(here).isMirrorWhole()).isFalse();
        }
    }

    @Nested
    class A_lock_that_was_not_given_back {

        @Test
        void lets_nothing_be_created_until_what_its_holder_sent_must_have_ended() throws Exception {
            locks.held(here);
            locks.timing().pass(LOCK);
            WriteLock next = acquired(elsewhere);
            assertThat(next.isQuiet()).isTrue();
            assertThat(next.isQuietForOwner()).isTrue();
            assertThat(next.isDoubtful()).isTrue();
            assertThat(next.isMirrorWhole())
                    .as("nothing of the mirror is missing")
                    .isTrue();
            assertThatCode(() -> next.prove(CHANGES, Map.of())).doesNotThrowAnyException();
            assertThat(lost(() -> next.prove(CREATES, Map.of())).getMessage()).contains("a write may be on its way");

            long before = locks.timing().nanos();
            next.waitOut();
            assertThat(Duration.ofNanos(locks.timing().nanos() - before))
                    .as("a batch that was proven just before may begin late, and takes as long as a request may")
                    .isEqualTo(REQUEST.plus(REQUEST));
            assertThat(next.isQuiet()).as("until what was sent is known").isTrue();
            next.endQuiet();
            assertThat(next.isQuiet()).isFalse();
            assertThatCode(() -> next.prove(CREATES, Map.of())).doesNotThrowAnyException();
        }

        @Test
        void is_noticed_by_whoever_comes_next_also_if_the_one_between_did_not_come_so_far() throws Exception {
            locks.held(here);
            locks.timing().pass(LOCK);
            acquired(elsewhere).release();
            WriteLock next = acquired(elsewhere);
            assertThat(next.isQuiet()).isTrue();
            assertThat(next.isQuietForOwner()).isTrue();
        }

        @Test
        void holds_up_nobody_if_its_run_has_ended_in_the_same_process() throws Exception {
            WriteLock ended = locks.held(here);
            here.owners().end(ended.owner());
            locks.timing().pass(LOCK);
            assertThat(acquired(here).isQuiet()).isFalse();
        }

        @Test
        void counts_also_if_its_run_goes_on_in_the_same_process() throws Exception {
            locks.held(here);
            locks.timing().pass(LOCK);
            assertThat(acquired(here).isQuiet()).isTrue();
        }

        @Test
        void is_waited_out_with_signs_of_life() throws Exception {
            WriteLocks slow = new WriteLocks(
                    here.scripts(),
                    redis.keys(),
                    here.mirror(),
                    new Owners(),
                    new Lease(Duration.ofMinutes(2), Duration.ofMinutes(1)),
                    "settings",
                    ALIVE);
            locks.held(slow);
            locks.timing().pass(Duration.ofMinutes(2));
            WriteLock next = acquired(slow);
            next.waitOut();
            assertThatCode(next::renew).doesNotThrowAnyException();
        }
    }

    @Nested
    class An_open_intent {

        private void leave(String owner) {
            Intents.Open open = new Intents.Open(
                    Map.of(7L, Intent.ofDeal(owner, 7, 0, Delivered.ofStatus(Status.ARRIVED))), Map.of(), Map.of());
            WriteLock lock = locks.held(here);
            lock.prove(CREATES, open.entries());
            lock.release();
        }

        @Test
        void of_another_process_may_be_on_its_way() throws Exception {
            leave(elsewhere.owners().begin());
            assertThat(acquired(here).isQuietForOwner()).isTrue();
        }

        @Test
        void of_a_run_of_ones_own_that_has_ended_is_not() throws Exception {
            String ended = here.owners().begin();
            here.owners().end(ended);
            leave(ended);
            assertThat(acquired(here).isQuiet()).isFalse();
        }

        @Test
        void of_an_older_build_may_be() throws Exception {
            hash("intents").put("deal:7", "70011");
            locks.held(here).release();
            assertThat(acquired(here).isQuietForOwner()).isTrue();
        }
    }

    @Nested
    class Another_redis {

        @Test
        void that_is_new_makes_the_mirror_anew_and_waits_though_not_for_an_owner() throws Exception {
            WriteLock first = acquired(here);
            assertThat(first.isMirrorWhole()).isFalse();
            assertThat(first.isQuiet()).isTrue();
            assertThat(first.isQuietForOwner()).isFalse();
        }

        @Test
        void that_is_empty_under_a_process_that_has_created_something_counts_as_if_an_owner_was_left()
                throws Exception {
            WriteLock before = locks.held(here);
            before.prove(true, Map.of());
            before.release();
            emptyRedis();
            WriteLock next = acquired(here);
            assertThat(next.isMirrorWhole()).isFalse();
            assertThat(next.isQuietForOwner()).isTrue();
        }

        @Test
        void by_its_identity_makes_the_mirror_anew() throws Exception {
            locks.held(here).release();
            locks.timing().anotherServer();
            WriteLock next = acquired(elsewhere);
            assertThat(next.isMirrorWhole()).isFalse();
            assertThat(next.isQuiet()).isTrue();
            next.endQuiet();
            next.setMirrorWhole(true);
            assertThatCode(() -> next.prove(CREATES, Map.of())).doesNotThrowAnyException();
            next.release();
            assertThat(acquired(here).isMirrorWhole()).as("known by now").isTrue();
        }

        private void goBackInTime() {
            WriteLock lock = locks.held(here);
            String earlier = hash("mirror:manifest").get("counter");
            lock.renew();
            lock.release();
            hash("mirror:manifest").put("counter", earlier);
        }

        @Test
        void that_went_back_in_time_makes_the_mirror_anew() throws Exception {
            goBackInTime();
            WriteLock next = acquired(here);
            assertThat(next.isMirrorWhole()).isFalse();
            assertThat(next.isQuiet()).isTrue();
            next.endQuiet();
            next.setMirrorWhole(true);
            next.release();
            assertThat(acquired(here).isMirrorWhole()).as("known by now").isTrue();
        }

        @Test
        void that_went_back_in_time_is_doubted_by_the_run_that_found_it_to_its_end_and_by_no_other() throws Exception {
            goBackInTime();
            WriteLock found = acquired(here);
            assertThat(found.isDoubtful()).isTrue();
            found.endQuiet();
            found.release();
            WriteLock other = acquired(here);
            assertThat(other.isDoubtful()).isFalse();
            other.release();
            found.acquire(SHORT);
            assertThat(found.isQuiet()).isFalse();
            assertThat(found.isDoubtful())
                    .as("the run has read under what was there before")
                    .isTrue();
        }

        @Test
        void that_lost_a_part_of_the_mirror_between_two_runs_makes_it_anew() throws Exception {
            WriteLock lock = locks.held(here);
            lock.commit(aDeal());
            lock.release();
            delete("mirror:deals");
            WriteLock next = acquired(here);
            assertThat(next.isMirrorWhole()).isFalse();
            assertThat(next.isQuiet()).as("nobody was left").isFalse();
            assertThatCode(() -> next.commit(aDeal()))
                    .as("it goes on at once, and lists anew")
                    .doesNotThrowAnyException();
            next.setMirrorWhole(true);
            assertThatCode(() -> next.prove(CREATES, Map.of())).doesNotThrowAnyException();
        }
    }

    @Nested
    class Other_settings {

        private final WriteLocks others = locks.process("other settings");

        @Test
        void of_a_process_that_lives_keep_this_one_out_and_say_why() {
            locks.held(here);
            assertThatThrownBy(() -> run(others).acquire(SHORT))
                    .isInstanceOf(OtherSettingsException.class)
                    .hasMessageContaining("Another process works on this account with other settings");
        }

        @Test
        void keep_it_out_between_two_runs_too() {
            locks.held(here).release();
            locks.timing().pass(ALIVE.minus(INSTANT));
            assertThatThrownBy(() -> run(others).acquire(SHORT)).isInstanceOf(OtherSettingsException.class);
        }

        @Test
        void no_longer_keep_it_out_when_their_process_has_ended() throws Exception {
            locks.held(here).release();
            locks.timing().pass(ALIVE);
            acquired(others).release();
            assertThatThrownBy(() -> run(here).acquire(SHORT)).isInstanceOf(OtherSettingsException.class);
        }

        @Test
        void of_a_process_that_died_in_a_run_keep_it_out_until_its_lock_ends() throws Exception {
            locks.held(here);
            locks.timing().pass(LOCK.minus(INSTANT));
            assertThatThrownBy(() -> run(others).acquire(SHORT)).isInstanceOf(OtherSettingsException.class);
            locks.timing().pass(INSTANT);
            assertThat(acquired(others).isQuietForOwner()).isTrue();
        }

        @Test
        void of_a_clock_that_is_wrong_keep_nobody_out() throws Exception {
            locks.held(here).release();
            locks.timing().setBack(Duration.ofDays(1));
            assertThatCode(() -> acquired(others)).doesNotThrowAnyException();
        }
    }
}
