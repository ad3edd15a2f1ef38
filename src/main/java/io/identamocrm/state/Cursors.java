package io.identamocrm.state;

import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** How far into IDENT's changes each kind of run has come: clinic wall clock, and row version where there is one. */
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

    /** The row version below which every change is on record, or null if none was ever kept. */
    public byte[] versionOf(String run) {
        String stored = cursors.get(run + ":version");
        return stored == null ? null : HexFormat.of().parseHex(stored);
    }

    /** Moves the row version; to be called only when every change below it has an outcome on record. */
    public void moveVersion(String run, byte[] to) {
        cursors.fastPut(run + ":version", HexFormat.of().formatHex(to));
    }

    /** The server's clock when the last finished run began to read, or null: all changes before are on record. */
    public LocalDateTime readUpTo(String run) {
        String stored = cursors.get(run + ":read-up-to");
        return stored == null ? null : LocalDateTime.parse(stored);
    }

    /**
     * Moves the cursor; to be called only when every change below it has an outcome on record.
     *
     * @param readUpTo the server's clock when the run began to read
     */
    public void move(String run, LocalDateTime to, LocalDateTime readUpTo) {
        cursors.putAll(Map.of(run, to.toString(), run + ":read-up-to", readUpTo.toString()));
    }
}
