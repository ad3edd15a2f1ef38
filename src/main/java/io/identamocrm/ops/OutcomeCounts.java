package io.identamocrm.ops;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.state.HourCounts;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunListener;
import io.identamocrm.sync.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts by the hour what has arrived and what has not, by outcome and funnel: what was looked at and left as it was is no news. The counts
 * of a run are put on record when it is over.
 */
public final class OutcomeCounts implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeCounts.class);
    private static final Set<Outcome> NEWS =
            EnumSet.of(Outcome.CREATED, Outcome.CREATED_DEAL, Outcome.UPDATED, Outcome.FAILED);

    private final HourCounts counts;
    private final Clock clock;
    private final Map<Run.Kind, Map<String, Long>> waiting = new EnumMap<>(Run.Kind.class);

    /** Nothing is counted yet. */
    public OutcomeCounts(HourCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
        if (NEWS.contains(outcome)) {
            count(
                    kind,
                    outcome.key()
                            + (decision.funnel() == null
                                    ? ""
                                    : " " + decision.funnel().name().toLowerCase(Locale.ROOT)));
        }
    }

    private synchronized void count(Run.Kind kind, String what) {
        waiting.computeIfAbsent(kind, first -> new HashMap<>()).merge(kind.key() + " " + what, 1L, Long::sum);
    }

    @Override
    public void completed(RunReport report) {
        record(report.kind());
    }

    @Override
    public void skipped(Run.Kind kind, String mode, Duration after) {
        record(kind);
    }

    @Override
    public void failed(Run.Kind kind, String mode, Duration after) {
        record(kind);
    }

    private synchronized void record(Run.Kind kind) {
        Map<String, Long> ofKind = waiting.remove(kind);
        if (ofKind == null) {
            return;
        }
        try {
            counts.add(clock.instant(), ofKind);
        } catch (RedisException e) {
            LOG.debug("What a run has brought is not counted by the hour, as Redis is away");
        }
    }
}
