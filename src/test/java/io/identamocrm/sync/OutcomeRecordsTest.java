package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.sync.RunFixtures.CLOCK;
import static io.identamocrm.sync.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.LockLostException;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.Memory;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.WriteLock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has happened in a run is put on record: what is ours, dead letters, what has passed. */
class OutcomeRecordsTest {

    private static final Delivered DELIVERED =
            Fixtures.delivered(70, Status.ARRIVED).build();
    private static final OwnContact OWN = new OwnContact(60, "#Анна", false);

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final LocksForTests locks = new LocksForTests(redis);
    private final WriteLock lock = locks.held();
    private final Memory memory = new Memory(redis.client(), redis.keys());

    private DeadLetters deadLetters() {
        return new DeadLetters(redis.client(), redis.keys(), "receptions");
    }

    private void record(Run run) {
        new OutcomeRecords(memory, kind -> deadLetters(), CLOCK).record(run);
    }

    private static void delivered(Run run, long id) {
        run.tally()
                .completed(new Delivery(
                        reception(id).build(),
                        new Decision(
                                id,
                                11L,
                                Status.ARRIVED,
                                Funnel.PRIMARY,
                                Outcome.UNCHANGED,
                                null,
                                null,
                                null,
                                List.of(),
                                List.of(),
                                DELIVERED,
                                null,
                                OWN),
                        1));
    }

    @Test
    void what_was_delivered_is_remembered_and_leaves_the_dead_letters() {
        deadLetters()
                .record(Map.of(7L, new DeadLetters.Failed(Failure.of(FailureCode.DEAL_NOT_CREATED), null)), NOON, NOON);
        Run run = RunFixtures.writing(RunRequest.incremental(), lock);
        delivered(run, 7);
        record(run);
        assertThat(memory.receptions(List.of(7L))).isEqualTo(Map.of(7L, DELIVERED));
        assertThat(memory.patients(List.of(11L))).isEqualTo(Map.of(11L, OWN));
        assertThat(deadLetters().count()).isZero();
    }

    @Test
    void what_failed_is_a_dead_letter_with_what_ident_held() {
        Run run = RunFixtures.writing(RunRequest.incremental(), lock);
        run.rows().read(Map.of(8L, () -> "held"));
        run.tally().failed(8, Failure.of(FailureCode.ROW_UNREADABLE));
        record(run);
        assertThat(deadLetters().of(8).content()).isEqualTo("held");
        assertThat(deadLetters().of(8).attempts()).isEqualTo(1);
        record(run);
        assertThat(deadLetters().of(8).attempts()).as("recorded once").isEqualTo(1);
    }

    @Test
    void a_run_that_has_lost_its_lock_notices_it_here() throws Exception {
        Run run = RunFixtures.writing(RunRequest.incremental(), lock);
        delivered(run, 7);
        locks.timing().pass(LocksForTests.LOCK);
        locks.process().of("another", null).acquire(false);
        assertThatThrownBy(() -> record(run)).isInstanceOf(LockLostException.class);
    }

    @Test
    void a_dry_run_leaves_no_record() {
        Run run = RunFixtures.dryRun();
        delivered(run, 7);
        run.tally().failed(8, Failure.of(FailureCode.ROW_UNREADABLE));
        List<String> before = redis.things();
        record(run);
        assertThat(redis.things()).isEqualTo(before);
    }
}
