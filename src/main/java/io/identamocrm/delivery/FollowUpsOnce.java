package io.identamocrm.delivery;

import io.identamocrm.state.FollowUps;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Camel's view of the follow-ups on record: one passes the idempotent consumer as long as it is open. It is opened with the change that it
 * tells of, and closed with amoCRM's answer, in one step with others, so the consumer itself changes nothing.
 */
public final class FollowUpsOnce extends ServiceSupport implements IdempotentRepository {

    private final FollowUps followUps;

    /** Those of one account. */
    public FollowUpsOnce(FollowUps followUps) {
        this.followUps = followUps;
    }

    /** True if it is still to be told. */
    @Override
    public boolean add(String key) {
        return followUps.isOpen(key);
    }

    @Override
    public boolean contains(String key) {
        return !followUps.isOpen(key);
    }

    /** That a step has failed changes nothing: it stays open. */
    @Override
    public boolean remove(String key) {
        return false;
    }

    /** That it is collected for a batch does not mean that amoCRM has it. */
    @Override
    public boolean confirm(String key) {
        return true;
    }

    /** What is on record is nobody's to clear. */
    @Override
    public void clear() {
        // Nothing.
    }
}
