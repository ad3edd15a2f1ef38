package io.identamocrm.mirror;

import io.identamocrm.state.Changes;
import io.identamocrm.state.Memory;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deals and contacts that amoCRM, asked by id, says are no more: a manager deleted or merged them. */
public final class RemovedEntities {

    private static final Logger LOG = LoggerFactory.getLogger(RemovedEntities.class);

    private static final int SHOWN = 20;

    private final Mirror mirror;
    private final Memory memory;

    /**
     * Of one account.
     *
     * @param mirror forgets them
     * @param memory remembers that they were ours and are gone
     */
    public RemovedEntities(Mirror mirror, Memory memory) {
        this.mirror = mirror;
        this.memory = memory;
    }

    /** Forgets deals, and remembers of their receptions that they are gone. */
    public void deals(Changes changes, Collection<Long> ids) {
        Map<Long, Long> receptions = new TreeMap<>();
        mirror.deals(ids).values().stream()
                .filter(deal -> deal.receptionId() != null)
                .forEach(deal -> receptions.put(deal.id(), deal.receptionId()));
        deals(changes, ids, receptions);
    }

    /**
     * The same where it is known whose they were.
     *
     * @param receptions reception by deal, as far as one is known
     */
    void deals(Changes changes, Collection<Long> ids, Map<Long, Long> receptions) {
        if (ids.isEmpty()) {
            return;
        }
        mirror.forgetDeals(changes, ids);
        memory.receptions(receptions.values()).forEach((reception, delivered) -> {
            if (ids.contains(delivered.deal())) {
                memory.remember(changes, reception, delivered.asGone());
            }
        });
        LOG.info("{} deals were deleted or merged in amoCRM: {}", ids.size(), shown(ids));
    }

    /** Forgets contacts, and remembers of their patients that they are gone. */
    public void contacts(Changes changes, Collection<Long> ids) {
        Map<Long, Long> patients = new TreeMap<>();
        mirror.contacts(ids).values().stream()
                .filter(contact -> contact.patientId() != null)
                .forEach(contact -> patients.put(contact.id(), contact.patientId()));
        contacts(changes, ids, patients);
    }

    /**
     * The same where it is known whose they were.
     *
     * @param patients patient by contact, as far as one is known
     */
    void contacts(Changes changes, Collection<Long> ids, Map<Long, Long> patients) {
        if (ids.isEmpty()) {
            return;
        }
        mirror.forgetContacts(changes, ids);
        memory.patients(patients.values()).forEach((patient, own) -> {
            if (ids.contains(own.contact())) {
                memory.remember(changes, patient, own.asGone());
            }
        });
        LOG.info("{} contacts were deleted or merged in amoCRM: {}", ids.size(), shown(ids));
    }

    private static String shown(Collection<Long> ids) {
        return ids.stream().sorted().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "))
                + (ids.size() > SHOWN ? " …" : "");
    }
}
