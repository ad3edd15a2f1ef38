package io.identamocrm.state;

import java.time.LocalDateTime;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** How far into IDENT's changes each kind of run has come: clinic wall clock. */
public final class Cursors {

    private final RMap<String, String> cursors;

    /** The cursors of one account. */
    public Cursors(RedissonClient redis, RedisKeys keys) {
        cursors = redis.getMap(keys.of("cursors"), StringCodec.INSTANCE);
    }

    /** The cursor of a kind of run, or null before its first success. */
    public LocalDateTime of(String run) {
        String stored = cursors.get(run);
        return stored == null ? null : LocalDateTime.parse(stored);
    }

    /** Moves the cursor; to be called only when every change below it has an outcome on record. */
    public void move(String run, LocalDateTime to) {
        cursors.put(run, to.toString());
    }
}
