package io.identamocrm.ops;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunListener;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this process decided last about receptions, and why: ids and rules only, for operators. */
public final class RecentDecisions implements RunListener {

    private static final int KEPT = 1000;

    private final Clock clock;
    private final Map<Long, Recorded> byReception = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Recorded> eldest) {
            return size() > KEPT;
        }
    };

    /** Without the values: they are a patient's. */
    private record Recorded(Instant at, Outcome outcome, List<Reason> reasons) {}

    /** Nothing is remembered yet. */
    public RecentDecisions(Clock clock) {
        this.clock = clock;
    }

    /** The last decision about a reception as lines of text, or null if it is not remembered. */
    synchronized @Nullable String of(long reception) {
        Recorded last = byReception.get(reception);
        return last == null
                ? null
                : last.at() + " " + last.outcome().key() + "\n"
                        + last.reasons().stream().map(Reason::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
        if (kind == Run.Kind.RECEPTIONS) {
            remember(decision, outcome);
        }
    }

    private synchronized void remember(Decision decision, Outcome outcome) {
        byReception.remove(decision.id());
        byReception.put(decision.id(), new Recorded(clock.instant(), outcome, decision.reasons()));
    }
}
