package io.identamocrm.state;

import io.identamocrm.model.Text;
import io.identamocrm.state.Scripts.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at a time decides and writes for the account, over all kinds of runs and all processes: two that decide on the same snapshot
 * would create a new patient's contact twice. Short runs go first: a long one asks between its chunks and the pages of its lists
 * whether somebody waits.
 *
 * <p>The lock is believed only as long as it is proven. Its holder's name stands in the manifest of the mirror, apart from the lock, and
 * every change raises a counter there that the holder knows: a lock that another run has taken, a Redis that was emptied, went back in
 * time, or is another one, and a mirror of which a part is missing all show in the script that would have gone on. A mirror of which a part
 * is missing is dropped when the lock is taken: what is left would not be listed into its indexes again. A holder that did not
 * give the lock back may still have a request on its way; until that must have ended, nothing is created.
 */
public final class WriteLock {

    private static final Logger LOG = LoggerFactory.getLogger(WriteLock.class);
    private static final Duration WISH_KEPT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private static final String SIZE = """
            local function size(key)
              local kind = redis.call('TYPE', key).ok
              if kind == 'hash' then return redis.call('HLEN', key) end
              if kind == 'zset' then return redis.call('ZCARD', key) end
              return 0
            end
            """;

    /** Keys: lock, wish, manifest, intents, lock of the kind, the mirror's. */
    private static final Script ACQUIRE = Script.withServer(SIZE + """
            local lock, wish, manifest = KEYS[1], KEYS[2], KEYS[3]
            local me, lease = ARGV[3], tonumber(ARGV[4])
            if redis.call('HGET', KEYS[5], 'owner') == me then redis.call('HSET', KEYS[5], 'until', now + lease) end
            local kept = redis.call('HMGET', manifest, 'writer', 'redis', 'counter', 'settings', 'settings-until', 'quiet-until')
            if kept[4] and kept[4] ~= ARGV[11] and tonumber(kept[5]) > now and tonumber(kept[5]) < now + 2 * lease + 600000 then
              return {'other settings'}
            end
            if ARGV[6] == '1' then
              local wished = tonumber(redis.call('GET', wish) or '') or 0
              if wished > now and wished <= now + ARGV[7] then return {'busy'} end
            else
              redis.call('SET', wish, now + ARGV[7])
            end
            local held = redis.call('HMGET', lock, 'owner', 'until')
            if redis.call('EXISTS', lock) == 1 and held[1] ~= me then
              if not held[2] then return {'busy'} end
              local ends = tonumber(held[2])
              if ends > now and ends <= now + 2 * lease then return {'busy'} end
            end
            redis.call('DEL', lock)
            redis.call('HSET', lock, 'owner', me, 'until', now + lease)
            if ARGV[6] == '0' then redis.call('DEL', wish) end

            local function isOver(owner)
              return owner == me or (string.sub(owner, 1, #ARGV[9] + 1) == ARGV[9] .. ':'
                and not string.find(ARGV[10], ',' .. owner .. ',', 1, true))
            end
            local other = not kept[2] or kept[2] ~= server or tonumber(kept[3] or '0') < tonumber(ARGV[8])
            local left = kept[1] and not isOver(kept[1])
            for _, intent in ipairs(redis.call('HVALS', KEYS[4])) do
              local owner = string.match(intent, '"owner":"([^"]*)"')
              left = left or not owner or not isOver(owner)
            end
            if other then
              redis.call('HSET', manifest, 'redis', server)
              redis.call('HDEL', manifest, 'whole')
            end
            if other or left then
              redis.call('HSET', manifest, 'quiet-until', now + ARGV[5])
              if left then redis.call('HSET', manifest, 'quiet-for', 'owner') end
            end
            local complete = true
            for i = 6, #KEYS do
              complete = complete and tostring(size(KEYS[i])) == (redis.call('HGET', manifest, 'size:' .. i - 5) or '0')
            end
            if not complete then
              redis.call('HDEL', manifest, 'whole')
              for i = 6, #KEYS do
                redis.call('DEL', KEYS[i])
                redis.call('HDEL', manifest, 'size:' .. i - 5)
              end
            end
            redis.call('HSET', manifest, 'writer', me, 'settings', ARGV[11])
            local alive = tonumber(redis.call('HGET', manifest, 'settings-until') or '0')
            if kept[4] ~= ARGV[11] or alive < now + lease then redis.call('HSET', manifest, 'settings-until', now + lease) end
            local counter = redis.call('HINCRBY', manifest, 'counter', 1)
            return {'taken', counter, redis.call('HEXISTS', manifest, 'whole'), redis.call('HEXISTS', manifest, 'quiet-until'),
              redis.call('HEXISTS', manifest, 'quiet-for'), other and 1 or 0}
            """);

