package io.identamocrm.delivery;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Intents.Intent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts on record what a batch is about to do, before it is sent, so that it can be looked for should the answer get lost; in the same
 * step Redis proves that the run holds the write lock and that the mirror is whole.
 */
public final class WriteIntents {

    private final Mirror mirror;
    private final Intents intents;

    /**
     * Intents of one account.
     *
     * @param mirror  knows the deals and contacts that there are already
     * @param intents where they are on record
     */
    public WriteIntents(Mirror mirror, Intents intents) {
        this.mirror = mirror;
        this.intents = intents;
    }

    /**
     * Notes what the batch is about to create, and which deals it is about to move.
     *
     * @throws io.identamocrm.state.LockLostException if the run may not write any more
     */
    public WriteBatch note(WriteBatch batch) {
        Intents.Open open = intentsOf(batch);
        return batch.noted(open, batch.buffer().lock().prove(batch.isCreation(), open.entries()));
    }

    private Intents.Open intentsOf(WriteBatch batch) {
        String owner = batch.buffer().lock().owner();
        List<Write> creations = batch.isCreation() ? batch.writes() : List.of();
        Map<Long, Long> newestDeals = mirror.newestDealsOf(creations.stream()
                .filter(write -> write.kind.createsDeal())
                .map(Write::receptionId)
                .toList());
        Map<Long, Long> newestContacts = mirror.newestContactsOf(creations.stream()
                .filter(write -> write.kind.createsContact())
                .map(Write::patientId)
                .toList());
        Map<Long, Intent> deals = new HashMap<>();
        Map<Long, Intent> contacts = new HashMap<>();
        Map<Long, Intent> stages = new HashMap<>();
        for (Write write : batch.writes()) {
            if (write.kind.createsDeal()) {
                long reception = write.receptionId();
                deals.put(
                        reception,
                        Intent.ofDeal(owner, reception, newestDeals.getOrDefault(reception, 0L), write.delivered()));
            }
            if (write.kind.createsContact()) {
                contacts.put(
                        write.patientId(),
                        Intent.ofContact(
                                owner,
                                newestContacts.getOrDefault(write.patientId(), 0L),
                                write.own() == null ? null : write.own().name()));
            }
            if (write.movesDeal()) {
                stages.put(
                        write.dealId,
                        Intent.ofStage(
                                owner, write.receptionId(), write.knownDeal().knownBase(), write.delivered()));
            }
        }
        return new Intents.Open(deals, contacts, stages);
    }

    /** What became of the batch is known: nothing of it happened. */
    public void forget(WriteBatch batch) {
        Changes changes = new Changes();
        intents.clear(changes, batch.intents());
        batch.buffer().lock().commit(changes);
    }
}
