package io.identamocrm.simulation;

import io.identamocrm.simulation.Ledger.Act;
import io.identamocrm.simulation.Ledger.Creation;
import io.identamocrm.simulation.PlayedClinic.Visit;
import java.util.List;

/** What may be doubled or be missing all the same, each with the sentence of the specification that says so. */
final class Excuses {

    private final World world;
    private final Ledger ledger;

    Excuses(World world) {
        this.world = world;
        this.ledger = world.ledger();
    }

    /**
     * «A process that was frozen may send the one batch it was about to send; the script after it notices, and report and alert name the
     * pairs.» It must be named, unless the process was killed before it could.
     */
    boolean isOfFrozenProcess(List<Creation> creations) {
        return creations.stream().anyMatch(creation -> creation.frozenOnItsWay());
    }

    /**
     * «A manager closed, moved out of our pipelines, deleted or merged it»: the visit's deal is the managers' business, and whether another
     * one is made depends on what they did last.
     */
    boolean isManagersBusiness(Visit visit) {
        return ledger.dealsThatHeld(visit.chain()).stream()
                .anyMatch(deal -> ledger.acts().stream()
                        .anyMatch(act -> act.key().lead() && act.key().id() == deal && ends(act)));
    }

    private static boolean ends(Act act) {
        return act.after() == null || act.kind().equals("merges into") || Account.isFinished(act.after());
    }

    /** «What managers removed … until status or PlanStart changes or somebody sends it by hand»; «deletions: while memory lives». */
    boolean mayBeMadeAgain(Visit visit, Act removal) {
        return ledger.lostAfter(0)
                || visit.chain().stream()
                        .anyMatch(row ->
                                ledger.changedAtClinic(row.id) > 0 || ledger.sentByHandAfter(row.id, removal.order()));
    }

    World world() {
        return world;
    }
}
