package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.state.DeadLetters;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of receptions is counted once each, and kept until it is on record. */
class RunTallyTest {

    private static final OwnContact OWN = new OwnContact(60, null, false);

    private final List<String> heard = new ArrayList<>();
    private final Map<Long, Supplier<String>> contents = new HashMap<>();
    private final Map<Long, LocalDateTime> changes = new HashMap<>();
    private LocalDateTime cursor;
    private final RunTally tally = tally(RunRequest.full());

    private RunTally tally(RunRequest request) {
        return new RunTally(
                request,
                contents::remove,
                changes::remove,
                () -> cursor,
                (decision, outcome) -> heard.add(decision.id() + " " + outcome));
    }

    private static Decision decision(long id, Outcome outcome, DealWrite deal) {
        return new Decision(
                id,
                11L,
                Status.SCHEDULED,
                Funnel.PRIMARY,
                outcome,
                null,
                deal,
                null,
                List.of(),
                List.of(),
                delivered(70, Status.SCHEDULED).build(),
                null,
                OWN);
    }

    private static Delivery delivery(long id, Outcome outcome, int attempt) {
        Reception item = reception(id).build();
        return new Delivery(item, decision(id, outcome, null), attempt);
    }

    @Test
    void a_completed_delivery_counts_with_its_outcome_and_its_funnel() {
        tally.completed(delivery(7, Outcome.CREATED, 1));
        tally.completed(delivery(8, Outcome.UNCHANGED, 1));
        assertThat(tally.outcomes()).containsOnly(Map.entry(Outcome.CREATED, 1), Map.entry(Outcome.UNCHANGED, 1));
        assertThat(tally.funnels()).containsOnly(Map.entry(Funnel.PRIMARY, 2));
        assertThat(heard).containsExactly("7 CREATED", "8 UNCHANGED");
        assertThat(tally.decisions()).as("nobody asked for them").isEmpty();
    }

    @Test
    void what_a_brake_held_back_is_counted_and_not_on_record() {
        Delivery held = new Delivery(
                reception(7).build(),
                new Decision(
                        7,
                        11L,
                        Status.SCHEDULED,
                        Funnel.PRIMARY,
                        Outcome.SKIPPED,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(Reason.HELD_BACK),
                        null,
                        null,
                        null),
                1);
        tally.completed(held);
        assertThat(tally.outcomes()).containsOnly(Map.entry(Outcome.SKIPPED, 1));
        RunTally.Unrecorded news = tally.takeUnrecorded();
        assertThat(news.delivered()).isEmpty();
        assertThat(news.passed()).as("what it failed with before stays").isEmpty();
    }

    @Test
    void what_failed_in_writing_is_a_failure_whatever_was_decided_and_belongs_to_no_funnel() {
        Delivery failed = delivery(7, Outcome.CREATED, 1);
        failed.fail(Failure.of(FailureCode.DEAL_NOT_CREATED));
        tally.completed(failed);
        assertThat(tally.outcomes()).containsOnly(Map.entry(Outcome.FAILED, 1));
        assertThat(tally.funnels()).isEmpty();
        assertThat(tally.failures()).containsOnly(Map.entry(7L, Failure.of(FailureCode.DEAL_NOT_CREATED)));
        assertThat(tally.takeUnrecorded().delivered())
                .as("its status was not sent")
                .isEmpty();
    }

    @Test
    void what_amocrm_no_longer_held_is_decided_again_and_fails_when_it_keeps_changing() {
        for (int attempt = 1; attempt <= 2; attempt++) {
            Delivery outdated =
                    delivery(7, Outcome.UPDATED, tally.attemptsOf(reception(7).build()));
            assertThat(outdated.attempt).isEqualTo(attempt);
            outdated.outdate();
            tally.completed(outdated);
            assertThat(tally.hasReturned()).isTrue();
            assertThat(tally.takeReturned()).extracting("id").containsExactly(7L);
            assertThat(tally.hasReturned()).isFalse();
            assertThat(heard).as("no outcome yet").isEmpty();
        }
        Delivery third =
                delivery(7, Outcome.UPDATED, tally.attemptsOf(reception(7).build()));
        third.outdate();
        tally.completed(third);
        assertThat(tally.hasReturned()).isFalse();
        assertThat(tally.failures()).containsOnly(Map.entry(7L, Delivery.KEEPS_CHANGING));
    }

    @Test
    void an_attempt_whose_answer_got_lost_does_not_count() {
        for (int time = 0; time < 5; time++) {
            Delivery lost =
                    delivery(7, Outcome.CREATED, tally.attemptsOf(reception(7).build()));
            lost.notDone();
            tally.completed(lost);
            assertThat(tally.takeReturned()).hasSize(1);
        }
        assertThat(tally.attemptsOf(reception(7).build())).isEqualTo(1);
    }

    @Test
    void what_is_to_be_recorded_is_handed_over_once() {
        contents.put(8L, () -> "what IDENT held");
        tally.completed(delivery(7, Outcome.CREATED, 1));
        tally.failed(8, Failure.of(FailureCode.ROW_UNREADABLE));
        RunTally.Unrecorded news = tally.takeUnrecorded();
        assertThat(news.delivered())
                .isEqualTo(Map.of(7L, delivered(70, Status.SCHEDULED).build()));
        assertThat(news.own()).isEqualTo(Map.of(11L, OWN));
        assertThat(news.passed()).containsExactly(7L);
        assertThat(news.failures())
                .containsOnly(Map.entry(
                        8L, new DeadLetters.Failed(Failure.of(FailureCode.ROW_UNREADABLE), "what IDENT held")));
        assertThat(tally.takeUnrecorded())
                .isEqualTo(new RunTally.Unrecorded(Map.of(), Map.of(), Map.of(), Set.of(), Map.of(), Set.of()));
    }

