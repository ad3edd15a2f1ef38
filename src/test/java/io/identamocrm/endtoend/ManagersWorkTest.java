package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static io.identamocrm.sandbox.Requests.nth;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.model.DealId;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.reconcile.Reconciliation;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.SandboxRequest;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manager does in amoCRM stands, also when it is done in the middle of a run: a look precedes every change. */
class ManagersWorkTest {

    private static final int RECEPTIONS = 25;
    private static final String LEADS = "/api/v4/leads";
    private static final String CONTACTS = "/api/v4/contacts";
    private static final String PHONE = "+79005556677";
    private static final long DOCTOR_NAME = 28;

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .with("SYNC_BATCH_SIZE", "10")
            .with("DEAL_STAGE_PRIMARY_ARRIVED", Long.toString(stage(PRIMARY, 2)))
            .with("DEAL_STAGE_PRIMARY_COMPLETED", Long.toString(stage(PRIMARY, 3)))
            .with("DEAL_PROTECTED_STAGES", Long.toString(stage(PRIMARY, 4)));

    private final List<Long> patients = new ArrayList<>();
    private final List<Long> receptions = new ArrayList<>();

    private enum Deed {
        CLOSE(change -> change.stage(PRIMARY, 142)),
        MOVE(change -> change.stage(SECONDARY, stage(SECONDARY, 1))),
        PROTECT(change -> change.stage(PRIMARY, stage(PRIMARY, 4)));

        private final Consumer<SandboxAccount.ByHand> change;

        Deed(Consumer<SandboxAccount.ByHand> change) {
            this.change = change;
        }
    }

    private void delivered() {
        for (int i = 0; i < RECEPTIONS; i++) {
            patients.add(installation.patient("8 900 1" + (10 + i) + "-22-33"));
            receptions.add(
                    installation.staff().book(patients.get(i), NOW.plusDays(1).plusMinutes(i), NOW.minusDays(1)));
        }
        installation.full();
    }

    private void allArrive() {
        receptions.forEach(reception -> installation.staff().arrive(reception, NOW));
    }

    private long last() {
        return installation.dealOf(receptions.get(RECEPTIONS - 1)).id();
    }

    private void before(Predicate<SandboxRequest> request, Runnable deed) {
        installation.sandbox().hooks().before(request, any -> deed.run());
    }

    @ParameterizedTest
    @EnumSource
    void what_is_done_to_a_deal_while_others_are_written_stands(Deed deed) {
        delivered();
        long deal = last();
        allArrive();
        before(nth(1, "PATCH", LEADS), () -> installation.account().changeLead(deal, deed.change));
        installation.incremental();
        EntityView after = installation.account().lead(deal);
        assertThat(after.stageId()).isNotEqualTo(stage(PRIMARY, 2));
        installation.deep();
        assertThat(installation.account().lead(deal).stageId())
                .as("nor by a deep run")
                .isEqualTo(after.stageId());
        assertThat(installation.dealsOf(receptions.get(0)).get(0).stageId())
                .as("the others")
                .isEqualTo(stage(PRIMARY, 2));
    }

    @Test
    void what_is_done_to_a_deal_while_amocrm_has_us_wait_stands() {
        delivered();
        long deal = installation.dealOf(receptions.get(0)).id();
        installation.staff().arrive(receptions.get(0), NOW);
        installation.sandbox().faults().on(Fault.TOO_MANY_REQUESTS, nth(1, "PATCH", LEADS));
        installation
                .sandbox()
                .hooks()
                .afterAnswer(
                        nth(1, "PATCH", LEADS),
                        request -> installation.account().changeLead(deal, change -> change.stage(PRIMARY, 142)));
        installation.incremental();
        assertThat(installation.account().lead(deal).stageId()).isEqualTo(142);
    }

