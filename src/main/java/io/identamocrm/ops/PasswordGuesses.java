package io.identamocrm.ops;

import io.identamocrm.state.Timing;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who guesses passwords of the management port has to wait: one count for all that the password opens. */
final class PasswordGuesses {

    /** Wrong passwords from one address until it has to wait. */
    static final int PATIENCE = 5;

    private static final Duration WAIT = Duration.ofMinutes(1);
    /** How long that is, as {@code Retry-After} says it. */
    static final String SECONDS = Long.toString(WAIT.toSeconds());

    private static final int MOST_ADDRESSES = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(PasswordGuesses.class);

    private final Timing timing;
    /** By address, the one that was heard of last at the end. */
    private final Map<String, Guesses> guesses = new LinkedHashMap<>();

    /**
     * Wrong passwords from one address.
     *
     * @param count how many since {@code since}
     * @param since nanoseconds of the first
     */
    private record Guesses(int count, long since) {}

    PasswordGuesses(Timing timing) {
        this.timing = timing;
    }

    /** True if nothing from where this request comes is heard at present. */
    synchronized boolean mustWait(HttpServerRequest request) {
        Guesses made = guesses.get(address(request));
        return made != null && made.count >= PATIENCE && timing.nanos() - made.since < WAIT.toNanos();
    }

    /** Notes, when this request has its answer, whether its password was wrong; one without a password is no guess. */
    void watch(RoutingContext context) {
        if (context.request().getHeader("Authorization") != null) {
            String address = address(context.request());
            context.addEndHandler(ended -> note(address, context.response().getStatusCode() == 401));
        }
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress() == null
                ? "unknown"
                : request.remoteAddress().hostAddress();
    }

    private synchronized void note(String address, boolean wrong) {
        Guesses made = guesses.remove(address);
        if (!wrong) {
            return;
        }
        long now = timing.nanos();
        Guesses more = made == null || now - made.since >= WAIT.toNanos()
                ? new Guesses(1, now)
                : new Guesses(made.count + 1, made.since);
        if (more.count == PATIENCE) {
            // From the last guess on, and told once.
            more = new Guesses(PATIENCE, now);
            LOG.warn(
                    "{} wrong passwords for console or Jolokia from {}: nobody is let in from there for a minute; if that was no mistake, see who can "
                            + "reach the management port",
                    PATIENCE,
                    address);
        }
        guesses.put(address, more);
        if (guesses.size() > MOST_ADDRESSES) {
            guesses.remove(guesses.keySet().iterator().next());
        }
    }
}
