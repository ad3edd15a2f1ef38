package io.identamocrm.sync;

import static io.identamocrm.sync.RunFixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.WriteLocks;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;
import org.slf4j.MDC;

/** One run of a kind at a time, one that writes at a time, short ones first. */
@Timeout(60)
class RunLocksTest {

    private static final ZoneId CLINIC = ZoneId.of("Europe/Moscow");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private final LocksForTests account = new LocksForTests(redis);
    private final RunLocks process = locks(account.process());

    private RunLocks locks(WriteLocks of) {
        return new RunLocks(
                of,
                new Mirror(redis.client(), redis.keys()::of, deal -> true, deal -> true),
                CLOCK.withZone(CLINIC),
                RunListener.NONE);
    }

    /** As another process has them. */
    private RunLocks locks() {
        return locks(account.process());
    }

    private static Run placed(Run run) {
        run.reads(
                run.request().isFull()
                        ? RunFixtures.full().range()
                        : RunFixtures.incremental().range());
        return run;
    }

    @Test
    void the_second_run_of_a_kind_is_refused_until_the_first_has_ended() {
        Run first = locks().openReceptions(RunRequest.incremental(), exchange);
        assertThatThrownBy(() -> locks().openReceptions(RunRequest.incremental(), exchange))
                .isInstanceOf(RunUnderWayException.class)
                .hasMessageContaining("Another reception run is under way");
        locks().release(first);
        locks().release(locks().openReceptions(RunRequest.incremental(), exchange));
    }

    @Test
    void kinds_do_not_shut_each_other_out_nor_do_long_runs_and_short_ones() {
        Run receptions = locks().openReceptions(RunRequest.incremental(), exchange);
        Run patients = locks().openPatients(RunRequest.incremental(), exchange);
        Run full = locks().openReceptions(RunRequest.full(), exchange);
        assertThat(receptions.kind()).isEqualTo(Run.Kind.RECEPTIONS);
        assertThat(patients.kind()).isEqualTo(Run.Kind.PATIENTS);
        assertThatThrownBy(() -> locks().openReceptions(RunRequest.deep(), exchange))
                .hasMessageContaining("full reception run");
        locks().release(receptions);
        locks().release(patients);
        locks().release(full);
    }

    @Test
    void dry_runs_go_on_beside_any_other() {
        Run real = locks().openReceptions(RunRequest.full(), exchange);
        Run dry = locks().openReceptions(RunRequest.full().asDryRun(), exchange);
        Run another = locks().openReceptions(RunRequest.full().asDryRun(), exchange);
        locks().release(dry);
        locks().release(another);
        locks().release(real);
    }

    @Test
    void the_log_names_the_run_by_the_clinics_time_while_it_lasts() {
        Run run = locks().openPatients(RunRequest.incremental(), exchange);
        assertThat(MDC.get("run")).isEqualTo("patients-150000.000");
        locks().release(run);
        assertThat(MDC.get("run")).isNull();
    }

    @Test
    void a_short_run_that_waits_is_let_in_when_the_long_one_yields() throws Exception {
        Run full = placed(process.openReceptions(RunRequest.full(), exchange));
        process.acquireWriteLock(full);
        full.mirrorFollowed();
        assertThat(process.mustYield(full)).isFalse();
        RunLocks elsewhere = locks();
        Run minute = placed(elsewhere.openReceptions(RunRequest.incremental(), exchange));
        List<String> order = new ArrayList<>();
        account.timing().whileAsleep(() -> {
            assertThat(process.mustYield(full)).isTrue();
            assertThat(process.mustYield(minute))
                    .as("a short run yields to nobody")
                    .isFalse();
            // The short one looks again while the long one waits for its turn.
            account.timing().whileAsleep(() -> {
                elsewhere.acquireWriteLock(minute);
                order.add("the short one");
                elsewhere.release(minute);
            });
            process.yieldWriteLock(full);
            order.add("the long one again");
            throw new InterruptedException("it has had its turn");
        });
        assertThatThrownBy(() -> elsewhere.acquireWriteLock(minute)).hasMessage("it has had its turn");
        assertThat(order).containsExactly("the short one", "the long one again");
        assertThat(full.followsMirror()).as("others may have written meanwhile").isFalse();
        assertThatCode(full.locks().write()::renew).doesNotThrowAnyException();
    }

    @Test
    void what_a_run_does_keeps_the_lock_of_its_kind_too() throws Exception {
        Run run = placed(process.openReceptions(RunRequest.incremental(), exchange));
        process.acquireWriteLock(run);
        account.timing().pass(LocksForTests.LOCK.minusMillis(1));
        run.locks().write().renew();
        account.timing().pass(LocksForTests.LOCK.minusMillis(1));
        assertThatThrownBy(() -> locks().openReceptions(RunRequest.incremental(), exchange))
                .isInstanceOf(RunUnderWayException.class);
        account.timing().pass(LocksForTests.LOCK);
        assertThatCode(() -> locks().openReceptions(RunRequest.incremental(), exchange))
                .as("it stands still")
                .doesNotThrowAnyException();
    }

    @Test
    void a_run_that_ended_while_redis_was_away_leaves_nobody_in_doubt_within_its_process() throws Exception {
        Run ended = placed(process.openReceptions(RunRequest.incremental(), exchange));
        process.acquireWriteLock(ended);
        ended.locks().write().endQuiet();
        // As if giving back had not reached Redis: all is left but the run itself.
        Map<String, String> left = redis.client()
                .<String, String>getMap(redis.keys().of("mirror:manifest"), StringCodec.INSTANCE)
                .readAllMap();
        process.release(ended);
        redis.client()
                .<String, String>getMap(redis.keys().of("mirror:manifest"), StringCodec.INSTANCE)
                .putAll(left);
        Run next = placed(process.openReceptions(RunRequest.incremental(), exchange));
        process.acquireWriteLock(next);
        assertThat(next.locks().write().isQuiet()).isFalse();
    }
}
