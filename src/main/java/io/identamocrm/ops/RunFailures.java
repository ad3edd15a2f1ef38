package io.identamocrm.ops;

import io.identamocrm.ident.LockedRows;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.problems.Problem;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.RunStoppedException;
import io.identamocrm.sync.RunUnderWayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs in one line why a scheduled run ended; the same reason again and again only now and then. Each kind of run has a memory of its own:
 * one that ends well says nothing of another.
 */
public final class RunFailures {

    private static final Logger LOG = LoggerFactory.getLogger(RunFailures.class);
    private static final Duration AGAIN = Duration.ofMinutes(15);
    private static final String RECEPTIONS = "receptions";
    private static final String PATIENTS = "patients";
    private static final String EVERYTHING = "everything";

    private final Blockage blockage;
    private final Clock clinicClock;
    private final Map<String, Memory> memories = new HashMap<>();

    /**
     * Failures of this process.
     *
     * @param blockage    learns of rows that somebody in IDENT keeps locked
     * @param clinicClock the clock of the clinic's zone
     */
    public RunFailures(Blockage blockage, Clock clinicClock) {
        this.blockage = blockage;
        this.clinicClock = clinicClock;
    }

    /** Why runs of one kind do not come to their end at present. */
    private static final class Memory {
        private @Nullable String reason;
        private @Nullable Problem problem;
        private Instant since = Instant.EPOCH;
        private Instant loggedAt = Instant.EPOCH;
        private int suppressed;
        private boolean standsBy;
    }

    private Memory memoryOf(RunRequest request) {
        return memories.computeIfAbsent(
                request.isOfReceptions() ? RECEPTIONS : request.isOfPatients() ? PATIENTS : EVERYTHING,
                kind -> new Memory());
    }

    /** Logs the failure; another run under way is no failure, and told once for as long as it is always another process's turn. */
    public synchronized void log(@Variable("request") RunRequest request, Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Problem problem = Problem.of(failure);
        Memory memory = memoryOf(request);
        if (problem.cause() instanceof RunUnderWayException) {
            LOG.atLevel(memory.standsBy ? Level.DEBUG : Level.INFO).log("{}", problem.message());
            memory.standsBy = true;
            return;
        }
        memory.standsBy = false;
        if (problem.cause() instanceof RunStoppedException stopped) {
            LOG.info(
                    "A run ends before its time, nothing is lost, the next one takes up at the same place: {}",
                    stopped.soFar());
            return;
        }
        LOG.debug("Kind of failure: {}", failure.getClass().getName());
        if (LockedRows.caused(failure)) {
            blockage.locked();
            // Usual for once: the next run comes soon.
            log(memory, problem.message(), Level.INFO, Level.WARN);
            memory.problem = null;
        } else {
            log(memory, problem.message(), Level.ERROR, Level.ERROR);
            memory.problem = problem;
        }
    }

    /** Why the last run of a kind did not come to its end, receptions before others; null if the last of each did. */
    public synchronized @Nullable Problem present() {
        return Stream.of(RECEPTIONS, EVERYTHING, PATIENTS)
                .map(memories::get)
                .filter(memory -> memory != null && memory.problem != null)
                .map(memory -> memory.problem)
                .findFirst()
                .orElse(null);
    }

    private void log(Memory memory, String message, Level first, Level again) {
        Instant now = clinicClock.instant();
        if (!message.equals(memory.reason)) {
            memory.reason = message;
            memory.since = now;
            memory.suppressed = 0;
        } else if (now.isBefore(memory.loggedAt.plus(AGAIN))) {
            memory.suppressed++;
            return;
        }
        boolean repeated = memory.suppressed > 0;
        LOG.atLevel(repeated ? again : first)
                .log(
                        "The run did not finish, nothing is lost, the next one takes up at the same place: {}{}",
                        message,
                        repeated
                                ? " (the same since " + ClinicTime.of(memory.since, clinicClock.getZone()) + ", "
                                        + memory.suppressed + " more times since it was logged last)"
                                : "");
        memory.loggedAt = now;
        memory.suppressed = 0;
    }

    /** Runs of this kind end well again. */
    public synchronized void over(@Variable("request") RunRequest request) {
        if (!request.isOfPatients()) {
            blockage.free();
        }
        Memory memory = memoryOf(request);
        memory.standsBy = false;
        if (memory.reason != null) {
            LOG.info(
                    "Runs come to their end again; they did not since {}",
                    ClinicTime.of(memory.since, clinicClock.getZone()));
            memory.reason = null;
            memory.problem = null;
            memory.suppressed = 0;
        }
    }
}
