package io.identamocrm.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Faults to be injected: which, into which requests, and when. The first plan that applies wins. */
public final class Faults {

    /** What can go wrong. */
    public enum Fault {
        /** The write is done, the answer is a gateway's 504. */
        WRITE_THEN_504,
        /** The write is done, the connection is reset before the answer. */
        WRITE_THEN_RESET,
        /** The connection is reset and nothing is done. */
        RESET_BEFORE_WRITE,
        /** 500 with a trace id, nothing is done. */
        SERVER_ERROR,
        /** A gateway's 502 in HTML, nothing is done. */
        HTML_502,
        /** The answer's JSON is cut off. */
        TRUNCATED_JSON,
        /** The answer comes late. */
        SLOW,
        /** 402: the subscription has ended. */
        PAYMENT_REQUIRED,
        /** 429 as a problem document with {@code retry_after}. */
        TOO_MANY_REQUESTS,
        /** 429 as a gateway's HTML, without any pause stated. */
        TOO_MANY_REQUESTS_HTML,
        /** 429 without a body, with the header {@code Retry-After}. */
        TOO_MANY_REQUESTS_HEADER,
        /** 403 in HTML. */
        BLOCKED,
        /** 401. */
        UNAUTHORISED;

        /** The name on a command line. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Which requests a plan counts. */
    public enum Scope {
        READS, WRITES, ANY
    }

    private static final class Plan {
        private final Fault fault;
        private final Scope scope;
        private final IntPredicate when;
        private int calls;

        private Plan(Fault fault, Scope scope, IntPredicate when) {
            this.fault = fault;
            this.scope = scope;
            this.when = when;
        }
    }

    private final List<Plan> plans = new ArrayList<>();
    private volatile boolean filtersIgnored;

    /** Injects a fault into the calls whose number within the scope, from 1, fits. */
    public synchronized Faults plan(Fault fault, Scope scope, IntPredicate when) {
        plans.add(new Plan(fault, scope, when));
        return this;
    }

    /** Injects a fault into every n-th call of the scope. */
    public Faults every(int n, Fault fault, Scope scope) {
        return plan(fault, scope, call -> call % n == 0);
    }

    /** Injects a fault into the next calls of the scope. */
    public Faults next(int calls, Fault fault, Scope scope) {
        return plan(fault, scope, call -> call <= calls);
    }

    /** Answers lists unfiltered, as amoCRM does on accounts where filtering is off. */
    public Faults ignoreFilters(boolean ignored) {
        filtersIgnored = ignored;
        return this;
    }

    /** Everything works again. */
    public synchronized void clear() {
        plans.clear();
        filtersIgnored = false;
    }

    boolean filtersIgnored() {
        return filtersIgnored;
    }

    /** The names of the faults planned now. */
    public synchronized List<String> active() {
        List<String> names = new ArrayList<>(plans.stream().map(plan -> plan.fault.key()).distinct().toList());
        if (filtersIgnored) {
            names.add("filters-ignored");
        }
        return names;
    }

    synchronized Fault of(boolean write) {
        Fault chosen = null;
        for (Plan plan : plans) {
            if (plan.scope == Scope.ANY || (plan.scope == Scope.WRITES) == write) {
                plan.calls++;
                if (chosen == null && plan.when.test(plan.calls)) {
                    chosen = plan.fault;
                }
            }
        }
        return chosen;
    }
}
