package io.identamocrm.sandbox;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.Journal.Kind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;

/** The WireMock extension: a request passes the rate rule, the planned faults and the token check, then reaches the API or a page. */
final class SandboxResponses implements ResponseDefinitionTransformerV2 {

    private final AmoSandbox sandbox;
    private final Api api;
    private final Pages pages;
    private final TokenDesk tokens;
    private final Journal journal;
    private final Faults faults;
    private final RateRule rate;
    private final Audit audit;
    private final SandboxOptions options;

    SandboxResponses(AmoSandbox sandbox, RateRule rate, Audit audit, SandboxOptions options) {
        this.sandbox = sandbox;
        this.tokens = sandbox.tokens();
        this.journal = sandbox.journal();
        this.faults = sandbox.faults();
        this.api = new Api(sandbox.account().content(), faults, tokens);
        this.pages = new Pages(sandbox.account(), journal, faults);
        this.rate = rate;
        this.audit = audit;
        this.options = options;
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
        Request request = event.getRequest();
        String[] url = request.getUrl().split("\\?", 2);
        if (!url[0].startsWith("/api/") && !url[0].startsWith("/oauth2/")) {
            boolean spoil = "POST".equals(request.getMethod().getName()) && url[0].startsWith(AmoSandbox.FAULTS);
            return definition(spoil ? pages.spoil(url[0].substring(AmoSandbox.FAULTS.length())) : pages.page(url[0])).build();
        }
        String authorization = request.getHeader("Authorization");
        RateRule.Arrival arrival = rate.arrival(tokens.integration(authorization), request.getClientIp());
        String method = request.getMethod().getName();
        QueryParameters query = QueryParameters.parse(url.length > 1 ? url[1] : null);
        Kind kind = api.kind(method, url[0]);
        Set<Fault> suffered = arrival.verdict() != RateRule.Verdict.ALLOWED ? Set.of()
                : faults.of(new Faults.Target(scope(method, kind), url[0], query.number("page", 1)));
        Fault fault = suffered.stream().filter(any -> !any.isLasting()).findFirst().orElse(null);
        String text = request.getBodyAsString();
        Call call = new Call(method, base(request), url[0], query, Call.json(text), suffered);
        audit.look(call, sandbox.baseUrl());
        Reply reply = switch (arrival.verdict()) {
            case BLOCKED -> Reply.inPlaceOf(Fault.BLOCKED);
            case TOO_MANY -> {
                audit.overRate(method + " " + url[0], options.rate().perSecond());
                yield Reply.inPlaceOf(options.rate().form());
            }
            case ALLOWED -> reply(fault, call, kind, authorization);
        };
        journal.add(new Journal.Entry(arrival.nanos(), options.clock().instant(), kind, method, url[0], query.toString(),
                call.body().isArray() ? call.body().size() : 0, reply == null ? 0 : reply.status(),
                fault == null ? null : fault.key()), text);
        if (reply == null) {
            return new ResponseDefinitionBuilder().withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER).build();
        }
        ResponseDefinitionBuilder definition = definition(reply);
        return (fault == Fault.SLOW ? definition.withFixedDelay((int) faults.delay().toMillis()) : definition).build();
    }

    private static String base(Request request) {
        return request.getScheme() + "://" + request.getHost() + ":" + request.getPort();
    }

    private static Scope scope(String method, Kind kind) {
        return kind == Kind.TOKENS ? Scope.TOKENS : "GET".equals(method) ? Scope.READS : Scope.WRITES;
    }

    /** The reply, or null for a connection that is reset. */
    private Reply reply(Fault fault, Call call, Kind kind, String authorization) {
        if (fault == Fault.RESET_BEFORE_WRITE) {
            return null;
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
        if (fault == Fault.WRITE_THEN_RESET || fault == Fault.REFRESH_ANSWER_LOST) {
            return null;
        }
        if (fault == Fault.WRITE_THEN_504) {
            return Reply.gateway(504, "Gateway Time-out");
        }
        return fault == Fault.TRUNCATED_JSON ? reply.truncated() : reply;
    }

    private ResponseDefinitionBuilder definition(Reply reply) {
        ResponseDefinitionBuilder definition = new ResponseDefinitionBuilder().withStatus(reply.status())
                .withHeader("X-Request-Id", UUID.randomUUID().toString())
                .withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(options.clock().instant().atZone(ZoneOffset.UTC)));
        if (reply.retryAfter() != null) {
            definition.withHeader("Retry-After", reply.retryAfter().toString());
        }
        if (reply.body() != null) {
            definition.withHeader("Content-Type", reply.contentType()).withBody(reply.body());
        }
        return definition;
    }
}
