package io.identamocrm.rules;

import io.identamocrm.model.Attendance;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.model.Text;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Objects;

/** Derives a reception's status; the first match wins (domain rules, section 1). */
public final class StatusRule {

    /** Derives the status of an open case. */
    public ReceptionCase derive(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        Status status = statusOf(
                one.reception().attendance(), one.basis().now(), one.policy().noShowGrace());
        return one.withStatus(
                status,
                new Reason(ReasonText.STATUS, RuleText.STATUS_AS.with(status, factsOf(status, one.reception()))));
    }

    /**
     * The status at a moment.
     *
     * @param visit the facts
     * @param now       the clinic's wall clock
     * @param grace     how long after its planned end a visit nobody came to counts as missed; zero = never
     */
    public static Status statusOf(Attendance visit, LocalDateTime now, Duration grace) {
        if (visit.cancelled()) {
            return Status.CANCELLED;
        }
        if (visit.completed()) {
            return Status.COMPLETED;
        }
        if (visit.arrived()) {
            return Status.ARRIVED;
        }
        boolean missed =
                !grace.isZero() && visit.planEnd() != null && visit.planEnd().isBefore(now.minus(grace));
        return missed ? Status.NO_SHOW : Status.SCHEDULED;
    }

    /** Which facts gave a reception this status, for people. */
    private static Text factsOf(Status status, Reception reception) {
        return switch (status) {
            case CANCELLED -> RuleText.IS_CANCELLED;
            case COMPLETED -> reception.checkIssued() ? RuleText.BILL_WAS_ISSUED : RuleText.TREATMENT_ENDED;
            case ARRIVED -> reception.startedAt() != null ? RuleText.TREATMENT_BEGAN : RuleText.PATIENT_CAME;
            case NO_SHOW -> RuleText.NOBODY_CAME.with(Objects.requireNonNull(reception.planEnd(), "planned end"));
            case SCHEDULED -> RuleText.NOBODY_YET;
        };
    }
}