    @Test
    void of_a_contact_that_is_written_nothing_is_recorded_but_with_the_write_itself() {
        ContactWrite write = new ContactWrite(null, null, "Анна", List.of(), Map.of());
        Decision decision = new Decision(
                11, 11L, null, null, Outcome.CREATED, null, null, write, List.of(), List.of(), null, null, OWN);
        tally.completed(new Delivery(patient(11).build(), decision, 1));
        RunTally.Unrecorded news = tally.takeUnrecorded();
        assertThat(news.own()).isEmpty();
        assertThat(news.delivered()).as("a patient is no reception").isEmpty();
        assertThat(news.passed()).containsExactly(11L);
    }

    @Test
    void of_a_contact_that_anothers_write_is_to_make_nothing_is_recorded() {
        Delivery delivery = delivery(7, Outcome.UNCHANGED, 1);
        delivery.leaveContactToOthers();
        tally.completed(delivery);
        tally.completed(delivery(8, Outcome.UNCHANGED, 1));
        assertThat(tally.takeUnrecorded().own()).as("of reception 8 alone").hasSize(1);
    }

    @Test
    void what_waits_for_the_mirror_is_decided_again_and_that_attempt_does_not_count() {
        tally.returned(reception(7).build());
        assertThat(tally.takeReturned()).extracting("id").containsExactly(7L);
        assertThat(tally.attemptsOf(reception(7).build())).isEqualTo(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void the_content_of_a_row_that_passed_is_not_even_made() {
        contents.put(7L, () -> {
            throw new AssertionError("made for nothing");
        });
        tally.completed(delivery(7, Outcome.UNCHANGED, 1));
        assertThat(contents).isEmpty();
    }

    @Test
    void a_dry_run_tells_which_receptions_would_get_a_deal_and_which_deals_would_move() {
        RunTally dry = tally(RunRequest.full().asDryRun());
        DealWrite created = new DealWrite(null, null, "Приём", 1L, 2L, null, Map.of(), false, null);
        DealWrite moved = new DealWrite(50L, deal(50).build(), null, 1L, 3L, null, Map.of(), false, null);
        DealWrite filled = new DealWrite(51L, deal(51).build(), null, null, null, null, Map.of(), false, null);
        DealWrite onItsWay = new DealWrite(-1L, deal(-1).build(), null, 1L, 3L, null, Map.of(), false, null);
        dry.completed(new Delivery(reception(7).build(), decision(7, Outcome.CREATED, created), 1));
        dry.completed(new Delivery(reception(8).build(), decision(8, Outcome.UPDATED, moved), 1));
        dry.completed(new Delivery(reception(9).build(), decision(9, Outcome.UPDATED, filled), 1));
        dry.completed(new Delivery(reception(10).build(), decision(10, Outcome.UPDATED, onItsWay), 1));
        dry.completed(new Delivery(
                reception(11).build(),
                new Decision(
                        11,
                        11L,
                        Status.SCHEDULED,
                        Funnel.PRIMARY,
                        Outcome.UNCHANGED,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        52L,
                        null),
                1));
        assertThat(dry.withoutDeal()).containsExactly(7L);
        assertThat(dry.displaced())
                .as("one would move, one was moved by somebody")
                .isEqualTo(Map.of(50L, 8L, 52L, 11L));
    }

    @Test
    void decisions_are_kept_for_those_who_want_each_of_them() {
        RunTally detailed = tally(RunRequest.one(7));
        Delivery delivery = delivery(7, Outcome.CREATED, 1);
        delivery.note("deal 70 created");
        detailed.completed(delivery);
        detailed.failed(8, Failure.of(FailureCode.ROW_UNREADABLE));
        assertThat(detailed.decisions()).extracting(Decision::id).containsExactly(7L, 8L);
        assertThat(detailed.decisions().get(0).reasons())
                .extracting(Object::toString)
                .containsExactly("written: deal 70 created");
    }

    @Test
    void what_the_overlap_of_the_cursor_shows_once_more_and_needs_nothing_is_in_no_figure() {
        cursor = LocalDateTime.of(2026, 1, 1, 12, 0);
        changes.put(7L, cursor);
        changes.put(8L, cursor.minusMinutes(1));
        changes.put(9L, cursor.plusSeconds(5));
        changes.put(10L, cursor.plusSeconds(3));
        tally.completed(delivery(7, Outcome.UNCHANGED, 1));
        tally.completed(delivery(8, Outcome.UPDATED, 1));
        tally.completed(delivery(9, Outcome.UPDATED, 1));
        tally.completed(delivery(10, Outcome.UNCHANGED, 1));
        tally.completed(delivery(11, Outcome.UNCHANGED, 1));
        assertThat(tally.outcomes()).isEqualTo(Map.of(Outcome.UPDATED, 2, Outcome.UNCHANGED, 2));
        assertThat(tally.seenBefore()).isEqualTo(1);
        assertThat(tally.oldestWritten()).isEqualTo(cursor.plusSeconds(5));
        assertThat(tally.takeUnrecorded().passed()).contains(7L);
    }
}
