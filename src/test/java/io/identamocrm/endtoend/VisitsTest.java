package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.DealId;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Visits as clinics really have them: moved more than once, cancelled and on again, missed and paid the next day. */
class VisitsTest {

    private static final long LOST = 143;

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .with("DEAL_STAGE_PRIMARY_CANCELLED", Long.toString(LOST))
            .with("DEAL_STAGE_PRIMARY_NO_SHOW", Long.toString(LOST))
            .with("DEAL_STAGE_SECONDARY_CANCELLED", Long.toString(LOST))
            .with("DEAL_STAGE_PRIMARY_COMPLETED", Long.toString(stage(PRIMARY, 3)));

    private long patient() {
        return installation.patient("8 900 111-22-33");
    }

    private EntityView onlyDeal() {
        assertThat(installation.account().leads()).hasSize(1);
        return installation.account().leads().get(0);
    }

    private String receptionOf(EntityView deal) {
        return deal.fields().get(Installation.RECEPTION_ID);
    }

    private Decision explained(long reception) {
        return installation
                .runtime()
                .receptions(RunRequest.explained(reception))
                .decisions()
                .get(0);
    }

    @Test
    void a_visit_moved_twice_within_a_minute_and_planned_earlier_each_time_keeps_its_deal() {
        long first = installation.booked(patient());
        installation.incremental();
        long second = installation.staff().move(first, NOW.plusDays(9), NOW);
        long third = installation.staff().move(second, NOW.plusDays(2), NOW);
        installation.incremental();
        assertThat(receptionOf(onlyDeal())).isEqualTo(Long.toString(third));
        assertThat(onlyDeal().stageId()).isNotEqualTo(LOST);
        assertThat(explained(second).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(explained(second).reasons().toString()).contains("moved to reception " + third);
        installation.full();
        assertThat(receptionOf(onlyDeal())).isEqualTo(Long.toString(third));
    }

    @Test
    void a_visit_that_is_moved_back_is_the_first_receptions_again_also_where_the_other_row_was_deleted() {
        for (boolean deleted : List.of(false, true)) {
            long first = installation.booked(patient());
            installation.incremental();
            int deals = installation.account().leads().size();
            long second = installation.staff().move(first, NOW.plusDays(9), NOW);
            installation.incremental();
            if (deleted) {
                installation.clinic().execute("DELETE FROM dbo.Receptions WHERE ID = ?", second);
            } else {
                installation.staff().cancel(second, NOW);
            }
            installation.staff().uncancel(first, NOW);
            installation.incremental();
            assertThat(installation.account().leads()).hasSize(deals);
            assertThat(installation.dealsOf(first)).as("deleted " + deleted).hasSize(1);
            assertThat(installation.dealOf(first).stageId()).isNotEqualTo(LOST);
        }
    }

    @Test
    void when_the_row_that_a_visit_went_on_with_is_cancelled_it_goes_on_with_one_that_did_not_change() {
        long first = installation.booked(patient());
        installation.incremental();
        long second = installation.staff().move(first, NOW.plusDays(9), NOW);
        installation.staff().uncancel(first, NOW);
        installation.incremental();
        assertThat(receptionOf(onlyDeal())).isEqualTo(Long.toString(second));
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET DateTimeChanged = ?, DateTimeAdded = ? WHERE ID = ?",
                        NOW.minusDays(3),
                        NOW.minusDays(3),
                        first);
        installation.staff().cancel(second, NOW);
        installation.incremental();
        assertThat(receptionOf(onlyDeal())).isEqualTo(Long.toString(first));
        assertThat(onlyDeal().stageId()).isNotEqualTo(LOST);
    }

    @Test
    void a_row_that_was_moved_from_0_was_moved_from_nothing() {
        long patient = patient();
        long first = installation.booked(patient);
        long second = installation.staff().book(patient, NOW.plusDays(9), NOW);
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_ReceptionsTransferFrom = 0");
        installation.full();
        assertThat(installation.dealsOf(first)).hasSize(1);
        assertThat(installation.dealsOf(second)).hasSize(1);
    }

