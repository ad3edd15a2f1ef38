package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The WireMock extension: every request passes the rate rule, the token check and the planned faults, then reaches the API or a page. */
final class SandboxResponses implements ResponseDefinitionTransformerV2 {

    private static final int LATE_MILLISECONDS = 3000;

    private final Api api;
    private final Pages pages;
    private final Journal journal;
    private final Faults faults;
    private final RateRule rate;
    private final SandboxOptions options;

    SandboxResponses(Api api, Pages pages, Journal journal, Faults faults, RateRule rate, SandboxOptions options) {
        this.api = api;
        this.pages = pages;
        this.journal = journal;
        this.faults = faults;
        this.rate = rate;
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
        long nanos = options.nanos().getAsLong();
        Clock clock = options.clock();
        URI uri = URI.create(request.getUrl().replace("[", "%5B").replace("]", "%5D"));
        if (!uri.getPath().startsWith("/api/") && !uri.getPath().startsWith("/oauth2/")) {
            return definition(pages.page(uri.getPath()), clock).build();
        }
        String method = request.getMethod().getName();
        boolean write = !"GET".equals(method);
        boolean allowed = rate.allows();
        Faults.Fault fault = allowed ? faults.of(write) : null;
        String body = request.getBodyAsString();
        Reply reply = allowed ? reply(fault, request, method, uri, body) : tooMany();
        journal.add(new Journal.Entry(nanos, clock.instant(), method, uri.getPath(), uri.getQuery(),
                body.startsWith("[") ? items(body) : 0, reply == null ? 0 : reply.status(), fault == null ? null : fault.key()));
        if (reply == null) {
            return new ResponseDefinitionBuilder().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
        }
        ResponseDefinitionBuilder definition = definition(reply, clock);
        if (fault == Faults.Fault.SLOW) {
            definition.withFixedDelay(LATE_MILLISECONDS);
        }
        if (fault == Faults.Fault.TOO_MANY_REQUESTS_HEADER) {
            definition.withHeader("Retry-After", "1");
        }
        return definition.build();
    }

    /** The reply, or null for a connection that is reset. */
    private Reply reply(Faults.Fault fault, Request request, String method, URI uri, String body) {
        if (fault != null) {
            switch (fault) {
                case RESET_BEFORE_WRITE -> {
                    return null;
                }
                case SERVER_ERROR -> {
                    return Reply.problem(500, "Internal Server Error", "ErrInternalServer");
                }
                case HTML_502 -> {
                    return Reply.html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>");
                }
                case PAYMENT_REQUIRED -> {
                    return Reply.problem(402, "Payment Required", "Account is not paid");
                }
                case TOO_MANY_REQUESTS -> {
                    return tooMany();
                }
                case TOO_MANY_REQUESTS_HTML -> {
                    return Reply.html(429, "<html><body>429 Too Many Requests</body></html>");
                }
                case TOO_MANY_REQUESTS_HEADER -> {
                    return Reply.empty(429);
                }
                case BLOCKED -> {
                    return Reply.html(403, "<html><body>403 Forbidden</body></html>");
                }
                case UNAUTHORISED -> {
                    return unauthorised();
                }
                default -> {
                    // These act on the answer below.
                }
            }
        }
        if (!("Bearer " + AmoSandbox.TOKEN).equals(request.getHeader("Authorization"))) {
            return unauthorised();
        }
        Reply reply = api.answer(method, uri.getPath(), query(uri), body);
        if (fault == Faults.Fault.WRITE_THEN_504) {
            return Reply.html(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>");
        }
        if (fault == Faults.Fault.WRITE_THEN_RESET) {
            return null;
        }
        if (fault == Faults.Fault.TRUNCATED_JSON && reply.body() != null) {
            return new Reply(reply.status(), reply.contentType(), reply.body().substring(0, reply.body().length() / 2));
        }
        return reply;
    }

    private static Reply tooMany() {
        return Reply.problem(429, JsonNodeFactory.instance.objectNode()
                .put("title", "Too Many Requests").put("detail", "Too many requests").put("retry_after", 1));
    }

    private static Reply unauthorised() {
        return Reply.problem(401, "Unauthorized", "Invalid user name or password");
    }

    private static ResponseDefinitionBuilder definition(Reply reply, Clock clock) {
        ResponseDefinitionBuilder definition = new ResponseDefinitionBuilder().withStatus(reply.status())
                .withHeader("X-Request-Id", UUID.randomUUID().toString())
                .withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC)));
        if (reply.body() != null) {
            definition.withHeader("Content-Type", reply.contentType()).withBody(reply.body());
        }
        return definition;
    }

    private static List<Map.Entry<String, String>> query(URI uri) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (uri.getRawQuery() != null) {
            for (String part : uri.getRawQuery().split("&")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parameters.add(Map.entry(decode(part.substring(0, equals)), decode(part.substring(equals + 1))));
                }
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** How many items an array body has, near enough without parsing it twice. */
    private static int items(String body) {
        int count = 0;
        for (int at = body.indexOf("\"request_id\""); at >= 0; at = body.indexOf("\"request_id\"", at + 1)) {
            count++;
        }
        return count;
    }
}
