package io.identamocrm.sandbox;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Journal.Kind;
import io.identamocrm.sandbox.RateRule.Verdict;
import java.time.Clock;
import java.util.Set;

/**
 * The WireMock extension: a request passes the hooks, the rate rule, the planned faults and the token check, then reaches the API or a
 * page, and its answer passes the hooks again.
 */
final class SandboxResponses implements ResponseDefinitionTransformerV2, ServeEventListener {

    private final AmoSandbox sandbox;
    private final Api api;
    private final Pages pages;
    private final TokenDesk tokens;
    private final Journal journal;
    private final Faults faults;
    private final Hooks hooks;
    private final RateRule rate;
    private final Audit audit;
    private final SandboxOptions options;
    private final Clock clock;
    private final Connections connections;
    private final Delivery delivery;
    private final RequestCounter counter = new RequestCounter();

    SandboxResponses(AmoSandbox sandbox, RateRule rate, Audit audit, Connections connections, SandboxOptions options) {
        this.sandbox = sandbox;
        this.tokens = sandbox.tokens();
        this.journal = sandbox.journal();
        this.faults = sandbox.faults();
        this.hooks = sandbox.hooks();
        this.api = new Api(sandbox.account().content(), faults, tokens);
        this.pages = new Pages(sandbox.account(), journal, faults);
        this.rate = rate;
        this.audit = audit;
        this.options = options;
        this.clock = options.clock();
        this.connections = connections;
        this.delivery = new Delivery(faults, clock);
    }

    @Override
    public String getName() {
        return "amo-sandbox";
    }

    @Override
    public boolean applyGlobally() {
        return true;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Wire wire = connections.begin();
        Request request = event.getRequest();
        String[] url = request.getUrl().split("\\?", 2);
        String method = request.getMethod().getName();
        if (!url[0].startsWith("/api/") && !url[0].startsWith("/oauth2/")) {
            boolean spoil = "POST".equals(method) && url[0].startsWith(AmoSandbox.FAULTS);
            return delivery.of(spoil ? pages.spoil(url[0].substring(AmoSandbox.FAULTS.length())) : pages.page(url[0]), null, wire, 0);
        }
        QueryParameters query = QueryParameters.parse(url.length > 1 ? url[1] : null);
        Body body = Body.of(request.getBody());
        SandboxRequest asked = counter.number(new SandboxRequest(0, 0, api.kind(method, url[0]), method, url[0], query.toString(),
                query.number("page", 1), body.text(), wire.isKeptAlive(), 0));
        hooks.arrived(asked);
        RateRule.Arrival arrival = rate.arrival(tokens.integration(request.getHeader("Authorization")), request.getClientIp());
        Set<Fault> suffered = arrival.verdict() == Verdict.ALLOWED ? faults.of(asked) : Set.of();
        Fault fault = suffered.stream().filter(any -> !any.isLasting()).findFirst().orElse(null);
        Call call = new Call(method, base(request), url[0], query, body.json(), suffered);
        audit.look(call, sandbox.baseUrl());
        Reply reply = reply(arrival.verdict(), fault, call, asked.kind(), request.getHeader("Authorization"));
        boolean sent = reply != null && (fault == null || !fault.closesInstead());
        int releases = faults.releases();
        SandboxRequest answered = asked.answered(sent ? reply.status() : 0);
        journal.add(new Journal.Entry(arrival.nanos(), clock.instant(), asked.kind(), method, url[0], query.toString(),
                call.body().isArray() ? call.body().size() : 0, answered.status(), fault == null ? null : fault.key()), body.text());
        hooks.done(answered);
        if (fault == Fault.HANG) {
            delivery.hang(wire, releases);
        }
        hooks.answering(event.getId(), answered);
        return delivery.of(reply, fault, wire, releases);
    }

    @Override
    public void afterComplete(ServeEvent event, Parameters parameters) {
        connections.end();
        hooks.answered(event.getId());
    }

    private static String base(Request request) {
        return request.getScheme() + "://" + request.getHost() + ":" + request.getPort();
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
        if (fault == Fault.RESET_BEFORE_WRITE || fault == Fault.CLOSED_BEFORE_WRITE || fault == Fault.STALE_CONNECTION) {
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
