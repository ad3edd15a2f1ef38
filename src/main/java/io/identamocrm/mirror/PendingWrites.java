package io.identamocrm.mirror;

import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import java.util.HashMap;
import java.util.Map;

/**
 * What the run has decided but amoCRM has not confirmed yet, laid over the mirror, so that the next reception is decided as if it were
 * done: a patient met twice gets one contact, a free deal is taken once. As large as the unsent batches, no larger.
 */
public final class PendingWrites {

    final Map<Long, Deal> deals = new HashMap<>();
    final Map<Long, Contact> contacts = new HashMap<>();
    final Map<Long, Long> claims = new HashMap<>();
    private long provisional;

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

    /** The deal was written or refused: the mirror tells the truth again. */
    public void dealSettled(long id) {
        deals.remove(id);
        claims.remove(id);
    }

    /** The contact was written or refused. */
    public void contactSettled(long id) {
        contacts.remove(id);
    }
}
