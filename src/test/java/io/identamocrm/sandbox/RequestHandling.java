package io.identamocrm.sandbox;

import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Journal.Kind;
import io.identamocrm.sandbox.RateRule.Verdict;
import java.time.Clock;
import java.util.Set;

/**
 * What becomes of a request, however it came: it passes the hooks, the rate rule, the planned faults and the token check, then reaches the
 * API, and its answer passes the hooks again.
 */
final class RequestHandling {

    /**
     * A request as it came in.
     *
     * @param url           path and query
     * @param body          null or empty without one
     * @param authorization the header, or null
     * @param address       the client's
     * @param base          scheme, host and port it was sent to
     * @param keptAlive     true if its connection carried another request before
     */
    record Arrived(
            String method,
            String url,
            byte[] body,
            String authorization,
            String address,
            String base,
            boolean keptAlive) {

        String path() {
            return url.split("\\?", 2)[0];
        }

        private String query() {
            String[] parts = url.split("\\?", 2);
            return parts.length > 1 ? parts[1] : null;
        }
    }

    /**
     * What became of it.
     *
     * @param request  with the status of its answer; 0 if there is none
     * @param reply    null where the request is not looked at
     * @param fault    what goes wrong with its answer, or null
     * @param releases how many times answers had been released when it was carried out
     */
    record Handled(SandboxRequest request, Reply reply, Fault fault, int releases) {}

    private final AmoSandbox sandbox;
    private final Api api;
    private final TokenDesk tokens;
    private final Journal journal;
    private final Faults faults;
    private final Hooks hooks;
    private final RateRule rate;
    private final Audit audit;
    private final SandboxOptions options;
    private final Clock clock;
    private final RequestCounter counter = new RequestCounter();

    RequestHandling(AmoSandbox sandbox, RateRule rate, Audit audit, SandboxOptions options) {
        this.sandbox = sandbox;
        this.tokens = sandbox.tokens();
        this.journal = sandbox.journal();
        this.faults = sandbox.faults();
        this.hooks = sandbox.hooks();
        this.api = new Api(sandbox.account().content(), faults, tokens);
        this.rate = rate;
        this.audit = audit;
        this.options = options;
        this.clock = options.clock();
    }

    Handled handle(Arrived arrived) {
        QueryParameters query = QueryParameters.parse(arrived.query());
        Body body = Body.of(arrived.body());
        String path = arrived.path();
        SandboxRequest asked = counter.number(new SandboxRequest(
                0,
                0,
                api.kind(arrived.method(), path),
                arrived.method(),
                path,
                query.toString(),
                query.number("page", 1),
                body.text(),
                arrived.keptAlive(),
                0));
        hooks.arrived(asked);
        RateRule.Arrival arrival = rate.arrival(tokens.integration(arrived.authorization()), arrived.address());
        Set<Fault> suffered = arrival.verdict() == Verdict.ALLOWED ? faults.of(asked) : Set.of();
        Fault fault =
                suffered.stream().filter(any -> !any.isLasting()).findFirst().orElse(null);
        Call call = new Call(arrived.method(), arrived.base(), path, query, body.json(), suffered);
        audit.look(call, sandbox.baseUrl());
        Reply reply = reply(arrival.verdict(), fault, call, asked.kind(), arrived.authorization());
        boolean sent = reply != null && (fault == null || !fault.closesInstead());
        int releases = faults.releases();
        SandboxRequest answered = asked.answered(sent ? reply.status() : 0);
        journal.add(
                new Journal.Entry(
                        arrival.nanos(),
                        clock.instant(),
                        asked.kind(),
                        arrived.method(),
                        path,
                        query.toString(),
                        call.body().isArray() ? call.body().size() : 0,
                        answered.status(),
                        fault == null ? null : fault.key()),
                body.text());
        hooks.done(answered);
        return new Handled(answered, reply, fault, releases);
    }

    /** The reply, or null where the request is not looked at. */
    private Reply reply(Verdict verdict, Fault fault, Call call, Kind kind, String authorization) {
        switch (verdict) {
            case BLOCKED:
                return Reply.inPlaceOf(Fault.BLOCKED);
            case TOO_MANY:
                audit.overRate(call.method() + " " + call.path(), options.rate().perSecond());
                return Reply.inPlaceOf(options.rate().form());
            default:
                break;
        }
        if (fault == Fault.RESET_BEFORE_WRITE
                || fault == Fault.CLOSED_BEFORE_WRITE
                || fault == Fault.STALE_CONNECTION) {
            return null;
        }
        if (call.suffers(Fault.RESTLESS_MANAGERS)) {
            sandbox.managers().act();
        }
        if (fault == Fault.TOKEN_EXPIRED) {
            tokens.expire(authorization);
        }
        Reply instead = fault == null ? null : Reply.inPlaceOf(fault);
        if (instead != null) {
            return instead;
        }
        if (kind != Kind.TOKENS && !tokens.accepts(authorization)) {
            return Reply.unauthorised();
        }
        Reply reply = api.answer(call);
        if (fault == null) {
            return reply;
        }
        return switch (fault) {
            case WRITE_THEN_504 -> Reply.gateway(504, "Gateway Time-out");
            case TRUNCATED_JSON -> reply.truncated();
            case EMPTY_LIST, LIST_204, LIST_EMPTY_OBJECT, LIST_MISSING, LIST_NULL, LIST_EMPTY_NEXT, LIST_CUT ->
                OddList.of(fault, reply, call);
            default -> reply;
        };
    }
}
