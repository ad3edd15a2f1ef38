package io.identamocrm.sync;

import io.identamocrm.state.Changes;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.Memory;
import io.identamocrm.sync.Run.Kind;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.Body;

/** Puts on record what has happened in a run so far: what is ours in amoCRM, what failed, what has passed. */
public final class OutcomeRecords {

    private final Memory memory;
    private final Function<Kind, DeadLetters> deadLetters;
    private final Clock clock;

    /** Records of one account. */
    public OutcomeRecords(Memory memory, Function<Kind, DeadLetters> deadLetters, Clock clock) {
        this.memory = memory;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Records what is new since the last time; of a dry run nothing. */
    public void record(@Body Run run) {
        RunTally.Unrecorded news = run.tally().takeUnrecorded();
        run.pending().chunkDecided();
        if (!run.request().dryRun()) {
            Changes changes = new Changes();
            news.delivered().forEach((reception, delivered) -> memory.remember(changes, reception, delivered));
            news.own().forEach((patient, contact) -> memory.remember(changes, patient, contact));
            run.locks().write().commit(changes);
            deadLetters.apply(run.kind()).record(news.failures(), run.startedAt(), clock.instant());
            deadLetters.apply(run.kind()).forget(news.passed());
            deadLetters.apply(Kind.PATIENTS).record(news.refusedOfPatients(), run.startedAt(), clock.instant());
            deadLetters.apply(Kind.PATIENTS).forgetRefused(news.takenOfPatients());
        }
    }
}
