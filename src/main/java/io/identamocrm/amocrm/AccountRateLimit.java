package io.identamocrm.amocrm;

import io.identamocrm.state.Scripts;
import io.identamocrm.state.Scripts.Script;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account's rate limit, shared through Redis by every process that works on the account (amoCRM facts, section 2): the rate, the
 * pauses that amoCRM asks for, and who goes first. All moments are Redis's, and the rate comes with every call, so that an emptied Redis
 * goes on by itself.
 */
public final class AccountRateLimit {

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
            return {free - now, paused - now}
            """);

    private final Scripts scripts;
    private final List<String> keys;
    private final int requests;
    private final Duration interval;
    private final Duration usualPause;

    /**
     * The limit of one account.
     *
     * @param scripts    where processes meet
     * @param key        the account's key
     * @param requests   requests per period; 0 switches the rate off (benchmarks only)
     * @param period     the server's period
     * @param margin     added to it, since the server counts arrivals and the network spreads what we send evenly
     * @param usualPause pause after too many requests when amoCRM does not say how long
     */
    public AccountRateLimit(
            Scripts scripts, String key, int requests, Duration period, Duration margin, Duration usualPause) {
        this.scripts = scripts;
        // Without the ending it is what an earlier version kept, of another type.
        this.keys = List.of(key + ":moments");
        this.requests = requests;
        this.interval = period.plus(margin);
        this.usualPause = usualPause;
    }

    /**
     * Waits until one request may go.
     *
     * @param background true to let requests of others go first that came within the last period
     * @throws AmocrmException.Paused if amoCRM has asked for a longer pause than is worth waiting for
     */
    void acquire(boolean background) throws InterruptedException {
        for (Wait wait = ask(background, Duration.ZERO); !wait.length.isZero(); wait = ask(background, Duration.ZERO)) {
            if (wait.pause.compareTo(LONGEST_WAIT) > 0) {
                throw new AmocrmException.Paused(wait.pause);
            }
            scripts.timing().sleep(wait.length);
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
                Duration.ofMillis(Long.parseLong(answer.get(0))), Duration.ofMillis(Long.parseLong(answer.get(1))));
    }

    private record Wait(Duration length, Duration pause) {}
}
