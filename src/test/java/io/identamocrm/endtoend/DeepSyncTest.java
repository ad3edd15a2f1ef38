package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.DealId;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.reconcile.Reconciliation;
import io.identamocrm.reconcile.SyncOutcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.Requests;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Full and deep runs: everything in the horizon, stopped and resumed, and the report of what does not fit. */
class DeepSyncTest {

    private static final int RECEPTIONS = 120;

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW));

    private final Terminal terminal = installation.terminal();

    private SyncOutcome deep() {
        return installation.runtime().everything(RunRequest.deep());
    }

    private static long reception(int n) {
        return ClinicGenerator.FIRST_RECEPTION + n;
    }

    @Test
    void a_full_sync_brings_patients_and_then_receptions() {
        SyncOutcome outcome = installation.runtime().everything(RunRequest.full());
        assertThat(outcome.patients().count(Outcome.CREATED))
                .isEqualTo(outcome.patients().found());
        assertThat(outcome.receptions().count(Outcome.CREATED_DEAL)).isEqualTo(RECEPTIONS);
        assertThat(outcome.reconciliation()).isNull();
        SyncOutcome again = installation.runtime().everything(RunRequest.full());
        assertThat(again.patients().count(Outcome.UNCHANGED))
                .isEqualTo(again.patients().found());
        assertThat(again.receptions().count(Outcome.UNCHANGED)).isEqualTo(RECEPTIONS);
    }

    @Test
    void a_deep_sync_finds_what_a_manager_deleted_and_makes_nothing_in_its_place() {
        deep();
        EntityView deleted = installation.dealOf(reception(5));
        installation.account().deleteLead(deleted.id());
        assertThat(installation.full().count(Outcome.UNCHANGED))
                .as("a listing of changes cannot show a deletion")
                .isEqualTo(RECEPTIONS);
        SyncOutcome outcome = deep();
        assertThat(outcome.receptions().count(Outcome.CLOSED)).isEqualTo(1);
        assertThat(installation.dealsOf(reception(5))).isEmpty();
        installation.staff().reschedule(reception(5), Installation.NOW.plusDays(40), Installation.NOW);
        assertThat(installation.full().count(Outcome.CREATED_DEAL))
                .as("another time makes it another matter")
                .isEqualTo(1);
    }

    @Test
    void with_on_deleted_recreate_a_deep_sync_makes_it_anew() {
        installation.with("DEAL_ON_DELETED", "recreate");
        deep();
        EntityView deleted = installation.dealOf(reception(5));
        installation.account().deleteLead(deleted.id());
        SyncOutcome outcome = deep();
        assertThat(outcome.receptions().count(Outcome.CREATED_DEAL)).isEqualTo(1);
        assertThat(installation.dealOf(reception(5)).id()).isNotEqualTo(deleted.id());
        assertThat(outcome.reconciliation().isClean()).isTrue();
    }

    @Test
    void the_report_names_what_is_there_twice_and_what_is_gone() throws IOException {
        deep();
        long twin = installation
                .account()
                .addLead(
                        "Копия",
                        SandboxAccount.PRIMARY,
                        SandboxAccount.stage(SandboxAccount.PRIMARY, 1),
                        Map.of(Installation.RECEPTION_ID, Long.toString(reception(3))));
        long free = installation
                .account()
                .addLead("Заявка", SandboxAccount.PRIMARY, SandboxAccount.stage(SandboxAccount.PRIMARY, 1), Map.of());
        long patient = installation.clinic().count("SELECT ID_Patients FROM dbo.Receptions WHERE ID = ?", reception(4));
        long second =
                installation.account().addContact("Второй", Map.of(Installation.PATIENT_ID, Long.toString(patient)));
        EntityView left = installation.dealOf(reception(7));
        installation.staff().deleteReception(reception(7));
        long fresh = installation.staff().book(patient, NOW.plusDays(9), LocalDateTime.now());
        EntityView strayed = installation.dealOf(reception(9));
        long other = strayed.pipelineId() == SandboxAccount.PRIMARY ? SandboxAccount.SECONDARY : SandboxAccount.PRIMARY;
        installation.account().changeLead(strayed.id(), change -> change.stage(other, SandboxAccount.stage(other, 1)));

        Reconciliation found = installation.runtime().reconcile();
        assertThat(found.duplicateDeals()).containsOnlyKeys(reception(3));
        assertThat(found.duplicateDeals().get(reception(3))).contains(twin).hasSize(2);
        assertThat(found.orphaned()).containsExactly(Map.entry(new DealId(left.id()), new ReceptionId(reception(7))));
        assertThat(found.sharedPatientIds()).containsOnlyKeys(patient);
        assertThat(found.sharedPatientIds().get(patient)).contains(second);
        assertThat(found.freeDeals()).isEqualTo(1);
        assertThat(found.withoutDeal()).containsExactly(fresh);
        assertThat(found.displaced()).contains(Map.entry(new DealId(strayed.id()), new ReceptionId(reception(9))));
        assertThat(installation.dealsOf(fresh)).as("the report writes nothing").isEmpty();
        assertThat(installation.account().lead(free).name()).isEqualTo("Заявка");

        assertThat(terminal.run("reconcile")).as(terminal.errors()).isZero();
        assertThat(terminal.output())
                .contains("deal " + left.id() + ", reception " + reception(7), "close or merge", "merge the contacts");
        assertThat(terminal.run("reconcile", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(terminal.output());
        assertThat(json.path("vanished").path(0).path("deal").asLong()).isEqualTo(left.id());
        assertThat(json.path("duplicate_deals").path(0).path("reception_id").asLong())
                .isEqualTo(reception(3));
    }

    @Test
    void deals_of_vanished_receptions_are_put_into_the_stage_of_cancelled_visits_if_that_is_wanted() {
        long cancelled = SandboxAccount.stage(SandboxAccount.PRIMARY, 4);
        installation
                .with("DEAL_ON_VANISHED", "stage")
                .with("DEAL_STAGE_PRIMARY_CANCELLED", Long.toString(cancelled))
                .with(
                        "DEAL_STAGE_SECONDARY_CANCELLED",
                        Long.toString(SandboxAccount.stage(SandboxAccount.SECONDARY, 4)));
        deep();
        EntityView left = installation.dealOf(reception(7));
        EntityView closed = installation.dealOf(reception(8));
        installation.account().changeLead(closed.id(), change -> change.lost());
        installation.staff().deleteReception(reception(7));
        installation.staff().deleteReception(reception(8));
        assertThat(deep().reconciliation().orphaned()).containsOnlyKeys(new DealId(left.id()));
        assertThat(installation.account().lead(left.id()).stageId())
                .isEqualTo(SandboxAccount.stage(left.pipelineId(), 4));
        assertThat(installation.account().lead(closed.id()).closedAt())
                .as("a manager's closing stands")
                .isNotNull();
        installation.sandbox().journal().clear();
        deep();
        assertThat(installation.sandbox().journal().writes())
                .as("once is enough")
                .isZero();
    }

    private void closeVanished() {
        installation
                .with("DEAL_ON_VANISHED", "stage")
                .with("DEAL_STAGE_PRIMARY_CANCELLED", "143")
                .with("DEAL_STAGE_SECONDARY_CANCELLED", "143");
    }

    @Test
    void a_managers_copy_of_a_deal_is_left_alone_when_the_visit_vanishes() {
        closeVanished();
        deep();
        EntityView deal = installation.dealOf(reception(3));
        long stage = SandboxAccount.stage(deal.pipelineId(), 3);
        long copy = installation
                .account()
                .addLead(
                        "Копия",
                        deal.pipelineId(),
                        stage,
                        Map.of(Installation.RECEPTION_ID, Long.toString(reception(3))));
        installation.staff().deleteReception(reception(3));
        deep();
        assertThat(deep().reconciliation().orphaned()).containsOnlyKeys(new DealId(copy));
        assertThat(installation.account().lead(deal.id()).stageId()).isEqualTo(143);
        assertThat(installation.account().lead(copy).stageId()).isEqualTo(stage);
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE_THEN_504", "WRITE_THEN_RESET"})
    void a_visit_that_came_back_moves_its_deal_on_though_the_answer_got_lost(Fault fault) {
        closeVanished();
        deep();
        EntityView deal = installation.dealOf(reception(3));
        installation
                .clinic()
                .execute("CREATE TABLE dbo.Aside AS SELECT * FROM dbo.Receptions WHERE ID = ?", reception(3));
        installation.staff().deleteReception(reception(3));
        installation.sandbox().faults().on(fault, Requests.nth(1, "PATCH", "/api/v4/leads"));
        deep();
        installation.sandbox().faults().clear();
        deep();
        assertThat(installation.account().lead(deal.id()).stageId()).isEqualTo(143);
        installation.clinic().execute("INSERT INTO dbo.Receptions SELECT * FROM dbo.Aside");
        deep();
        assertThat(installation.account().lead(deal.id()).stageId()).isEqualTo(deal.stageId());
    }

    @Test
    void an_account_in_another_zone_is_no_reason_to_stop() {
        installation.sandbox().faults().always(Fault.ACCOUNT_ZONE);
        assertThat(deep().receptions().count(Outcome.FAILED)).isZero();
        assertThat(deep().receptions().count(Outcome.UNCHANGED)).isEqualTo(RECEPTIONS);
    }

    @Test
    void the_commands_print_both_runs_and_the_report() throws IOException {
        assertThat(terminal.run("full-sync")).as(terminal.errors()).isZero();
        assertThat(terminal.output())
                .contains("Patient run: full", "Reception run: full")
                .doesNotContain("active deals");
        assertThat(terminal.run("deep-sync")).isZero();
        assertThat(terminal.output()).contains("Patient run: deep", "Both sides fit.");
        assertThat(terminal.run("deep-sync", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(terminal.output());
        assertThat(json.path("receptions").path("unchanged").asInt()).isEqualTo(RECEPTIONS);
        assertThat(json.path("reconciliation").path("active_deals").asInt()).isEqualTo(RECEPTIONS);
        assertThat(terminal.run("stats", "--json")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(terminal.output())
                        .path("last_deep_sync")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void the_horizon_bounds_what_is_looked_at() {
        installation.with("RECEPTIONS_SINCE", NOW.toLocalDate().plusDays(1).toString());
        long planned = installation
                .clinic()
                .count(
                        "SELECT COUNT(*) FROM dbo.Receptions WHERE PlanStart >= ?",
                        NOW.toLocalDate().plusDays(1).atStartOfDay());
        SyncOutcome outcome = installation.runtime().everything(RunRequest.full());
        assertThat(outcome.receptions().found()).isEqualTo((int) planned);
        assertThat((long) outcome.patients().found())
                .isEqualTo(installation
                        .clinic()
                        .count(
                                "SELECT COUNT(DISTINCT ID_Patients) FROM dbo.Receptions WHERE PlanStart >= ?",
                                NOW.toLocalDate().plusDays(1).atStartOfDay()));
    }

    @Test
    void a_full_run_that_ended_in_the_middle_goes_on_where_it_came_to() {
        installation.with("SYNC_BATCH_SIZE", "2");
        installation.sandbox().faults().from(50, Fault.BLOCKED, Scope.WRITES);
        assertThat(catchThrowable(installation::full)).isNotNull();
        assertThat(installation.account().leads()).hasSizeBetween(40, RECEPTIONS - 1);
        installation.sandbox().faults().clear();
        installation.restart();
        RunReport rest = installation.full();
        assertThat(rest.found()).as("the receptions after the last save point").isLessThanOrEqualTo(RECEPTIONS - 40);
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
        assertThat(installation.full().found())
                .as("the next one looks at all again")
                .isEqualTo(RECEPTIONS);
    }

    @Test
    void a_process_that_is_told_to_stop_ends_a_full_run_soon() {
        installation
                .with("SYNC_BATCH_SIZE", "2")
                .sandbox()
                .faults()
                .slowBy(Duration.ofMillis(60))
                .every(1, Fault.SLOW, Scope.WRITES);
        CompletableFuture<Throwable> run = CompletableFuture.supplyAsync(() -> catchThrowable(installation::full));
        await().until(() -> installation.sandbox().journal().writes() > 5);
        installation.runtime().camel().stop();
        assertThat(run.join()).isNotNull();
        int done = installation.account().leads().size();
        assertThat(done).isLessThan(RECEPTIONS);
        installation.sandbox().faults().clear();
        installation.restart();
        installation.full();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
    }

    @Test
    void short_runs_beside_a_stopped_full_run_bring_what_changes_in_the_part_that_is_done() {
        installation.full();
        installation.with("SYNC_BATCH_SIZE", "2");
        installation.restart();
        installation.clinic().execute("UPDATE dbo.Receptions SET PlanStart = DATEADD(MINUTE, 5, PlanStart)");
        installation.sandbox().faults().from(50, Fault.BLOCKED, Scope.WRITES);
        assertThat(catchThrowable(installation::full)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        installation
                .staff()
                .addService(
                        reception(0),
                        "Осмотр",
                        new BigDecimal("700"),
                        LocalDateTime.now().plusSeconds(1));
        installation.incremental();
        installation.full();
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(RECEPTIONS);
    }
}
