package io.identamocrm.rules;

import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import java.util.List;

/** Skips receptions of a branch that is left out; for any other the branch's own choices hold from here on. */
public final class BranchFilter {

    /** Filters an open case. */
    public ReceptionCase filter(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        Long branch = one.reception().branchId();
        if (branch != null && one.policy().leavesOut(branch)) {
            return one.leave(
                    Outcome.SKIPPED, List.of(new Reason(ReasonText.BRANCH, RuleText.BRANCH_LEFT_OUT.with(branch))));
        }
        return branch == null ? one : one.withPolicy(one.policy().ofBranch(branch));
    }
}