    /** Keys: lock, manifest, lock of the kind, the mirror's, then those in which something is noted. */
    private static final Script PROVE = Script.withServer(SIZE + """
            local lock, manifest, me, lease, sized = KEYS[1], KEYS[2], ARGV[3], ARGV[4], tonumber(ARGV[7])
            local kept = redis.call('HMGET', manifest, 'writer', 'redis', 'counter')
            if not kept[1] and kept[3] and tonumber(kept[3]) > tonumber(ARGV[5]) then return {'taken'} end
            if not kept[1] then return {'forgotten', 'emptied'} end
            if kept[1] ~= me then return {'taken'} end
            if kept[2] ~= server then return {'forgotten', 'another server'} end
            if kept[3] ~= ARGV[5] then return {'forgotten', 'went back in time'} end
            for i = 1, sized do
              if tostring(size(KEYS[3 + i])) ~= (redis.call('HGET', manifest, 'size:' .. i) or '0') then
                redis.call('HDEL', manifest, 'whole')
                return {'forgotten', 'a part of the mirror is gone'}
              end
            end
            if ARGV[6] == '1' then
              if redis.call('HEXISTS', manifest, 'whole') == 0 then return {'forgotten', 'the mirror is not whole'} end
              if redis.call('HEXISTS', manifest, 'quiet-until') == 1 then return {'forgotten', 'a write may be on its way'} end
            end
            for i = 8, #ARGV, 4 do
              redis.call(ARGV[i], KEYS[3 + sized + ARGV[i + 1]], ARGV[i + 2], ARGV[i + 3])
            end
            redis.call('HSET', lock, 'owner', me, 'until', now + lease)
            if redis.call('HGET', KEYS[3], 'owner') == me then redis.call('HSET', KEYS[3], 'until', now + lease) end
            return {'proven', redis.call('HINCRBY', manifest, 'counter', 1)}
            """);

    /** Keys: lock, manifest, lock of the kind, the mirror's, then those that are changed. */
    private static final Script COMMIT = Script.withServer(SIZE + """
            local lock, manifest, me, lease, sized = KEYS[1], KEYS[2], ARGV[3], ARGV[4], tonumber(ARGV[6])
            local kept = redis.call('HMGET', manifest, 'writer', 'redis', 'counter')
            local complete, left_out = true, false
            for i = 1, sized do
              complete = complete and tostring(size(KEYS[3 + i])) == (redis.call('HGET', manifest, 'size:' .. i) or '0')
            end
            for i = 7, #ARGV, 4 do
              local command, key = ARGV[i], KEYS[3 + sized + ARGV[i + 1]]
              if left_out then left_out = false
              elseif command == 'UNLESS' then left_out = redis.call('ZSCORE', key, ARGV[i + 2])
              elseif command == 'HSET' or command == 'HSETNX' or command == 'ZADD' then
                redis.call(command, key, ARGV[i + 2], ARGV[i + 3])
              elseif command == 'DEL' then redis.call(command, key)
              else redis.call(command, key, ARGV[i + 2]) end
            end
            if complete then
              for i = 1, sized do redis.call('HSET', manifest, 'size:' .. i, size(KEYS[3 + i])) end
            else
              redis.call('HDEL', manifest, 'whole')
            end
            if not kept[1] and kept[3] and tonumber(kept[3]) > tonumber(ARGV[5]) then return {'taken'} end
            if not kept[1] then return {'forgotten', 'emptied'} end
            if kept[1] ~= me then return {'taken'} end
            if kept[2] ~= server then return {'forgotten', 'another server'} end
            if kept[3] ~= ARGV[5] then return {'forgotten', 'went back in time'} end
            redis.call('HSET', lock, 'owner', me, 'until', now + lease)
            if redis.call('HGET', KEYS[3], 'owner') == me then redis.call('HSET', KEYS[3], 'until', now + lease) end
            local counter = redis.call('HINCRBY', manifest, 'counter', 1)
            if not complete then return {'forgotten', 'a part of the mirror is gone'} end
            return {'committed', counter}
            """);

    private static final Script QUIET = Script.withClock("""
            return {math.max(0, math.ceil(tonumber(redis.call('HGET', KEYS[1], 'quiet-until') or '0') - now))}
            """);

