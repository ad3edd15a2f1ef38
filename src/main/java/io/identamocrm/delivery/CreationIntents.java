package io.identamocrm.delivery;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.state.Intents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Puts on record what a batch is about to create, before it is sent, so that it can be looked for should the answer get lost. */
public final class CreationIntents {

    private final Mirror mirror;
    private final Intents intents;

    /**
     * Intents of one account.
     *
     * @param mirror  knows the deals that a reception has already
     * @param intents where the creations are on record
     */
    public CreationIntents(Mirror mirror, Intents intents) {
        this.mirror = mirror;
        this.intents = intents;
    }

    /** Notes what the batch is about to create; nothing for one that changes or links. */
    public WriteBatch note(WriteBatch batch) {
        if (!batch.isCreation()) {
            return batch;
        }
        Intents.Open creations = creationsOf(batch);
        intents.record(creations);
        return batch.noted(creations);
    }

    private Intents.Open creationsOf(WriteBatch batch) {
        Map<Long, Long> deals = new HashMap<>();
        Set<Long> patients = new HashSet<>();
        for (Write write : batch.writes()) {
            if (write.kind.createsDeal()) {
                deals.put(write.receptionId(), 0L);
            }
            if (write.kind.createsContact()) {
                patients.add(write.patientId());
            }
        }
        deals.putAll(mirror.newestDealsOf(deals.keySet()));
        return new Intents.Open(deals, patients);
    }

    /** What became of the batch is known and in the mirror: there is nothing to look for. */
    public void forget(WriteBatch batch) {
        intents.clear(batch.creations());
    }
}