    @Test
    void a_contact_that_is_renamed_or_gets_a_second_phone_while_others_are_written_keeps_both() {
        delivered();
        for (int i = 0; i < RECEPTIONS; i++) {
            installation.staff().rename(patients.get(i), "Новофамильцев", "Пётр", "Иванович", NOW);
            installation.staff().changePhone(patients.get(i), "8 900 7" + (10 + i) + "-44-55", NOW);
        }
        long renamed =
                installation.contactsOf(patients.get(RECEPTIONS - 1)).get(0).id();
        long called =
                installation.contactsOf(patients.get(RECEPTIONS - 2)).get(0).id();
        before(nth(1, "PATCH", CONTACTS), () -> {
            installation.account().changeContact(renamed, change -> change.name("Пётр с работы"));
            installation.account().changeContact(called, change -> change.append(Installation.PHONE, "+79005550000"));
        });
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.account().contact(renamed).name()).isEqualTo("Пётр с работы");
        assertThat(installation.account().contact(called).toString()).contains("79005550000");
        assertThat(installation.contactsOf(patients.get(0)).get(0).name()).isEqualTo("Новофамильцев Пётр Иванович");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_create_only_field_that_a_manager_fills_before_the_look_is_the_managers(boolean alone) {
        installation.with("FIELDS_CREATE_ONLY", "deal.doctor-name");
        long reception = installation.staff().book(installation.patient(PHONE), NOW.plusDays(1), NOW.minusDays(1));
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Staffs = NULL WHERE ID = ?", reception);
        installation.full();
        EntityView deal = installation.dealOf(reception);
        assertThat(deal.fields()).doesNotContainKey(DOCTOR_NAME);
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Staffs = 1 WHERE ID = ?", reception);
        if (!alone) {
            installation.staff().reschedule(reception, NOW.plusDays(3), NOW);
        }
        before(
                nth(1, "GET", LEADS + "/{id}"),
                () -> installation
                        .account()
                        .changeLead(deal.id(), change -> change.field(DOCTOR_NAME, "Врач менеджера")));
        installation.full();
        installation.full();
        assertThat(installation.dealOf(reception).fields()).containsEntry(DOCTOR_NAME, "Врач менеджера");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_create_only_comment_that_a_manager_writes_before_the_look_is_the_managers(boolean alone) {
        installation.with("FIELDS_CREATE_ONLY", "contact.comment");
        long comment = Long.parseLong(installation.variables().get("AMOCRM_CONTACT_FIELD_COMMENT"));
        long patient = installation.patient(PHONE);
        installation.staff().book(patient, NOW.plusDays(1), NOW.minusDays(1));
        installation.full();
        EntityView contact = installation.contactsOf(patient).get(0);
        assertThat(contact.fields()).doesNotContainKey(comment);
        installation.clinic().execute("UPDATE dbo.Patients SET Comment = N'Из IDENT' WHERE ID_Persons = ?", patient);
        if (!alone) {
            installation.staff().rename(patient, "Иначева", "Анна", "Петровна", NOW);
        }
        before(
                nth(1, "GET", CONTACTS + "/{id}"),
                () -> installation
                        .account()
                        .changeContact(contact.id(), change -> change.field(comment, "Пишет менеджер")));
        installation.runtime().patients(RunRequest.full());
        installation.runtime().patients(RunRequest.full());
        EntityView after = installation.contactsOf(patient).get(0);
        assertThat(after.fields()).containsEntry(comment, "Пишет менеджер");
        assertThat(after.name()).isEqualTo(alone ? contact.name() : "Иначева Анна Петровна");
    }

    private long contactWith(String phone) {
        return installation.account().addContact("Чужой", Map.of(Installation.PHONE, phone));
    }

    @Test
    void a_contact_whose_phone_a_manager_corrects_before_the_look_is_not_adopted() {
        long contact = contactWith(PHONE);
        long patient = installation.patient(PHONE);
        installation.staff().book(patient, NOW.plusDays(1), NOW.minusDays(1));
        before(
                nth(1, "GET", CONTACTS + "/{id}"),
                () -> installation
                        .account()
                        .changeContact(contact, change -> change.field(Installation.PHONE, "+79998887766")));
        installation.full();
        installation.deep();
        EntityView after = installation.account().contact(contact);
        assertThat(after.fields()).doesNotContainKey(Installation.PATIENT_ID);
        assertThat(after.values().get(Installation.PHONE)).containsExactly("+79998887766");
    }

    @Test
    void a_free_deal_that_a_manager_gives_to_another_contact_before_the_look_is_not_taken() {
        long contact = contactWith(PHONE);
        long other = contactWith("+79998887766");
        long free = installation.account().addLead("Заявка", PRIMARY, stage(PRIMARY, 2), Map.of(), contact);
        long reception = installation.staff().book(installation.patient(PHONE), NOW.plusDays(1), NOW.minusDays(1));
        before(nth(1, "GET", LEADS + "/{id}"), () -> {
            installation.account().unlink(free, contact);
            installation.account().link(free, other);
        });
        installation.full();
        assertThat(installation.account().lead(free).fields()).doesNotContainKey(Installation.RECEPTION_ID);
        assertThat(installation.dealOf(reception).links()).containsExactly(contact);
    }

    @Test
    void a_stage_that_was_sent_before_a_run_broke_is_not_sent_again() {
        delivered();
        allArrive();
        long first = installation.dealOf(receptions.get(0)).id();
        installation.sandbox().faults().on(Fault.BLOCKED, nth(2, "PATCH", LEADS));
        assertThat(catchThrowable(installation::incremental)).isInstanceOf(AmocrmException.Blocked.class);
        assertThat(installation.account().lead(first).stageId()).isEqualTo(stage(PRIMARY, 2));
        installation.account().changeLead(first, change -> change.stage(PRIMARY, stage(PRIMARY, 1)));
        installation.restart();
        installation.full();
        installation.deep();
        assertThat(installation.account().lead(first).stageId()).isEqualTo(stage(PRIMARY, 1));
        assertThat(installation.account().lead(last()).stageId()).isEqualTo(stage(PRIMARY, 2));
    }

    @Test
    void a_status_reached_in_a_protected_stage_lapses_and_the_next_change_sets_a_stage_again() {
        delivered();
        long deal = last();
        long reception = receptions.get(RECEPTIONS - 1);
        installation.account().changeLead(deal, change -> change.stage(PRIMARY, stage(PRIMARY, 4)));
        installation.staff().arrive(reception, NOW);
        installation.full();
        installation.account().changeLead(deal, change -> change.stage(PRIMARY, stage(PRIMARY, 1)));
        installation.deep();
        assertThat(installation.account().lead(deal).stageId())
                .as("not made up for")
                .isEqualTo(stage(PRIMARY, 1));
        installation.staff().issueCheck(reception, NOW);
        installation.full();
        assertThat(installation.account().lead(deal).stageId()).isEqualTo(stage(PRIMARY, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Старый врач"})
    void a_value_that_a_manager_puts_back_is_corrected_by_the_next_deep_run(String old) {
        delivered();
        long deal = last();
        long reception = receptions.get(RECEPTIONS - 1);
        String before = installation.account().lead(deal).fields().get(29L);
        installation.staff().addService(reception, "Консультация", new BigDecimal("700"), NOW);
        installation.full();
        installation.account().changeLead(deal, change -> change.field(29, before == null ? old : before));
        installation.deep();
        assertThat(installation.account().lead(deal).fields().get(29L)).isEqualTo("Консультация");
    }

    @Test
    void names_follow_ident_after_the_mirror_was_lost_and_after_the_key_was_changed() {
        delivered();
        installation
                .runtime()
                .redis()
                .getKeys()
                .deleteByPattern(installation.runtime().keys().of("mirror*"));
        installation.staff().rename(patients.get(0), "Новофамильцев", "Пётр", "Иванович", NOW);
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.contactsOf(patients.get(0)).get(0).name()).isEqualTo("Новофамильцев Пётр Иванович");
        installation
                .with("TOKEN_ENCRYPTION_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
                .restart();
        installation.staff().rename(patients.get(1), "Переименов", "Пётр", "Иванович", NOW);
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.contactsOf(patients.get(1)).get(0).name()).isEqualTo("Переименов Пётр Иванович");
    }

    @Test
    void a_deal_that_a_manager_drags_between_our_pipelines_stays_and_is_listed_as_drift() {
        delivered();
        long deal = last();
        installation.account().changeLead(deal, change -> change.stage(SECONDARY, stage(SECONDARY, 2)));
        installation.deep();
        installation.staff().reschedule(receptions.get(RECEPTIONS - 1), NOW.plusDays(9), NOW);
        installation.full();
        assertThat(installation.account().lead(deal).pipelineId()).isEqualTo(SECONDARY);
        assertThat(installation.account().lead(deal).stageId()).isEqualTo(stage(SECONDARY, 2));
        assertThat(installation.runtime().reconcile().displaced().keySet())
                .extracting("value")
                .containsExactly(deal);
    }

    @Test
    void deals_and_contacts_that_a_manager_removed_are_not_made_again() {
        delivered();
        long deleted = last();
        installation.account().deleteLead(deleted);
        installation
                .account()
                .mergeLeads(
                        installation.dealOf(receptions.get(0)).id(),
                        installation.dealOf(receptions.get(1)).id());
        long contact = installation.contactsOf(patients.get(2)).get(0).id();
        installation.account().deleteContact(contact);
        int leads = installation.account().leads().size();
        int contacts = installation.account().contacts().size();
        installation.runtime().everything(RunRequest.deep());
        installation.runtime().everything(RunRequest.deep());
        assertThat(installation.account().leads()).hasSize(leads);
        assertThat(installation.account().contacts()).hasSize(contacts);
        Reconciliation found = installation.runtime().reconcile();
        assertThat(found.removedDeals())
                .hasSize(2)
                .containsEntry(new DealId(deleted), new ReceptionId(receptions.get(RECEPTIONS - 1)));
        assertThat(found.removedContacts()).isEqualTo(Map.of(patients.get(2), contact));
        assertThat(explained(receptions.get(1)).outcome())
                .as("explain shows what a run would do")
                .isEqualTo(Outcome.CLOSED);
        installation.staff().book(patients.get(2), NOW.plusDays(20), NOW);
        assertThat(installation.incremental().count(Outcome.CREATED))
                .as("a new deal needs a contact")
                .isEqualTo(1);
        assertThat(installation.one(receptions.get(1)).count(Outcome.CREATED_DEAL))
                .as("sent by hand")
                .isEqualTo(1);
    }

    @Test
    void whoever_sends_a_reception_by_hand_gets_a_deal_for_it_though_a_manager_closed_the_one_before() {
        delivered();
        installation.account().changeLead(last(), change -> change.stage(PRIMARY, 143));
        long reception = receptions.get(RECEPTIONS - 1);
        installation.staff().reschedule(reception, NOW.plusDays(9), NOW);
        assertThat(installation.incremental().count(Outcome.CLOSED)).isEqualTo(1);
        assertThat(explained(reception).outcome()).isEqualTo(Outcome.CLOSED);
        assertThat(installation.one(reception).count(Outcome.CREATED_DEAL)).isEqualTo(1);
    }

    private Decision explained(long reception) {
        return installation
                .runtime()
                .receptions(RunRequest.explained(reception))
                .decisions()
                .get(0);
    }
}
