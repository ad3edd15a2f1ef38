package io.identamocrm.sync;

import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.SentStatuses;
import io.identamocrm.sync.Run.Kind;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.Body;

/** Puts on record what has happened in a run so far: statuses sent, what failed, what has passed. */
public final class OutcomeRecords {

    private final SentStatuses statuses;
    private final Function<Kind, DeadLetters> deadLetters;
    private final Clock clock;

    /** Records of one account. */
    public OutcomeRecords(SentStatuses statuses, Function<Kind, DeadLetters> deadLetters, Clock clock) {
        this.statuses = statuses;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Records what is new since the last time; of a dry run nothing. */
    public void record(@Body Run run) {
        RunTally.Unrecorded news = run.tally().takeUnrecorded();
        run.pending().chunkDecided();
        if (!run.request().dryRun()) {
            statuses.remember(news.statuses());
            deadLetters.apply(run.kind()).record(news.failures(), run.startedAt(), clock.instant());
            deadLetters.apply(run.kind()).forget(news.passed());
        }
    }
}