    @Test
    void a_visit_that_we_closed_and_that_is_on_again_is_moved_on_and_what_is_paid_late_arrives() {
        long reception = installation.booked(patient());
        installation.incremental();
        installation.staff().cancel(reception, NOW);
        installation.incremental();
        assertThat(onlyDeal().stageId()).isEqualTo(LOST);
        installation.staff().addService(reception, "Консультация", new BigDecimal("700"), NOW);
        assertThat(installation.incremental().count(Outcome.UPDATED))
                .as("a late bill of a closed deal")
                .isEqualTo(1);
        assertThat(onlyDeal().stageId()).isEqualTo(LOST);
        installation.staff().uncancel(reception, NOW);
        installation.incremental();
        assertThat(onlyDeal().stageId()).isNotEqualTo(LOST);
        installation.staff().complete(reception, NOW);
        installation.incremental();
        assertThat(onlyDeal().stageId()).isEqualTo(stage(PRIMARY, 3));
    }

    @Test
    void the_next_visit_changes_its_funnel_with_the_first_ones_completion_and_the_first_never_does() {
        long patient = patient();
        long first = installation.booked(patient);
        long next = installation.staff().book(patient, NOW.plusDays(20), NOW);
        installation.incremental();
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET DateTimeChanged = ?, DateTimeAdded = ? WHERE ID = ?",
                        NOW.minusDays(3),
                        NOW.minusDays(3),
                        next);
        assertThat(installation.dealOf(next).pipelineId()).isEqualTo(PRIMARY);
        installation.staff().complete(first, NOW);
        installation.incremental();
        assertThat(installation.dealOf(next).pipelineId()).isEqualTo(SECONDARY);
        installation.staff().complete(next, NOW);
        installation.deep();
        assertThat(installation.dealOf(first).pipelineId()).isEqualTo(PRIMARY);
    }

    @Test
    void a_reception_that_gets_another_patient_takes_its_deal_along_once() {
        long reception = installation.booked(patient());
        installation.incremental();
        long deal = onlyDeal().id();
        long former = installation
                .contactsOf(
                        installation.clinic().count("SELECT ID_Patients FROM dbo.Receptions WHERE ID = ?", reception))
                .get(0)
                .id();
        long relative = installation.account().addContact("Мама", Map.of());
        installation.account().link(deal, relative);
        long other = installation.patient("8 900 999-88-77");
        installation.staff().correctPatient(reception, other, NOW);
        Decision told = explained(reception);
        assertThat(told.reasons().toString()).contains("the deal follows to patient " + other, "contact " + former);
        assertThat(installation.runtime().reconcile().followed())
                .isEqualTo(Map.of(new DealId(deal), new ReceptionId(reception)));
        installation.incremental();
        EntityView held = onlyDeal();
        long contact = installation.contactsOf(other).get(0).id();
        assertThat(held.id()).isEqualTo(deal);
        assertThat(held.links()).containsExactlyInAnyOrder(contact, relative);
        assertThat(installation.account().mainContact(deal)).isEqualTo(contact);
        installation.sandbox().journal().clear();
        assertThat(installation.one(reception).count(Outcome.UNCHANGED)).isEqualTo(1);
        installation.deep();
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void a_main_contact_that_a_manager_chose_stays_when_the_patient_changes() {
        long reception = installation.booked(patient());
        installation.incremental();
        long deal = onlyDeal().id();
        long chosen = installation.account().addContact("Плательщик", Map.of());
        installation.account().makeMain(deal, chosen);
        long other = installation.patient("8 900 999-88-77");
        installation.staff().correctPatient(reception, other, NOW);
        installation.incremental();
        assertThat(onlyDeal().links())
                .containsExactlyInAnyOrder(
                        chosen, installation.contactsOf(other).get(0).id());
        assertThat(installation.account().mainContact(deal)).isEqualTo(chosen);
    }
}