    private static final Script RELEASE = Script.withClock("""
            if redis.call('HGET', KEYS[2], 'writer') == ARGV[3] then
              redis.call('HDEL', KEYS[2], 'writer')
              if redis.call('HGET', KEYS[2], 'settings') == ARGV[4] then
                redis.call('HSET', KEYS[2], 'settings-until', now + ARGV[5])
              end
            end
            if redis.call('HGET', KEYS[1], 'owner') == ARGV[3] then redis.call('DEL', KEYS[1]) end
            return {}
            """);

    private final WriteLocks account;
    private final String owner;
    private final String kind;
    private boolean held;
    private @Nullable String counter;
    private boolean whole;
    private boolean quiet;
    private boolean quietForOwner;
    private boolean doubtful;

    WriteLock(WriteLocks account, String owner, @Nullable String kind) {
        this.account = account;
        this.owner = owner;
        this.kind = kind == null ? account.key() : kind;
    }

    /**
     * Waits for the lock and acquires it.
     *
     * @param background true to let everybody else go first
     * @throws OtherSettingsException if a process with other settings works on the account
     */
    public void acquire(boolean background) throws InterruptedException {
        List<String> keys = new ArrayList<>(List.of(
                account.key(),
                account.wish(),
                account.manifest(),
                account.keys().of(Intents.KEY),
                kind));
        keys.addAll(account.mirror());
        List<String> answer = List.of();
        while (!held) {
            Owners owners = account.owners();
            answer = account.scripts()
                    .run(
                            ACQUIRE,
                            keys,
                            List.of(
                                    owner,
                                    millis(account.lease().lock()),
                                    millis(account.lease().toSettle()),
                                    background ? "1" : "0",
                                    millis(WISH_KEPT),
                                    Long.toString(owners.counter()),
                                    owners.process(),
                                    owners.live(),
                                    account.settings()));
            switch (answer.get(0)) {
                case "taken" -> held = true;
                case "other settings" -> throw new OtherSettingsException();
                default -> account.scripts().timing().sleep(POLL_INTERVAL);
            }
        }
        doubtful |= answer.get(5).equals("1") || answer.get(3).equals("1");
        boolean known = account.owners().counter() > 0;
        count(answer.get(1));
        account.owners().startAnewAt(Long.parseLong(counter));
        whole = answer.get(2).equals("1");
        quiet = answer.get(3).equals("1");
        quietForOwner = answer.get(4).equals("1") || account.owners().haveCreated();
        if (answer.get(5).equals("1") && known) {
            LOG.warn("Redis was emptied, went back in time or is another one: amoCRM is listed anew");
        }
    }

    private static String millis(Duration length) {
        return Long.toString(length.toMillis());
    }

    private void count(String count) {
        counter = count;
        account.owners().saw(Long.parseLong(count));
    }

    /** True if the mirror is what was listed from end to end, and what we wrote since. */
    public boolean isMirrorWhole() {
        return whole;
    }

    /** True while a write of somebody who did not give the lock back may be on its way: nothing may be created. */
    public boolean isQuiet() {
        return quiet;
    }

    /**
     * True if the quiet has another reason than that this is the first run that this Redis has ever seen: in an account that holds nothing
     * of ours, nothing of ours can be on its way then.
     */
    public boolean isQuietForOwner() {
        return quietForOwner;
    }

    /** True if Redis may have held something else before, or somebody may have done what is not on record, since this run first took it. */
    public boolean isDoubtful() {
        return doubtful;
    }

    /** Waits until no write of a former holder can be on its way any more. */
    public void waitOut() throws InterruptedException {
        long left = quietMillis();
        if (left > 0) {
            LOG.info("Somebody may not have ended: nothing is created for {} s", Math.max(1, left / 1000));
        }
        for (; left > 0; left = quietMillis()) {
            account.scripts().timing().sleep(Duration.ofMillis(Math.min(left, Lease.SPARE.toMillis())));
            renew();
        }
    }

    private long quietMillis() {
        return Long.parseLong(account.scripts()
                .run(QUIET, List.of(account.manifest()), List.of())
                .get(0));
    }

    /** What was sent before is known now: creations may go again. */
    public void endQuiet() {
        if (quiet) {
            commit(new Changes().hdel(account.manifest(), "quiet-until").hdel(account.manifest(), "quiet-for"));
            quiet = false;
        }
    }

