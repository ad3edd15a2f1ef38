package io.identamocrm.state;

import java.time.LocalDateTime;
import java.util.Map;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** How far into IDENT's changes each kind of run has come: clinic wall clock, and the row version where IDENT has any. */
public final class Cursors {

    private static final String READ_UP_TO = ":read-up-to";
    private static final String VERSION = ":version";

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

    /** The server's clock when the last finished run began to read, or null: all changes before are on record. */
    public LocalDateTime readUpTo(String run) {
        String stored = cursors.get(run + READ_UP_TO);
        return stored == null ? null : LocalDateTime.parse(stored);
    }

    /** The row version from which the next run reads, as hexadecimal text; null if the last one went by change times. */
    public String version(String run) {
        return cursors.get(run + VERSION);
    }

    /**
     * Moves the cursor by time; to be called only when every change below it has an outcome on record.
     *
     * @param readUpTo the server's clock when the run began to read
     */
    public void move(String run, LocalDateTime to, LocalDateTime readUpTo) {
        cursors.putAll(Map.of(run, to.toString(), run + READ_UP_TO, readUpTo.toString()));
    }

    /**
     * Moves both cursors at once: each stands for changes that the other does not see.
     *
     * @param version as hexadecimal text
     */
    public void move(String run, LocalDateTime to, LocalDateTime readUpTo, String version) {
        cursors.putAll(Map.of(run, to.toString(), run + READ_UP_TO, readUpTo.toString(), run + VERSION, version));
    }

    /** Gives up the row version: from now on changes pass it unnoticed. */
    public void forgetVersion(String run) {
        cursors.fastRemove(run + VERSION);
    }
}
