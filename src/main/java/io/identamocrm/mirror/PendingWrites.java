package io.identamocrm.mirror;

import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.state.Changes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the run has decided but amoCRM has not confirmed yet, laid over the mirror, so that the next reception is decided as if it were
 * done: a patient met twice gets one contact, a free deal is taken once. As large as the unsent batches, no larger. A dry run has nothing
 * confirmed: what it has decided goes from here into a scratch mirror in Redis, chunk by chunk, and is looked up there.
 */
public final class PendingWrites {

    private static final Duration SCRATCH_KEPT = Duration.ofHours(1);
    private static final String NUMBERED = "provisional";

    final Map<Long, Deal> deals = new HashMap<>();
    final Map<Long, Contact> contacts = new HashMap<>();
    final Map<Long, Long> claims = new HashMap<>();
    /** Where a dry run keeps its decisions; null for a run that writes. */
    final @Nullable Mirror scratch;

    private long provisional;

    private PendingWrites(@Nullable Mirror scratch, long provisional) {
        this.scratch = scratch;
        this.provisional = provisional;
    }

    /** Of a run that writes. */
    public static PendingWrites ofRun() {
        return new PendingWrites(null, 0);
    }

    /**
     * Of a dry run.
     *
     * @param scratch where it keeps them; a run of patients and the run of receptions after it have the same
     */
    public static PendingWrites ofDryRun(Mirror scratch) {
        String numbered = scratch.fact(NUMBERED);
        return new PendingWrites(scratch, numbered == null ? 0 : Long.parseLong(numbered));
    }

    /** A chunk is decided: a dry run takes its writes for done. */
    public void chunkDecided() {
        if (scratch != null && !(deals.isEmpty() && contacts.isEmpty())) {
            Changes changes = new Changes();
            scratch.store(changes, deals.values(), contacts.values());
            scratch.fact(changes, NUMBERED, Long.toString(provisional));
            scratch.apply(changes);
            scratch.keepFor(SCRATCH_KEPT);
            deals.clear();
            contacts.clear();
            claims.clear();
        }
    }

    /** An id for something that amoCRM has not numbered yet: negative. */
    public long provisionalId() {
        return --provisional;
    }

    /** Lays a deal over the mirror, taken by a reception. */
    public void claim(Deal deal, long receptionId) {
        deals.put(deal.id(), deal);
        claims.put(deal.id(), receptionId);
    }

    /** Lays a contact over the mirror. */
    public void put(Contact contact) {
        contacts.put(contact.id(), contact);
    }

    /** True if a contact lies over the mirror: it is still to be written. */
    public boolean holdsContact(long id) {
        return contacts.containsKey(id);
    }

    /** The deal was written or refused: the mirror tells the truth again. */
    public void releaseDeal(long id) {
        deals.remove(id);
        claims.remove(id);
    }

    /** The contact was written or refused. */
    public void releaseContact(long id) {
        contacts.remove(id);
    }
}
