package io.identamocrm.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * What we were about to create in amoCRM, on record before the request goes out: amoCRM has no idempotency key, so after an answer that
 * tells nothing, or the end of the process, this is what has to be looked for. Ids only.
 */
public final class Intents {

    private static final String DEAL = "deal:";
    private static final String CONTACT = "contact:";

    /**
     * Creations whose outcome is not on record.
     *
     * @param deals    reception → highest id of its deals known before; a deal with a higher id is the one we created
     * @param patients patients for whom a contact was to be created; none was known before
     */
    public record Open(Map<Long, Long> deals, Set<Long> patients) {

        public Open {
            deals = Map.copyOf(deals);
            patients = Set.copyOf(patients);
        }

        /** True if everything is on record. */
        public boolean isEmpty() {
            return deals.isEmpty() && patients.isEmpty();
        }
    }

    private final RMap<String, String> intents;

    /** The intents of one account. */
    public Intents(RedissonClient redis, RedisKeys keys) {
        intents = redis.getMap(keys.of("intents"), StringCodec.INSTANCE);
    }

    /** Records creations, before they are sent. */
    public void record(Open creations) {
        Map<String, String> entries = new HashMap<>();
        creations.deals().forEach((reception, before) -> entries.put(DEAL + reception, before.toString()));
        creations.patients().forEach(patient -> entries.put(CONTACT + patient, ""));
        intents.putAll(entries);
    }

    /** Forgets creations whose outcome is on record now. */
    public void clear(Open creations) {
        Collection<String> names = new HashSet<>();
        creations.deals().keySet().forEach(reception -> names.add(DEAL + reception));
        creations.patients().forEach(patient -> names.add(CONTACT + patient));
        if (!names.isEmpty()) {
            intents.fastRemove(names.toArray(String[]::new));
        }
    }

    /** What a process has left behind. */
    public Open open() {
        Map<Long, Long> deals = new TreeMap<>();
        Set<Long> patients = new HashSet<>();
        intents.readAllMap().forEach((name, before) -> {
            if (name.startsWith(DEAL)) {
                deals.put(Long.valueOf(name.substring(DEAL.length())), Long.valueOf(before));
            } else {
                patients.add(Long.valueOf(name.substring(CONTACT.length())));
            }
        });
        return new Open(deals, patients);
    }
}
