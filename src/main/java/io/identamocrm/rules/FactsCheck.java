package io.identamocrm.rules;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fails a reception whose row lacks what every further step needs, and names the facts of any other. */
public final class FactsCheck {

    /** Checks an open case. */
    public SyncCase check(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        Reception reception = one.reception();
        if (reception.patient() == null) {
            return one.fail(Failure.of(FailureCode.PATIENT_NOT_FOUND));
        }
        if (reception.planStart() == null) {
            return one.fail(Failure.of(FailureCode.PLAN_START_MISSING));
        }
        if (reception.completedBefore() == null) {
            return one.fail(Failure.of(FailureCode.COMPLETED_COUNT_UNREADABLE));
        }
        Text who = RuleText.PATIENT_IS.with(reception.patient().id(), reception.planStart());
        return one.withReason(new Reason(ReasonText.FACTS, factsOf(who, reception)));
    }

    private static Text factsOf(Text who, Reception reception) {
        List<Text> facts = new ArrayList<>(List.of(who));
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
