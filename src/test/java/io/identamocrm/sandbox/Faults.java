package io.identamocrm.sandbox;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Faults to be injected: which, into which requests, and when. Of the faults that take the place of an answer or spoil it, the first
 * planned one that applies acts; lasting oddities of an account act beside it.
 */
public final class Faults {

    /** What can go wrong. */
    public enum Fault {
        WRITE_THEN_504("write-then-504", "the write is done, the answer is a gateway's 504", Scope.WRITES, 5),
        WRITE_THEN_RESET(
                "write-then-reset", "the write is done, the connection is reset before the answer", Scope.WRITES, 5),
        RESET_BEFORE_WRITE("reset-before-write", "the connection is reset and nothing is done", Scope.WRITES, 5),
        SERVER_ERROR("server-error", "500 with a trace id, nothing is done", Scope.ANY, 5),
        HTML_502("html-502", "a gateway's 502 in HTML, nothing is done", Scope.ANY, 5),
        TRUNCATED_JSON("truncated-json", "the answer's JSON is cut off", Scope.ANY, 5),
        SLOW("slow", "the answer comes late", Scope.ANY, 5),
        PAYMENT_REQUIRED("payment-required", "402: the subscription has ended", Scope.ANY, 1),
        TOO_MANY_REQUESTS("too-many-requests", "429 as a problem document with retry_after", Scope.ANY, 5),
        TOO_MANY_REQUESTS_HTML("too-many-requests-html", "429 as a gateway's HTML that states no pause", Scope.ANY, 5),
        TOO_MANY_REQUESTS_EMPTY("too-many-requests-empty", "429 without a body", Scope.ANY, 5),
        TOO_MANY_REQUESTS_HEADER(
                "too-many-requests-header", "429 without a body, with the header Retry-After", Scope.ANY, 5),
        BLOCKED("blocked-403", "403 in HTML; injected by name, for every request from the tenth on", Scope.ANY, 10),
        UNAUTHORISED("unauthorised", "401 for one request", Scope.ANY, 10),
        TOKEN_EXPIRED("token-expired", "401: the access token that was sent is refused from then on", Scope.ANY, 10),
        REFRESH_ANSWER_LOST(
                "refresh-answer-lost",
                "new tokens are issued, the connection is reset before the answer",
                Scope.TOKENS,
                2),
        EMPTY_LIST("empty-list", "204 for a page after the first that has rows", Scope.READS, 3),
        STRICT_REFRESH("strict-refresh", "a refresh token can be used once, without grace", Scope.ANY, 1),
        SEARCH_LAG("search-lag", "searches do not see what was written a moment ago", Scope.ANY, 1),
        FILTERS_IGNORED("filters-ignored", "lists come unfiltered", Scope.ANY, 1),
        UNSTABLE_PAGES(
                "unstable-pages", "rows move between the pages of a list that is not ordered by id", Scope.ANY, 1),
        PARTLY_WRITTEN("partly-written", "a refused batch is written except for its bad items", Scope.ANY, 1),
        REFUSAL_UNNAMED("refusal-unnamed", "a refused batch names none of its items", Scope.ANY, 1),
        ACCOUNT_ZONE("account-zone", "the account's days are Vladivostok's", Scope.ANY, 1),
        MISSING_LEAD_404("missing-404", "404 instead of 204 for an id that does not exist", Scope.ANY, 1),
        DOUBLE_LINK_200("double-link-200", "linking what is linked is answered by 200 instead of 500", Scope.ANY, 1),
        CLOSED_BEFORE_WRITE(
                "closed-before-write", "the connection is closed without a word and nothing is done", Scope.WRITES, 5),
        WRITE_THEN_CLOSED(
                "write-then-closed", "the write is done, the connection is closed without a word", Scope.WRITES, 5),
        STALE_CONNECTION("stale-connection", "a connection in use is found closed: nothing is done", Scope.ANY, 5),
        ANSWER_CUT(
                "answer-cut",
                "the request is done, the connection is closed in the middle of the answer",
                Scope.ANY,
                5),
        TRICKLE("trickle", "the request is done, the answer comes byte by byte", Scope.ANY, 5),
        HANG("hang", "the request is done, the answer does not come before the client hangs up", Scope.ANY, 10),
        LIST_204("list-204", "204 for a list that has rows, on any page", Scope.READS, 3),
        LIST_EMPTY_OBJECT("list-empty-object", "200 with {} for a list", Scope.READS, 3),
        LIST_MISSING("list-missing", "200 with an _embedded that lacks the list", Scope.READS, 3),
        LIST_NULL("list-null", "200 with null in place of the list", Scope.READS, 3),
        LIST_EMPTY_NEXT("list-empty-next", "200 with an empty list and a link to the next page", Scope.READS, 3),
        LIST_CUT("list-cut", "200 with half of a page's rows and no link to the next page", Scope.READS, 3),
        ORDER_IGNORED("order-ignored", "lists come in another order than asked for", Scope.ANY, 1),
        LIMIT_IGNORED("limit-ignored", "lists come in pages of 50, whatever was asked for", Scope.ANY, 1),
        LIST_LAG("list-lag", "no list shows what was written a moment ago, reads by id do", Scope.ANY, 1),
        ROWS_REPEATED(
                "rows-repeated",
                "the second page begins with the last row of the first, as though one had come in",
                Scope.ANY,
                1),
        ROWS_WITH_NULLS("rows-with-nulls", "rows of lists have null where tags and links stand", Scope.ANY, 1),
        NEGATIVE_DATES_REFUSED("negative-dates-refused", "days before 1970 are refused as Unix seconds", Scope.ANY, 1),
        GONE_IS_DELETED(
                "gone-is-deleted", "what was deleted or merged is read by id with is_deleted: true", Scope.ANY, 1),
        GONE_BATCH_404(
                "gone-batch-404",
                "404 for a batch of changes with an id that does not exist, nothing is done",
                Scope.ANY,
                1),
        GONE_BATCH_204("gone-batch-204", "204 for such a batch, the others are changed", Scope.ANY, 1),
        CODES_WITHOUT_UNDERSCORES(
                "codes-without-underscores", "a field's code with an underscore is refused", Scope.ANY, 1),
        CLOCK_APART("clock-apart", "the server's clock is ten minutes ahead", Scope.ANY, 1),
        RESTLESS_MANAGERS(
                "restless-managers",
                "a manager edits, moves, closes, merges or deletes something before it",
                Scope.ANY,
                5);

