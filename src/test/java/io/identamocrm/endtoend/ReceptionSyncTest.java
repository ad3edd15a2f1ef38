package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static io.identamocrm.endtoend.Installation.PATIENT_ID;
import static io.identamocrm.endtoend.Installation.PATIENT_NUMBER;
import static io.identamocrm.endtoend.Installation.PHONE;
import static io.identamocrm.endtoend.Installation.RECEPTION_ID;
import static io.identamocrm.sandbox.SandboxAccount.FOREIGN;
import static io.identamocrm.sandbox.SandboxAccount.MANAGERS_CONTACT_FIELD;
import static io.identamocrm.sandbox.SandboxAccount.MANAGERS_LEAD_FIELD;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.USERS;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Pipeline;
import io.identamocrm.state.RunLock;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.RunUnderWayException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A reception's way through the whole product: real SQL, real Redis, real HTTP, the routes as they are. */
class ReceptionSyncTest {

    private static final String PHONE_OF_PATIENT = "8 (900) 111-22-33";
    private static final String SAME_PHONE = "+7 900 111 22 33";

    @RegisterExtension
    private final Installation installation = Installation.empty();

    @Test
    void a_new_patients_reception_creates_contact_and_deal_together() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long reception = installation.booked(patient);
        installation.staff().addService(reception, "Профессиональная гигиена", new BigDecimal("4500.00"), NOW);

        assertThat(installation.full().count(Outcome.CREATED)).isEqualTo(1);

