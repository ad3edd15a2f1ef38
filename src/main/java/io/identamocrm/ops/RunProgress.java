package io.identamocrm.ops;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunListener;
import io.identamocrm.sync.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How far the runs of this process have come that are under way; those that look at nothing pass unseen. */
public final class RunProgress implements RunListener {

    private final Clock clock;
    private final Map<Run.Kind, Progress> underWay = new EnumMap<>(Run.Kind.class);

    /**
     * A run under way.
     *
     * @param kind    what is synchronised
     * @param beganAt when it was known how many there are
     * @param found   as many
     * @param done    as many of them have their outcome
     * @param failed  as many of these could not be delivered
     */
    public record Progress(Run.Kind kind, Instant beganAt, int found, int done, int failed) {}

    /** None is under way yet. */
    public RunProgress(Clock clock) {
        this.clock = clock;
    }

    /** Those under way; of two of a kind, the one that began last. */
    public synchronized List<Progress> underWay() {
        return List.copyOf(underWay.values());
    }

    @Override
    public void begun(Run.Kind kind, int found) {
        if (found > 0) {
            begin(new Progress(kind, clock.instant(), found, 0, 0));
        }
    }

    private synchronized void begin(Progress progress) {
        underWay.put(progress.kind(), progress);
    }

    @Override
    public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
        step(kind, outcome == Outcome.FAILED ? 1 : 0);
    }

    private synchronized void step(Run.Kind kind, int failed) {
        underWay.computeIfPresent(
                kind,
                (same, run) -> new Progress(
                        kind,
                        run.beganAt(),
                        run.found(),
                        Math.min(run.found(), run.done() + 1),
                        run.failed() + failed));
    }

    private synchronized void end(Run.Kind kind) {
        underWay.remove(kind);
    }

    @Override
    public void completed(RunReport report) {
        end(report.kind());
    }

    @Override
    public void skipped(Run.Kind kind, String mode, Duration after) {
        end(kind);
    }

    @Override
    public void failed(Run.Kind kind, String mode, Duration after) {
        end(kind);
    }
}
