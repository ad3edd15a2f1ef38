package io.identamocrm.state;

import io.identamocrm.model.Delivered;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * What is ours in amoCRM and cannot be read from it again: which deal is a reception's, what was last delivered, which contact is a
 * patient's and what we called it. It outlives the mirror. Ids, codes and fingerprints only.
 */
public final class Memory {

    private static final int BATCH = 500;

    private final RedissonClient redis;
    private final String receptionsKey;
    private final String patientsKey;
    /** What earlier builds remembered. */
    private final String statusesKey;

    private final FollowUps followUps;
    private final RMap<String, String> receptions;
    private final RMap<String, String> patients;

    /** The memory of one account. */
    public Memory(RedissonClient redis, RedisKeys keys) {
        this.redis = redis;
        receptionsKey = keys.of("memory:receptions");
        patientsKey = keys.of("memory:patients");
        statusesKey = keys.of("statuses");
        followUps = new FollowUps(redis, keys);
        receptions = redis.getMap(receptionsKey, StringCodec.INSTANCE);
        patients = redis.getMap(patientsKey, StringCodec.INSTANCE);
    }

    /** What is remembered of these receptions; unknown ones are absent. */
    public Map<Long, Delivered> receptions(Collection<Long> ids) {
        Map<Long, Delivered> found = get(receptionsKey, ids, Delivered.class);
        HashFields.read(
                        redis,
                        statusesKey,
                        ids.stream().filter(id -> !found.containsKey(id)).toList())
                .forEach((id, status) -> found.put(id, Delivered.ofStatus(Status.valueOf(status))));
        return found;
    }

    /** What is remembered of these patients; unknown ones are absent. */
    public Map<Long, OwnContact> patients(Collection<Long> ids) {
        return get(patientsKey, ids, OwnContact.class);
    }

    /** Remembers a reception; what managers are to hear of with it is open in the same step. */
    public void remember(Changes changes, long reception, Delivered delivered) {
        changes.hset(receptionsKey, Long.toString(reception), RememberedJson.write(delivered.telling(List.of())));
        followUps.open(changes, delivered);
    }

    /** Remembers a patient. */
    public void remember(Changes changes, long patient, OwnContact contact) {
        changes.hset(patientsKey, Long.toString(patient), RememberedJson.write(contact));
    }

    /** Shows every reception remembered, a batch at a time. */
    public void forEachReception(BiConsumer<Long, Delivered> reader) {
        receptions
                .entrySet(BATCH)
                .forEach(entry -> reader.accept(
                        Long.valueOf(entry.getKey()), RememberedJson.read(entry.getValue(), Delivered.class)));
    }

    /** Shows every patient remembered, a batch at a time. */
    public void forEachPatient(BiConsumer<Long, OwnContact> reader) {
        patients.entrySet(BATCH)
                .forEach(entry -> reader.accept(
                        Long.valueOf(entry.getKey()), RememberedJson.read(entry.getValue(), OwnContact.class)));
    }

    private <T> Map<Long, T> get(String key, Collection<Long> ids, Class<T> type) {
        Map<Long, T> found = new HashMap<>();
        HashFields.read(redis, key, ids).forEach((id, text) -> found.put(id, RememberedJson.read(text, type)));
        return found;
    }
}
