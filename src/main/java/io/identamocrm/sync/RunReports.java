package io.identamocrm.sync;

import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.state.RunHistory;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run did, for the one who asked for it, the history and the log. */
public final class RunReports {

    private static final Logger LOG = LoggerFactory.getLogger(RunReports.class);

    private final RunHistory history;
    private final RunListener listener;
    private final LongSupplier requests;
    private final Clock clock;

    /**
     * Reports of one account's runs.
     *
     * @param listener told of what the runs do
     * @param requests counts the requests made to amoCRM so far
     */
    public RunReports(RunHistory history, RunListener listener, LongSupplier requests, Clock clock) {
        this.history = history;
        this.listener = listener;
        this.requests = requests;
        this.clock = clock;
    }

    /** The run begins: requests are counted from here on. */
    public void begin(@Body Run run) {
        run.countsFrom(requests.getAsLong());
    }

    /** Everything has an outcome on record. */
    public RunReport finish(@Body Run run) {
        RunTally tally = run.tally();
        RunReport report = new RunReport(run.kind(), run.mode(), run.range().since(), run.request().dryRun(), run.rows().found(),
                tally.outcomes(), tally.funnels(), tally.failures(), requests.getAsLong() - run.requestsBefore(),
                Duration.between(run.startedAt(), clock.instant()).toMillis() / 1000.0, tally.decisions(), tally.withoutDeal(),
                tally.displaced(), tally.followed());
        run.complete();
        if (!run.request().dryRun()) {
            if (!run.isByIds()) {
                history.add(new RunHistory.Entry(run.kind().key(), report.mode(), clock.instant(), report.seconds(), figures(report)));
            }
            listener.completed(report);
        }
        log(report);
        return report;
    }

    private static void log(RunReport report) {
        boolean receptions = report.kind() == Run.Kind.RECEPTIONS;
        int failed = report.count(Outcome.FAILED);
        LOG.info("{} sync completed: {} successful, {} failed", receptions ? "Reception" : "Patient", report.found() - failed, failed);
        if (receptions) {
            LOG.info("Funnel distribution: {} primary, {} secondary", report.count(Funnel.PRIMARY), report.count(Funnel.SECONDARY));
        }
    }

    private static Map<String, Long> figures(RunReport report) {
        Map<String, Long> figures = new HashMap<>();
        figures.put("found", (long) report.found());
        report.outcomes().forEach((outcome, count) -> figures.put(outcome.key(), count.longValue()));
        report.funnels().forEach((funnel, count) -> figures.put(funnel.name().toLowerCase(Locale.ROOT), count.longValue()));
        figures.put("amocrm_requests", report.requests());
        return figures;
    }

    /** The run is over; tells of it if it did not come to its end. */
    public void end(@Variable("run") Run run) {
        if (!run.isCompleted() && !run.request().dryRun()) {
            listener.failed(run.kind(), run.mode(), Duration.between(run.startedAt(), clock.instant()));
        }
    }
}
