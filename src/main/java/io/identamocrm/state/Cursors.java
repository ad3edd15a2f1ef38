package io.identamocrm.state;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import org.redisson.api.RBucket;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** How far into IDENT's changes each kind of run has come: clinic wall clock, and row version where there is one. */
public final class Cursors {

    private static final Duration PROGRESS_KEPT = Duration.ofDays(1);
    private static final String NONE = "-";

    private final RedissonClient redis;
    private final RedisKeys keys;
    private final RMap<String, String> cursors;

    /** The cursors of one account. */
    public Cursors(RedissonClient redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
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

    /** Gives up the row version: from now on changes pass it unnoticed. */
    public void forgetVersion(String run) {
        cursors.fastRemove(run + ":version");
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

    /**
     * How far a long run came that did not end.
     *
     * @param id      the last one whose outcome is on record, in the run's order
     * @param begun   the server's clock when the run began to read: what changed since then is not on record
     * @param version the same as row version, or null if there was none
     */
    public record Progress(long id, LocalDateTime begun, byte[] version) {
    }

    /** How far a long run came that did not end, or null. */
    public Progress progressOf(String run) {
        String stored = progress(run).get();
        String[] parts = stored == null ? new String[0] : stored.split(" ");
        // What an older build noted tells the id only: such a run begins anew.
        return parts.length != 3 ? null : new Progress(Long.parseLong(parts[0]), LocalDateTime.parse(parts[1]),
                parts[2].equals(NONE) ? null : HexFormat.of().parseHex(parts[2]));
    }

    /** Notes how far a long run has come; kept for a day. */
    public void noteProgress(String run, Progress progress) {
        String version = progress.version() == null ? NONE : HexFormat.of().formatHex(progress.version());
        progress(run).set(progress.id() + " " + progress.begun() + " " + version, PROGRESS_KEPT);
    }

    /** The long run has come to its end. */
    public void forgetProgress(String run) {
        progress(run).delete();
    }

    private RBucket<String> progress(String run) {
        return redis.getBucket(keys.of("progress:" + run), StringCodec.INSTANCE);
    }
}