        EntityView deal = installation.dealOf(reception);
        assertThat(deal.name()).isEqualTo("Приём #" + reception);
        assertThat(deal.pipelineId()).isEqualTo(PRIMARY);
        assertThat(deal.stageId()).isEqualTo(stage(PRIMARY, 1));
        assertThat(deal.fields())
                .containsEntry(PATIENT_NUMBER, installation.numberOf(patient))
                .containsEntry(29L, "Профессиональная гигиена")
                .containsEntry(30L, "4500")
                .containsEntry(
                        27L,
                        Long.toString(
                                NOW.plusDays(1).atZone(ZoneId.systemDefault()).toEpochSecond()));
        EntityView contact = installation.account().contact(deal.links().get(0));
        assertThat(contact.name()).isEqualTo("Образцов Пётр Иванович");
        assertThat(contact.fields())
                .containsEntry(PHONE, "+79001112233")
                .containsEntry(PATIENT_ID, Long.toString(patient));
    }

    @Test
    void several_new_receptions_of_one_patient_get_one_contact() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        List<Long> receptions =
                List.of(installation.booked(patient), installation.booked(patient), installation.booked(patient));
        RunReport report = installation.full();
        assertThat(report.count(Outcome.CREATED)).isEqualTo(1);
        assertThat(report.count(Outcome.CREATED_DEAL)).isEqualTo(2);
        EntityView contact = installation.contactsOf(patient).get(0);
        assertThat(installation.contactsOf(patient)).hasSize(1);
        receptions.forEach(
                reception -> assertThat(installation.dealOf(reception).links()).containsExactly(contact.id()));
    }

    @Test
    void step_1_a_deal_that_holds_the_reception_is_updated() {
        long reception = installation.booked(installation.patient(PHONE_OF_PATIENT));
        installation.full();
        installation.staff().reschedule(reception, NOW.plusDays(3), NOW);
        RunReport report = installation.incremental();
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.dealOf(reception).fields().get(27L))
                .isEqualTo(Long.toString(
                        NOW.plusDays(3).atZone(ZoneId.systemDefault()).toEpochSecond()));
    }

    @Test
    void step_2_a_free_deal_with_the_patients_number_is_taken() {
        long patient = installation.patient(null);
        long reception = installation.booked(patient);
        long deal = installation
                .account()
                .addLead("Звонок", PRIMARY, stage(PRIMARY, 2), Map.of(PATIENT_NUMBER, installation.numberOf(patient)));
        assertThat(installation.full().count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.dealOf(reception).id()).isEqualTo(deal);
        assertThat(installation.account().lead(deal).name()).isEqualTo("Звонок");
        assertThat(installation.account().lead(deal).stageId()).isEqualTo(stage(PRIMARY, 2));
        assertThat(installation.account().lead(deal).links())
                .as("a deal without a contact gets the patient's")
                .containsExactly(installation.contactsOf(patient).get(0).id());
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(1);
    }

    @Test
    void step_2_two_receptions_of_one_patient_never_take_the_same_free_deal() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long later = installation.staff().book(patient, NOW.plusDays(5), NOW.minusDays(1));
        long earlier = installation.staff().book(patient, NOW.plusDays(2), NOW.minusDays(1));
        long deal = installation
                .account()
                .addLead("Звонок", PRIMARY, stage(PRIMARY, 1), Map.of(PATIENT_NUMBER, installation.numberOf(patient)));
        RunReport report = installation.full();
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(report.count(Outcome.FAILED)).isZero();
        assertThat(installation.dealOf(earlier).id()).isEqualTo(deal);
        assertThat(installation.dealOf(later).id()).isNotEqualTo(deal);
        assertThat(installation.contactsOf(patient)).hasSize(1);
    }

    @Test
    void step_3_a_free_deal_of_an_unowned_contact_with_the_phone_is_taken_and_the_contact_becomes_the_patients() {
        long contact = installation.account().addContact("Сайт: обратный звонок", Map.of(PHONE, SAME_PHONE));
        long deal = installation.account().addLead("Заявка", PRIMARY, stage(PRIMARY, 1), Map.of(), contact);
        long patient = installation.patient(PHONE_OF_PATIENT);
        long reception = installation.booked(patient);
        assertThat(installation.full().count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.dealOf(reception).id()).isEqualTo(deal);
        EntityView adopted = installation.account().contact(contact);
        assertThat(adopted.fields()).containsEntry(PATIENT_ID, Long.toString(patient));
        assertThat(adopted.name()).isEqualTo("Сайт: обратный звонок");
        assertThat(adopted.values().get(PHONE)).containsExactly(SAME_PHONE);
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(1);
    }

    @Test
    void a_contact_without_a_deal_gets_a_new_one() {
        long contact = installation.account().addContact("Пришёл сам", Map.of(PHONE, SAME_PHONE));
        long reception = installation.booked(installation.patient(PHONE_OF_PATIENT));
        assertThat(installation.full().count(Outcome.CREATED_DEAL)).isEqualTo(1);
        assertThat(installation.dealOf(reception).links()).containsExactly(contact);
        assertThat(installation.account().contacts()).hasSize(1);
    }

    @Test
    void a_relative_with_the_same_phone_gets_a_contact_of_their_own() {
        long mother = installation.patient(PHONE_OF_PATIENT);
        installation.booked(mother);
        installation.full();
        EntityView before = installation.contactsOf(mother).get(0);
        long child = installation.patient(SAME_PHONE);
        long reception = installation.booked(child);
        assertThat(installation.full().count(Outcome.CREATED)).isEqualTo(1);
        assertThat(installation.dealOf(reception).links())
                .containsExactly(installation.contactsOf(child).get(0).id());
        assertThat(installation.contactsOf(mother).get(0))
                .usingRecursiveComparison()
                .ignoringFields("updatedAt")
                .isEqualTo(before);
    }

    @Test
    void with_shared_phone_attach_the_relatives_deal_is_linked_to_the_contact_that_is_there() {
        installation.with("CONTACT_SHARED_PHONE", "attach");
        long mother = installation.patient(PHONE_OF_PATIENT);
        installation.booked(mother);
        installation.full();
        long reception = installation.booked(installation.patient(SAME_PHONE));
        assertThat(installation.full().count(Outcome.CREATED_DEAL)).isEqualTo(1);
        assertThat(installation.dealOf(reception).links())
                .containsExactly(installation.contactsOf(mother).get(0).id());
        assertThat(installation.account().contacts()).hasSize(1);
    }

    @Test
    void a_moved_visit_takes_its_deal_along() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long reception = installation.booked(patient);
        installation.full();
        long deal = installation.dealOf(reception).id();
        long moved = installation.staff().move(reception, NOW.plusDays(9), NOW);
        installation.incremental();
        assertThat(installation.dealOf(moved).id()).isEqualTo(deal);
        assertThat(installation.account().leads()).hasSize(1);
        long back = installation.staff().move(moved, NOW.plusHours(2), NOW);
        installation.incremental();
        assertThat(installation.dealOf(back).id())
                .as("also when moved to before the earlier date")
                .isEqualTo(deal);
        assertThat(installation.account().leads()).hasSize(1);
    }

    @Test
    void a_moved_visits_deal_comes_along_even_when_the_cancelled_one_is_written_in_the_same_run() {
        installation
                .with("DEAL_STAGE_PRIMARY_SCHEDULED", Long.toString(stage(PRIMARY, 1)))
                .with("DEAL_STAGE_PRIMARY_CANCELLED", Long.toString(stage(PRIMARY, 2)));
        long reception = installation.booked(installation.patient(PHONE_OF_PATIENT));
        installation.full();
        long deal = installation.dealOf(reception).id();
        long moved = installation.staff().move(reception, NOW.plusDays(9), NOW);
        installation.incremental();
        assertThat(installation.dealOf(moved).id()).isEqualTo(deal);
        assertThat(installation.dealOf(moved).stageId()).isEqualTo(stage(PRIMARY, 1));
        assertThat(installation.account().leads()).hasSize(1);
        assertThat(installation.full().count(Outcome.UPDATED)).isZero();
    }

    @Test
    void a_visit_moved_before_its_deal_was_ever_written_has_one_deal() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long reception = installation.booked(patient);
        long moved = installation.staff().book(patient, NOW.plusDays(3), NOW);
        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET ID_ReceptionsTransferFrom = ? WHERE ID = ?", reception, moved);
        installation.full();
        assertThat(installation.dealOf(moved)).isNotNull();
        assertThat(installation.account().leads()).hasSize(1);
        assertThat(installation.account().contacts()).hasSize(1);
    }

    @Test
    void a_visit_that_is_over_or_off_does_not_take_the_deal_of_the_next_one() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long over = installation.booked(patient);
        installation.full();
        installation
                .account()
                .changeLead(installation.dealOf(over).id(), change -> change.stage(PRIMARY, Pipeline.WON));
        installation.staff().cancel(installation.booked(patient), NOW);
        long lead = installation
                .account()
                .addLead("Звонок", PRIMARY, stage(PRIMARY, 1), Map.of(PATIENT_NUMBER, installation.numberOf(patient)));
        RunReport report = installation.deep();
        assertThat(report.count(Outcome.CLOSED)).isEqualTo(1);
        assertThat(report.count(Outcome.SKIPPED)).isEqualTo(1);
        assertThat(installation.account().lead(lead).fields()).doesNotContainKey(RECEPTION_ID);
        long next = installation.staff().book(patient, NOW.plusDays(6), NOW);
        installation.full();
        assertThat(installation.dealOf(next).id()).isEqualTo(lead);
    }

    @Test
    void a_closed_deal_is_finished_business() {
        long reception = installation.booked(installation.patient(PHONE_OF_PATIENT));
        installation.full();
        long deal = installation.dealOf(reception).id();
        installation.account().changeLead(deal, change -> change.stage(PRIMARY, Pipeline.LOST));
        installation.staff().reschedule(reception, NOW.plusDays(4), NOW);
        EntityView before = installation.account().lead(deal);
        assertThat(installation.full().count(Outcome.CLOSED)).isEqualTo(1);
        assertThat(installation.account().lead(deal)).isEqualTo(before);
        assertThat(installation.account().leads()).hasSize(1);
    }

    @Test
    void with_recreate_closed_a_new_deal_is_opened() {
        installation.with("DEAL_RECREATE_CLOSED", "yes");
        long reception = installation.booked(installation.patient(PHONE_OF_PATIENT));
        installation.full();
        installation
                .account()
                .changeLead(installation.dealOf(reception).id(), change -> change.stage(PRIMARY, Pipeline.LOST));
        assertThat(installation.deep().count(Outcome.CREATED_DEAL)).isEqualTo(1);
        assertThat(installation.dealsOf(reception)).hasSize(2);
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(1);
    }

    @Test
    void a_cancelled_or_missed_visit_opens_no_deal() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        installation.staff().cancel(installation.booked(patient), NOW);
        installation.staff().cancelByReasonOnly(installation.booked(patient), NOW);
        installation.staff().book(patient, NOW.minusDays(3), NOW.minusDays(5));
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(3);
        assertThat(installation.account().leads()).isEmpty();
        assertThat(installation.account().contacts()).isEmpty();
    }

    @Test
    void a_completed_visit_moves_the_patients_next_deal_to_the_other_pipeline_and_its_default_stage() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long first = installation.booked(patient);
        long second = installation.staff().book(patient, NOW.plusDays(2), NOW.minusDays(1));
        installation.full();
        assertThat(installation.dealOf(second).pipelineId()).isEqualTo(PRIMARY);
        installation.staff().complete(first, NOW);
        installation.full();
        assertThat(installation.dealOf(first).pipelineId())
                .as("its own visit does not count")
                .isEqualTo(PRIMARY);
        assertThat(installation.dealOf(second).pipelineId()).isEqualTo(SECONDARY);
        assertThat(installation.dealOf(second).stageId()).isEqualTo(stage(SECONDARY, 1));
    }

    @Test
    void without_default_stages_the_pipelines_first_stage_is_used() {
        installation.with("AMOCRM_PRIMARY_STAGE_ID", "").with("AMOCRM_SECONDARY_STAGE_ID", "");
        long patient = installation.patient(PHONE_OF_PATIENT);
        long first = installation.booked(patient);
        long second = installation.staff().book(patient, NOW.plusDays(2), NOW.minusDays(1));
        installation.full();
        installation.staff().complete(first, NOW);
        installation.full();
        assertThat(installation.dealOf(first).stageId()).isEqualTo(stage(PRIMARY, 1));
        assertThat(installation.dealOf(second).stageId()).isEqualTo(stage(SECONDARY, 1));
    }

    @Test
    void a_managers_work_survives_every_run() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long reception = installation.booked(patient);
        installation.full();
        long deal = installation.dealOf(reception).id();
        long contact = installation.contactsOf(patient).get(0).id();
        installation
                .account()
                .changeLead(
                        deal,
                        change -> change.name("VIP")
                                .price(99_000)
                                .responsible(USERS.get(1))
                                .stage(PRIMARY, stage(PRIMARY, 3))
                                .field(MANAGERS_LEAD_FIELD, "перезвонить"));
        installation
                .account()
                .changeContact(contact, change -> change.name("Пётр с работы").field(MANAGERS_CONTACT_FIELD, "радио"));
        installation.staff().reschedule(reception, NOW.plusDays(4), NOW);
        installation.staff().rename(patient, "Новофамильцев", "Пётр", "Иванович", NOW);

        assertThat(installation.incremental().count(Outcome.UPDATED)).isEqualTo(1);
        installation.full();

        EntityView kept = installation.account().lead(deal);
        assertThat(kept.name()).isEqualTo("VIP");
        assertThat(kept.price()).isEqualTo(99_000);
        assertThat(kept.responsibleUserId()).isEqualTo(USERS.get(1));
        assertThat(kept.stageId()).isEqualTo(stage(PRIMARY, 3));
        assertThat(kept.fields()).containsEntry(MANAGERS_LEAD_FIELD, "перезвонить");
        assertThat(installation.account().contact(contact).name()).isEqualTo("Пётр с работы");
        assertThat(installation.account().contact(contact).fields())
                .containsEntry(MANAGERS_CONTACT_FIELD, "радио")
                .containsEntry(1L, "Новофамильцев Пётр Иванович");
    }

    @Test
    void deals_outside_our_pipelines_are_never_chosen_or_changed() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long contact = installation.account().addContact("Клиент", Map.of(PHONE, SAME_PHONE));
        long foreign = installation
                .account()
                .addLead(
                        "Оптика",
                        FOREIGN,
                        stage(FOREIGN, 1),
                        Map.of(PATIENT_NUMBER, installation.numberOf(patient)),
                        contact);
        EntityView before = installation.account().lead(foreign);
        long reception = installation.booked(patient);
        assertThat(installation.full().count(Outcome.CREATED_DEAL)).isEqualTo(1);
        assertThat(installation.account().lead(foreign)).isEqualTo(before);
        installation
                .account()
                .changeLead(installation.dealOf(reception).id(), change -> change.stage(FOREIGN, stage(FOREIGN, 2)));
        assertThat(installation.deep().count(Outcome.CLOSED))
                .as("moved away by a manager")
                .isEqualTo(1);
        assertThat(installation.dealsOf(reception)).hasSize(1);
    }

    @Test
    void a_deal_deleted_by_a_manager_is_looked_up_anew() {
        long reception = installation.booked(installation.patient(PHONE_OF_PATIENT));
        installation.full();
        installation.account().deleteLead(installation.dealOf(reception).id());
        installation.staff().reschedule(reception, NOW.plusDays(4), NOW);
        RunReport report = installation.incremental();
        assertThat(report.count(Outcome.FAILED)).isZero();
        assertThat(installation.dealOf(reception)).isNotNull();
    }

    @Test
    void a_changed_phone_is_added_in_front_of_those_that_managers_keep() {
        long patient = installation.patient(PHONE_OF_PATIENT);
        long reception = installation.booked(patient);
        installation.full();
        long contact = installation.contactsOf(patient).get(0).id();
        installation.account().changeContact(contact, change -> change.append(PHONE, "8 900 777-88-99 муж"));
        installation.staff().changePhone(patient, "8-900-444-55-66", NOW);
        installation.staff().reschedule(reception, NOW.plusDays(4), NOW);
        assertThat(installation.incremental().count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.account().contact(contact).values().get(PHONE))
                .as("what only we had written goes")
                .containsExactly("+79004445566", "8 900 777-88-99 муж");
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(1);
    }

    @Test
    void stages_follow_the_status_only_when_it_changes() {
        installation
                .with("DEAL_STAGE_PRIMARY_ARRIVED", Long.toString(stage(PRIMARY, 3)))
                .with("DEAL_STAGE_PRIMARY_COMPLETED", Long.toString(stage(PRIMARY, 4)));
        long reception = installation.booked(installation.patient(PHONE_OF_PATIENT));
        installation.full();
        installation.staff().arrive(reception, NOW);
        installation.incremental();
        assertThat(installation.dealOf(reception).stageId()).isEqualTo(stage(PRIMARY, 3));
        installation
                .account()
                .changeLead(installation.dealOf(reception).id(), change -> change.stage(PRIMARY, stage(PRIMARY, 2)));
        installation.staff().reschedule(reception, NOW.plusDays(2), NOW);
        installation.incremental();
        assertThat(installation.dealOf(reception).stageId())
                .as("the manager's later move stands")
                .isEqualTo(stage(PRIMARY, 2));
        installation.staff().complete(reception, NOW);
        installation.incremental();
        assertThat(installation.dealOf(reception).stageId()).isEqualTo(stage(PRIMARY, 4));
    }

    @Test
    void bad_rows_fail_alone_each_with_its_code() {
        long good = installation.booked(installation.patient(PHONE_OF_PATIENT));
        long blocked = installation.staff().book(null, NOW.plusDays(1), NOW);
        long unplanned = installation.booked(installation.patient("8 900 222-33-44"));
        installation.clinic().execute("UPDATE dbo.Receptions SET PlanStart = NULL WHERE ID = ?", unplanned);
        long talkative = installation.patient("8 900 333-44-55");
        installation
                .clinic()
                .execute("UPDATE dbo.Patients SET Comment = ? WHERE ID_Persons = ?", "ё".repeat(100_000), talkative);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Persons SET Surname = N'🦷Зубов', Birthday = N'тридцатое февраля' WHERE ID = ?",
                        talkative);
        long long1 = installation.booked(talkative);

        RunReport report = installation.full();

        assertThat(report.failures()).hasSize(2);
        assertThat(report.failures().get(blocked).code()).isEqualTo(FailureCode.PATIENT_NOT_FOUND);
        assertThat(report.failures().get(blocked).sentence()).isEqualTo("Patient not found");
        assertThat(report.failures().get(unplanned).code()).isEqualTo(FailureCode.PLAN_START_MISSING);
        assertThat(installation.dealOf(good)).isNotNull();
        assertThat(installation
                        .account()
                        .contact(installation.dealOf(long1).links().get(0))
                        .name())
                .startsWith("🦷Зубов");
        assertThat(installation.runtime().deadLetters(Run.Kind.RECEPTIONS).all().keySet())
                .containsExactlyInAnyOrder(blocked, unplanned);
        assertThat(installation.full().count(Outcome.UNCHANGED)).isEqualTo(2);

        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET PlanStart = ? WHERE ID = ?", NOW.plusDays(1), unplanned);
        installation.full();
        assertThat(installation.runtime().deadLetters(Run.Kind.RECEPTIONS).all().keySet())
                .as("what passes is no dead letter any more")
                .containsExactly(blocked);
    }

    @Test
    void an_item_that_amocrm_refuses_fails_alone_and_the_rest_is_sent_again() {
        long refused = installation.booked(installation.patient(PHONE_OF_PATIENT));
        long good = installation.booked(installation.patient("8 900 222-33-44"));
        installation.account().refuse(RECEPTION_ID, Long.toString(refused));
        RunReport report = installation.full();
        assertThat(report.failures().get(refused).code()).isEqualTo(FailureCode.DEAL_NOT_CREATED);
        assertThat(report.failures().get(refused).sentence())
                .isEqualTo("Failed to create deal (NotSupportedChoice at reception_id)");
        assertThat(installation.dealOf(good)).isNotNull();
        assertThat(installation.account().leads()).hasSize(1);
        installation.account().refuse(RECEPTION_ID, null);
        assertThat(installation.full().count(Outcome.CREATED)).isEqualTo(1);
    }

    @Test
    void a_second_run_of_the_kind_is_refused_while_one_is_under_way() {
        installation.full();
        RunLock elsewhere = installation.lockOfAnotherProcess("receptions");
        assertThat(elsewhere.tryTake()).isTrue();
        assertThatThrownBy(installation::incremental).isInstanceOf(RunUnderWayException.class);
        assertThat(installation.full().found())
                .as("a full run is of another kind: it lets the minute run go first")
                .isZero();
        elsewhere.release();
        assertThat(installation.incremental().found()).isZero();
        RunLock full = installation.lockOfAnotherProcess("receptions-full");
        assertThat(full.tryTake()).isTrue();
        assertThatThrownBy(installation::full).isInstanceOf(RunUnderWayException.class);
        assertThat(installation.incremental().found()).isZero();
        full.release();
    }

    @Test
    void a_dry_run_decides_everything_and_writes_nothing() {
        installation.booked(installation.patient(PHONE_OF_PATIENT));
        RunReport dry = installation.runtime().receptions(RunRequest.full().asDryRun());
        assertThat(dry.count(Outcome.CREATED)).isEqualTo(1);
        assertThat(installation.sandbox().journal().writes()).isZero();
        assertThat(installation.full().count(Outcome.CREATED)).isEqualTo(1);
    }

    @Test
    void a_run_that_could_not_finish_moves_no_cursor_and_the_next_one_ends_it() {
        installation.booked(installation.patient(PHONE_OF_PATIENT));
        installation.full();
        long reception = installation.booked(installation.patient("8 900 222-33-44"));
        installation.clinic().rename("ServiceItems", "ServiceItemsAway");
        assertThatThrownBy(installation::incremental).isNotNull();
        assertThat(installation.dealsOf(reception)).isEmpty();
        installation.clinic().rename("ServiceItemsAway", "ServiceItems");
        installation.full();
        assertThat(installation.dealOf(reception)).isNotNull();
    }
}
