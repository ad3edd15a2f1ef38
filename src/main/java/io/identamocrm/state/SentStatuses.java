package io.identamocrm.state;

import io.identamocrm.model.Status;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** The derived status last sent for each reception: a stage is set only when it changes, so that a manager's later move stands. */
public final class SentStatuses {

    private final RMap<String, String> statuses;

    /** The statuses of one account. */
    public SentStatuses(RedissonClient redis, RedisKeys keys) {
        statuses = redis.getMap(keys.of("statuses"), StringCodec.INSTANCE);
    }

    /** The remembered statuses of these receptions; unknown ones are absent. */
    public Map<Long, Status> of(Collection<Long> receptions) {
        Map<Long, Status> found = new LinkedHashMap<>();
        statuses.getAll(new LinkedHashSet<>(receptions.stream().map(String::valueOf).toList()))
                .forEach((id, status) -> found.put(Long.valueOf(id), Status.valueOf(status)));
        return found;
    }

    /** Remembers statuses. */
    public void remember(Map<Long, Status> sent) {
        if (!sent.isEmpty()) {
            Map<String, String> entries = new LinkedHashMap<>();
            sent.forEach((id, status) -> entries.put(Long.toString(id), status.name()));
            statuses.putAll(entries);
        }
    }
}
