package io.identamocrm.sync;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.rules.BrakeRule;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.state.BrakeStates.Brake;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops writes of which far more are due than usual, until a person has looked. */
public final class Brakes {

    private static final Logger LOG = LoggerFactory.getLogger(Brakes.class);

    private final BrakeStates states;
    private final Clock clock;

    /** The brakes of one account. */
    public Brakes(BrakeStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /**
     * Judges what is about to be written: pulls the brake, or ends one that was pulled for what is usual again.
     *
     * @param affected as many would be written
     * @param total    of so many
     * @return true if nothing of the kind may be written
     */
    public boolean hold(BrakeKind kind, int affected, int total) {
        Brake known = states.of(kind);
        if (!BrakeRule.pulls(kind, affected, total)) {
            if (known != null && !known.released()) {
                LOG.info("The brake {} is off again: {}", kind, kind.seen(affected, total));
                states.end(kind);
            }
            return false;
        }
        if (known != null && known.released() && affected <= known.affected()) {
            LOG.info("The brake {} was released for {}: {}", kind, known.affected(), kind.seen(affected, total));
            return false;
        }
        states.pull(kind, affected, total, clock.instant());
        LOG.warn(
                "The brake {} is pulled: {}. Until it is released {}: see that IDENT's database is the right one and whole, then run "
                        + "ident-amocrm brakes release {}",
                kind,
                kind.seen(affected, total),
                kind.effect(),
                kind);
        return true;
    }

    /** A run that was not held back has come to its end: a release is used up by that. */
    public void useUp(BrakeKind kind) {
        Brake known = states.of(kind);
        if (known != null && known.released()) {
            states.end(kind);
        }
    }
}
