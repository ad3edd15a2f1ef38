package io.identamocrm.state;

import io.identamocrm.model.Delivered;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * What is ours in amoCRM and cannot be read from it again: which deal is a reception's, what was last delivered, which contact is a
 * patient's and what we called it. It outlives the mirror. Ids, codes and fingerprints only.
 */
public final class Memory {

    private static final int BATCH = 500;

    private final String receptionsKey;
    private final String patientsKey;
    private final RMap<String, String> receptions;
    private final RMap<String, String> patients;
    /** What earlier builds remembered. */
    private final RMap<String, String> statuses;

    /** The memory of one account. */
    public Memory(RedissonClient redis, RedisKeys keys) {
        receptionsKey = keys.of("memory:receptions");
        patientsKey = keys.of("memory:patients");
        receptions = redis.getMap(receptionsKey, StringCodec.INSTANCE);
        patients = redis.getMap(patientsKey, StringCodec.INSTANCE);
        statuses = redis.getMap(keys.of("statuses"), StringCodec.INSTANCE);
    }

    /** What is remembered of these receptions; unknown ones are absent. */
    public Map<Long, Delivered> receptions(Collection<Long> ids) {
        Map<Long, Delivered> found = get(receptions, ids, Delivered.class);
        Set<String> others = ids.stream().filter(id -> !found.containsKey(id)).map(String::valueOf).collect(Collectors.toSet());
        if (!others.isEmpty()) {
            statuses.getAll(others).forEach((id, status) -> found.put(Long.valueOf(id), Delivered.ofStatus(Status.valueOf(status))));
        }
        return found;
    }

    /** What is remembered of these patients; unknown ones are absent. */
    public Map<Long, OwnContact> patients(Collection<Long> ids) {
        return get(patients, ids, OwnContact.class);
    }

    /** Remembers a reception. */
    public void remember(Changes changes, long reception, Delivered delivered) {
        changes.hset(receptionsKey, Long.toString(reception), RememberedJson.write(delivered));
    }

    /** Remembers a patient. */
    public void remember(Changes changes, long patient, OwnContact contact) {
        changes.hset(patientsKey, Long.toString(patient), RememberedJson.write(contact));
    }

    /** Shows every reception remembered, a batch at a time. */
    public void forEachReception(BiConsumer<Long, Delivered> reader) {
        receptions.entrySet(BATCH).forEach(entry ->
                reader.accept(Long.valueOf(entry.getKey()), RememberedJson.read(entry.getValue(), Delivered.class)));
    }

    /** Shows every patient remembered, a batch at a time. */
    public void forEachPatient(BiConsumer<Long, OwnContact> reader) {
        patients.entrySet(BATCH).forEach(entry ->
                reader.accept(Long.valueOf(entry.getKey()), RememberedJson.read(entry.getValue(), OwnContact.class)));
    }

    private static <T> Map<Long, T> get(RMap<String, String> map, Collection<Long> ids, Class<T> type) {
        Map<Long, T> found = new HashMap<>();
        if (!ids.isEmpty()) {
            map.getAll(ids.stream().map(String::valueOf).collect(Collectors.toCollection(LinkedHashSet::new)))
                    .forEach((id, text) -> found.put(Long.valueOf(id), RememberedJson.read(text, type)));
        }
        return found;
    }
}
