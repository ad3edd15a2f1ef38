package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.sync.RunFixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.ident.FoundRow;
import io.identamocrm.ident.UnreadableColumnException;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Status;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.Memory;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RunHistory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a full run doubts before it writes. */
class RunBrakesTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private BrakeStates states;
    private Memory memory;
    private RunBrakes brakes;

    @BeforeEach
    void anAccountInUse() {
        states = new BrakeStates(redis.client(), redis.keys());
        states.noteCompleted("choice");
        memory = new Memory(redis.client(), redis.keys());
        Mirror mirror = new Mirror(redis.client(), redis.keys()::of, deal -> true, deal -> true);
        Changes changes = new Changes();
        mirror.store(changes, List.of(deal(70).holding(100).build()), List.of());
        changes.apply(redis.client());
        CursorPolicy cursors = new CursorPolicy(
                new Cursors(redis.client(), redis.keys()),
                new RunHistory(redis.client(), redis.keys()),
                null,
                CLOCK,
                "settings");
        brakes = new RunBrakes(
                new Brakes(states, CLOCK),
                states,
                cursors,
                memory,
                mirror,
                new DeadLetters(redis.client(), redis.keys(), "receptions"),
                "choice");
    }

    private static Run ofReceptions(int count, long patient) {
        Run run = RunFixtures.full();
        LongStream.rangeClosed(1, count).forEach(id -> run.rows().add(new FoundRow(id, null, patient, null)));
        return run;
    }

    private void remember(int count, boolean gone, long patient) {
        Changes changes = new Changes();
        LongStream.rangeClosed(1, count)
                .forEach(id -> memory.remember(
                        changes,
                        id,
                        gone
                                ? delivered(1000 + id, Status.SCHEDULED)
                                        .gone()
                                        .of(patient)
                                        .build()
                                : delivered(1000 + id, Status.SCHEDULED)
                                        .of(patient)
                                        .build()));
        changes.apply(redis.client());
    }

    @Test
    void the_counting_of_new_deals_is_a_long_run_that_yields_and_writes_nothing() {
        Run counting = brakes.begin(ofReceptions(30, 11));
        assertThat(counting.isFull()).isTrue();
        assertThat(counting.request().dryRun()).isTrue();
        assertThat(counting.rows().ids()).hasSize(30);
        assertThat(counting.isByIds()).as("nobody has asked for them by name").isFalse();
    }

    @Test
    void what_is_remembered_as_it_is_makes_no_doubt() {
        remember(30, false, 11);
        assertThat(brakes.begin(ofReceptions(30, 11))).isNull();
        assertThat(brakes.begin(ofReceptions(30, 0)))
                .as("own SQL does not tell the patients")
                .isNull();
        assertThat(states.all()).isEmpty();
    }

    @Test
    void other_patients_are_judged_without_those_that_changed_since_the_cursor() {
        remember(30, false, 11);
        Run run = ofReceptions(30, 12);
        Run counting = brakes.begin(run);
        brakes.leaveOutChanged(
                counting, List.of(Map.<String, Object>of("reception_id", 30L)).iterator());
        brakes.judge(run, counting);
        assertThat(run.held()).containsExactly(BrakeKind.PATIENTS_CHANGED);
        assertThat(states.of(BrakeKind.PATIENTS_CHANGED).affected()).isEqualTo(29);
        assertThat(run.followsMirror()).as("others may have written meanwhile").isFalse();
    }

    @Test
    void a_changed_row_without_an_id_is_refused_by_its_name() {
        Run counting = brakes.begin(ofReceptions(30, 0));
        assertThatThrownBy(() -> brakes.leaveOutChanged(
                        counting,
                        List.of(Collections.<String, Object>singletonMap("reception_id", null))
                                .iterator()))
                .isInstanceOf(UnreadableColumnException.class)
                .hasMessageContaining("reception_id");
    }

    @Test
    void deals_that_are_gone_are_news_until_a_run_has_ended_that_did_not_hold_them() {
        remember(30, true, 11);
        Run held = ofReceptions(30, 11);
        brakes.begin(held);
        assertThat(held.held()).containsExactly(BrakeKind.DEALS_GONE);
        brakes.completed(held);
        assertThat(states.goneBefore()).isZero();
        states.release(BrakeKind.DEALS_GONE);
        Run released = ofReceptions(30, 11);
        brakes.begin(released);
        assertThat(released.held()).isEmpty();
        brakes.completed(released);
        assertThat(states.goneBefore()).isEqualTo(30);
        assertThat(states.all()).isEmpty();
        Run next = ofReceptions(30, 11);
        brakes.begin(next);
        assertThat(next.held()).isEmpty();
    }

    @Test
    void a_dry_run_pulls_nothing() {
        remember(30, true, 11);
        Run dry = RunFixtures.dryRun();
        dry.reads(RunFixtures.full().range());
        assertThat(brakes.begin(dry)).isNull();
        brakes.completed(dry);
        assertThat(states.all()).isEmpty();
        assertThat(states.goneBefore()).isZero();
    }
}
