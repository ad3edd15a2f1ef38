package io.identamocrm.sync;

import io.identamocrm.ident.FoundRow;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Delivered;
import io.identamocrm.rules.BrakeRule;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.Memory;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before a full run writes anything, at what it would do: a wrong or half-restored database, or an emptied memory, shows by far too
 * much of it. Ids tell most; IDENT is read only when very many receptions are unknown or have another patient.
 */
public final class RunBrakes {

    private static final int ASKED_AT_ONCE = 250;
    /** What the reconciliation judges after the run. */
    private static final Set<BrakeKind> OF_RUNS = EnumSet.complementOf(EnumSet.of(BrakeKind.RECEPTIONS_GONE));

    private final Brakes brakes;
    private final BrakeStates states;
    private final CursorPolicy cursors;
    private final Memory memory;
    private final Mirror mirror;
    private final DeadLetters deadLetters;
    private final String choice;

    /**
     * The brakes of one account's runs.
     *
     * @param cursors     told when another database is believed
     * @param deadLetters receptions that failed before, so that a new deal for them is no news
     * @param choice      the settings that choose the rows of full runs: under others, very many new deals are as expected
     */
    public RunBrakes(
            Brakes brakes,
            BrakeStates states,
            CursorPolicy cursors,
            Memory memory,
            Mirror mirror,
            DeadLetters deadLetters,
            String choice) {
        this.brakes = brakes;
        this.states = states;
        this.cursors = cursors;
        this.memory = memory;
        this.mirror = mirror;
        this.deadLetters = deadLetters;
        this.choice = choice;
    }

    /** Deals that were delivered, and how many of them are gone. */
    private final class Remembered {
        private int deals;
        private int gone;

        Remembered() {
            memory.forEachReception((reception, delivered) -> {
                deals += delivered.deal() > 0 ? 1 : 0;
                gone += delivered.gone() ? 1 : 0;
            });
        }
    }

    /**
     * Looks at what is remembered, and at the ids of a full run.
     *
     * @return a dry run over the receptions that are doubted, which tells how many of them get a deal; null if there are none
     */
    public @Nullable Run begin(@Body Run run) {
        if (!isJudged(run)) {
            return null;
        }
        Remembered remembered = new Remembered();
        judge(run, BrakeKind.DEALS_GONE, remembered.gone - states.goneBefore(), remembered.deals);
        List<Long> unknown = new ArrayList<>();
        Set<Long> ofOtherPatients = new HashSet<>();
        look(run, unknown, ofOtherPatients);
        int found = run.rows().found();
        boolean tooMany = BrakeRule.pulls(newDeals(run), unknown.size(), found);
        if (tooMany && isExpected(run)) {
            states.noteBegun(choice);
            unknown.clear();
            tooMany = false;
        }
        boolean patientsChanged = BrakeRule.pulls(BrakeKind.PATIENTS_CHANGED, ofOtherPatients.size(), found);
        if (!tooMany && !patientsChanged) {
            judge(run, unknown.size(), ofOtherPatients.size());
            return null;
        }
        RunRequest request = RunRequest.full().asDryRun();
        Run counting = new Run(
                run.kind(),
                request,
                run.startedAt(),
                run.locks(),
                PendingWrites.ofDryRun(mirror.scratch(request.scratch())),
                RunListener.NONE);
        counting.reads(run.range());
        List<Long> doubted = tooMany ? unknown : new ArrayList<>();
        doubted.addAll(ofOtherPatients);
        counting.rows().select(doubted);
        counting.rows().noteOtherPatients(ofOtherPatients);
        return counting;
    }

    private static boolean isJudged(Run run) {
        return run.isOfReceptions() && run.isFull() && !run.request().dryRun();
    }

    private static BrakeKind newDeals(Run run) {
        return run.isOfOtherDatabase() ? BrakeKind.OTHER_DATABASE : BrakeKind.CREATIONS;
    }

