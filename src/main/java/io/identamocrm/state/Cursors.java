package io.identamocrm.state;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBucket;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** How far into IDENT's changes each kind of run has come: clinic wall clock, and row version where there is one. */
public final class Cursors {

    private static final Duration PROGRESS_KEPT = Duration.ofDays(1);
    private static final String NONE = "-";
    private static final String DATABASE = "database";
    private static final String OTHER_DATABASE = "database:other";
    private static final int PROGRESS_PARTS = 5;

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
    public @Nullable LocalDateTime of(String run) {
        String stored = cursors.get(run);
        return stored == null ? null : LocalDateTime.parse(stored);
    }

    /** The row version below which every change is on record, or null if none was ever kept. */
    public byte @Nullable [] versionOf(String run) {
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
    public @Nullable LocalDateTime readUpTo(String run) {
        String stored = cursors.get(run + ":read-up-to");
        return stored == null ? null : LocalDateTime.parse(stored);
    }

    /** The database that the cursors are of, or null before the first run. */
    public @Nullable String database() {
        return cursors.get(DATABASE);
    }

    /** Another database that was looked at from end to end since, or null. */
    public @Nullable String otherDatabase() {
        return cursors.get(OTHER_DATABASE);
    }

    /** From now on this is the database; what was noted of others is over. */
    public void noteDatabase(String identity) {
        cursors.fastPut(DATABASE, identity);
        cursors.fastRemove(OTHER_DATABASE);
    }

    /** Another database was looked at from end to end. */
    public void noteOtherDatabase(String identity) {
        cursors.fastPut(OTHER_DATABASE, identity);
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
     * Where a row stands in the order of long runs, which is IDENT's: planned start, those without one first, then id.
     *
     * @param plannedStart in tenths of a microsecond, SQL Server's finest; see {@link #startOf}
     */
    public record Position(long plannedStart, long id) implements Comparable<Position> {

        private static final Comparator<Position> ORDER =
                Comparator.comparingLong(Position::plannedStart).thenComparingLong(Position::id);
        private static final long A_SECOND = 10_000_000;
        private static final int NANOS = 100;

        /** A planned start as a number; of patients, and of receptions without one, null. */
        // The seconds are beside it.
        @SuppressWarnings("JavaLocalDateTimeGetNano")
        public static long startOf(@Nullable LocalDateTime plannedStart) {
            return plannedStart == null
                    ? Long.MIN_VALUE
                    : plannedStart.toEpochSecond(ZoneOffset.UTC) * A_SECOND + plannedStart.getNano() / NANOS;
        }

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * How far a long run came that did not end.
     *
     * @param last     the last row whose outcome is on record, in the run's order, where the run found it
     * @param begun    the server's clock when the run began to read: what changed since then is not on record
     * @param version  the same as row version, or null if there was none
     * @param settings fingerprint of the settings that choose the rows and what becomes of them
     */
    public record Progress(Position last, LocalDateTime begun, byte @Nullable [] version, String settings) {}

    /** How far a long run came that did not end, or null. */
    public @Nullable Progress progressOf(String run) {
        String stored = progress(run).get();
        String[] parts = stored == null ? new String[0] : stored.split(" ");
        // What an older build noted does not tell where the row stood: such a run begins anew.
        return parts.length != PROGRESS_PARTS
                ? null
                : new Progress(
                        new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1])),
                        LocalDateTime.parse(parts[2]),
                        parts[3].equals(NONE) ? null : HexFormat.of().parseHex(parts[3]),
                        parts[4]);
    }

    /** Notes how far a long run has come; kept for a day. */
    public void noteProgress(String run, Progress progress) {
        String version = progress.version() == null ? NONE : HexFormat.of().formatHex(progress.version());
        progress(run)
                .set(
                        progress.last().plannedStart() + " " + progress.last().id() + " " + progress.begun() + " "
                                + version + " " + progress.settings(),
                        PROGRESS_KEPT);
    }

    /** The long run has come to its end. */
    public void forgetProgress(String run) {
        progress(run).delete();
    }

    private RBucket<String> progress(String run) {
        return redis.getBucket(keys.of("progress:" + run), StringCodec.INSTANCE);
    }
}
