package io.identamocrm.mirror;

import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.state.Changes;
import io.identamocrm.state.WriteLock;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Asks amoCRM itself for the deals and contacts of a few receptions or patients that somebody has named: a deletion shows in no list of
 * what has changed.
 */
public final class NamedEntities implements RequestSequence {

    private final Mirror mirror;
    private final RemovedEntities removed;
    private final WriteLock lock;
    private final GoneCheck<Deal> deals;
    private final GoneCheck<Contact> contacts;

    /**
     * A look at these.
     *
     * @param removed takes what is gone
     * @param lock    proves that the mirror may be changed
     */
    public NamedEntities(
            Mirror mirror,
            EntityReader reader,
            RemovedEntities removed,
            WriteLock lock,
            Collection<Long> deals,
            Collection<Long> contacts) {
        this.mirror = mirror;
        this.removed = removed;
        this.lock = lock;
        this.deals = new GoneCheck<>(Entity.LEADS, deals, Set.of(), reader::deal, there -> store(there, List.of()));
        this.contacts =
                new GoneCheck<>(Entity.CONTACTS, contacts, Set.of(), reader::contact, there -> store(List.of(), there));
    }

    private void store(List<Deal> someDeals, List<Contact> someContacts) {
        Changes changes = new Changes();
        mirror.store(
                changes,
                mirror.reread(someDeals).values(),
                mirror.rereadContacts(someContacts).values());
        lock.commit(changes);
    }

    @Override
    public boolean hasNext() {
        return deals.hasNext() || contacts.hasNext();
    }

    @Override
    public AmocrmRequest next() {
        return deals.hasNext() ? deals.next() : contacts.next();
    }

    @Override
    public void aggregate(Response.Usable answer) {
        if (deals.hasNext()) {
            deals.aggregate(answer);
        } else {
            contacts.aggregate(answer);
        }
        if (!hasNext()) {
            Changes changes = new Changes();
            removed.deals(changes, deals.gone());
            removed.contacts(changes, contacts.gone());
            lock.commit(changes);
        }
    }
}
