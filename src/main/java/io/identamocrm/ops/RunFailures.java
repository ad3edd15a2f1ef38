package io.identamocrm.ops;

import io.identamocrm.ident.LockedRows;
import io.identamocrm.problems.Problem;
import io.identamocrm.sync.RunUnderWayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs in one line why a scheduled run ended; the same reason again and again only now and then. */
public final class RunFailures {

    private static final Logger LOG = LoggerFactory.getLogger(RunFailures.class);
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final Blockage blockage;
    private final Clock clock;
    private String reason;
    private Instant since;
    private Instant loggedAt;
    private int suppressed;

    /**
     * Failures of this process.
     *
     * @param blockage learns of rows that somebody in IDENT keeps locked
     */
    public RunFailures(Blockage blockage, Clock clock) {
        this.blockage = blockage;
        this.clock = clock;
    }

    /** Logs the failure; another run under way is no failure. */
    public void log(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Problem problem = Problem.of(failure);
        if (problem.cause() instanceof RunUnderWayException) {
            LOG.info("{}", problem.message());
            return;
        }
        LOG.debug("Kind of failure: {}", failure.getClass().getName());
        if (LockedRows.caused(failure)) {
            blockage.locked();
            // Usual for once: the next run comes soon.
            log(problem.message(), Level.INFO, Level.WARN);
        } else {
            log(problem.message(), Level.ERROR, Level.ERROR);
        }
    }

    private synchronized void log(String message, Level first, Level again) {
        Instant now = clock.instant();
        if (!message.equals(reason)) {
            reason = message;
            since = now;
            suppressed = 0;
        } else if (now.isBefore(loggedAt.plus(AGAIN))) {
            suppressed++;
            return;
        }
        LOG.atLevel(suppressed == 0 ? first : again).log("The run did not finish, nothing is lost, the next one takes up at the same place: {}{}", message,
                suppressed == 0 ? "" : " (the same since " + since + ", " + suppressed + " times since it was logged last)");
        loggedAt = now;
        suppressed = 0;
    }

    /** Runs end well again. */
    public synchronized void over() {
        blockage.free();
        if (reason != null) {
            LOG.info("Runs come to their end again; they did not since {}", since);
            reason = null;
            suppressed = 0;
        }
    }
}
