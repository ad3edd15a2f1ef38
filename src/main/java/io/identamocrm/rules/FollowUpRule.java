package io.identamocrm.rules;

import io.identamocrm.model.Delivered;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.FollowUp.Event;
import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.model.FollowUpPolicy;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Status;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a manager is to hear of once a reception is delivered (domain rules, section 7): what has happened to it since it was last
 * delivered, where the clinic wants that told. One change is one event: a visit that was moved is neither cancelled nor booked.
 */
public final class FollowUpRule {

    private static final Set<Outcome> DELIVERED =
            EnumSet.of(Outcome.CREATED, Outcome.CREATED_DEAL, Outcome.UPDATED, Outcome.UNCHANGED);

    /** Adds to a concluded case what is to be told once it is delivered. */
    public ReceptionCase foretell(ReceptionCase one) {
        if (one.policy().followUps().isOff() || !DELIVERED.contains(one.outcome()) || one.place() == null) {
            return one;
        }
        FollowUpPolicy policy = one.policy().followUps();
        Delivered before = one.last();
        Event event = before == null ? firstEventOf(one) : eventOf(one, before);
        if (event == null) {
            return one;
        }
        Kind kind = policy.kindOf(one.funnel(), event);
        if (kind == null) {
            return one;
        }
        if (isOlder(one, event, policy.notOlder())) {
            return one.withReason(new Reason(
                    ReasonText.FOLLOW_UP,
                    RuleText.FOLLOW_UP_TOO_OLD.with(event, policy.notOlder().toHours())));
        }
        return one.withFollowUp(
                new FollowUp(
                        one.id(),
                        event,
                        kind,
                        newsOf(one, before, event),
                        userOf(one),
                        one.basis().now().toEpochSecond(ZoneOffset.UTC)),
                new Reason(ReasonText.FOLLOW_UP, RuleText.FOLLOW_UP_DUE.with(kind, event)));
    }

    /** Of a visit of which nobody knows what was delivered before: news only if it gets its deal now, and is no history. */
    private static @Nullable Event firstEventOf(ReceptionCase one) {
        LocalDateTime history = one.basis().history();
        LocalDateTime changed = one.reception().changedAt();
        boolean isNew = one.deal() == null || one.isTakenOver();
        boolean isHistory = history != null && (changed == null || !changed.isAfter(history));
        return !isNew || isHistory
                ? null
                : switch (one.status()) {
                    case SCHEDULED, ARRIVED -> Event.BOOKED;
                    case COMPLETED -> Event.COMPLETED;
                    case CANCELLED, NO_SHOW -> null;
                };
    }

    private static @Nullable Event eventOf(ReceptionCase one, Delivered before) {
        boolean sameStatus = before.status() == one.status();
        return switch (one.status()) {
            case CANCELLED -> sameStatus ? null : Event.CANCELLED;
            case NO_SHOW -> sameStatus ? null : Event.MISSED;
            case COMPLETED -> sameStatus ? null : Event.COMPLETED;
            case ARRIVED -> null;
            case SCHEDULED ->
                before.plan() != null && !before.plan().equals(one.plan())
                        ? Event.MOVED
                        // One that counted as missed and does not any more is waited for longer, and nobody booked it.
                        : before.status() == Status.CANCELLED ? Event.BOOKED : null;
        };
    }

    /** A visit is missed when its grace is over, everything else when somebody writes it down. */
    private static boolean isOlder(ReceptionCase one, Event event, Duration notOlder) {
        LocalDateTime planEnd = one.reception().planEnd();
        LocalDateTime happened = event == Event.MISSED && planEnd != null
                ? planEnd.plus(one.policy().noShowGrace())
                : one.reception().changedAt();
        return happened != null && happened.isBefore(one.basis().now().minus(notOlder));
    }

    /** Equal however often the same change is decided, another for the next one. */
    private static String newsOf(ReceptionCase one, @Nullable Delivered before, Event event) {
        Status was = before == null ? null : before.status();
        String change =
                event + " " + one.plan() + " " + was + " " + one.reception().changedAt();
        return one.basis().fingerprint().of(change);
    }

    /** Who is responsible for a deal that is opened now is known; of any other, managers may have chosen somebody. */
    private static @Nullable Long userOf(ReceptionCase one) {
        Long named = one.policy().responsibleUserId();
        return one.deal() != null ? null : named == null ? Long.valueOf(FollowUp.NOBODY_NAMED) : named;
    }
}
