package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Requests;
import io.identamocrm.sync.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose deal it is when rows, patients and deals change hands: told by what was delivered in that very deal, not by who had it once. */
class DealsChangeHandsTest {

    private static final long LOST = 143;

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .leapingOverWaits()
            .with("DEAL_STAGE_PRIMARY_CANCELLED", Long.toString(LOST))
            .with("DEAL_STAGE_SECONDARY_CANCELLED", Long.toString(LOST))
            .with("DEAL_STAGE_PRIMARY_SCHEDULED", Long.toString(stage(PRIMARY, 1)));

    private long p1() {
        return installation.patient("8 900 111-22-33");
    }

    private long p2() {
        return installation.patient("8 900 999-88-77");
    }

    private EntityView lead(long id) {
        return installation.account().lead(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 0})
    void a_managers_stage_stands_when_a_visit_is_moved_whatever_the_order_of_planning(int days) {
        installation.with("SYNC_BATCH_SIZE", "1");
        long a = installation.booked(p1());
        installation.incremental();
        long deal = installation.dealOf(a).id();
        installation.account().changeLead(deal, change -> change.stage(PRIMARY, stage(PRIMARY, 2)));
        long b = installation.staff().move(a, days == 0 ? NOW.plusHours(2) : NOW.plusDays(days), NOW);
        installation.incremental();
        assertThat(installation.dealOf(b).id()).isEqualTo(deal);
        assertThat(lead(deal).stageId()).isEqualTo(stage(PRIMARY, 2));
    }

    @Test
    void a_managers_closed_deal_is_not_taken_for_ours_when_we_closed_the_one_by_hand() {
        long a = installation.booked(p1());
        installation.incremental();
        long old = installation.dealOf(a).id();
        installation.account().changeLead(old, change -> change.lost());
        installation.one(a);
        assertThat(installation.account().leads()).hasSize(2);
        long made = installation.account().leads().get(1).id();
        installation.staff().cancel(a, NOW);
        installation.incremental();
        assertThat(lead(made).stageId()).isEqualTo(LOST);
        installation.account().changeLead(old, change -> change.price(77));
        installation.staff().uncancel(a, NOW);
        installation.incremental();
        assertThat(lead(old).stageId()).as("the manager's closed deal").isEqualTo(LOST);
        assertThat(lead(made).stageId()).as("ours").isNotEqualTo(LOST);
    }

