package io.identamocrm.amocrm;

import io.identamocrm.state.Scripts;
import io.identamocrm.state.Scripts.Script;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account's rate limit, shared through Redis by every process that works on the account (amoCRM facts, section 2): the rate, the
 * pauses that amoCRM asks for, and who goes first. All moments are Redis's, and the rate comes with every call, so that an emptied Redis
 * goes on by itself.
 */
public final class AccountRateLimit {

    private static final Logger LOG = LoggerFactory.getLogger(AccountRateLimit.class);

    /** A longer pause ends the run: its lock and the clinic's patience are worth more. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** Answers how long to wait before asking again, 0 = the request may go and counts; and how much of that amoCRM has asked for. */
    private static final Script ASK = Script.withClock("""
            local requests, interval, background, asked = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == 'true', tonumber(ARGV[6])
            local stored = redis.call('HMGET', KEYS[1], 'called', 'paused', 'urgent', 'sent')
            -- A clock that went back, as after a failover, takes all moments with it: nobody waits until it is where it was.
            local back = math.max(0, (stored[1] or now) - now)
            local paused = math.max((stored[2] or 0) - back, now + asked)
            local urgent = (stored[3] or 0) - back
            local free = paused
            local sent = {}
            if requests > 0 then
              for moment in string.gmatch(stored[4] or '', '%-?%d+') do
                if moment - back > now - interval then table.insert(sent, moment - back) end
              end
              if #sent >= requests then free = math.max(free, sent[#sent - requests + 1] + interval) end
              if background then free = math.max(free, urgent) else urgent = math.max(urgent, free + interval) end
              if free == now then table.insert(sent, now) end
            end
            redis.call('HSET', KEYS[1], 'called', now, 'paused', paused, 'urgent', urgent, 'sent', table.concat(sent, ' '))
            return {free - now, paused - now, now}
            """);

    /** A request that may have come later than it went counts from now on, in place of the moment at which it went. */
    private static final Script MOVE = Script.withClock("""
            local rest = {}
            local found = false
            for moment in string.gmatch(redis.call('HGET', KEYS[1], 'sent') or '', '%-?%d+') do
              if found or tonumber(moment) ~= tonumber(ARGV[3]) then table.insert(rest, moment) else found = true end
            end
            table.insert(rest, now)
            redis.call('HSET', KEYS[1], 'sent', table.concat(rest, ' '))
            return {}
            """);

    private final Scripts scripts;
    private final List<String> keys;
    private final int requests;
    private final Duration interval;
    private final Duration margin;
    private final Duration usualPause;

    /**
     * The limit of one account.
     *
     * @param scripts    where processes meet
     * @param key        the account's key
     * @param requests   requests per period; 0 switches the rate off (benchmarks only)
     * @param period     the server's period
     * @param margin     added to it, since the server counts arrivals and the network spreads what we send evenly; a request that may have
     *                   been longer on its way counts from its answer on
     * @param usualPause pause after too many requests when amoCRM does not say how long
     */
    public AccountRateLimit(
            Scripts scripts, String key, int requests, Duration period, Duration margin, Duration usualPause) {
        this.scripts = scripts;
        // Without the ending it is what an earlier version kept, of another type.
        this.keys = List.of(key + ":moments");
        this.requests = requests;
        this.interval = period.plus(margin);
        this.margin = margin;
        this.usualPause = usualPause;
    }

    /**
     * Waits until one request may go.
     *
     * @param background true to let requests of others go first that came within the last period
     * @return the request's turn, for {@link #answered}
     * @throws AmocrmException.Paused if amoCRM has asked for a longer pause than is worth waiting for
     */
    Turn acquire(boolean background) throws InterruptedException {
        while (true) {
            long asked = scripts.timing().nanos();
            Wait wait = ask(background, Duration.ZERO);
            if (wait.length.isZero()) {
                return new Turn(wait.moment, asked);
            }
            if (wait.pause.compareTo(LONGEST_WAIT) > 0) {
                throw new AmocrmException.Paused(wait.pause);
            }
            scripts.timing().sleep(wait.length);
        }
    }

    /**
     * The request of a turn has its answer, or is given up. If that took longer than the margin, it may have reached amoCRM as late as now -
     * a busy machine holds a request back after its turn - and counts from now on, so that later ones do not come too close behind it.
     */
    void answered(Turn turn) {
        if (requests == 0 || scripts.timing().nanos() - turn.asked <= margin.toNanos()) {
            return;
        }
        try {
            scripts.run(MOVE, keys, List.of(turn.moment));
        } catch (RedisException e) {
            // The answer is worth more than the rate, which amoCRM watches too.
            LOG.debug("A late request counts from its turn on: {}", e.getClass().getSimpleName());
        }
    }

    /** Everybody pauses; the longest pause counts. */
    void pause(@Nullable Duration asked) {
        ask(true, asked == null ? usualPause : asked);
    }

    private Wait ask(boolean background, Duration pause) {
        List<String> answer = scripts.run(
                ASK,
                keys,
                List.of(
                        Integer.toString(requests),
                        Long.toString(interval.toMillis()),
                        Boolean.toString(background),
                        Long.toString(pause.toMillis())));
        return new Wait(
                Duration.ofMillis(Long.parseLong(answer.get(0))),
                Duration.ofMillis(Long.parseLong(answer.get(1))),
                answer.get(2));
    }

    /**
     * Leave for one request.
     *
     * @param moment that it counts at, Redis's
     * @param asked  before that, on this process's clock that only goes on
     */
    record Turn(String moment, long asked) {}

    private record Wait(Duration length, Duration pause, String moment) {}
}
