package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.sync.RunFixtures.CLOCK;
import static io.identamocrm.sync.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Status;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.SentStatuses;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has happened in a run is put on record: statuses, dead letters, what has passed. */
class OutcomeRecordsTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private SentStatuses statuses() {
        return new SentStatuses(redis.client(), redis.keys());
    }

    private DeadLetters deadLetters() {
        return new DeadLetters(redis.client(), redis.keys(), "receptions");
    }

    private void record(Run run) {
        new OutcomeRecords(statuses(), kind -> deadLetters(), CLOCK).record(run);
    }

    private static void delivered(Run run, long id) {
        run.tally().completed(new Delivery(reception(id).build(),
                new Decision(id, 11L, Status.ARRIVED, Funnel.PRIMARY, Outcome.UPDATED, null, null, null, List.of(), List.of()), 1));
    }

    @Test
    void what_was_delivered_has_its_status_on_record_and_leaves_the_dead_letters() {
        deadLetters().record(Map.of(7L, new DeadLetters.Failed(Failure.of(FailureCode.DEAL_NOT_CREATED), null)), NOON, NOON);
        Run run = RunFixtures.incremental();
        delivered(run, 7);
        record(run);
        assertThat(statuses().of(List.of(7L))).containsOnly(Map.entry(7L, Status.ARRIVED));
        assertThat(deadLetters().count()).isZero();
    }

    @Test
    void what_failed_is_a_dead_letter_with_what_ident_held() {
        Run run = RunFixtures.incremental();
        run.rows().read(Map.of(8L, () -> "held"));
        run.tally().failed(8, Failure.of(FailureCode.ROW_UNREADABLE));
        record(run);
        assertThat(deadLetters().of(8).content()).isEqualTo("held");
        assertThat(deadLetters().of(8).attempts()).isEqualTo(1);
        record(run);
        assertThat(deadLetters().of(8).attempts()).as("recorded once").isEqualTo(1);
    }

    @Test
    void a_dry_run_leaves_no_record() {
        Run run = RunFixtures.dryRun();
        delivered(run, 7);
        run.tally().failed(8, Failure.of(FailureCode.ROW_UNREADABLE));
        record(run);
        assertThat(redis.things()).isEmpty();
    }
}