    /** The mirror was listed from end to end, or is to be. */
    public void setMirrorWhole(boolean isWhole) {
        Changes change = new Changes();
        commit(isWhole ? change.hset(account.manifest(), "whole", "1") : change.hdel(account.manifest(), "whole"));
        whole = isWhole;
    }

    /** True if a short run waits. */
    public boolean hasWaiter() {
        return Long.parseLong(account.scripts()
                        .run(WISH, List.of(account.wish()), List.of(millis(WISH_KEPT)))
                        .get(0))
                > 0;
    }

    private static final Script WISH = Script.withClock("""
            local wished = tonumber(redis.call('GET', KEYS[1]) or '') or 0
            return {(wished > now and wished <= now + ARGV[3]) and 1 or 0}
            """);

    /**
     * Shows a sign of life, and looks whether everything is as this run left it.
     *
     * @throws LockLostException if not
     */
    public void renew() {
        prove(false, Map.of());
    }

    /**
     * Proves, before a batch is sent, that the lock is held and that the mirror is what it was, and notes what the batch is about to do.
     *
     * @param creates whether it creates something: then the mirror must be whole
     * @param intents what it is about to do, by name; see {@link Intents}
     * @return until when the batch may begin to be sent, nanoseconds of {@link Timing}
     * @throws LockLostException if not; nothing may be sent then
     */
    public long prove(boolean creates, Map<String, String> intents) {
        Changes noted = new Changes();
        intents.forEach((name, intent) -> noted.hset(account.keys().of(Intents.KEY), name, intent));
        return prove(creates, noted);
    }

    /**
     * The same for what only sets fields of hashes, before something is sent that the mirror does not hold.
     *
     * @param noted what is about to be done
     */
    public long prove(Changes noted) {
        return prove(false, noted);
    }

    private long prove(boolean creates, Changes noted) {
        long before = account.scripts().timing().nanos();
        List<String> keys = new ArrayList<>(List.of(account.key(), account.manifest(), kind));
        keys.addAll(account.mirror());
        keys.addAll(noted.keys());
        List<String> arguments = new ArrayList<>(List.of(
                owner,
                millis(account.lease().lock()),
                counter,
                creates ? "1" : "0",
                Integer.toString(account.mirror().size())));
        arguments.addAll(noted.arguments());
        take(account.scripts().run(PROVE, keys, arguments));
        if (creates) {
            account.owners().create();
        }
        return before + account.lease().toSend().toNanos();
    }

    /**
     * Carries out changes in one step, and looks whether everything is as this run left it. What amoCRM has confirmed is put on record in
     * any case: it is true, whoever holds the lock.
     *
     * @throws LockLostException if the lock is lost, after the changes
     */
    public void commit(Changes changes) {
        if (changes.isEmpty()) {
            return;
        }
        List<String> keys = new ArrayList<>(List.of(account.key(), account.manifest(), kind));
        keys.addAll(account.mirror());
        keys.addAll(changes.keys());
        List<String> arguments = new ArrayList<>(List.of(
                owner,
                millis(account.lease().lock()),
                counter,
                Integer.toString(account.mirror().size())));
        arguments.addAll(changes.arguments());
        take(account.scripts().run(COMMIT, keys, arguments));
    }

    /** What the scripts say, in all languages. */
    private static Text reason(String said) {
        return Stream.of(StateText.values())
                .filter(text -> text.english().equals(said))
                .map(Text.class::cast)
                .findFirst()
                .orElseGet(() -> Text.of(said));
    }

    private void take(List<String> answer) {
        switch (answer.get(0)) {
            case "proven", "committed" -> count(answer.get(1));
            case "taken" -> throw LockLostException.taken();
            default -> throw LockLostException.forgotten(reason(answer.get(1)));
        }
    }

    /** The run's name. */
    public String owner() {
        return owner;
    }

    /** A clock that only goes on, in nanoseconds. */
    public long nanos() {
        return account.scripts().timing().nanos();
    }

    /** Small facts about the mirror. */
    public String manifest() {
        return account.manifest();
    }

    /** Gives it back, if it is held; if Redis is away, it ends by itself. */
    public void release() {
        if (held) {
            held = false;
            try {
                account.scripts()
                        .run(
                                RELEASE,
                                List.of(account.key(), account.manifest()),
                                List.of(owner, account.settings(), millis(account.alive())));
            } catch (RedisException e) {
                LOG.warn(
                        "The write lock was not given back ({}); it ends by itself",
                        e.getClass().getSimpleName());
            }
        }
    }
}