    /** Collects which of the run's receptions nobody knows, and which have another patient than before; a batch at a time. */
    private void look(Run run, List<Long> unknown, Set<Long> ofOtherPatients) {
        List<Long> ids = run.rows().ids();
        for (int from = 0; from < ids.size(); from += ASKED_AT_ONCE) {
            List<Long> asked = ids.subList(from, Math.min(ids.size(), from + ASKED_AT_ONCE));
            Map<Long, Delivered> remembered = memory.receptions(asked);
            Set<Long> dealt = mirror.newestDealsOf(asked.stream()
                            .filter(id -> !remembered.containsKey(id))
                            .toList())
                    .keySet();
            for (int i = 0; i < asked.size(); i++) {
                Long id = asked.get(i);
                Delivered delivered = remembered.get(id);
                long patient = run.rows().patientAt(from + i);
                if (delivered == null && !dealt.contains(id)) {
                    unknown.add(id);
                } else if (delivered != null
                        && delivered.patient() != null
                        && patient != 0
                        && delivered.patient() != patient) {
                    ofOtherPatients.add(id);
                }
            }
        }
        if (!unknown.isEmpty()) {
            Set<Long> failed = deadLetters.all().keySet();
            unknown.removeIf(failed::contains);
        }
    }

    /** True if very many new deals are no surprise: nobody made any before us, or other rows are asked for than before. */
    private boolean isExpected(Run run) {
        return !mirror.holdsReceptions()
                || !run.isOfOtherDatabase()
                        && (states.isBegun(choice)
                                || states.isOtherChoice(choice)
                                || !states.isAnyCompleted() && holdsOnlyOurs());
    }

    private boolean holdsOnlyOurs() {
        Set<Long> receptions = new HashSet<>();
        mirror.forEachDeal(deal -> {
            if (deal.receptionId() != null) {
                receptions.add(deal.receptionId());
            }
        });
        return isRemembered(List.copyOf(receptions));
    }

    private boolean isRemembered(List<Long> ids) {
        for (int from = 0; from < ids.size(); from += ASKED_AT_ONCE) {
            Collection<Long> asked = ids.subList(from, Math.min(ids.size(), from + ASKED_AT_ONCE));
            if (memory.receptions(asked).size() < asked.size()) {
                return false;
            }
        }
        return true;
    }

    /** From when on changes are bookings that short runs bring, and never counted; without a cursor none are. */
    public Timestamp changedSince(@Body Run run) {
        ChangeRange range = run.range();
        return Timestamp.valueOf(range.cursor() == null ? range.knownClock() : range.cursor());
    }

    /** Leaves out what has changed since the cursor. */
    public void leaveOutChanged(
            @Variable("counting") Run counting, @Header("changed_rows") Iterator<Map<String, Object>> changed) {
        Set<Long> ids = new HashSet<>();
        changed.forEachRemaining(row -> ids.add(FoundRow.of(row, "reception_id").id()));
        counting.rows()
                .select(counting.rows().ids().stream()
                        .filter(id -> !ids.contains(id))
                        .toList());
    }

    /** Holds back what is far too much of what was counted. */
    public void judge(@Body Run run, @Variable("counting") Run counting) {
        Set<Long> ofOtherPatients = counting.rows().ofOtherPatients();
        long created = counting.tally().withoutDeal().stream()
                .filter(id -> !ofOtherPatients.contains(id))
                .count();
        judge(run, (int) created, ofOtherPatients.size());
        mirror.scratch(counting.request().scratch()).drop();
        // Short runs may have gone first meanwhile.
        run.mirrorIsBehind();
    }

    private void judge(Run run, int created, int ofOtherPatients) {
        int found = run.rows().found();
        if (!run.isOfOtherDatabase()) {
            judge(run, BrakeKind.OTHER_DATABASE, 0, found);
        }
        judge(run, newDeals(run), created, found);
        judge(run, BrakeKind.PATIENTS_CHANGED, ofOtherPatients, found);
    }

    private void judge(Run run, BrakeKind kind, int affected, int total) {
        if (brakes.hold(kind, affected, total)) {
            run.hold(kind);
        }
    }

    /** A run has come to its end: what a full one found is usual from now on, and releases are used up. */
    public void completed(@Body Run run) {
        if (!isJudged(run)) {
            return;
        }
        states.noteCompleted(choice);
        OF_RUNS.stream().filter(kind -> !run.held().contains(kind)).forEach(brakes::useUp);
        if (!run.held().contains(BrakeKind.DEALS_GONE)) {
            states.noteGone(new Remembered().gone);
        }
        if (!run.held().contains(BrakeKind.OTHER_DATABASE)) {
            cursors.accept(run);
        }
    }
}
