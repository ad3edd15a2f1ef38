package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.Decision;
import io.identamocrm.model.FollowUp;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Note;
import io.identamocrm.sandbox.Requests;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.Task;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.RunUnderWayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/** Section 7 of the domain rules over the whole product: managers hear of each change once, at the price of a request for fifty. */
class FollowUpsTest {

    private static final String TASKS = "/api/v4/tasks";
    private static final String NOTES = "/api/v4/leads/notes";
    private static final long RESPONSIBLE = 9002;

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .leapingOverWaits()
            .with("FOLLOW_UP_PRIMARY_CANCELLED", "task")
            .with("FOLLOW_UP_PRIMARY_COMPLETED", "note")
            .with("FOLLOW_UP_PRIMARY_MOVED", "note")
            .with("FOLLOW_UP_OPENS", "00:00")
            .with("FOLLOW_UP_CLOSES", "24:00");

    private int patients;

    private long booked() {
        long patient = installation.patient("8 900 " + (1_000_000 + patients++));
        return installation.staff().book(patient, NOW.plusDays(1), LocalDateTime.now());
    }

    private List<Long> delivered(int count) {
        List<Long> receptions = Stream.generate(this::booked).limit(count).toList();
        installation.incremental();
        return receptions;
    }

    private void cancel(long reception) {
        installation.staff().cancel(reception, LocalDateTime.now());
    }

    private List<String> tasks() {
        return installation.account().tasks().stream().map(Task::text).toList();
    }

    private List<String> notes() {
        return installation.account().notes().stream().map(Note::text).toList();
    }

    private boolean hasKeys() {
        KeysScanOptions named =
                KeysScanOptions.defaults().pattern(installation.runtime().keys().of("follow-ups*"));
        return installation
                .runtime()
                .redis()
                .getKeys()
                .getKeysStream(named)
                .findAny()
                .isPresent();
    }

    @Test
    void a_cancelled_first_visit_is_a_task_for_the_deals_manager_due_an_hour_later() {
        long reception = delivered(1).get(0);
        long deal = installation.dealOf(reception).id();
        installation.account().changeLead(deal, change -> change.responsible(RESPONSIBLE));
        cancel(reception);
        installation.incremental();
        assertThat(installation.account().tasks()).singleElement().satisfies(task -> {
            assertThat(task.entityId()).isEqualTo(deal);
            assertThat(task.entityType()).isEqualTo("leads");
            assertThat(task.responsibleUserId()).isEqualTo(RESPONSIBLE);
            assertThat(task.typeId()).isEqualTo(1);
            assertThat(Instant.ofEpochSecond(task.completeTill()))
                    .isBetween(
                            Instant.now().plus(Duration.ofMinutes(50)),
                            Instant.now().plus(Duration.ofMinutes(61)));
            assertThat(task.text())
                    .startsWith("Перезвонить, приём " + reception + " на "
                            + NOW.plusDays(1).format(DateTimeFormatter.ofPattern("dd.MM.yyyy"))
                            + " в ")
                    .matches(".* \\[" + reception + "-[\\w-]{8}]");
        });
        installation.incremental();
        installation.deep();
        assertThat(tasks()).hasSize(1);
        assertThat(notes()).isEmpty();
        Terminal terminal = installation.terminal();
        assertThat(terminal.run("explain", "reception", Long.toString(reception)))
                .as(terminal.errors())
                .isZero();
        assertThat(terminal.output()).containsPattern("follow-up +cancelled: done at ");
    }

