package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.Pipeline;
import io.identamocrm.sandbox.Requests;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.state.Intents;
import io.identamocrm.sync.RunReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** amoCRM slow, broken or changed by others meanwhile: in the end every reception has its one deal and every patient one contact. */
class FaultyAmocrmTest {

    private static final int RECEPTIONS = 300;

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW));

    private void everyReceptionHasItsDealAndEveryPatientOneContact() {
        Map<String, Long> deals = installation.account().leads().stream()
                .collect(Collectors.groupingBy(
                        deal -> deal.fields().get(Installation.RECEPTION_ID), Collectors.counting()));
        assertThat(deals).hasSize(RECEPTIONS);
        assertThat(deals.values()).containsOnly(1L);
        Map<String, Long> contacts = installation.account().contacts().stream()
                .collect(Collectors.groupingBy(
                        contact -> contact.fields().get(Installation.PATIENT_ID), Collectors.counting()));
        assertThat(contacts.values()).containsOnly(1L);
    }

    @Test
    void a_run_whose_writes_are_never_answered_ends_and_the_next_ones_go_on() {
        installation.sandbox().faults().every(1, Fault.WRITE_THEN_RESET, Scope.WRITES);
        assertThatThrownBy(installation::full).isInstanceOf(AmocrmException.Ambiguous.class);
        for (int run = 0; run < 10 && catchThrowable(installation::full) != null; run++) {
            installation.restart();
        }
        everyReceptionHasItsDealAndEveryPatientOneContact();
        assertThat(new Intents(
                                installation.runtime().redis(),
                                installation.runtime().keys())
                        .open()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void every_request_gets_its_own_attempts() {
        for (int i = 0; i < 3000; i++) {
            installation
                    .account()
                    .addLead(
                            "Заявка",
                            SandboxAccount.PRIMARY,
                            SandboxAccount.stage(SandboxAccount.PRIMARY, 1),
                            Map.of());
        }
        installation.sandbox().faults().every(2, Fault.TOO_MANY_REQUESTS_EMPTY, Scope.READS);
        installation.full();
        assertThat(installation.sandbox().journal().entries())
                .filteredOn(entry -> entry.status() == 429)
                .hasSizeGreaterThan(7);
    }

    @ParameterizedTest
    @EnumSource(names = {"PARTLY_WRITTEN", "REFUSAL_UNNAMED"})
    void a_refused_batch_that_was_partly_written_or_names_nobody_costs_one_reception_only(Fault oddity) {
        long refused = ClinicGenerator.FIRST_RECEPTION + 7;
        installation.account().refuse(Installation.RECEPTION_ID, Long.toString(refused));
        installation.sandbox().faults().always(oddity);
        RunReport report = installation.full();
        assertThat(report.failures()).containsOnlyKeys(refused);
        installation.account().refuse(Installation.RECEPTION_ID, null);
        installation.full();
        everyReceptionHasItsDealAndEveryPatientOneContact();
    }

    @Test
    void a_deal_closed_by_a_manager_during_a_long_run_is_not_touched_afterwards() {
        installation.full();
        EntityView deal = installation.account().leads().get(0);
        long reception = Long.parseLong(deal.fields().get(Installation.RECEPTION_ID));
        installation.full();
        installation.account().changeLead(deal.id(), change -> change.stage(deal.pipelineId(), Pipeline.LOST));
        EntityView closed = installation.account().lead(deal.id());
        installation.staff().addService(reception, "Консультация", new BigDecimal("700"), NOW);
        RunReport report = installation.full();
        assertThat(report.count(Outcome.CLOSED)).isEqualTo(1);
        assertThat(installation.account().lead(deal.id())).isEqualTo(closed);
    }

    @Test
    void a_deal_deleted_by_a_manager_after_a_large_run_is_left_until_its_visit_is_another() {
        installation.full();
        EntityView deal = installation.account().leads().get(0);
        long reception = Long.parseLong(deal.fields().get(Installation.RECEPTION_ID));
        installation.full();
        installation.account().deleteLead(deal.id());
        installation.staff().addService(reception, "Консультация", new BigDecimal("700"), NOW);
        RunReport report = installation.full();
        assertThat(report.count(Outcome.FAILED)).isZero();
        assertThat(report.count(Outcome.CLOSED)).isEqualTo(1);
        installation.staff().reschedule(reception, NOW.plusDays(50), NOW);
        assertThat(installation.full().count(Outcome.CREATED_DEAL)).isEqualTo(1);
        everyReceptionHasItsDealAndEveryPatientOneContact();
    }

    @Test
    void the_same_where_amocrm_ignores_filters() {
        installation.sandbox().faults().ignoreFilters(true);
        a_deal_closed_by_a_manager_during_a_long_run_is_not_touched_afterwards();
        long untouched = installation.account().leads().stream()
                .filter(lead -> lead.stageId() != Pipeline.LOST)
                .count();
        assertThat(untouched).isEqualTo(RECEPTIONS - 1L);
    }

    @Test
    void a_deal_deleted_under_a_batch_of_changes_is_gone_and_the_others_get_their_change() {
        installation.full();
        installation.full();
        List<EntityView> deals = installation.account().leads().subList(0, 10);
        deals.forEach(
                deal -> installation.staff().addService(receptionOf(deal), "Консультация", new BigDecimal("700"), NOW));
        EntityView deleted = deals.get(3);
        installation.sandbox().faults().always(Fault.GONE_BATCH_404);
        installation
                .sandbox()
                .hooks()
                .before(
                        Requests.nth(1, "PATCH", "/api/v4/leads"),
                        request -> installation.account().deleteLead(deleted.id()));
        RunReport report = installation.full();
        assertThat(installation.account().leads()).extracting(EntityView::id).doesNotContain(deleted.id());
        assertThat(report.count(Outcome.FAILED)).isZero();
        assertThat(deals)
                .filteredOn(deal -> deal.id() != deleted.id())
                .allSatisfy(deal -> assertThat(
                                installation.dealOf(receptionOf(deal)).fields())
                        .isNotEqualTo(deal.fields()));
    }

    private static long receptionOf(EntityView deal) {
        return Long.parseLong(deal.fields().get(Installation.RECEPTION_ID));
    }

    @Test
    void many_changes_right_after_a_large_run_are_looked_at_by_id_before_they_are_written() {
        installation.full();
        installation.clinic().execute("UPDATE dbo.Receptions SET PlanStart = DATEADD(MINUTE, 5, PlanStart)");
        installation.sandbox().journal().clear();
        RunReport report = installation.full();
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(RECEPTIONS);
        assertThat(installation.sandbox().journal().entries())
                .anyMatch(entry -> String.valueOf(entry.query()).contains("filter[id][]"));
        everyReceptionHasItsDealAndEveryPatientOneContact();
    }

    @Test
    void a_new_free_deal_among_hundreds_of_our_own_writes_is_found() {
        installation.full();
        long patient = installation.patient("8 900 555-66-77");
        long free = installation
                .account()
                .addLead(
                        "Звонок",
                        SandboxAccount.PRIMARY,
                        SandboxAccount.stage(SandboxAccount.PRIMARY, 1),
                        Map.of(Installation.PATIENT_NUMBER, installation.numberOf(patient)));
        installation.clinic().execute("UPDATE dbo.Receptions SET PlanStart = DATEADD(MINUTE, 5, PlanStart)");
        installation.full();
        long reception = installation.booked(patient);
        installation.full();
        assertThat(installation.dealOf(reception).id()).isEqualTo(free);
    }
}
