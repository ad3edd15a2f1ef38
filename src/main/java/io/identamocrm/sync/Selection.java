package io.identamocrm.sync;

import io.identamocrm.ident.FoundRow;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.sync.Run.Kind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Which receptions or patients a run looks at: the named ones, those that IDENT found, and dead letters that are due. */
public final class Selection {

    private static final Logger LOG = LoggerFactory.getLogger(Selection.class);
    private static final LocalDateTime EVERYTHING = LocalDateTime.of(1900, 1, 1, 0, 0);

    private final CursorPolicy cursors;
    private final Function<Kind, DeadLetters> deadLetters;
    private final LocalDateTime horizon;
    private final Duration noShowGrace;
    private final Clock clock;

    /**
     * The selection of one account's runs.
     *
     * @param cursors tells where a long run that did not end is gone on with
     * @param horizon full runs look at visits planned from then on; null = all
     * @param noShowGrace how long after its planned end a visit nobody came to counts as missed; zero = never
     */
    public Selection(
            CursorPolicy cursors,
            Function<Kind, DeadLetters> deadLetters,
            @Nullable LocalDateTime horizon,
            Duration noShowGrace,
            Clock clock) {
        this.cursors = cursors;
        this.deadLetters = deadLetters;
        this.horizon = horizon == null ? EVERYTHING : horizon;
        this.noShowGrace = noShowGrace;
        this.clock = clock;
    }

    /** Visits that were planned to end from then on may have become missed ones since the last run. */
    public Timestamp missedSince(@Body Run run) {
        return Timestamp.valueOf(run.range().knownSince().minus(noShowGrace));
    }

    /** Visits planned to end before count as missed; none between the two where no visit ever does. */
    public Timestamp missedUntil(@Body Run run) {
        LocalDateTime clock = run.range().serverClock();
        return noShowGrace.isZero() || clock == null ? missedSince(run) : Timestamp.valueOf(clock.minus(noShowGrace));
    }

    /** First planned time that a full run looks at, as JDBC takes it. */
    public Timestamp plannedSince() {
        return Timestamp.valueOf(horizon);
    }

    /** Takes the ids named in the request. */
    public void named(@Body Run run) {
        run.rows().select(run.request().ids());
        found(run);
    }

    /** Collects the ids to look at from the streamed rows, so that IDENT holds no cursor open for us meanwhile. */
    public void collect(@Body Run run, @Header("found_rows") Iterator<Map<String, Object>> rows) {
        String id = run.kind().one() + "_id";
        rows.forEachRemaining(columns -> {
            FoundRow row = FoundRow.of(columns, id);
            run.rows().add(row);
            run.rows().changed(row.id(), row.changedAt());
        });
        cursors.goOn(run);
        found(run);
    }

    private static void found(Run run) {
        run.begun(run.rows().found());
        LOG.atLevel(run.isShort() ? Level.DEBUG : Level.INFO)
                .log("Found {} {} to sync", run.rows().found(), run.kind().key());
    }

    /** Adds the dead letters that are due to the ids that have changed, each id once, and notes the others. */
    public void addDueDeadLetters(@Body Run run) {
        if (run.request().mode() != RunRequest.Mode.INCREMENTAL) {
            return;
        }
        SelectedRows rows = run.rows();
        deadLetters.apply(run.kind()).all().forEach((id, deadLetter) -> {
            if (deadLetter.isDue(clock.instant())) {
                rows.retry(id);
            } else if (deadLetter.content() != null) {
                rows.wait(id, deadLetter.content());
            }
        });
        Set<Long> ids = new LinkedHashSet<>(rows.ids());
        int changed = ids.size();
        rows.due().stream().sorted().forEach(ids::add);
        if (ids.size() > changed) {
            LOG.info("Trying {} dead letters again", ids.size() - changed);
        }
        rows.select(List.copyOf(ids));
        run.begun(ids.size());
    }
}
