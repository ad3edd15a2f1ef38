package io.identamocrm.sandbox;

import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** A fault with the requests that it is meant for. */
final class FaultPlan {

    private final Fault fault;
    private final Predicate<SandboxRequest> which;
    private final IntPredicate when;
    private int calls;

    /** {@code when} is asked for the number, from 1, of a call that fits. */
    FaultPlan(Fault fault, Predicate<SandboxRequest> which, IntPredicate when) {
        this.fault = fault;
        this.which = which;
        this.when = when;
    }

    Fault fault() {
        return fault;
    }

    boolean hits(SandboxRequest request) {
        return canHit(request) && which.test(request) && when.test(++calls);
    }

    private boolean canHit(SandboxRequest request) {
        return switch (fault) {
            case REFRESH_ANSWER_LOST -> request.scope() == Scope.TOKENS;
            case TOKEN_EXPIRED, UNAUTHORISED -> request.scope() != Scope.TOKENS;
            case EMPTY_LIST -> request.page() > 1;
            case LIST_204, LIST_EMPTY_OBJECT, LIST_MISSING, LIST_NULL, LIST_EMPTY_NEXT, LIST_CUT -> request.isList();
            case STALE_CONNECTION -> request.keptAlive();
            default -> true;
        };
    }
}
