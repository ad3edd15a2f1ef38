package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Attendance;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.Decision;
import io.identamocrm.model.DeliveredBuilder;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.FollowUp.Event;
import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import io.identamocrm.model.VisitRow;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 7 of the domain rules: what a manager hears of, once for each change of a visit. */
class FollowUpRuleTest {

    private static final LocalDateTime PLANNED = NOW.plusDays(1);

    private static PolicyBuilder everything() {
        PolicyBuilder policy = policy();
        for (Funnel funnel : Funnel.values()) {
            for (Event event : Event.values()) {
                policy.telling(funnel, event, Kind.TASK);
            }
        }
        return policy;
    }

    private static List<FollowUp> due(Decision decision) {
        return decision.delivered() == null ? List.of() : decision.delivered().due();
    }

    private static List<Event> events(Decision decision) {
        return due(decision).stream().map(FollowUp::event).toList();
    }

    /** Missed since this morning, where it is missed. */
    private static ReceptionBuilder being(Status status) {
        ReceptionBuilder reception = reception(7).with(status);
        return status == Status.NO_SHOW ? reception.planEnd(NOW.minusHours(20)) : reception;
    }

    private static CrmSnapshotOfLists withDealOf(long reception) {
        return amocrm().with(deal(1).holding(reception));
    }

