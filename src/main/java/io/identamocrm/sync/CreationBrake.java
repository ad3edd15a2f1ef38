package io.identamocrm.sync;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.rules.BrakeRule;
import io.identamocrm.state.BrakeStates;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Looks, before a full run writes anything, how many new deals it would make: a wrong or half-restored database, or an emptied memory, shows
 * by far too many. Nothing is read from IDENT for that unless very many receptions are unknown by their ids alone.
 */
public final class CreationBrake {

    private static final int ASKED_AT_ONCE = 250;

    private final Brakes brakes;
    private final BrakeStates states;
    private final Function<Collection<Long>, Set<Long>> known;
    private final Mirror mirror;
    private final String choice;

    /**
     * The brake of one account.
     *
     * @param known  of these receptions those that have a deal or are remembered
     * @param choice the settings that choose the rows of full runs: under others, very many new deals are as expected
     */
    public CreationBrake(Brakes brakes, BrakeStates states, Function<Collection<Long>, Set<Long>> known, Mirror mirror, String choice) {
        this.brakes = brakes;
        this.states = states;
        this.known = known;
        this.mirror = mirror;
        this.choice = choice;
    }

    /**
     * Looks at the ids of a full run.
     *
     * @return a dry run over the receptions that are not known, which tells how many of them get a deal; null if there is nothing to doubt
     */
    public Run begin(@Body Run run) {
        if (!isJudged(run)) {
            return null;
        }
        AtomicInteger unknown = new AtomicInteger();
        forEachUnknown(run, id -> unknown.incrementAndGet());
        if (!BrakeRule.pulls(BrakeKind.CREATIONS, unknown.get(), run.rows().found())) {
            brakes.hold(BrakeKind.CREATIONS, unknown.get(), run.rows().found());
            return null;
        }
        if (states.isBegun(choice) || states.isOtherChoice(choice) || !mirror.holdsReceptions()) {
            states.noteBegun(choice);
            states.end(BrakeKind.CREATIONS);
            return null;
        }
        RunRequest request = new RunRequest(RunRequest.Scope.RECEPTIONS, RunRequest.Mode.IDS, null, List.of(), null, false, RunListener.NONE)
                .asDryRun();
        Run counting = new Run(run.kind(), request, run.startedAt(), run.locks(), PendingWrites.ofDryRun(mirror.scratch(request.scratch())),
                RunListener.NONE);
        counting.reads(run.range());
        List<Long> ids = new ArrayList<>();
        forEachUnknown(run, ids::add);
        counting.rows().select(ids);
        return counting;
    }

    private static boolean isJudged(Run run) {
        return run.isOfReceptions() && run.isFull() && !run.request().dryRun();
    }

    /** Shows which of the run's receptions are not known, a batch at a time. */
    private void forEachUnknown(Run run, Consumer<Long> reader) {
        List<Long> ids = run.rows().ids();
        for (int from = 0; from < ids.size(); from += ASKED_AT_ONCE) {
            List<Long> asked = ids.subList(from, Math.min(ids.size(), from + ASKED_AT_ONCE));
            Set<Long> found = known.apply(asked);
            asked.stream().filter(id -> !found.contains(id)).forEach(reader);
        }
    }

    /** From when on changes are bookings that short runs bring, and never counted; without a cursor none are. */
    public Timestamp changedSince(@Body Run run) {
        ChangeRange range = run.range();
        return Timestamp.valueOf(range.cursor() == null ? range.serverClock() : range.cursor());
    }

    /** Leaves out what has changed since the cursor. */
    public void leaveOutChanged(@Variable("counting") Run counting, @Header("changed_rows") Iterator<Map<String, Object>> changed) {
        Set<Long> ids = new HashSet<>();
        changed.forEachRemaining(row -> ids.add(((Number) row.get("reception_id")).longValue()));
        counting.rows().select(counting.rows().ids().stream().filter(id -> !ids.contains(id)).toList());
    }

    /** Holds the run's creations back if there are far too many. */
    public void judge(@Body Run run, @Variable("counting") Run counting) {
        if (brakes.hold(BrakeKind.CREATIONS, counting.tally().withoutDeal().size(), run.rows().found())) {
            run.holdCreations();
        }
        mirror.scratch(counting.request().scratch()).drop();
    }

    /** A run has come to its end: what a full one found is usual from now on, and a release is used up. */
    public void completed(@Body Run run) {
        if (isJudged(run)) {
            states.noteCompleted(choice);
            if (!run.holdsCreations()) {
                brakes.useUp(BrakeKind.CREATIONS);
            }
        }
    }
}
