package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.sync.RunFixtures.CLOCK;
import static io.identamocrm.sync.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.delivery.AccountInRedis;
import io.identamocrm.delivery.CreationSearch;
import io.identamocrm.delivery.OpenIntents;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.WriteLock;
import io.identamocrm.state.WriteLocks;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a run looks at amoCRM, and what it lists. */
class MirrorRefreshesTest {

    private final AccountInRedis account = new AccountInRedis();
    private final MirrorRefreshes refreshes = new MirrorRefreshes(
            account.mirror,
            account.memory,
            account.setup,
            account.intents,
            new CreationSearch(account.setup, account.mirror, account.intents, account.memory, Duration.ofSeconds(3)),
            CLOCK);

    /** The mirror was listed with the settings of now. */
    @BeforeEach
    void listedBefore() {
        account.mirror.ensureMadeWith(account.setup.fingerprint(), account.lock);
        account.lock.setMirrorWhole(true);
    }

    /** A run that has not looked at amoCRM yet. */
    private Run run(RunRequest request, WriteLock lock) {
        Run run = RunFixtures.writing(request, lock);
        run.mirrorIsBehind();
        return run;
    }

    private Run run(RunRequest request) {
        return run(request, account.lock);
    }

    private boolean listsEverything(Run run) {
        assertThat(refreshes.begin(run)).isInstanceOf(MirrorRefresh.class);
        return run.isListingEverything();
    }

    private WriteLock next(WriteLocks process) throws InterruptedException {
        WriteLock lock = process.of(process.owners().begin(), null);
        lock.acquire(false);
        return lock;
    }

    @Nested
    class Before_anything_is_decided {

        @Test
        void a_mirror_that_is_whole_is_enough_for_runs_that_write() {
            assertThat(refreshes.isDueAtOnce(run(RunRequest.incremental()))).isFalse();
            assertThat(refreshes.isDueAtOnce(run(RunRequest.full()))).isFalse();
        }

        @Test
        void what_is_shown_to_people_and_what_is_compared_is_looked_at_first() {
            assertThat(refreshes.isDueAtOnce(run(RunRequest.one(7)))).isTrue();
            assertThat(refreshes.isDueAtOnce(run(RunRequest.full().asDryRun()))).isTrue();
            Run deep = run(RunRequest.deep());
            assertThat(refreshes.isDueAtOnce(deep)).isTrue();
            deep.mirrorFollowed();
            assertThat(refreshes.isDueAtOnce(deep)).as("once").isFalse();
        }

        @Test
        void a_mirror_that_is_not_whole_is_listed() {
            account.lock.setMirrorWhole(false);
            assertThat(refreshes.isDueAtOnce(run(RunRequest.incremental()))).isTrue();
        }

        @Test
        void a_mirror_made_with_other_settings_is_listed() {
            account.mirror.ensureMadeWith("other settings", account.lock);
            account.lock.setMirrorWhole(true);
            assertThat(refreshes.isDueAtOnce(run(RunRequest.incremental()))).isTrue();
            assertThat(account.lock.isMirrorWhole()).isFalse();
        }

        @Test
        void what_another_run_was_about_to_do_is_looked_for() {
            account.lock.prove(
                    true,
                    new Intents.Open(Map.of(7L, Intent.ofDeal("a-run", 7, 0, null)), Map.of(), Map.of()).entries());
            assertThat(refreshes.isDueAtOnce(run(RunRequest.incremental()))).isTrue();
        }

        @Test
        void a_lock_that_was_not_given_back_is_waited_out() {
            assertThat(refreshes.isDueAtOnce(run(RunRequest.incremental(), account.takeOver())))
                    .isTrue();
        }
    }

    @Nested
    class What_is_listed {

        @Test
        void is_what_has_changed_since_the_last_time() {
            assertThat(listsEverything(run(RunRequest.incremental()))).isFalse();
            assertThat(listsEverything(run(RunRequest.full()))).isFalse();
        }

        @Test
        void is_everything_once_in_a_deep_run() {
            Run deep = run(RunRequest.deep());
            assertThat(listsEverything(deep)).isTrue();
            assertThat(listsEverything(deep))
                    .as("after it has yielded to another run")
                    .isFalse();
        }

