package io.identamocrm.sync;

import static io.identamocrm.sync.RunFixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.state.RedisForTests;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** One run of a kind at a time, one that writes at a time, short ones first. */
@Timeout(60)
class RunLocksTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private RunLocks locks() {
        return new RunLocks(redis.client(), redis.keys(), new Mirror(redis.client(), redis.keys()::of, deal -> true), CLOCK,
                RunListener.NONE);
    }

    private static Run placed(Run run) {
        run.reads(run.request().isFull() ? RunFixtures.full().range() : RunFixtures.incremental().range());
        return run;
    }

    @Test
    void the_second_run_of_a_kind_is_refused_until_the_first_has_ended() {
        Run first = locks().openReceptions(RunRequest.incremental(), exchange);
        assertThatThrownBy(() -> locks().openReceptions(RunRequest.incremental(), exchange)).isInstanceOf(RunUnderWayException.class)
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
        assertThatThrownBy(() -> locks().openReceptions(RunRequest.deep(), exchange)).hasMessageContaining("full reception run");
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
    void the_log_names_the_run_while_it_lasts() {
        Run run = locks().openPatients(RunRequest.incremental(), exchange);
        assertThat(MDC.get("run")).isEqualTo("patients-120000.000");
        locks().release(run);
        assertThat(MDC.get("run")).isNull();
    }

    @Test
    void a_short_run_that_waits_is_let_in_when_the_long_one_yields() throws Exception {
        Run full = placed(locks().openReceptions(RunRequest.full(), exchange));
        RunLocks locks = locks();
        locks.acquireWriteLock(full);
        assertThat(locks.mustYield(full)).isFalse();
        Run minute = placed(locks.openReceptions(RunRequest.incremental(), exchange));
        CompletableFuture<Void> turn = CompletableFuture.runAsync(() -> acquire(locks, minute));
        while (!locks.mustYield(full)) {
            Thread.onSpinWait();
        }
        assertThat(locks.mustYield(minute)).as("a short run yields to nobody").isFalse();
        CompletableFuture<Void> again = CompletableFuture.runAsync(() -> yieldTo(locks, full));
        turn.get(30, TimeUnit.SECONDS);
        assertThat(again).as("the long one waits until the short one is done").isNotDone();
        locks.release(minute);
        again.get(30, TimeUnit.SECONDS);
        locks.release(full);
    }

    private static void acquire(RunLocks locks, Run run) {
        try {
            locks.acquireWriteLock(run);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void yieldTo(RunLocks locks, Run run) {
        try {
            locks.yieldWriteLock(run);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
