package io.identamocrm.mirror;

import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.state.Changes;
import io.identamocrm.state.WriteLock;
import java.util.Collection;

/** Puts rows into a mirror as a run does: with the proof of its lock. */
public final class MirrorRows {

    private MirrorRows() {}

    /** Stores rows. */
    public static void store(Mirror mirror, WriteLock lock, Collection<Deal> deals, Collection<Contact> contacts) {
        Changes changes = new Changes();
        mirror.store(changes, deals, contacts);
        lock.commit(changes);
    }
}