        @Test
        void is_everything_where_the_mirror_is_not_whole() {
            account.lock.setMirrorWhole(false);
            assertThat(listsEverything(run(RunRequest.incremental()))).isTrue();
        }

        @Test
        void goes_on_after_a_short_run_went_first_unless_the_mirror_was_lost_meanwhile() {
            Run deep = run(RunRequest.deep());
            MirrorRefresh begun = refreshes.begin(deep);
            assertThat(refreshes.goOn(deep, begun)).isSameAs(begun);
            account.lock.setMirrorWhole(false);
            assertThat(refreshes.goOn(deep, begun)).isNotSameAs(begun);
            assertThat(deep.isListingEverything()).isTrue();
        }

        @Test
        void is_what_the_run_has_written_when_that_is_much() {
            Run run = run(RunRequest.full());
            assertThat(refreshes.isCatchUpDue(run)).as("before it has a buffer").isFalse();
            new WriteBuffers(account.rows, 50).open(run);
            assertThat(refreshes.isCatchUpDue(run)).isFalse();
            assertThat(refreshes.catchUpPause()).isPositive();
        }
    }

    @Nested
    class After_the_listing {

        @Test
        void the_run_follows_the_account_and_that_is_noted() {
            Run run = run(RunRequest.incremental());
            run.needMirror();
            refreshes.begin(run);
            refreshes.end(run);
            assertThat(run.followsMirror()).isTrue();
            assertThat(run.isMirrorNeeded()).isFalse();
            assertThat(account.mirror.refreshedAt()).isEqualTo(NOON);
        }

        @Test
        void a_mirror_is_whole_only_when_everything_was_listed() {
            account.lock.setMirrorWhole(false);
            Run run = run(RunRequest.incremental());
            refreshes.begin(run);
            assertThat(account.lock.isMirrorWhole()).isFalse();
            refreshes.end(run);
            assertThat(account.lock.isMirrorWhole()).isTrue();
        }
    }

    @Nested
    class Before_creations_may_go {

        private void assertMustWait(WriteLock lock, boolean must) {
            assertThat(refreshes.mustWaitOut(run(RunRequest.incremental(), lock)))
                    .isEqualTo(must);
            assertThat(lock.isQuiet()).isEqualTo(must);
        }

        @Test
        void nobody_waits_after_a_lock_that_was_given_back() {
            assertMustWait(account.lock, false);
        }

        @Test
        void a_lock_that_was_not_given_back_is_waited_out_and_then_what_is_open_is_looked_for() throws Exception {
            WriteLock next = account.takeOver();
            assertMustWait(next, true);
            Run run = run(RunRequest.incremental(), next);
            long before = account.locks.timing().nanos();
            refreshes.waitOut(run);
            assertThat(account.locks.timing().nanos() - before)
                    .isEqualTo(LocksForTests.REQUEST.multipliedBy(2).toNanos());
            assertThat(refreshes.openIntents(run)).isInstanceOf(OpenIntents.class);
            refreshes.settled(run);
            assertThat(next.isQuiet()).isFalse();
        }

        @Test
        void the_first_run_of_all_in_an_account_that_holds_nothing_of_ours_waits_for_nobody() throws Exception {
            AccountInRedis fresh = new AccountInRedis();
            fresh.store(deal(500).build());
            fresh.redis().client().getKeys().delete(fresh.redis().keys().of("mirror:manifest"));
            fresh.redis().client().getKeys().delete(fresh.redis().keys().of("lock:writer"));
            WriteLock first = next(fresh.locks.process());
            MirrorRefreshes ofFresh = new MirrorRefreshes(
                    fresh.mirror,
                    fresh.memory,
                    fresh.setup,
                    fresh.intents,
                    new CreationSearch(fresh.setup, fresh.mirror, fresh.intents, fresh.memory, Duration.ofSeconds(3)),
                    CLOCK);
            assertThat(first.isQuiet()).isTrue();
            assertThat(ofFresh.mustWaitOut(run(RunRequest.incremental(), first)))
                    .isFalse();
        }
    }
}
