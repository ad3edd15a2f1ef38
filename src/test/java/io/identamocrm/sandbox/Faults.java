package io.identamocrm.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Faults to be injected: which, into which requests, and when. Of the faults that take the place of an answer or spoil it, the first
 * planned one that applies acts; lasting oddities of an account act beside it.
 */
public final class Faults {

    /** What can go wrong. */
    public enum Fault {
        WRITE_THEN_504("write-then-504", "the write is done, the answer is a gateway's 504", Scope.WRITES, 5),
        WRITE_THEN_RESET("write-then-reset", "the write is done, the connection is reset before the answer", Scope.WRITES, 5),
        RESET_BEFORE_WRITE("reset-before-write", "the connection is reset and nothing is done", Scope.WRITES, 5),
        SERVER_ERROR("server-error", "500 with a trace id, nothing is done", Scope.ANY, 5),
        HTML_502("html-502", "a gateway's 502 in HTML, nothing is done", Scope.ANY, 5),
        TRUNCATED_JSON("truncated-json", "the answer's JSON is cut off", Scope.ANY, 5),
        SLOW("slow", "the answer comes late", Scope.ANY, 5),
        PAYMENT_REQUIRED("payment-required", "402: the subscription has ended", Scope.ANY, 1),
        TOO_MANY_REQUESTS("too-many-requests", "429 as a problem document with retry_after", Scope.ANY, 5),
        TOO_MANY_REQUESTS_HTML("too-many-requests-html", "429 as a gateway's HTML that states no pause", Scope.ANY, 5),
        TOO_MANY_REQUESTS_EMPTY("too-many-requests-empty", "429 without a body", Scope.ANY, 5),
        TOO_MANY_REQUESTS_HEADER("too-many-requests-header", "429 without a body, with the header Retry-After", Scope.ANY, 5),
        BLOCKED("blocked-403", "403 in HTML; injected by name, for every request from the tenth on", Scope.ANY, 10),
        UNAUTHORISED("unauthorised", "401 for one request", Scope.ANY, 10),
        TOKEN_EXPIRED("token-expired", "401: the access token that was sent is refused from then on", Scope.ANY, 10),
        REFRESH_ANSWER_LOST("refresh-answer-lost", "new tokens are issued, the connection is reset before the answer", Scope.TOKENS, 2),
        EMPTY_LIST("empty-list", "204 for a page after the first that has rows", Scope.READS, 3),
        STRICT_REFRESH("strict-refresh", "a refresh token can be used once, without grace", Scope.ANY, 1),
        SEARCH_LAG("search-lag", "searches do not see what was written a moment ago", Scope.ANY, 1),
        FILTERS_IGNORED("filters-ignored", "lists come unfiltered", Scope.ANY, 1),
        UNSTABLE_PAGES("unstable-pages", "rows move between the pages of a list that is not ordered by id", Scope.ANY, 1),
        PARTLY_WRITTEN("partly-written", "a refused batch is written except for its bad items", Scope.ANY, 1),
        REFUSAL_UNNAMED("refusal-unnamed", "a refused batch names none of its items", Scope.ANY, 1),
        ACCOUNT_ZONE("account-zone", "the account's days are Vladivostok's", Scope.ANY, 1),
        MISSING_LEAD_404("missing-404", "404 instead of 204 for an id that does not exist", Scope.ANY, 1),
        DOUBLE_LINK_200("double-link-200", "linking what is linked is answered by 200 instead of 500", Scope.ANY, 1);

        private static final Set<Fault> LASTING = EnumSet.range(STRICT_REFRESH, DOUBLE_LINK_200);

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

        /** True for an oddity of the account, which spoils no single answer. */
        boolean isLasting() {
            return LASTING.contains(this);
        }

        private boolean canHit(Target target) {
            return switch (this) {
                case REFRESH_ANSWER_LOST -> target.scope == Scope.TOKENS;
                case TOKEN_EXPIRED, UNAUTHORISED -> target.scope != Scope.TOKENS;
                case EMPTY_LIST -> target.page > 1;
                default -> true;
            };
        }
    }

    /** Which requests a plan counts; a request for tokens is neither a read nor a write. */
    public enum Scope {
        READS, WRITES, TOKENS, ANY
    }

    /**
     * What a plan looks at.
     *
     * @param scope never {@code ANY}
     * @param path  without query
     * @param page  page of a list asked for, else 1
     */
    record Target(Scope scope, String path, int page) {
    }

    private static final class Plan {
        private final Fault fault;
        private final Scope scope;
        private final String path;
        private final IntPredicate when;
        private int calls;

        private Plan(Fault fault, Scope scope, String path, IntPredicate when) {
            this.fault = fault;
            this.scope = scope;
            this.path = path;
            this.when = when;
        }

        private boolean hits(Target target) {
            return (scope == Scope.ANY || scope == target.scope) && target.path.startsWith(path) && fault.canHit(target)
                    && when.test(++calls);
        }
    }

    private final List<Plan> plans = new ArrayList<>();
    private Duration delay = Duration.ofSeconds(3);
    private Duration lag = Duration.ofSeconds(15);

    /** Injects a fault into the calls whose number within the scope, from 1, fits. */
    public Faults plan(Fault fault, Scope scope, IntPredicate when) {
        return plan(fault, scope, "/", when);
    }

    /** The same for paths that begin so. */
    public synchronized Faults plan(Fault fault, Scope scope, String path, IntPredicate when) {
        plans.add(new Plan(fault, scope, path, when));
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
        for (String name : names.split(",")) {
            String[] parts = name.strip().split(":", 2);
            Fault fault = Arrays.stream(Fault.values()).filter(known -> known.key.equals(parts[0])).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no fault \"" + parts[0] + "\". Known faults: "
                            + Arrays.stream(Fault.values()).map(Fault::key).collect(Collectors.joining(", "))));
            if (parts.length == 2 && !parts[1].matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException("\"" + name.strip() + "\": after the colon comes a number, 2 for every second call");
            }
            int number = parts.length == 2 ? Integer.parseInt(parts[1]) : fault.every;
            if (fault == Fault.BLOCKED) {
                from(number, fault, fault.scope);
            } else {
                every(number, fault, fault.scope);
            }
        }
        return this;
    }

    /** Answers lists unfiltered, as amoCRM does on accounts where filtering is off. */
    public synchronized Faults ignoreFilters(boolean ignored) {
        plans.removeIf(plan -> plan.fault == Fault.FILTERS_IGNORED);
        return ignored ? always(Fault.FILTERS_IGNORED) : this;
    }

    /** How late {@link Fault#SLOW} answers; 3 s unless told otherwise. */
    public synchronized Faults slowBy(Duration time) {
        delay = time;
        return this;
    }

    /** How long {@link Fault#SEARCH_LAG} hides what was written, on the server's clock; 15 s unless told otherwise. */
    public synchronized Faults searchLag(Duration time) {
        lag = time;
        return this;
    }

    /** Everything works again. */
    public synchronized void clear() {
        plans.clear();
    }

    /** The names of the faults planned now. */
    public synchronized List<String> active() {
        return plans.stream().map(plan -> plan.fault.key).distinct().toList();
    }

    synchronized Duration delay() {
        return delay;
    }

    synchronized Duration lag() {
        return lag;
    }

    /** The faults of a request: at most one that touches its answer, and the account's oddities. */
    synchronized Set<Fault> of(Target target) {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        for (Plan plan : plans) {
            boolean free = all.stream().allMatch(Fault::isLasting);
            if (plan.hits(target) && (free || plan.fault.isLasting())) {
                all.add(plan.fault);
            }
        }
        return all;
    }
}
