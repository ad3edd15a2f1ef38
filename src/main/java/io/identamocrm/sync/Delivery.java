package io.identamocrm.sync;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Reception;

/** A decided reception on its way: done when all its writes are. */
final class Delivery {

    static final Failure KEEPS_CHANGING = new Failure(FailureCode.DEAL_NOT_UPDATED, "amoCRM's deal or contact kept changing meanwhile");

    final Reception reception;
    final Decision decision;
    /** How often it has been decided in this run. */
    final int attempt;
    private int openWrites;
    private Failure failure;
    private boolean outdated;

    Delivery(Reception reception, Decision decision, int attempt) {
        this.reception = reception;
        this.decision = decision;
        this.attempt = attempt;
    }

    void writeAdded() {
        openWrites++;
    }

    /** One write succeeded, or the last thing was said about it. */
    void writeSettled() {
        openWrites--;
    }

    void fail(Failure why) {
        failure = failure == null ? why : failure;
    }

    /** amoCRM no longer holds what the decision was built on. */
    void outdate() {
        outdated = true;
    }

    boolean isSettled() {
        return openWrites == 0;
    }

    boolean isOutdated() {
        return outdated && failure == null;
    }

    /** Why it failed, or null. */
    Failure failure() {
        return failure == null ? decision.failure() : failure;
    }
}
