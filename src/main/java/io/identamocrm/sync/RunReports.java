package io.identamocrm.sync;

import io.identamocrm.ident.IdentSql;
import io.identamocrm.ident.LockedRows;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.state.RunHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run did, for the one who asked for it, the history and the log. */
public final class RunReports {

    private static final Logger LOG = LoggerFactory.getLogger(RunReports.class);
    private static final Duration HEARTBEAT = Duration.ofHours(1);

    private final RunHistory history;
    private final RunListener listener;
    private final LongSupplier requests;
    private final IdentSql sql;
    private final Clock clock;
    private Instant lastLine;
    private int idle;

    /**
     * Reports of one account's runs.
     *
     * @param listener told of what the runs do
     * @param requests counts the requests made to amoCRM so far
     * @param sql      asks IDENT for its columns again after a run that broke
     */
    public RunReports(RunHistory history, RunListener listener, LongSupplier requests, IdentSql sql, Clock clock) {
        this.history = history;
        this.sql = sql;
        this.listener = listener;
        this.requests = requests;
        this.clock = clock;
        lastLine = clock.instant();
    }

    /** The run begins: requests are counted from here on. */
    public void begin(@Body Run run) {
        run.countsFrom(requests.getAsLong());
    }

    /** Everything has an outcome on record. */
    public RunReport finish(@Body Run run) {
        RunTally tally = run.tally();
        RunReport report = new RunReport(
                run.kind(),
                run.mode(),
                run.range().since(),
                run.request().dryRun(),
                run.rows().found() - run.tally().seenBefore(),
                tally.outcomes(),
                tally.funnels(),
                tally.failures(),
                requests.getAsLong() - run.requestsBefore(),
                Duration.between(run.startedAt(), clock.instant()).toMillis() / 1000.0,
                tally.decisions(),
                tally.withoutDeal(),
                tally.displaced(),
                tally.followed());
        run.complete();
        if (!run.request().dryRun()) {
            if (!run.isByIds()) {
                history.add(new RunHistory.Entry(
                        run.kind().key(), report.mode(), clock.instant(), report.seconds(), figures(report)));
            }
            listener.completed(report);
        }
        log(run, report);
        return report;
    }

    /** One line of a run that did something; of those that found nothing, one an hour, so that silence is known to be well. */
    private synchronized void log(Run run, RunReport report) {
        boolean receptions = report.kind() == Run.Kind.RECEPTIONS;
        if (run.isShort() && report.found() == 0) {
            idle++;
            if (!clock.instant().isBefore(lastLine.plus(HEARTBEAT))) {
                LOG.info("All is well: {} runs since the last line here, and nothing had changed", idle);
                lineWritten();
            }
            return;
        }
        int failed = report.count(Outcome.FAILED);
        // What failed is said beside it.
        String outcomes = report.outcomes().entrySet().stream()
                .filter(outcome -> outcome.getKey() != Outcome.FAILED)
                .sorted(Map.Entry.comparingByKey())
                .map(outcome -> outcome.getValue() + " " + outcome.getKey().key())
                .collect(Collectors.joining(", "));
        LOG.info(
                "{} sync completed: {} successful{}, {} failed{}; {} requests, {} s{}",
                receptions ? "Reception" : "Patient",
                report.found() - failed,
                outcomes.isEmpty() ? "" : " (" + outcomes + ")",
                failed,
                receptions
                        ? "; Funnel distribution: " + report.count(Funnel.PRIMARY) + " primary, "
                                + report.count(Funnel.SECONDARY) + " secondary"
                        : "",
                report.requests(),
                report.seconds(),
                slowest(run));
        lineWritten();
    }

    private void lineWritten() {
        idle = 0;
        lastLine = clock.instant();
    }

    /** How old the oldest change was when it stood in amoCRM, by the clinic's clock, which marked it. */
    private String slowest(Run run) {
        LocalDateTime oldest = run.tally().oldestWritten();
        if (oldest == null) {
            return "";
        }
        Duration age = Duration.between(oldest, run.range().knownClock())
                .plus(Duration.between(run.startedAt(), clock.instant()));
        return "; the oldest change was made " + Math.max(0, age.toMillis()) / 1000.0 + " s before";
    }

    private static Map<String, Long> figures(RunReport report) {
        Map<String, Long> figures = new HashMap<>();
        figures.put("found", (long) report.found());
        report.outcomes().forEach((outcome, count) -> figures.put(outcome.key(), count.longValue()));
        report.funnels()
                .forEach((funnel, count) -> figures.put(funnel.name().toLowerCase(Locale.ROOT), count.longValue()));
        figures.put("amocrm_requests", report.requests());
        return figures;
    }

    /**
     * The run is over; tells of it if it did not come to its end.
     *
     * @param failure why it did not; null if it did
     */
    public void end(
            @Variable("run") Run run, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Throwable failure) {
        if (run.isCompleted()) {
            return;
        }
        boolean locked = LockedRows.caused(failure);
        if (!locked) {
            sql.learnAgain();
        }
        if (run.request().dryRun()) {
            return;
        }
        Duration after = Duration.between(run.startedAt(), clock.instant());
        if (locked) {
            listener.skipped(run.kind(), run.mode(), after);
        } else {
            listener.failed(run.kind(), run.mode(), after);
        }
    }
}
