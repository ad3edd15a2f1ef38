package io.identamocrm.state;

import io.identamocrm.model.Delivered;
import io.identamocrm.model.FollowUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RMap;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * What managers are to hear of, from the moment at which the change is on record as delivered until amoCRM has the task or note. It is
 * opened in the same step that records the change, so that neither is there without the other; what is done is known for a month, and
 * opened no second time. Ids only.
 */
public final class FollowUps {

    private static final Duration KNOWN_FOR = Duration.ofDays(30);
    /** Beside those that are open: what Redis holds may be older than what was sent. */
    private static final String DOUBT = "doubt";

    /**
     * One that is open.
     *
     * @param what   the follow-up
     * @param deal   the deal it belongs to
     * @param sender the run that may have sent it; null if none has
     */
    public record Open(FollowUp what, long deal, @Nullable String sender) {}

    private final String openKey;
    private final String doneKey;
    private final RMap<String, String> open;
    private final RScoredSortedSet<String> done;

    /**
     * What is on record of a follow-up of one reception.
     *
     * @param event what has happened
     * @param open  how and on which deal it is still to be told; null if it is done
     * @param done  when it was told, or it was found that it never will be; null while it is open
     */
    public record Recorded(
            FollowUp.Event event,
            @Nullable Open open,
            @Nullable Instant done) {}

    /** Those of one account. */
    public FollowUps(RedissonClient redis, RedisKeys keys) {
        openKey = keys.of("follow-ups");
        doneKey = keys.of("follow-ups:done");
        open = redis.getMap(openKey, StringCodec.INSTANCE);
        done = redis.getScoredSortedSet(doneKey, StringCodec.INSTANCE);
    }

    /** What is due with a delivery is open from now on, unless it already is, or is done. */
    void open(Changes changes, Delivered delivered) {
        for (FollowUp what : delivered.due()) {
            changes.hsetNewUnless(
                    doneKey, openKey, what.key(), RememberedJson.write(new Open(what, delivered.deal(), null)));
        }
    }

    /** True if something is to be done about them: one is open, or what Redis holds is in doubt. */
    public boolean areLeft() {
        return !open.isEmpty();
    }

    /** Those that are open, by their keys. */
    public Map<String, Open> all() {
        Map<String, Open> all = new TreeMap<>();
        open.readAllMap().forEach((key, text) -> {
            if (!key.equals(DOUBT)) {
                all.put(key, RememberedJson.read(text, Open.class));
            }
        });
        return all;
    }

    /** Those of one reception, the oldest first: what is done within the last month, then what is open. */
    public List<Recorded> of(long reception) {
        String prefix = reception + ":";
        List<Recorded> recorded = new ArrayList<>();
        done.entryRange(0, -1).stream()
                .filter(entry -> entry.getValue().startsWith(prefix))
                .forEach(entry -> recorded.add(new Recorded(
                        FollowUp.eventOf(entry.getValue()),
                        null,
                        Instant.ofEpochSecond(entry.getScore().longValue()))));
        all().values().stream()
                .filter(one -> one.what().reception() == reception)
                .sorted(Comparator.comparingLong(one -> one.what().found()))
                .forEach(one -> recorded.add(new Recorded(one.what().event(), one, null)));
        return recorded;
    }

    /** True if it is still to be told. */
    public boolean isOpen(String key) {
        return open.containsKey(key);
    }

    /** The run is about to send it. */
    public void sending(Changes changes, String key, Open before, String owner) {
        changes.hset(openKey, key, RememberedJson.write(new Open(before.what(), before.deal(), owner)));
    }

    /** It is told, or never will be. */
    public void done(Changes changes, String key, Instant now) {
        changes.hdel(openKey, key);
        changes.zadd(doneKey, key, now.getEpochSecond());
    }

    /** Redis may have lost what was sent: until that is over, what is open is looked for before it is sent. */
    public void doubt(Changes changes) {
        changes.hset(openKey, DOUBT, "1");
    }

    /** Everything that was decided on what Redis held then is told. */
    public void endDoubt(Changes changes) {
        changes.hdel(openKey, DOUBT);
    }

    /** True if Redis may have lost what was sent. */
    public boolean isDoubtful() {
        return open.containsKey(DOUBT);
    }

    /** What was done long ago may be forgotten. */
    public void forgetOld(Instant now) {
        done.removeRangeByScore(0, true, (double) now.minus(KNOWN_FOR).getEpochSecond(), true);
    }
}
