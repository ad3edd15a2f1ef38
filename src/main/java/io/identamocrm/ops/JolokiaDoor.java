package io.identamocrm.ops;

import io.identamocrm.state.Timing;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before Jolokia beside the password. Jolokia itself executes what a GET or a form of any web page asks for, with the password
 * that the operator's browser adds: here only JSON is heard, which no page of another origin can send unasked, and no page that the browser
 * itself calls foreign. Who guesses passwords has to wait.
 */
final class JolokiaDoor implements AuthenticationHandler {

    /** Wrong passwords from one address until it has to wait. */
    static final int PATIENCE = 5;
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 1000;
    /** How a browser says whose page asks; Hawtio's proxy hands it on, as it does its own origin. */
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");
    private static final Logger LOG = LoggerFactory.getLogger(JolokiaDoor.class);

    private final AuthenticationHandler password;
    private final Timing timing;
    /** By address, the one that was heard of last at the end. */
    private final Map<String, Guesses> guesses = new LinkedHashMap<>();

    /**
     * Wrong passwords from one address.
     *
     * @param count how many since {@code since}
     * @param since nanoseconds of the first
     */
    private record Guesses(int count, long since) {
    }

    JolokiaDoor(AuthenticationHandler password, Timing timing) {
        this.password = password;
        this.timing = timing;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String address = request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress();
        if (mustWait(address)) {
            refuse(context, 429, "Retry-After", Long.toString(WAIT.toSeconds()));
        } else if (request.method() != HttpMethod.POST) {
            refuse(context, 405, "Allow", "POST");
        } else if (!isJson(request.getHeader("Content-Type"))) {
            refuse(context, 415, "Accept", "application/json");
        } else if (!OWN_PAGES.contains(Objects.requireNonNullElse(request.getHeader(FETCH_SITE), "none"))) {
            refuse(context, 403, "Vary", FETCH_SITE);
        } else {
            if (request.getHeader("Authorization") != null) {
                context.addEndHandler(ended -> note(address, context.response().getStatusCode() == 401));
            }
            password.handle(context);
        }
    }

    private static void refuse(RoutingContext context, int status, String header, String value) {
        context.response().setStatusCode(status).putHeader(header, value).end();
    }

    private static boolean isJson(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).split(";")[0].strip().endsWith("/json");
    }

    private synchronized boolean mustWait(String address) {
        Guesses made = guesses.get(address);
        return made != null && made.count >= PATIENCE && timing.nanos() - made.since < WAIT.toNanos();
    }

    private synchronized void note(String address, boolean wrong) {
        Guesses made = guesses.remove(address);
        if (!wrong) {
            return;
        }
        long now = timing.nanos();
        Guesses more = made == null || now - made.since >= WAIT.toNanos() ? new Guesses(1, now) : new Guesses(made.count + 1, made.since);
        if (more.count == PATIENCE) {
            // From the last guess on, and told once.
            more = new Guesses(PATIENCE, now);
            LOG.warn("{} wrong passwords for Jolokia from {}: nobody is let in from there for a minute; if that was no mistake, see who can "
                    + "reach the management port", PATIENCE, address);
        }
        guesses.put(address, more);
        if (guesses.size() > MOST_ADDRESSES) {
            guesses.remove(guesses.keySet().iterator().next());
        }
    }
}