    @Test
    void after_redis_was_emptied_a_managers_first_contact_is_not_unlinked_when_the_patient_changes() {
        installation.withSyncState();
        long patient = p1();
        long a = installation.booked(patient);
        installation.incremental();
        long deal = installation.dealOf(a).id();
        long ours = installation.contactsOf(patient).get(0).id();
        long managers = installation.account().addContact("Плательщик", Map.of());
        installation.account().makeMain(deal, managers);
        installation.account().unlink(deal, ours);
        installation.loseRedis();
        installation.full();
        long q = p2();
        installation.staff().correctPatient(a, q, NOW);
        installation.incremental();
        assertThat(lead(deal).links())
                .contains(managers, installation.contactsOf(q).get(0).id());
        assertThat(installation.account().mainContact(deal)).isEqualTo(managers);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "50, 2"})
    void a_visit_corrected_while_redis_was_emptied_gets_the_patients_contact_whatever_fills_the_batches(
            int batch, int others) {
        installation.withSyncState();
        installation.with("SYNC_BATCH_SIZE", Integer.toString(batch));
        long p = p1();
        long q = p2();
        long a = installation.booked(q);
        List<Long> more = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            more.add(installation.staff().book(p, NOW.plusDays(3 + i), NOW));
        }
        installation.full();
        installation.loseRedis();
        installation.staff().correctPatient(a, p, NOW);
        more.forEach(other -> installation.staff().reschedule(other, NOW.plusDays(9), NOW));
        installation.full();
        assertThat(installation.dealOf(a).fields()).containsEntry(17L, installation.numberOf(p));
        assertThat(installation.contactsOf(p)).hasSize(1);
        assertThat(installation.account().mainContact(installation.dealOf(a).id()))
                .isEqualTo(installation.contactsOf(p).get(0).id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_visit_that_is_moved_and_gets_another_patient_at_once_takes_its_deal_along(boolean oldRowDeleted) {
        long p = p1();
        long a = installation.booked(p);
        installation.full();
        long deal = installation.dealOf(a).id();
        long q = p2();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.staff().correctPatient(b, q, NOW);
        if (oldRowDeleted) {
            installation.staff().deleteReception(a);
        } else {
            installation.staff().correctPatient(a, q, NOW);
        }
        installation.incremental();
        installation.deep();
        assertThat(installation.dealOf(b).id()).isEqualTo(deal);
        assertThat(lead(deal).fields()).containsEntry(17L, installation.numberOf(q));
        assertThat(installation.contactsOf(q)).hasSize(1);
        assertThat(lead(deal).links())
                .containsExactly(installation.contactsOf(q).get(0).id());
    }

    @Test
    void a_deal_that_we_closed_for_a_row_that_vanished_moves_on_when_the_row_comes_back() {
        installation.with("DEAL_ON_VANISHED", "stage");
        long p = p1();
        long a = installation.booked(p);
        installation.booked(p);
        installation.full();
        long deal = installation.dealOf(a).id();
        installation.clinic().execute("UPDATE dbo.Receptions SET ID = ID + 500000 WHERE ID = ?", a);
        installation.runtime().everything(RunRequest.deep());
        assertThat(lead(deal).stageId()).isEqualTo(LOST);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET ID = ID - 500000, DateTimeChanged = ? WHERE ID = ?",
                        NOW,
                        a + 500_000);
        installation.incremental();
        installation.deep();
        assertThat(lead(deal).stageId()).isEqualTo(stage(PRIMARY, 1));
        assertThat(installation.dealsOf(a)).hasSize(1);
    }

    @Test
    void a_copy_of_our_closed_deal_that_a_manager_closed_is_the_managers() {
        long p = p1();
        long a = installation.booked(p);
        installation.full();
        installation.staff().cancel(a, NOW);
        installation.full();
        long ours = installation.dealOf(a).id();
        assertThat(lead(ours).stageId()).isEqualTo(LOST);
        long copy = installation.account().addLead("Копия", PRIMARY, stage(PRIMARY, 1), Map.of(26L, Long.toString(a)));
        installation.account().changeLead(copy, change -> change.lost());
        installation.staff().uncancel(a, NOW);
        installation.incremental();
        assertThat(lead(copy).stageId()).isEqualTo(LOST);
        assertThat(lead(ours).stageId()).isNotEqualTo(LOST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void our_closed_deal_that_a_manager_dragged_to_the_same_stage_of_another_pipeline_is_the_managers(
            boolean redisEmptied) {
        installation.withSyncState();
        long a = installation.booked(p1());
        installation.incremental();
        long deal = installation.dealOf(a).id();
        installation.staff().cancel(a, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).isEqualTo(LOST);
        installation.account().changeLead(deal, change -> change.stage(SECONDARY, LOST));
        if (redisEmptied) {
            installation.loseRedis();
        }
        installation.staff().uncancel(a, NOW);
        installation.full();
        assertThat(lead(deal).stageId()).isEqualTo(LOST);
        assertThat(lead(deal).pipelineId()).isEqualTo(SECONDARY);
        assertThat(installation.account().leads()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_deal_that_we_closed_where_a_manager_had_put_it_moves_on(boolean redisEmptied) {
        installation.withSyncState();
        long a = installation.booked(p1());
        installation.incremental();
        long deal = installation.dealOf(a).id();
        installation.account().changeLead(deal, change -> change.stage(SECONDARY, stage(SECONDARY, 1)));
        installation.staff().cancel(a, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).isEqualTo(LOST);
        assertThat(lead(deal).pipelineId()).isEqualTo(SECONDARY);
        if (redisEmptied) {
            installation.loseRedis();
        }
        installation.staff().uncancel(a, NOW);
        installation.full();
        assertThat(lead(deal).stageId()).isNotEqualTo(LOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void the_new_patients_contact_becomes_the_main_one_also_where_a_manager_had_linked_it_before(int batch) {
        installation.with("SYNC_BATCH_SIZE", Integer.toString(batch));
        long p = p1();
        long q = p2();
        long a = installation.booked(p);
        installation.booked(q);
        installation.full();
        long deal = installation.dealOf(a).id();
        long ofQ = installation.contactsOf(q).get(0).id();
        long third = installation.account().addContact("Третий", Map.of());
        installation.account().link(deal, third);
        installation.account().link(deal, ofQ);
        installation.staff().correctPatient(a, q, NOW);
        installation.incremental();
        assertThat(lead(deal).links()).containsExactlyInAnyOrder(ofQ, third);
        assertThat(installation.account().mainContact(deal)).isEqualTo(ofQ);
        installation.sandbox().journal().clear();
        installation.full();
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void of_two_patients_visits_that_follow_a_deleted_row_the_one_it_was_delivered_for_keeps_the_deal() {
        long p = p1();
        long q = p2();
        long a = installation.booked(p);
        installation.full();
        long deal = installation.dealOf(a).id();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        long c = installation.staff().move(a, NOW.plusDays(2), NOW);
        installation.staff().correctPatient(c, q, NOW);
        installation.staff().deleteReception(a);
        installation.incremental();
        assertThat(installation.dealOf(b).id()).isEqualTo(deal);
        assertThat(installation.dealsOf(c)).hasSize(1);
    }

    @Test
    void a_deal_that_a_manager_opened_with_the_receptions_id_gets_the_patients_contact() {
        long p = p1();
        long a = installation.booked(p);
        installation.full();
        long old = installation.dealOf(a).id();
        installation.account().deleteLead(old);
        long made =
                installation.account().addLead("Вручную", PRIMARY, stage(PRIMARY, 1), Map.of(26L, Long.toString(a)));
        installation.deep();
        installation.incremental();
        assertThat(installation.dealOf(a).id()).isEqualTo(made);
        assertThat(lead(made).links())
                .containsExactly(installation.contactsOf(p).get(0).id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_deal_that_a_manager_gave_another_visit_of_the_patient_makes_them_no_one_visit(boolean toTheEarlier) {
        long p = p1();
        long first = installation.booked(p);
        long second = installation.staff().book(p, NOW.plusDays(9), NOW.minusDays(1));
        installation.full();
        long given = toTheEarlier ? second : first;
        long to = toTheEarlier ? first : second;
        installation
                .account()
                .changeLead(installation.dealOf(given).id(), change -> change.field(26, Long.toString(to)));
        installation.deep();
        installation.deep();
        assertThat(installation
                        .runtime()
                        .receptions(RunRequest.explained(first))
                        .decisions()
                        .get(0)
                        .outcome())
                .isNotEqualTo(Outcome.SKIPPED);
        assertThat(installation
                        .runtime()
                        .receptions(RunRequest.explained(second))
                        .decisions()
                        .get(0)
                        .outcome())
                .isNotEqualTo(Outcome.SKIPPED);
        assertThat(installation.dealsOf(first)).isNotEmpty();
        assertThat(installation.dealsOf(second)).isNotEmpty();
    }

    @Test
    void a_deal_that_a_manager_freed_and_that_the_patients_earlier_visit_takes_leaves_the_later_one_a_visit() {
        long p = p1();
        long later = installation.staff().book(p, NOW.plusDays(9), NOW.minusDays(1));
        installation.full();
        long deal = installation.dealOf(later).id();
        installation.account().changeLead(deal, change -> change.field(26, (String) null));
        long earlier = installation.staff().book(p, NOW.plusDays(2), NOW);
        installation.incremental();
        assertThat(installation.dealsOf(earlier)).hasSize(1);
        installation.staff().reschedule(later, NOW.plusDays(10), NOW);
        installation.incremental();
        installation.deep();
        assertThat(installation.dealsOf(earlier)).as("the earlier").hasSize(1);
        assertThat(installation.dealsOf(later)).as("the later").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"WRITE_THEN_504", "WRITE_THEN_RESET", "TRUNCATED_JSON"})
    void a_visit_corrected_after_the_answer_to_its_creation_got_lost_leaves_no_former_contact(Fault fault) {
        long a = installation.booked(p1());
        installation.sandbox().faults().on(fault, Requests.nth(1, Requests.writes()));
        installation.full();
        installation.full();
        long deal = installation.dealOf(a).id();
        long q = p2();
        installation.staff().correctPatient(a, q, NOW);
        installation.incremental();
        installation.deep();
        assertThat(lead(deal).links())
                .containsExactly(installation.contactsOf(q).get(0).id());
    }

    @Test
    void rows_that_ident_no_longer_links_are_two_visits() {
        long a = installation.booked(p1());
        installation.full();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.incremental();
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET ID_ReceptionsTransferFrom = NULL, DateTimeChanged = ? WHERE ID = ?",
                        NOW,
                        b);
        installation.staff().uncancel(a, NOW);
        installation.incremental();
        installation.deep();
        assertThat(installation.dealsOf(b)).as("b").hasSize(1);
        assertThat(installation.dealsOf(a)).as("a, a visit of its own again").hasSize(1);
    }
}
