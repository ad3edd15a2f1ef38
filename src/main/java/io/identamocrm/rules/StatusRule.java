package io.identamocrm.rules;

import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import java.time.Duration;
import java.time.LocalDateTime;

/** Derives a reception's status; the first match wins (domain rules, section 1). */
public final class StatusRule {

    private StatusRule() {
    }

    /**
     * The status at a moment.
     *
     * @param reception the reception
     * @param now       the clinic's wall clock
     * @param grace     how long after its planned end a visit nobody came to counts as missed; zero = never
     */
    public static Status statusOf(Reception reception, LocalDateTime now, Duration grace) {
        if (reception.cancelled()) {
            return Status.CANCELLED;
        }
        if (reception.checkIssued() || reception.endedAt() != null) {
            return Status.COMPLETED;
        }
        if (reception.startedAt() != null || reception.appearedAt() != null) {
            return Status.ARRIVED;
        }
        boolean missed = !grace.isZero() && reception.planEnd() != null && reception.planEnd().isBefore(now.minus(grace));
        return missed ? Status.NO_SHOW : Status.SCHEDULED;
    }
}