        private static final Set<Fault> LASTING = EnumSet.range(STRICT_REFRESH, DOUBLE_LINK_200);

        static {
            LASTING.addAll(EnumSet.range(ORDER_IGNORED, RESTLESS_MANAGERS));
        }

        private final String key;
        private final String description;
        private final Scope scope;
        private final int every;

        Fault(String key, String description, Scope scope, int every) {
            this.key = key;
            this.description = description;
            this.scope = scope;
            this.every = every;
        }

        /** The name on a command line. */
        public String key() {
            return key;
        }

        /** One line for people. */
        public String description() {
            return description;
        }

        /** The calls that are hit if it is injected by name alone. */
        Scope scope() {
            return scope;
        }

        /** Of these so many-eth. */
        int every() {
            return every;
        }

        /** True if nothing is answered. */
        boolean closesInstead() {
            return this == RESET_BEFORE_WRITE
                    || this == WRITE_THEN_RESET
                    || this == REFRESH_ANSWER_LOST
                    || this == CLOSED_BEFORE_WRITE
                    || this == WRITE_THEN_CLOSED
                    || this == STALE_CONNECTION;
        }

        /** True for an oddity of the account, which spoils no single answer. */
        boolean isLasting() {
            return LASTING.contains(this);
        }
    }

    /** Which requests a plan counts; a request for tokens is neither a read nor a write. */
    public enum Scope {
        READS,
        WRITES,
        TOKENS,
        ANY;

        private boolean covers(SandboxRequest request) {
            return this == ANY || this == request.scope();
        }
    }

    // Read without a lock: by whoever holds the account, for which a plan's condition may be waiting.
    private final List<FaultPlan> plans = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ofSeconds(3);
    private volatile Duration lag = Duration.ofSeconds(15);
    private volatile Duration trickle = Duration.ofMillis(50);
    private volatile Duration apart = Duration.ofMinutes(10);
    private int releases;

