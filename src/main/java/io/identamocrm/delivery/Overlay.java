package io.identamocrm.delivery;

import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts what is decided over the mirror as if it were written, so that the next reception is decided on it; and takes it away again. */
public final class Overlay {

    /** Rows of ours count as changed last, whenever that was: among several deals the newest is chosen. */
    private static final long LATEST = Instant.MAX.getEpochSecond();

    private final PendingWrites pending;
    private final OptimisticRows rows;

    /**
     * What stands in the overlay.
     *
     * @param dealId    the deal written, negative while amoCRM has not numbered it; 0 if there is none
     * @param contactId the contact written, or else that of the deal, likewise
     */
    record Ids(long dealId, long contactId) {}

    /**
     * The overlay of one run.
     *
     * @param pending what lies over the mirror
     * @param rows    makes the mirror's rows of writes
     */
    public Overlay(PendingWrites pending, OptimisticRows rows) {
        this.pending = pending;
        this.rows = rows;
    }

    /** Puts the writes of a decision over the mirror. */
    Ids put(Delivery delivery) {
        DealWrite deal = delivery.decision.deal();
        long contactId = putContact(delivery.decision.contact(), deal);
        return new Ids(putDeal(deal, contactId, delivery.item.id()), contactId);
    }

    private long putContact(@Nullable ContactWrite contact, @Nullable DealWrite deal) {
        if (contact == null) {
            return deal == null || deal.contactId() == null ? 0 : deal.contactId();
        }
        long id = contact.isNew() ? pending.provisionalId() : contact.knownId();
        pending.put(rows.contact(contact, id, LATEST));
        return id;
    }

    private long putDeal(@Nullable DealWrite deal, long contactId, long itemId) {
        if (deal == null) {
            return 0;
        }
        long id = deal.isNew() ? pending.provisionalId() : deal.knownId();
        boolean linked = contactId != 0 && (deal.isNew() || deal.linkContact());
        pending.claim(rows.deal(deal, id, linked ? contactId : null, LATEST), itemId);
        return id;
    }

    /** The deal was written or will not be: the mirror tells the truth again. */
    void removeDeal(long id) {
        pending.releaseDeal(id);
    }

    /** The contact likewise. */
    void removeContact(long id) {
        pending.releaseContact(id);
    }
}