    @Test
    void what_is_still_to_be_told_is_on_record_of_its_reception_alone() {
        List<Long> receptions = delivered(2);
        cancel(receptions.get(0));
        installation.sandbox().faults().on(Fault.BLOCKED, Requests.of("POST", TASKS));
        assertThatThrownBy(installation::incremental).isInstanceOf(RuntimeException.class);
        assertThat(installation.runtime().followUps(receptions.get(0)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.event()).isEqualTo(FollowUp.Event.CANCELLED);
                    assertThat(one.done()).isNull();
                });
        assertThat(installation.runtime().followUps(receptions.get(1))).isEmpty();
    }

    @Test
    void a_visit_that_took_place_is_a_note_and_one_that_was_moved_is_one_note_too() {
        List<Long> receptions = delivered(2);
        installation.staff().complete(receptions.get(0), LocalDateTime.now());
        long moved = installation.staff().move(receptions.get(1), NOW.plusDays(5), LocalDateTime.now());
        installation.incremental();
        assertThat(notes())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("Приём " + receptions.get(0)) && text.contains("состоялся"))
                .anyMatch(text -> text.startsWith("Приём " + moved + " перенесён на "));
        assertThat(installation.account().notes())
                .extracting(Note::entityId)
                .containsExactlyInAnyOrder(
                        installation.dealOf(receptions.get(0)).id(),
                        installation.dealOf(moved).id());
        assertThat(tasks()).as("a visit that was moved is not cancelled").isEmpty();
        installation.staff().reschedule(moved, NOW.plusDays(6), LocalDateTime.now());
        installation.incremental();
        assertThat(notes()).hasSize(3);
    }

    @Test
    void what_happens_again_is_told_again() {
        long reception = delivered(1).get(0);
        for (int times = 1; times <= 2; times++) {
            installation.staff().cancel(reception, LocalDateTime.now().plusSeconds(times));
            installation.incremental();
            assertThat(tasks()).hasSize(times);
            installation.staff().uncancel(reception, LocalDateTime.now().plusSeconds(times));
            installation.incremental();
        }
        assertThat(tasks()).doesNotHaveDuplicates();
    }

    @Test
    void a_first_run_tells_nothing_of_what_it_brings_and_old_changes_are_not_told_either() {
        installation
                .with("FOLLOW_UP_PRIMARY_BOOKED", "task")
                .with("FOLLOW_UP_SECONDARY_COMPLETED", "task")
                .with("FOLLOW_UP_NOT_OLDER_THAN_HOURS", "2");
        long reception = booked();
        installation.staff().complete(booked(), LocalDateTime.now());
        installation.full();
        assertThat(tasks()).isEmpty();
        assertThat(notes()).isEmpty();
        assertThat(installation.runtime().reconcile()).isNotNull();
        long fresh = booked();
        installation.incremental();
        assertThat(tasks()).singleElement().satisfies(text -> assertThat(text).startsWith("Новая запись " + fresh));
        installation.staff().cancel(reception, LocalDateTime.now().minusHours(3));
        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET DateTimeAdded = ? WHERE ID = ?", NOW.minusDays(9), reception);
        installation.full();
        assertThat(tasks()).hasSize(1);
    }

    @Test
    void without_settings_there_is_no_request_and_no_key() {
        for (String event : List.of("CANCELLED", "COMPLETED", "MOVED")) {
            installation.with("FOLLOW_UP_PRIMARY_" + event, "none");
        }
        cancel(delivered(1).get(0));
        installation.incremental();
        assertThat(installation.sandbox().journal().entries())
                .noneMatch(entry -> entry.path().equals(TASKS) || entry.path().equals(NOTES));
        assertThat(hasKeys()).isFalse();
    }

    @Test
    void a_hundred_cancelled_visits_cost_three_requests_more_at_most() {
        List<Long> receptions = delivered(200);
        installation.with("FOLLOW_UP_PRIMARY_CANCELLED", "none").restart();
        receptions.subList(0, 100).forEach(this::cancel);
        long without = installation.incremental().requests();
        installation.with("FOLLOW_UP_PRIMARY_CANCELLED", "task").restart();
        receptions.subList(100, 200).forEach(this::cancel);
        long with = installation.incremental().requests();
        assertThat(tasks()).hasSize(100);
        assertThat(with - without).isLessThanOrEqualTo(3);
    }

    @Test
    void a_thousand_new_receptions_cost_thirty_requests_and_one_for_every_fifty_tasks() {
        installation.with("FOLLOW_UP_PRIMARY_BOOKED", "task");
        installation.full();
        Stream.generate(this::booked).limit(1000).forEach(reception -> {});
        RunReport report = installation.incremental();
        assertThat(tasks()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(report.requests()).isLessThanOrEqualTo(30 + 1000 / 50);
    }

    @Test
    void what_a_run_could_not_tell_the_next_one_tells_though_nothing_has_changed_since() {
        List<Long> receptions = delivered(3);
        receptions.forEach(this::cancel);
        installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", TASKS));
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        assertThat(tasks()).isEmpty();
        installation.sandbox().faults().clear();
        installation.restart();
        installation.incremental();
        assertThat(tasks()).hasSize(3);
        installation.incremental();
        installation.full();
        assertThat(tasks()).hasSize(3).doesNotHaveDuplicates();
    }

    /** A user without the right to tasks is answered so, and so is everybody while an account is blocked. */
    @Test
    void tasks_that_amocrm_forbids_keep_no_reception_and_are_told_when_they_are_allowed() {
        List<Long> receptions = delivered(3);
        receptions.forEach(this::cancel);
        installation.sandbox().faults().on(Fault.BLOCKED, Requests.of("POST", TASKS));
        assertThat(catchThrowable(installation::incremental)).hasMessageContaining("403");
        installation.sandbox().faults().clear();
        installation.restart();
        RunReport next = installation.incremental();
        assertThat(next.found()).as("the cursor has moved on").isZero();
        assertThat(tasks()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void what_is_switched_off_meanwhile_is_not_told_and_keeps_no_run_from_its_end() {
        List<Long> receptions = delivered(3);
        receptions.forEach(this::cancel);
        installation.sandbox().faults().on(Fault.BLOCKED, Requests.of("POST", TASKS));
        assertThat(catchThrowable(installation::incremental)).hasMessageContaining("403");
        installation.with("FOLLOW_UP_PRIMARY_CANCELLED", "none");
        installation.restart();
        installation.incremental();
        installation.sandbox().faults().clear();
        installation.incremental();
        assertThat(tasks()).isEmpty();
    }

    @Test
    void what_is_told_late_is_told_in_the_order_in_which_it_happened() {
        installation.with("FOLLOW_UP_PRIMARY_BOOKED", "task");
        long reception = delivered(1).get(0);
        installation.with("FOLLOW_UP_TEXT_CANCELLED", "off <id>").with("FOLLOW_UP_TEXT_BOOKED", "on <id>");
        installation.restart();
        installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", TASKS));
        cancel(reception);
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.restart();
        installation.staff().uncancel(reception, LocalDateTime.now());
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        installation.incremental();
        assertThat(tasks()).hasSize(2);
        assertThat(tasks().get(0)).startsWith("off ");
        assertThat(tasks().get(1)).startsWith("on ");
    }

    @Test
    void when_every_answer_gets_lost_nothing_is_told_twice() {
        List<Long> receptions = delivered(120);
        receptions.subList(0, 60).forEach(this::cancel);
        receptions.subList(60, 120).forEach(reception -> installation.staff().complete(reception, LocalDateTime.now()));
        installation
                .sandbox()
                .faults()
                .on(Fault.WRITE_THEN_504, Requests.of("POST", TASKS))
                .on(Fault.WRITE_THEN_RESET, Requests.of("POST", NOTES));
        installation.untilDone();
        assertThat(tasks()).hasSize(60).doesNotHaveDuplicates();
        assertThat(notes()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void after_a_lost_answer_a_run_that_ended_is_followed_by_one_that_looks_first() {
        List<Long> receptions = delivered(5);
        receptions.forEach(this::cancel);
        installation.with("AMOCRM_REQUEST_DEADLINE_MS", "1000");
        installation
                .sandbox()
                .faults()
                .on(Fault.WRITE_THEN_504, Requests.of("POST", TASKS))
                .on(Fault.BLOCKED, Requests.of("GET", TASKS));
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        assertThat(tasks()).hasSize(5);
        installation.sandbox().faults().clear();
        installation.restart();
        installation.incremental();
        assertThat(tasks()).hasSize(5);
        assertThat(installation.sandbox().journal().entries())
                .filteredOn(
                        entry -> entry.method().equals("POST") && entry.path().equals(TASKS))
                .hasSize(1);
    }

    @Test
    void redis_lost_after_the_deals_were_changed_means_that_nothing_is_told_and_never_twice() {
        List<Long> receptions = delivered(3);
        receptions.forEach(this::cancel);
        installation.incremental();
        assertThat(tasks()).hasSize(3);
        installation.loseRedis();
        installation.full();
        installation.incremental();
        assertThat(tasks()).as("none for changes older than the loss").hasSize(3);
        long fresh = delivered(1).get(0);
        cancel(fresh);
        installation.incremental();
        assertThat(tasks()).hasSize(4);
    }

    @Test
    void a_redis_that_went_back_in_time_has_the_account_looked_at_before_anything_is_told() throws Exception {
        List<Long> receptions = delivered(3);
        var redis = installation.runtime().redis();
        var keys = redis.getKeys();
        List<String> names = keys.getKeysStream().toList();
        var dumps = new HashMap<String, byte[]>();
        names.forEach(name -> dumps.put(name, redis.getBucket(name).dump()));
        receptions.forEach(this::cancel);
        installation.incremental();
        assertThat(tasks()).hasSize(3);
        keys.flushdb();
        dumps.forEach((name, dump) -> redis.getBucket(name).restore(dump));
        installation.untilDone();
        installation.untilDone();
        assertThat(tasks()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void redis_lost_beside_a_deal_field_that_knows_the_status_means_that_nothing_is_told_twice() {
        installation.withSyncState();
        List<Long> receptions = delivered(3);
        receptions.forEach(this::cancel);
        installation.incremental();
        assertThat(tasks()).hasSize(3);
        installation.loseRedis();
        receptions.forEach(this::cancel);
        installation.full();
        installation.incremental();
        assertThat(tasks()).hasSize(3);
    }

    @Test
    void a_reception_that_was_deleted_in_ident_meanwhile_is_not_told_of_and_keeps_no_other_from_its_own() {
        List<Long> receptions = delivered(3);
        receptions.forEach(this::cancel);
        installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", TASKS));
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        installation.staff().deleteReception(receptions.get(1));
        installation.incremental();
        assertThat(tasks()).hasSize(2);
        installation.full();
        assertThat(tasks()).hasSize(2);
    }

    @Test
    void redis_emptied_while_answers_got_lost_means_that_nothing_is_told_twice() {
        List<Long> receptions = delivered(60);
        receptions.forEach(this::cancel);
        installation.sandbox().faults().on(Fault.WRITE_THEN_RESET, Requests.of("POST", TASKS));
        installation.untilDone();
        installation.loseRedis();
        installation.sandbox().faults().clear();
        installation.untilDone();
        installation.full();
        installation.untilDone();
        assertThat(tasks()).doesNotHaveDuplicates();
    }

    @Test
    void a_visit_moved_twice_before_a_run_is_one_move_and_one_cancelled_after_its_move_is_cancelled() {
        List<Long> receptions = delivered(2);
        long once = installation.staff().move(receptions.get(0), NOW.plusDays(5), LocalDateTime.now());
        long twice = installation.staff().move(once, NOW.plusDays(6), LocalDateTime.now());
        long other = installation.staff().move(receptions.get(1), NOW.plusDays(5), LocalDateTime.now());
        cancel(other);
        installation.incremental();
        installation.incremental();
        installation.full();
        assertThat(notes()).singleElement().asString().startsWith("Приём " + twice + " перенесён");
        assertThat(tasks()).singleElement().asString().contains("приём " + other + " ");
    }

    @Test
    void two_services_tell_everything_once() {
        List<Long> receptions = new ArrayList<>(delivered(60));
        try (CamelRuntime other = installation.anotherProcess()) {
            CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 30; i++) {
                    beside(other);
                }
            });
            for (int i = 0; i < 60; i++) {
                cancel(receptions.get(i));
                if (i % 6 == 0) {
                    beside(installation.runtime());
                }
            }
            beside.join();
        }
        installation.untilDone();
        assertThat(tasks()).hasSize(60).doesNotHaveDuplicates();
    }

    private static void beside(CamelRuntime process) {
        try {
            process.receptions(RunRequest.incremental());
        } catch (RunUnderWayException e) {
            // The other one is at it.
        }
    }

    @Test
    void a_deal_that_a_manager_deleted_meanwhile_gets_no_task_and_keeps_no_other_from_its_own() {
        List<Long> receptions = delivered(3);
        receptions.forEach(this::cancel);
        installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", TASKS));
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.sandbox().faults().clear();
        installation.account().deleteLead(installation.dealOf(receptions.get(1)).id());
        installation.restart();
        installation.untilDone();
        assertThat(tasks()).hasSize(2);
        assertThat(hasOpen()).isFalse();
    }

    private boolean hasOpen() {
        return !installation
                .runtime()
                .redis()
                .getMap(installation.runtime().keys().of("follow-ups"), StringCodec.INSTANCE)
                .isEmpty();
    }

    /** Another run comes, after what happens meanwhile. */
    private void tasksAreKeptAway(Runnable meanwhile) {
        installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", TASKS));
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        meanwhile.run();
    }

    @Test
    void a_deal_that_a_manager_closed_meanwhile_is_not_told_of() {
        List<Long> receptions = delivered(2);
        receptions.forEach(this::cancel);
        tasksAreKeptAway(() -> installation
                .account()
                .changeLead(installation.dealOf(receptions.get(0)).id(), change -> change.lost()));
        installation.untilDone();
        assertThat(tasks())
                .singleElement()
                .asString()
                .contains(receptions.get(1).toString());
        assertThat(hasOpen()).isFalse();
    }

    @Test
    void a_deal_that_a_manager_closed_meanwhile_gets_no_note_either() {
        long reception = delivered(1).get(0);
        installation.staff().complete(reception, LocalDateTime.now());
        installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", NOTES));
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        installation.account().changeLead(installation.dealOf(reception).id(), change -> change.lost());
        installation.untilDone();
        assertThat(notes()).isEmpty();
        assertThat(hasOpen()).isFalse();
    }

    @Test
    void a_deal_that_a_manager_moved_elsewhere_meanwhile_is_not_told_of() {
        long reception = delivered(1).get(0);
        cancel(reception);
        tasksAreKeptAway(() -> installation
                .account()
                .changeLead(
                        installation.dealOf(reception).id(),
                        change ->
                                change.stage(SandboxAccount.FOREIGN, SandboxAccount.stage(SandboxAccount.FOREIGN, 1))));
        installation.untilDone();
        assertThat(tasks()).isEmpty();
    }

    @Test
    void a_deal_that_we_closed_ourselves_is_told_of_at_once_and_late() {
        installation.with("DEAL_STAGE_PRIMARY_CANCELLED", "143");
        List<Long> receptions = delivered(2);
        cancel(receptions.get(0));
        installation.incremental();
        assertThat(tasks()).hasSize(1);
        cancel(receptions.get(1));
        tasksAreKeptAway(() -> {});
        installation.untilDone();
        assertThat(installation.dealOf(receptions.get(1)).stageId()).isEqualTo(143);
        assertThat(tasks()).hasSize(2);
    }

    @Test
    void what_is_open_is_given_up_once_all_follow_ups_are_switched_off() {
        long reception = delivered(1).get(0);
        cancel(reception);
        tasksAreKeptAway(() -> List.of("CANCELLED", "COMPLETED", "MOVED")
                .forEach(event -> installation.with("FOLLOW_UP_PRIMARY_" + event, "none")));
        installation.incremental();
        assertThat(hasOpen()).isFalse();
        installation.with("FOLLOW_UP_PRIMARY_CANCELLED", "task").restart();
        installation.incremental();
        assertThat(tasks()).isEmpty();
    }

    /** A column that was cut in the middle of a character, and one that holds what JSON's readers refuse. */
    @ParameterizedTest
    @ValueSource(strings = {"Зубов\uD83D", "Зубов\u0001"})
    void an_unreadable_doctors_name_keeps_no_task_away(String surname) {
        List<Long> receptions = delivered(3);
        installation.clinic().execute("INSERT INTO dbo.Persons (Surname, Name) VALUES (?, N'Пётр')", surname);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET ID_Staffs = (SELECT MAX(ID) FROM dbo.Persons) WHERE ID = ?",
                        receptions.get(1));
        receptions.forEach(this::cancel);
        installation.incremental();
        assertThat(tasks()).hasSize(3);
    }

    @Test
    void what_could_not_be_told_for_longer_than_the_setting_says_is_not_told_at_last() {
        delivered(2).forEach(this::cancel);
        installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", TASKS));
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.sandbox().faults().clear();
        installation.withClock(Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));
        installation.restart();
        installation.untilDone();
        assertThat(tasks()).isEmpty();
        assertThat(hasOpen()).isFalse();
    }

    @Test
    void a_responsible_user_who_has_left_keeps_no_task_away() {
        long reception = delivered(1).get(0);
        installation.account().changeLead(installation.dealOf(reception).id(), change -> change.responsible(9003));
        cancel(reception);
        installation.incremental();
        assertThat(installation.account().tasks())
                .extracting(Task::responsibleUserId)
                .containsExactly(9001L);
    }

    @Test
    void explain_and_a_dry_run_foretell_what_is_told() {
        long reception = delivered(1).get(0);
        cancel(reception);
        Decision told = installation
                .runtime()
                .receptions(RunRequest.explained(reception))
                .decisions()
                .get(0);
        assertThat(told.reasons().toString()).contains("follow-up: a task for a manager, that the visit is cancelled");
        assertThat(told.delivered().due()).extracting(FollowUp::reception).containsExactly(reception);
        Terminal terminal = installation.terminal();
        terminal.run("reception-sync", "--dry-run");
        assertThat(terminal.output()).contains("a task for a manager: the visit is cancelled");
        assertThat(tasks()).isEmpty();
        assertThat(hasKeys()).isFalse();
        installation.incremental();
        assertThat(tasks()).hasSize(1);
    }

    @Test
    void times_are_the_clinics() {
        installation.with("FOLLOW_UP_TEXT_CANCELLED", "<date> <time>, сделка <deal>");
        long reception = delivered(1).get(0);
        cancel(reception);
        installation.incremental();
        String planned =
                NOW.plusDays(1).atZone(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm"));
        assertThat(tasks())
                .singleElement()
                .asString()
                .startsWith(
                        planned + ", сделка " + installation.dealOf(reception).id());
    }
}
