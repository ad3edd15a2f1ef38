package io.identamocrm.mirror;

import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.mirror.MirrorSnapshot.Keys;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.RedisForTests;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run has decided and amoCRM has not confirmed; in a dry run, what it never will. */
class PendingWritesTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Mirror mirror = new Mirror(redis.client(), redis.keys()::of, deal -> true, deal -> true);

    /** What somebody who looks for this patient's 42nd reception sees. */
    private MirrorSnapshot snapshot(PendingWrites pending) {
        return MirrorSnapshot.load(
                mirror, pending, List.of(new Keys(42L, List.of(), 0, List.of(), 11, "#N11", List.of("#+1"))), 30);
    }

    @Test
    void ids_for_what_has_none_yet_are_negative_and_never_given_twice() {
        PendingWrites pending = PendingWrites.ofRun();
        Set<Long> ids = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(ids.add(pending.provisionalId())).isTrue();
        }
        assertThat(ids).allSatisfy(id -> assertThat(id).isNegative());
    }

    @Test
    void what_is_pending_is_seen_until_it_is_settled() {
        PendingWrites pending = PendingWrites.ofRun();
        pending.claim(deal(-1).holding(42).build(), 42);
        pending.put(contact(-2).ofPatient(11).build());
        assertThat(snapshot(pending).dealsOfReception(42))
                .containsExactly(deal(-1).holding(42).build());
        assertThat(snapshot(pending).contactsOfPatient(11))
                .containsExactly(contact(-2).ofPatient(11).build());
        assertThat(snapshot(pending).claimedBy(-1)).isEqualTo(42);
        pending.releaseDeal(-1);
        assertThat(snapshot(pending).dealsOfReception(42)).isEmpty();
        assertThat(snapshot(pending).claimedBy(-1)).isNull();
        assertThat(snapshot(pending).contactsOfPatient(11)).hasSize(1);
        pending.releaseContact(-2);
        assertThat(snapshot(pending).contactsOfPatient(11)).isEmpty();
    }

    @Test
    void the_end_of_a_chunk_settles_nothing_in_a_run_that_writes() {
        PendingWrites pending = PendingWrites.ofRun();
        pending.claim(deal(-1).holding(42).build(), 42);
        pending.chunkDecided();
        assertThat(snapshot(pending).dealsOfReception(42)).hasSize(1);
        assertThat(snapshot(pending).claimedBy(-1)).isEqualTo(42);
        assertThat(redis.things()).isEmpty();
    }

    @Test
    void what_a_dry_run_decided_is_taken_for_done_in_its_next_chunk() {
        MirrorRows.store(
                mirror,
                LocksForTests.of(redis),
                List.of(deal(70).ofNumber("N11").build()),
                List.of(contact(60).withPhones("+1").build()));
        PendingWrites pending = PendingWrites.ofDryRun(mirror.scratch("one"));
        pending.claim(deal(70).ofNumber("N11").holding(42).build(), 42);
        pending.put(contact(60).ofPatient(11).withPhones("+1").build());
        pending.chunkDecided();
        MirrorSnapshot next = snapshot(pending);
        assertThat(next.dealsOfReception(42))
                .containsExactly(deal(70).ofNumber("N11").holding(42).build());
        assertThat(next.dealsOfPatientNumber("#N11")).noneMatch(deal -> deal.isFree());
        assertThat(next.contactsOfPatient(11))
                .containsExactly(contact(60).ofPatient(11).withPhones("+1").build());
        assertThat(next.claimedBy(70)).as("it holds the reception now").isNull();
        assertThat(snapshot(PendingWrites.ofRun()).dealsOfReception(42))
                .as("nothing was written")
                .isEmpty();
    }

    @Test
    void a_dry_run_holds_no_more_of_its_decisions_than_those_of_one_chunk() {
        PendingWrites pending = PendingWrites.ofDryRun(mirror.scratch("one"));
        pending.claim(deal(-1).holding(42).build(), 42);
        pending.put(contact(-2).ofPatient(11).build());
        pending.chunkDecided();
        assertThat(pending.deals).isEmpty();
        assertThat(pending.contacts).isEmpty();
        assertThat(pending.claims).isEmpty();
    }

    @Test
    void the_dry_run_of_receptions_goes_on_where_that_of_patients_stopped() {
        PendingWrites patients = PendingWrites.ofDryRun(mirror.scratch("one"));
        long first = patients.provisionalId();
        patients.put(contact(first).ofPatient(11).build());
        patients.chunkDecided();
        PendingWrites receptions = PendingWrites.ofDryRun(mirror.scratch("one"));
        assertThat(snapshot(receptions).contactsOfPatient(11)).hasSize(1);
        assertThat(receptions.provisionalId()).isNegative().isNotEqualTo(first);
        assertThat(snapshot(PendingWrites.ofDryRun(mirror.scratch("two"))).contactsOfPatient(11))
                .isEmpty();
    }

    @Test
    void a_chunk_in_which_a_dry_run_decided_nothing_leaves_nothing() {
        PendingWrites.ofDryRun(mirror.scratch("one")).chunkDecided();
        assertThat(redis.things()).isEmpty();
    }

    @Test
    void what_a_dry_run_leaves_behind_ends_by_itself() {
        PendingWrites pending = PendingWrites.ofDryRun(mirror.scratch("one"));
        pending.claim(
                deal(pending.provisionalId())
                        .holding(42)
                        .ofNumber("N11")
                        .linkedTo(60L)
                        .build(),
                42);
        pending.chunkDecided();
        pending.put(
                contact(pending.provisionalId()).ofPatient(11).withPhones("+1").build());
        pending.chunkDecided();
        assertThat(redis.things())
                .isNotEmpty()
                .allSatisfy(thing -> assertThat(redis.kept(thing)).as(thing).isPositive());
    }
}