    @Test
    void where_nothing_is_set_nothing_is_told() {
        assertThat(events(Clinic.with(policy()).decide(reception(7), amocrm()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEDULED, CANCELLED, CANCELLED",
        "SCHEDULED, NO_SHOW, MISSED",
        "SCHEDULED, COMPLETED, COMPLETED",
        "ARRIVED, COMPLETED, COMPLETED",
        "NO_SHOW, COMPLETED, COMPLETED",
        "NO_SHOW, CANCELLED, CANCELLED",
        "CANCELLED, SCHEDULED, BOOKED"
    })
    void a_change_of_the_status_is_an_event(Status before, Status now, Event event) {
        Decision decision = Clinic.with(everything())
                .decide(being(now), withDealOf(7), delivered(1, before).planned(PLANNED));
        assertThat(events(decision)).containsExactly(event);
        assertThat(Clinic.wayOf(decision)).anyMatch(step -> step.startsWith("follow-up: a task for a manager"));
    }

    @Test
    void the_same_change_has_one_name_however_often_it_is_decided_and_the_next_one_another() {
        Clinic clinic = Clinic.with(everything());
        String cancelled = newsOf(clinic.decide(being(Status.CANCELLED), withDealOf(7), scheduled()));
        assertThat(newsOf(clinic.decide(being(Status.CANCELLED), withDealOf(7), scheduled())))
                .isEqualTo(cancelled);
        assertThat(newsOf(clinic.decide(
                        being(Status.CANCELLED).changedAt(NOW.minusMinutes(1)), withDealOf(7), scheduled())))
                .as("cancelled a second time")
                .isNotEqualTo(cancelled);
    }

    private static DeliveredBuilder scheduled() {
        return delivered(1, Status.SCHEDULED).planned(PLANNED);
    }

    private static String newsOf(Decision decision) {
        return due(decision).get(0).news();
    }

    @ParameterizedTest
    @EnumSource
    void a_status_that_is_as_delivered_is_none(Status status) {
        assertThat(events(Clinic.with(everything())
                        .decide(
                                reception(7).with(status),
                                withDealOf(7),
                                delivered(1, status).planned(PLANNED))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SCHEDULED, ARRIVED", "ARRIVED, SCHEDULED", "COMPLETED, SCHEDULED", "NO_SHOW, SCHEDULED"})
    void that_somebody_came_or_was_noted_wrongly_or_is_waited_for_longer_is_none(Status before, Status now) {
        assertThat(events(Clinic.with(everything())
                        .decide(
                                reception(7).with(now),
                                withDealOf(7),
                                delivered(1, before).planned(PLANNED))))
                .isEmpty();
    }

    @Test
    void another_planned_start_is_a_move_and_nothing_else() {
        for (Status before : List.of(Status.SCHEDULED, Status.CANCELLED, Status.NO_SHOW)) {
            assertThat(events(Clinic.with(everything())
                            .decide(
                                    reception(7).with(Status.SCHEDULED),
                                    withDealOf(7),
                                    delivered(1, before).planned(PLANNED.minusDays(3)))))
                    .as("after %s", before)
                    .containsExactly(Event.MOVED);
        }
    }

    @Test
    void a_visit_that_went_on_with_another_row_is_one_move_not_a_cancellation_and_a_booking() {
        InMemoryCrm crm = new InMemoryCrm(amocrm());
        Clinic clinic = Clinic.with(everything());
        crm.apply(clinic.decide(reception(7).with(Status.SCHEDULED), crm));
        crm.snapshot().forgetClaims();
        VisitRow former = new VisitRow(7, null, reception(7).build().patient().id(), 1L, cancelled());
        VisitRow next = new VisitRow(8, 7L, former.patient(), 1L, new Attendance(false, false, false, null));
        Decision first = clinic.decide(reception(7).cancelled().inVisitWith(next), crm);
        crm.apply(first);
        Decision second = clinic.decide(
                reception(8).planStart(PLANNED.plusDays(5)).movedFrom(7L).inVisitWith(former), crm);
        assertThat(events(first)).isEmpty();
        assertThat(events(second)).containsExactly(Event.MOVED);
    }

    private static Attendance cancelled() {
        return new Attendance(true, false, false, null);
    }

    @Test
    void a_visit_that_gets_its_deal_is_booked_or_has_taken_place() {
        Clinic clinic = Clinic.with(everything());
        assertThat(events(clinic.decide(reception(7).with(Status.SCHEDULED), amocrm())))
                .containsExactly(Event.BOOKED);
        assertThat(events(clinic.decide(reception(7).with(Status.ARRIVED), amocrm())))
                .containsExactly(Event.BOOKED);
        assertThat(events(clinic.decide(reception(7).with(Status.COMPLETED), amocrm())))
                .containsExactly(Event.COMPLETED);
        for (Status off : List.of(Status.CANCELLED, Status.NO_SHOW)) {
            Decision none = clinic.decide(reception(7).with(off), amocrm());
            assertThat(none.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(events(none)).isEmpty();
        }
    }

    @Test
    void a_new_deals_user_is_known_and_that_of_any_other_has_to_be_asked_for() {
        assertThat(due(Clinic.with(everything()).decide(reception(7), amocrm())))
                .extracting(FollowUp::user)
                .containsExactly(9001L);
        assertThat(due(Clinic.with(everything().responsible(null)).decide(reception(7), amocrm())))
                .extracting(FollowUp::user)
                .containsExactly(FollowUp.NOBODY_NAMED);
        assertThat(due(Clinic.with(everything())
                        .decide(reception(7).cancelled(), withDealOf(7), delivered(1, Status.SCHEDULED))))
                .extracting(FollowUp::user)
                .containsExactly((Long) null);
    }

    @Test
    void after_redis_was_lost_a_deal_that_holds_the_reception_tells_nothing() {
        for (Status status : Status.values()) {
            assertThat(events(Clinic.with(everything()).decide(reception(7).with(status), withDealOf(7))))
                    .as(status.toString())
                    .isEmpty();
        }
    }

    @Test
    void what_a_first_run_brings_is_history_and_what_is_booked_beside_a_later_one_is_not() {
        Clinic first = Clinic.with(everything()).importing(LocalDateTime.MAX);
        assertThat(events(first.decide(reception(7), amocrm()))).isEmpty();
        assertThat(events(first.decide(reception(7).with(Status.COMPLETED), amocrm())))
                .isEmpty();
        Clinic later = Clinic.with(everything()).importing(NOW.minusMinutes(1));
        assertThat(events(later.decide(reception(7), amocrm()))).containsExactly(Event.BOOKED);
        assertThat(events(later.decide(reception(7).changedAt(NOW.minusMinutes(1)), amocrm())))
                .isEmpty();
        assertThat(events(later.decide(
                        reception(7).cancelled().changedAt(NOW.minusHours(1)),
                        withDealOf(7),
                        delivered(1, Status.SCHEDULED))))
                .as("a change of what is known is never history")
                .containsExactly(Event.CANCELLED);
    }

    @Test
    void what_happened_longer_ago_than_the_setting_says_is_not_told_and_explain_says_so() {
        Clinic clinic = Clinic.with(everything());
        Decision old = clinic.decide(
                reception(7).cancelled().changedAt(NOW.minusDays(1).minusSeconds(1)),
                withDealOf(7),
                delivered(1, Status.SCHEDULED));
        assertThat(events(old)).isEmpty();
        assertThat(Clinic.wayOf(old))
                .contains("follow-up: none: that the visit is cancelled is known for more than 24 hours");
        assertThat(events(clinic.decide(
                        reception(7).changedAt(NOW.minusDays(9)).planEnd(NOW.minusHours(13)),
                        withDealOf(7),
                        delivered(1, Status.SCHEDULED).planned(PLANNED))))
                .as("a visit is missed when its grace is over, whenever its row was changed")
                .containsExactly(Event.MISSED);
        assertThat(events(clinic.decide(
                        reception(7).planEnd(NOW.minusHours(37)),
                        withDealOf(7),
                        delivered(1, Status.SCHEDULED).planned(PLANNED))))
                .isEmpty();
    }

    @Test
    void each_funnel_and_event_is_told_as_it_is_set_and_no_other() {
        Clinic clinic = Clinic.with(policy().telling(Funnel.PRIMARY, Event.CANCELLED, Kind.TASK)
                .telling(Funnel.SECONDARY, Event.COMPLETED, Kind.NOTE));
        for (boolean secondary : List.of(false, true)) {
            for (Status now : List.of(Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW)) {
                ReceptionBuilder changed = reception(7).with(now).completedBefore(secondary);
                List<FollowUp> told = due(clinic.decide(
                        changed, withDealOf(7), delivered(1, Status.SCHEDULED).planned(PLANNED)));
                Kind kind = !secondary && now == Status.CANCELLED
                        ? Kind.TASK
                        : secondary && now == Status.COMPLETED ? Kind.NOTE : null;
                assertThat(told.stream().map(FollowUp::kind).toList())
                        .as("%s, secondary %s", now, secondary)
                        .isEqualTo(kind == null ? List.of() : List.of(kind));
            }
        }
    }

    /** What happens to a visit between two runs. */
    enum Change {
        CANCELLED,
        ON_AGAIN,
        LATER,
        DONE,
        NOTHING
    }

    @Property(tries = 300)
    void whatever_happens_each_change_that_a_run_sees_is_told_once_under_a_name_of_its_own(
            @ForAll @Size(max = 12) List<Change> changes) {
        InMemoryCrm crm = new InMemoryCrm(amocrm());
        Clinic clinic = Clinic.with(everything());
        Set<String> keys = new HashSet<>();
        List<Event> told = new ArrayList<>();
        List<Event> expected = new ArrayList<>();
        Status status = Status.SCHEDULED;
        LocalDateTime planned = PLANNED;
        LocalDateTime changed = NOW.minusHours(2);
        expected.add(Event.BOOKED);
        for (int i = -1; i < changes.size(); i++) {
            Change change = i < 0 ? Change.NOTHING : changes.get(i);
            Status before = status;
            if (change == Change.CANCELLED && status != Status.COMPLETED) {
                status = Status.CANCELLED;
            } else if (change == Change.ON_AGAIN && status == Status.CANCELLED) {
                status = Status.SCHEDULED;
            } else if (change == Change.LATER) {
                planned = planned.plusDays(1);
            } else if (change == Change.DONE && status == Status.SCHEDULED) {
                status = Status.COMPLETED;
            }
            changed = changed.plusMinutes(1);
            Event event = status != before && status == Status.CANCELLED
                    ? Event.CANCELLED
                    : status != before && status == Status.COMPLETED ? Event.COMPLETED : null;
            if (event != null) {
                expected.add(event);
            }
            ReceptionBuilder now = reception(7).with(status).planStart(planned).changedAt(changed);
            for (int times = 0; times < 2; times++) {
                crm.snapshot().forgetClaims();
                Decision decision = clinic.decide(now, crm);
                assertThat(due(decision)).as("decided again").hasSizeLessThanOrEqualTo(times == 0 ? 1 : 0);
                due(decision).forEach(one -> {
                    assertThat(keys.add(one.key())).as(one.key()).isTrue();
                    told.add(one.event());
                });
                crm.apply(decision);
            }
        }
        told.removeIf(event -> event == Event.MOVED);
        List<Event> offAndDone =
                told.stream().filter(event -> event != Event.BOOKED).toList();
        assertThat(offAndDone)
                .isEqualTo(
                        expected.stream().filter(event -> event != Event.BOOKED).toList());
        assertThat(told.get(0)).isEqualTo(Event.BOOKED);
    }
}
