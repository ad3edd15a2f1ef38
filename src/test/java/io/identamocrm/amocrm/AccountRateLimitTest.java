package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.Scripts;
import io.identamocrm.state.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RedissonClient;

/** The rate that all processes of an account keep together; that it holds at the server is shown end to end. */
class AccountRateLimitTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration USUAL_PAUSE = Duration.ofMillis(50);

    @RegisterExtension
    final RedisForTests redis = new RedisForTests();

    private final PlayedTiming timing = new PlayedTiming();
    private Scripts one;
    private Scripts another;

    @BeforeEach
    void start() {
        one = new Scripts(redis.client(), timing);
        another = new Scripts(redis.anotherProcess(Duration.ofMinutes(1)), timing);
    }

    private AccountRateLimit limit(Scripts process, int requests) {
        return new AccountRateLimit(
                process, redis.keys().of("rate-limit"), requests, SECOND, Duration.ofMillis(200), USUAL_PAUSE);
    }

    /** When each of so many requests went, counted from the first; processes take turns. */
    private List<Long> sent(int requests, AccountRateLimit... processes) throws InterruptedException {
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            processes[i % processes.length].acquire(false);
            sent.add(timing.now());
        }
        long first = sent.get(0);
        return sent.stream().map(moment -> moment - first).toList();
    }

    @Test
    void processes_together_send_no_more_than_the_rate_in_any_period_and_its_margin() throws InterruptedException {
        assertThat(sent(15, limit(one, 7), limit(another, 7)))
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 0L, 1200L, 1200L, 1200L, 1200L, 1200L, 1200L, 1200L, 2400L);
    }

    @Test
    void the_period_slides_so_that_two_bursts_around_its_end_are_kept_apart() throws InterruptedException {
        AccountRateLimit process = limit(one, 2);
        process.acquire(false);
        timing.pass(Duration.ofMillis(1100));
        assertThat(sent(3, process))
                .as("the second of the first period, then one period after each")
                .containsExactly(0L, 100L, 1200L);
    }

    @Test
    void a_request_that_was_long_on_its_way_counts_from_its_answer_on() throws InterruptedException {
        AccountRateLimit process = limit(one, 2);
        AccountRateLimit.Turn late = process.acquire(false);
        process.acquire(false);
        timing.pass(Duration.ofMillis(900));
        process.answered(late);
        assertThat(sent(3, limit(another, 2)))
                .as("300 ms later the other one's period ends, 900 ms after that its own, and then theirs")
                .containsExactly(0L, 900L, 1200L);
        assertThat(timing.slept().get(0)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void also_if_its_turn_is_forgotten_by_then() throws InterruptedException {
        AccountRateLimit process = limit(one, 1);
        AccountRateLimit.Turn late = process.acquire(false);
        timing.pass(Duration.ofSeconds(5));
        limit(another, 1).acquire(false);
        timing.pass(Duration.ofMillis(1100));
        process.answered(late);
        long answered = timing.now();
        process.acquire(false);
        assertThat(timing.now() - answered).isEqualTo(1200);
    }

    @Test
    void one_that_is_answered_within_the_margin_counts_from_its_turn_on_and_costs_no_question_to_redis()
            throws InterruptedException {
        AccountRateLimit process = limit(one, 1);
        AccountRateLimit.Turn turn = process.acquire(false);
        String before = redis.contents();
        timing.pass(Duration.ofMillis(200));
        process.answered(turn);
        assertThat(redis.contents()).isEqualTo(before);
    }

    @Test
    void an_answer_counts_although_redis_went_away_meanwhile() throws Exception {
        RedissonClient client = redis.anotherProcess(Duration.ofMinutes(1));
        AccountRateLimit process = limit(new Scripts(client, timing), 1);
        AccountRateLimit.Turn turn = process.acquire(false);
        timing.pass(Duration.ofSeconds(1));
        client.shutdown();
        assertThatNoException().isThrownBy(() -> process.answered(turn));
    }

    @Test
    void an_idle_account_is_not_waited_for() throws InterruptedException {
        sent(7, limit(one, 7));
        timing.pass(Duration.ofMillis(1200));
        limit(another, 7).acquire(true);
        assertThat(timing.slept()).isEmpty();
    }

    @Test
    void a_short_run_goes_before_a_long_one_as_long_as_it_asks() throws InterruptedException {
        AccountRateLimit minuteRun = limit(one, 1);
        AccountRateLimit longRun = limit(another, 1);
        minuteRun.acquire(false);
        timing.pass(Duration.ofMillis(1199));
        assertThat(sent(1, minuteRun)).hasSize(1);
        long last = timing.now();
        longRun.acquire(true);
        assertThat(timing.now() - last)
                .as("one period after the short run's last request")
                .isEqualTo(1200);
        longRun.acquire(true);
        assertThat(timing.now() - last).as("and afterwards it goes on").isEqualTo(2400);
    }

    @Test
    void a_long_run_lets_a_short_one_go_first_even_where_the_rate_has_room() throws InterruptedException {
        limit(one, 7).acquire(false);
        limit(another, 7).acquire(true);
        assertThat(timing.slept()).containsExactly(Duration.ofMillis(1200));
    }

    @Test
    void a_pause_of_one_process_is_a_pause_of_all_and_the_longest_counts() {
        limit(one, 7).pause(Duration.ofSeconds(61));
        limit(another, 7).pause(null);
        for (int rate : List.of(7, 0)) {
            assertThatThrownBy(() -> limit(another, rate).acquire(false))
                    .isInstanceOf(AmocrmException.Paused.class)
                    .hasMessageContaining("it ends in 61");
        }
    }

    @Test
    void a_short_pause_is_waited_for() throws InterruptedException {
        limit(one, 7).pause(null);
        limit(another, 7).acquire(false);
        assertThat(timing.slept()).containsExactly(USUAL_PAUSE);
    }

    @Test
    void a_pause_that_comes_while_a_request_waits_holds_it_up_too() throws InterruptedException {
        AccountRateLimit process = limit(one, 1);
        process.acquire(false);
        timing.atNextSleep(() -> limit(another, 1).pause(Duration.ofSeconds(8)));
        long before = timing.now();
        process.acquire(false);
        assertThat(timing.now() - before).isEqualTo(8000);
    }

    @Test
    void no_rate_still_keeps_to_pauses_and_nothing_else() throws InterruptedException {
        sent(50, limit(one, 0));
        assertThat(timing.slept()).isEmpty();
        assertThat(redis.contents()).contains("sent=}");
    }

    @Test
    void another_rate_in_the_settings_counts_at_once() throws InterruptedException {
        sent(7, limit(one, 7));
        timing.pass(Duration.ofMillis(600));
        assertThat(sent(4, limit(another, 3)))
                .as("three of the seven are in its way")
                .containsExactly(0L, 0L, 0L, 1200L);
        assertThat(timing.slept()).containsExactly(Duration.ofMillis(600), Duration.ofMillis(1200));
    }

    @Test
    void an_emptied_redis_goes_on_by_itself() throws InterruptedException {
        AccountRateLimit process = limit(one, 7);
        sent(7, process);
        redis.client().getKeys().deleteByPattern(redis.keys().of("*"));
        assertThat(sent(8, process))
                .as("what was sent before is forgotten, the rate is not")
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 0L, 1200L);
    }

    @Test
    void a_clock_of_redis_that_went_back_holds_nobody_up_longer_than_a_period() throws InterruptedException {
        AccountRateLimit process = limit(one, 7);
        sent(7, process);
        timing.setRedis(Duration.ofHours(-1));
        process.acquire(true);
        assertThat(timing.slept()).containsExactly(Duration.ofMillis(1200));
    }

    @Test
    void nor_longer_than_the_pause_that_is_known() throws InterruptedException {
        AccountRateLimit process = limit(one, 7);
        process.pause(Duration.ofSeconds(30));
        timing.setRedis(Duration.ofHours(-1));
        process.acquire(false);
        assertThat(timing.slept()).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void the_clock_that_counts_is_that_of_redis() throws InterruptedException {
        Scripts real = new Scripts(redis.client(), Timing.REAL);
        limit(real, 7).pause(Duration.ofSeconds(61));
        assertThatThrownBy(
                        () -> limit(new Scripts(redis.client(), Timing.REAL), 7).acquire(false))
                .isInstanceOf(AmocrmException.Paused.class);
    }
}
