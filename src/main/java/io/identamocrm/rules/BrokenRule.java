package io.identamocrm.rules;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;

/** Fails the one case in which a rule, or a step of somebody's own, threw: one never stops the others. */
public final class BrokenRule {

    /**
     * Fails the case.
     *
     * @param cause what was thrown. Its message may repeat a patient's data, so only its class and the place are told
     */
    public SyncCase fail(SyncCase one, Exception cause) {
        StackTraceElement place = cause.getStackTrace().length == 0 ? null : cause.getStackTrace()[0];
        return one.fail(new Failure(FailureCode.INTERNAL, cause.getClass().getSimpleName() + " at " + place));
    }
}
