package io.identamocrm.rules;

import org.jspecify.annotations.Nullable;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.List;

/** Fails a reception whose row lacks what every further step needs, and names the facts of any other. */
public final class FactsCheck {

    /** Checks an open case. */
    public SyncCase check(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        FailureCode problem = problemOf(one.reception());
        return problem == null
                ? one.withReason(new Reason(ReasonText.FACTS, factsOf(one.reception())))
                : one.fail(Failure.of(problem));
    }

    private static @Nullable FailureCode problemOf(Reception reception) {
        if (reception.patient() == null) {
            return FailureCode.PATIENT_NOT_FOUND;
        }
        if (reception.planStart() == null) {
            return FailureCode.PLAN_START_MISSING;
        }
        return reception.completedBefore() == null ? FailureCode.COMPLETED_COUNT_UNREADABLE : null;
    }

    private static Text factsOf(Reception reception) {
        List<Text> facts = new ArrayList<>(
                List.of(RuleText.PATIENT_IS.with(reception.patient().id(), reception.planStart())));
        mark(facts, RuleText.ARRIVED, reception.appearedAt());
        mark(facts, RuleText.STARTED, reception.startedAt());
        mark(facts, RuleText.ENDED, reception.endedAt());
        if (reception.checkIssued()) {
            facts.add(RuleText.BILL_ISSUED);
        }
        if (reception.cancelled()) {
            facts.add(RuleText.CANCELLED);
        }
        mark(facts, RuleText.MOVED_FROM, reception.transferredFrom());
        mark(facts, RuleText.OF_BRANCH, reception.branchId());
        mark(facts, RuleText.LAST_CHANGED, reception.changedAt());
        return Text.joined(Text.of(""), facts);
    }

    private static void mark(List<Text> facts, RuleText label, @Nullable Object value) {
        if (value != null) {
            facts.add(label.with(value));
        }
    }
}
