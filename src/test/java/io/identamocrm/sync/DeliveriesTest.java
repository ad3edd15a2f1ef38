package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.identamocrm.delivery.AccountInRedis;
import io.identamocrm.mirror.MirrorSnapshot;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Patient;
import io.identamocrm.rules.DecideRoute;
import io.identamocrm.rules.SyncCase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What was decided goes into the run's write buffer, or straight to its tally. */
class DeliveriesTest {

    private final AccountInRedis account = new AccountInRedis();

    private Run run(RunRequest request) {
        Run run = RunFixtures.writing(request, account.lock);
        new WriteBuffers(account.rows, 50).open(run);
        return run;
    }

    private SyncCase open(Run run, Patient patient) {
        Clock clinicClock = Clock.fixed(Fixtures.NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        return new SyncCases(
                        account.mirror,
                        account.memory,
                        account.setup,
                        Fixtures.PRINT,
                        account::deadLetters,
                        clinicClock)
                .open(Chunk.of(run, List.of())
                        .with(List.of(reception(7).of(patient).build())))
                .cases()
                .get(0);
    }

    /** The patient's contacts as the next decision of the run sees them. */
    private Collection<Contact> contacts(Run run) {
        return MirrorSnapshot.load(
                        account.mirror,
                        run.pending(),
                        List.of(new MirrorSnapshot.Keys(
                                7L, List.of(), 0, List.of(), Fixtures.PATIENT, null, List.of())),
                        30)
                .contactsOfPatient(Fixtures.PATIENT);
    }

    private static Patient somebody() {
        return Fixtures.patient(Fixtures.PATIENT).build();
    }

    @Test
    void what_must_be_written_waits_in_the_buffer_and_has_no_outcome_yet() {
        Run run = run(RunRequest.full());
        new Deliveries().deliver(DecideRoute.decide(open(run, somebody())), run);
        assertThat(run.isUnfinished()).isTrue();
        assertThat(run.tally().outcomes()).isEmpty();
        assertThat(contacts(run)).as("the next decision sees it").hasSize(1);
    }

    @Test
    void what_must_be_written_is_decided_again_once_the_mirror_follows_the_account_and_so_is_all_that_comes_after_it() {
        Run run = run(RunRequest.incremental());
        run.mirrorIsBehind();
        new Deliveries().deliver(DecideRoute.decide(open(run, null)), run);
        assertThat(run.isMirrorNeeded()).as("nothing is to be written yet").isFalse();
        assertThat(run.tally().outcomes()).containsOnly(Map.entry(Outcome.FAILED, 1));

        new Deliveries().deliver(DecideRoute.decide(open(run, somebody())), run);
        assertThat(run.isMirrorNeeded()).isTrue();
        new Deliveries().deliver(DecideRoute.decide(open(run, null)), run);
        assertThat(run.tally().outcomes()).containsOnly(Map.entry(Outcome.FAILED, 1));
        assertThat(run.writeBuffer().isEmpty()).isTrue();
        assertThat(contacts(run))
                .as("what was decided on the mirror as it was counts for nothing")
                .isEmpty();
        assertThat(run.tally().takeReturned()).hasSize(2);

        run.mirrorFollowed();
        assertThat(run.isMirrorNeeded()).isFalse();
        new Deliveries().deliver(DecideRoute.decide(open(run, somebody())), run);
        assertThat(run.writeBuffer().isEmpty()).isFalse();
    }

    @Test
    void what_needs_no_write_has_its_outcome_at_once() {
        Run run = run(RunRequest.full());
        new Deliveries().deliver(DecideRoute.decide(open(run, null)), run);
        assertThat(run.isUnfinished()).isFalse();
        assertThat(run.tally().outcomes()).containsOnly(Map.entry(Outcome.FAILED, 1));
    }

    @Test
    void of_a_dry_run_nothing_waits_and_yet_the_next_decision_sees_it() {
        Run run = run(RunRequest.full().asDryRun());
        new Deliveries().deliver(DecideRoute.decide(open(run, somebody())), run);
        assertThat(run.isUnfinished()).isFalse();
        assertThat(run.tally().outcomes()).containsOnly(Map.entry(Outcome.CREATED, 1));
        assertThat(contacts(run)).hasSize(1);
    }

    @Test
    void a_case_that_came_out_of_its_route_undecided_is_a_fault_of_the_route() {
        Run run = run(RunRequest.full());
        assertThatIllegalStateException()
                .isThrownBy(() -> new Deliveries().deliver(open(run, somebody()), run))
                .withMessageContaining("ReceptionCase[7")
                .withMessageContaining("without an outcome");
        assertThat(MDC.get("reception"))
                .as("no later line of the log is taken for its own")
                .isNull();
    }
}
