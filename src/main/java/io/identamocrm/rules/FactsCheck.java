package io.identamocrm.rules;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;

/** Fails a reception whose row lacks what every further step needs, and names the facts of any other. */
public final class FactsCheck {

    /** Checks an open case. */
    public SyncCase check(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        FailureCode problem = problemOf(one.reception());
        return problem == null ? one.withReason(new Reason("facts", factsOf(one.reception()))) : one.fail(Failure.of(problem));
    }

    private static FailureCode problemOf(Reception reception) {
        if (reception.patient() == null) {
            return FailureCode.PATIENT_NOT_FOUND;
        }
        if (reception.planStart() == null) {
            return FailureCode.PLAN_START_MISSING;
        }
        return reception.completedBefore() == null ? FailureCode.COMPLETED_COUNT_UNREADABLE : null;
    }

    private static String factsOf(Reception reception) {
        return "patient " + reception.patient().id() + ", planned " + reception.planStart() + mark(", arrived ", reception.appearedAt())
                + mark(", started ", reception.startedAt()) + mark(", ended ", reception.endedAt())
                + (reception.checkIssued() ? ", bill issued" : "") + (reception.cancelled() ? ", cancelled" : "")
                + mark(", moved from reception ", reception.transferredFrom()) + mark(", branch ", reception.branchId())
                + mark(", last changed ", reception.changedAt());
    }

    private static String mark(String label, Object value) {
        return value == null ? "" : label + value;
    }
}
