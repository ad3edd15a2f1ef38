package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static io.identamocrm.sandbox.SandboxAccount.FOREIGN;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Requests;
import io.identamocrm.sync.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose deal it is when rows were moved, vanished, follow a held visit or are used again, with managers and a lost Redis between. */
class RowsThatBelongTogetherTest {

    private static final long LOST = 143;

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .leapingOverWaits()
            .with("DEAL_STAGE_PRIMARY_CANCELLED", "143")
            .with("DEAL_STAGE_SECONDARY_CANCELLED", "143");

    private long p1() {
        return installation.patient("8 900 111-22-33");
    }

    private long p2() {
        return installation.patient("8 900 999-88-77");
    }

    private EntityView lead(long id) {
        return installation.account().lead(id);
    }

    private String told(long reception) {
        var one = installation
                .runtime()
                .receptions(RunRequest.explained(reception))
                .decisions()
                .get(0);
        return "\n" + reception + " " + one.outcome() + " " + one.reasons();
    }

    private void quiet() {
        installation.runtime().patients(RunRequest.full());
        installation.sandbox().journal().clear();
        String before = installation.account().finalStateWithIds();
        installation.deep();
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.account().finalStateWithIds())
                .as("a deep run afterwards")
                .isEqualTo(before);
        assertThat(installation.sandbox().journal().writes())
                .as("writes of a deep run afterwards")
                .isZero();
    }

    private void branch() throws Exception {
        Path config = Copies.of("config", scratch);
        Files.writeString(
                config.resolve("application.properties"),
                Files.readString(config.resolve("application.properties"))
                        + "\nbranch.2.primary-pipeline-id = " + FOREIGN + "\nbranch.2.stage.primary.cancelled = 143\n"
                        + "branch.3.leave-out = yes\n");
        for (int i = 2; i <= 3; i++) {
            installation
                    .clinic()
                    .execute("INSERT INTO dbo.OwnCompanies (ID, Name) SELECT " + i + ", N'Второй' "
                            + "WHERE NOT EXISTS (SELECT 1 FROM dbo.OwnCompanies WHERE ID = " + i + ")");
        }
        installation.clinic().execute("INSERT INTO dbo.Armchairs (ID, ID_OwnCompanies) VALUES (77, 2)");
        installation.clinic().execute("INSERT INTO dbo.Armchairs (ID, ID_OwnCompanies) VALUES (78, 3)");
        installation.with("BRANCHES", "2,3").withConfig(config);
    }

    private void chair(long reception, int chair) {
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET ID_Armchairs = ?, DateTimeChanged = ? WHERE ID = ?",
                        chair,
                        NOW,
                        reception);
    }

    private long followUp(long completed) {
        long b = installation.staff().move(completed, NOW.plusDays(9), NOW);
        installation.staff().uncancel(completed, NOW);
        return b;
    }

    /** A completed visit, and one booked from it: each has its deal. */
    @ParameterizedTest
    @ValueSource(strings = {"won", "deleted", "moved out", "unsorted", "freed", "merged"})
    void a_follow_up_is_cancelled_after_a_manager_finished_the_first_visits_deal(String how) {
        long p = p1();
        long a = installation.staff().book(p, NOW.minusDays(2), NOW.minusDays(3));
        long other = installation.staff().book(p, NOW.plusDays(30), NOW.minusDays(3));
        installation.staff().complete(a, NOW);
        installation.full();
        long first = installation.dealOf(a).id();
        long b = followUp(a);
        installation.incremental();
        long next = installation.dealOf(b).id();
        switch (how) {
            case "won" -> installation.account().changeLead(first, change -> change.won());
            case "deleted" -> installation.account().deleteLead(first);
            case "moved out" ->
                installation.account().changeLead(first, change -> change.stage(FOREIGN, stage(FOREIGN, 1)));
            case "unsorted" ->
                installation.account().changeLead(first, change -> change.stage(PRIMARY, stage(PRIMARY, 0)));
            case "merged" ->
                installation.account().mergeLeads(installation.dealOf(other).id(), first);
            default -> installation.account().changeLead(first, change -> change.field(26, (String) null));
        }
        installation.staff().cancel(b, NOW);
        installation.incremental();
        String told = told(a) + told(b) + lead(next);
        assertThat(lead(next).fields()).as("the follow-up's deal" + told).containsEntry(26L, Long.toString(b));
        assertThat(lead(next).stageId()).as("the follow-up's deal" + told).isEqualTo(LOST);
        installation.deep();
        assertThat(lead(next).fields())
                .as("the follow-up's deal, after a deep run" + told)
                .containsEntry(26L, Long.toString(b));
        quiet();
        installation.staff().uncancel(b, NOW);
        installation.incremental();
        assertThat(installation.dealOf(b).id()).isEqualTo(next);
        assertThat(lead(next).stageId()).isNotEqualTo(LOST);
        quiet();
    }

    /** The same without a cancellation of the follow-up by itself: it was moved on. */
    @Test
    void a_follow_up_is_missed_after_a_manager_won_the_first_visits_deal() {
        installation.with("DEAL_STAGE_SECONDARY_NO_SHOW", "143");
        long p = p1();
        long a = installation.staff().book(p, NOW.minusDays(9), NOW.minusDays(10));
        installation.staff().complete(a, NOW);
        installation.full();
        long first = installation.dealOf(a).id();
        long b = followUp(a);
        installation.incremental();
        long next = installation.dealOf(b).id();
        installation.account().changeLead(first, change -> change.won());
        installation.staff().reschedule(b, NOW.minusDays(3), NOW);
        installation.incremental();
        assertThat(lead(next).fields())
                .as("the follow-up's deal" + told(a) + told(b))
                .containsEntry(26L, Long.toString(b));
        assertThat(lead(next).stageId()).isEqualTo(LOST);
        quiet();
    }

    @Test
    void a_follow_up_of_a_visit_in_a_branch_left_out_is_cancelled() throws Exception {
        branch();
        long a = installation.booked(p1());
        chair(a, 78);
        installation.staff().complete(a, NOW);
        installation.full();
        assertThat(installation.account().leads()).isEmpty();
        long b = followUp(a);
        chair(b, 1);
        installation.incremental();
        long deal = installation.dealOf(b).id();
        installation.staff().cancel(b, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).as(told(b)).isEqualTo(LOST);
        quiet();
    }

    /** Redis emptied, nothing mapped: a managers' stage of a visit that is then moved. */
    @ParameterizedTest
    @CsvSource({"false, 50", "false, 1", "true, 50", "true, 1"})
    void a_managers_stage_stands_when_a_visit_is_moved_after_redis_was_emptied(boolean state, int batch) {
        installation
                .with("DEAL_STAGE_PRIMARY_SCHEDULED", Long.toString(stage(PRIMARY, 1)))
                .with("SYNC_BATCH_SIZE", "" + batch);
        if (state) {
            installation.withSyncState();
        }
        long p = p1();
        long a = installation.booked(p);
        for (int i = 0; i < 6; i++) {
            installation.booked(p2());
        }
        installation.full();
        long deal = installation.dealOf(a).id();
        installation.account().changeLead(deal, change -> change.stage(PRIMARY, stage(PRIMARY, 3)));
        installation.loseRedis();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.full();
        assertThat(installation.dealOf(b).id()).isEqualTo(deal);
        assertThat(lead(deal).stageId()).as(told(b)).isEqualTo(stage(PRIMARY, 3));
        quiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 1})
    void our_closed_deal_of_a_moved_visit_moves_on_after_redis_was_emptied(int batch) {
        installation.with("SYNC_BATCH_SIZE", "" + batch);
        installation.withSyncState();
        long a = installation.booked(p1());
        for (int i = 0; i < 6; i++) {
            installation.booked(p2());
        }
        installation.full();
        long deal = installation.dealOf(a).id();
        installation.staff().cancel(a, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).isEqualTo(LOST);
        installation.loseRedis();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.full();
        assertThat(installation.dealsOf(b)).hasSize(1);
        assertThat(installation.dealOf(b).id()).as(told(b)).isEqualTo(deal);
        assertThat(lead(deal).stageId()).as(told(b)).isNotEqualTo(LOST);
        quiet();
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "false, 20", "true, 2", "true, 20"})
    void two_patients_rows_from_a_deleted_one_after_redis_was_emptied(boolean state, int days) {
        if (state) {
            installation.withSyncState();
        }
        long p = p1();
        long q = p2();
        long a = installation.booked(p);
        installation.full();
        long deal = installation.dealOf(a).id();
        installation.loseRedis();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        long c = installation.staff().move(a, NOW.plusDays(days), NOW);
        installation.staff().correctPatient(c, q, NOW);
        installation.staff().deleteReception(a);
        installation.full();
        installation.deep();
        assertThat(installation.dealsOf(c)).hasSize(1);
        assertThat(installation.dealsOf(b)).hasSize(1);
        assertThat(installation.dealOf(b).id())
                .as("the deal was p's" + told(b) + told(c))
                .isEqualTo(deal);
        quiet();
    }

    @Test
    void a_deal_that_we_closed_is_opened_in_its_pipeline_where_deals_are_not_moved_between_them() {
        installation.with("DEAL_MOVE_BETWEEN_PIPELINES", "no");
        long p = p1();
        long a = installation.booked(p);
        installation.full();
        long deal = installation.dealOf(a).id();
        installation.staff().cancel(a, NOW);
        long other = installation.staff().book(p, NOW.minusDays(5), NOW);
        installation.staff().complete(other, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).isEqualTo(LOST);
        installation.staff().uncancel(a, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).isNotEqualTo(LOST);
        assertThat(lead(deal).pipelineId()).as("leaves all" + told(a)).isEqualTo(PRIMARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"won", "foreign", "unsorted"})
    void ours_closed_taken_elsewhere_by_a_manager_and_closed_by_him_where_we_had(String via) {
        long a = installation.booked(p1());
        installation.full();
        long deal = installation.dealOf(a).id();
        installation.staff().cancel(a, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).isEqualTo(LOST);
        installation.account().changeLead(deal, change -> {
            switch (via) {
                case "won" -> change.won();
                case "foreign" -> change.stage(FOREIGN, stage(FOREIGN, 1));
                default -> change.stage(PRIMARY, stage(PRIMARY, 0));
            }
        });
        installation.deep();
        installation.account().changeLead(deal, change -> change.stage(PRIMARY, LOST));
        installation.deep();
        installation.staff().uncancel(a, NOW);
        installation.incremental();
        assertThat(lead(deal).stageId()).as("the manager's close" + told(a)).isEqualTo(LOST);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false"})
    void a_row_moved_from_a_deleted_one_and_a_deal_given_to_another_visit(boolean freed, boolean rescheduled) {
        long p = p1();
        long a = installation.booked(p);
        installation.full();
        long x = installation.dealOf(a).id();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.staff().deleteReception(a);
        installation.incremental();
        assertThat(installation.dealOf(b).id()).isEqualTo(x);
        if (freed) {
            installation.account().changeLead(x, change -> change.field(26, (String) null));
        }
        long z = installation.staff().book(p, NOW.plusDays(2), NOW);
        installation.incremental();
        if (!freed) {
            installation.account().changeLead(x, change -> change.field(26, Long.toString(z)));
        }
        if (rescheduled) {
            installation.staff().reschedule(b, NOW.plusDays(11), NOW);
            installation.incremental();
        }
        installation.deep();
        installation.deep();
        assertThat(installation.dealsOf(z)).as("z" + told(z) + told(b)).isNotEmpty();
        assertThat(installation.dealsOf(b)).as("b" + told(z) + told(b)).isNotEmpty();
        quiet();
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "true, true"})
    void a_vanished_rows_closed_deal_goes_on_with_the_row_that_was_moved_from_it(boolean state, boolean flush) {
        installation.with("DEAL_ON_VANISHED", "stage");
        if (state) {
            installation.withSyncState();
        }
        long p = p1();
        long a = installation.booked(p);
        installation.booked(p2());
        installation.full();
        long x = installation.dealOf(a).id();
        installation.staff().deleteReception(a);
        installation.runtime().everything(RunRequest.deep());
        assertThat(lead(x).stageId()).isEqualTo(LOST);
        if (flush) {
            installation.loseRedis();
        }
        long b = installation.booked(p);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET ID_ReceptionsTransferFrom = ?, DateTimeChanged = ? WHERE ID = ?",
                        a,
                        NOW,
                        b);
        installation.full();
        assertThat(installation.dealsOf(b)).hasSize(1);
        assertThat(installation.dealOf(b).id()).as(told(b)).isEqualTo(x);
        assertThat(lead(x).stageId()).isNotEqualTo(LOST);
        quiet();
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "true, true"})
    void a_vanished_rows_id_is_used_again_for_another_patient(boolean state, boolean flush) {
        installation.with("DEAL_ON_VANISHED", "stage");
        if (state) {
            installation.withSyncState();
        }
        long p = p1();
        long q = p2();
        long a = installation.booked(p);
        installation.booked(p);
        installation.full();
        long x = installation.dealOf(a).id();
        installation.clinic().execute("UPDATE dbo.Receptions SET ID = ID + 500000 WHERE ID = ?", a);
        installation.runtime().everything(RunRequest.deep());
        assertThat(lead(x).stageId()).isEqualTo(LOST);
        if (flush) {
            installation.loseRedis();
        }
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET ID = ID - 500000, ID_Patients = ?, DateTimeChanged = ? WHERE ID = ?",
                        q,
                        NOW,
                        a + 500_000);
        installation.full();
        assertThat(installation.dealsOf(a)).hasSize(1);
        assertThat(lead(x).stageId()).as(told(a)).isNotEqualTo(LOST);
        assertThat(lead(x).fields()).containsEntry(17L, installation.numberOf(q));
        assertThat(installation.account().mainContact(x))
                .isEqualTo(installation.contactsOf(q).get(0).id());
        quiet();
    }

    @Test
    void corrected_back_where_the_former_contact_was_linked_by_hand_meanwhile() {
        long p = p1();
        long q = p2();
        long a = installation.booked(p);
        installation.booked(q);
        installation.full();
        long x = installation.dealOf(a).id();
        long pc = installation.contactsOf(p).get(0).id();
        long qc = installation.contactsOf(q).get(0).id();
        installation.staff().correctPatient(a, q, NOW);
        installation.incremental();
        assertThat(lead(x).links()).containsExactly(qc);
        installation.account().link(x, pc);
        installation.deep();
        assertThat(lead(x).links()).containsExactlyInAnyOrder(pc, qc);
        installation.staff().correctPatient(a, p, NOW);
        installation.incremental();
        assertThat(lead(x).links()).containsExactly(pc);
        assertThat(installation.account().mainContact(x)).isEqualTo(pc);
        quiet();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closed_by_us_where_a_manager_had_dragged_it_then_moved_to_a_new_row(boolean flush) {
        installation.withSyncState();
        long a = installation.booked(p1());
        installation.full();
        long x = installation.dealOf(a).id();
        installation.account().changeLead(x, change -> change.stage(SECONDARY, stage(SECONDARY, 2)));
        installation.deep();
        installation.staff().cancel(a, NOW);
        installation.incremental();
        assertThat(lead(x).stageId()).isEqualTo(LOST);
        assertThat(lead(x).pipelineId()).isEqualTo(SECONDARY);
        quiet();
        if (flush) {
            installation.loseRedis();
        }
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.full();
        assertThat(installation.account().leads()).as(told(a) + told(b)).hasSize(1);
        assertThat(lead(x).stageId()).isNotEqualTo(LOST);
        quiet();
        long c = installation.staff().move(b, NOW.plusDays(3), NOW);
        installation.staff().cancel(c, NOW);
        installation.incremental();
        assertThat(installation.account().leads()).as(told(c)).hasSize(1);
        assertThat(lead(x).stageId()).isEqualTo(LOST);
        quiet();
    }

    @ParameterizedTest
    @CsvSource({"WRITE_THEN_504", "WRITE_THEN_RESET", "RESET_BEFORE_WRITE", "TRUNCATED_JSON"})
    void a_close_whose_answer_was_lost_then_the_visit_is_moved(Fault fault) {
        long a = installation.booked(p1());
        installation.full();
        long x = installation.dealOf(a).id();
        installation.staff().cancel(a, NOW);
        installation.sandbox().faults().on(fault, Requests.nth(1, "PATCH", "/api/v4/leads"));
        try {
            installation.incremental();
        } catch (RuntimeException expected) {
            // The next run settles it.
        }
        installation.sandbox().faults().clear();
        installation.restart();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.incremental();
        installation.full();
        assertThat(installation.account().leads()).as(told(a) + told(b)).hasSize(1);
        assertThat(installation.dealOf(b).id()).isEqualTo(x);
        assertThat(lead(x).stageId()).isNotEqualTo(LOST);
        quiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "dry run", "patients", "explain", "reconcile", "incremental", "one"})
    void our_closed_deal_of_a_moved_visit_after_redis_was_emptied_and(String before) {
        installation.withSyncState();
        long p = p1();
        long a = installation.booked(p);
        installation.full();
        long deal = installation.dealOf(a).id();
        installation.staff().cancel(a, NOW);
        installation.incremental();
        long b = installation.staff().move(a, NOW.plusDays(9), NOW);
        installation.loseRedis();
        switch (before) {
            case "dry run" ->
                installation.runtime().receptions(RunRequest.full().asDryRun());
            case "patients" -> installation.runtime().patients(RunRequest.full());
            case "explain" -> told(b);
            case "reconcile" -> installation.runtime().reconcile();
            case "incremental" -> installation.incremental();
            case "one" -> installation.one(a);
            default -> assertThat(before).isEqualTo("nothing");
        }
        installation.full();
        assertThat(installation.dealsOf(b)).hasSize(1);
        assertThat(installation.dealOf(b).id()).as(told(b)).isEqualTo(deal);
        assertThat(lead(deal).stageId()).as(told(b)).isNotEqualTo(LOST);
        quiet();
    }
}