    /** Injects a fault into the calls whose number within the scope, from 1, fits. */
    public Faults plan(Fault fault, Scope scope, IntPredicate when) {
        return plan(fault, scope, "/", when);
    }

    /** The same for paths that begin so. */
    public Faults plan(Fault fault, Scope scope, String path, IntPredicate when) {
        return add(new FaultPlan(
                fault, request -> scope.covers(request) && request.path().startsWith(path), when));
    }

    /** Injects a fault into the requests that fit, such as those of {@link Requests}. */
    public Faults on(Fault fault, Predicate<SandboxRequest> which) {
        return add(new FaultPlan(fault, which, call -> true));
    }

    private Faults add(FaultPlan plan) {
        plans.add(plan);
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

    /** Injects a fault into the n-th call of the scope and into all that follow, as a block that sticks. */
    public Faults from(int n, Fault fault, Scope scope) {
        return plan(fault, scope, call -> call >= n);
    }

    /** Injects a fault into every call. */
    public Faults always(Fault fault) {
        return every(1, fault, Scope.ANY);
    }

    /** Calls chosen by chance, the same ones for the same seed and order of calls. */
    public static IntPredicate withProbability(double probability, long seed) {
        Random random = new Random(seed);
        return call -> random.nextDouble() < probability;
    }

    /**
     * Injects faults by their names, separated by commas, each into the calls it is known for; {@code slow:2} means every second one. A
     * block sticks: {@code blocked-403:2} means the second and all after it.
     *
     * @throws IllegalArgumentException naming the known faults, if there is no such fault or no such number
     */
    public Faults inject(String names) {
        FaultNames.inject(names, this);
        return this;
    }

    /** Answers lists unfiltered, as amoCRM does on accounts where filtering is off. */
    public Faults ignoreFilters(boolean ignored) {
        plans.removeIf(plan -> plan.fault() == Fault.FILTERS_IGNORED);
        return ignored ? always(Fault.FILTERS_IGNORED) : this;
    }

    /** How late {@link Fault#SLOW} answers; 3 s unless told otherwise. */
    public Faults slowBy(Duration time) {
        delay = time;
        return this;
    }

    /**
     * How long {@link Fault#SEARCH_LAG} and {@link Fault#LIST_LAG} hide what was written, on the server's clock; 15 s unless told
     * otherwise.
     */
    public Faults searchLag(Duration time) {
        lag = time;
        return this;
    }

    /** The pause before each byte of {@link Fault#TRICKLE}; 50 ms unless told otherwise. */
    public Faults trickleBy(Duration pause) {
        trickle = pause;
        return this;
    }

    /** How far {@link Fault#CLOCK_APART} sets the server's clock ahead; ten minutes unless told otherwise, negative = behind. */
    public Faults clockApartBy(Duration time) {
        apart = time;
        return this;
    }

    /** Lets answers out that hang, and at once what is left of those that trickle. */
    public synchronized void release() {
        releases++;
        notifyAll();
    }

    /** Everything works again. */
    public synchronized void clear() {
        plans.clear();
        release();
    }

    /** The names of the faults planned now. */
    public List<String> active() {
        return plans.stream().map(plan -> plan.fault().key).distinct().toList();
    }

    Duration delay() {
        return delay;
    }

    Duration lag() {
        return lag;
    }

    Duration trickle() {
        return trickle;
    }

    /** How far the server's clock is ahead. */
    Duration apart() {
        return plans.stream().anyMatch(plan -> plan.fault() == Fault.CLOCK_APART) ? apart : Duration.ZERO;
    }

    /** So many times answers were released so far. */
    synchronized int releases() {
        return releases;
    }

    /** Waits this long, or until answers are released after so many times; true if they are. */
    synchronized boolean awaitRelease(int after, Duration time) throws InterruptedException {
        if (releases == after && time.toMillis() > 0) {
            wait(time.toMillis());
        }
        return releases > after;
    }

    /** The faults of a request: at most one that touches its answer, and the account's oddities. */
    synchronized Set<Fault> of(SandboxRequest request) {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        for (FaultPlan plan : plans) {
            boolean free = all.stream().allMatch(Fault::isLasting);
            if (plan.hits(request) && (free || plan.fault().isLasting())) {
                all.add(plan.fault());
            }
        }
        return all;
    }
}
