package io.identamocrm.app;

import io.identamocrm.checks.RedisAtStart;
import io.identamocrm.checks.RedisConnection;
import io.identamocrm.ops.Statistics;
import io.identamocrm.settings.Settings;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.FollowUps;
import io.identamocrm.state.HourCounts;
import io.identamocrm.state.Memory;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.RunHistory;
import io.identamocrm.state.SchedulePause;
import io.identamocrm.state.Scripts;
import io.identamocrm.state.Timing;
import io.identamocrm.sync.Run;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.redisson.api.RedissonClient;

/** What Redis keeps of the account: for the beans, for operators, and all that commands on the state alone need. */
final class AccountState implements AutoCloseable {

    private final RedissonClient redis;
    private final RedisKeys keys;
    private final Clock clinicClock;
    private final Scripts scripts;

    /**
     * Connects with Redis.
     *
     * @param timing  time as the scripts see it
     * @param between what stands between the product and Redis
     * @param writes  whether there will be state that was not there before
     * @throws org.redisson.client.RedisException if Redis is away or refuses us
     * @throws io.identamocrm.problems.InvalidSettingsException if it is one that cannot be relied on
     */
    AccountState(Settings settings, Clock clock, Timing timing, UnaryOperator<RedissonClient> between, boolean writes) {
        redis = between.apply(RedisConnection.open(settings.redis()));
        keys = new RedisKeys(settings.amocrm().account());
        clinicClock = clock.withZone(settings.zone());
        scripts = new Scripts(redis, timing);
        try {
            RedisAtStart.check(redis, keys, writes);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    RedissonClient redis() {
        return redis;
    }

    Scripts scripts() {
        return scripts;
    }

    RedisKeys keys() {
        return keys;
    }

    RunHistory history() {
        return new RunHistory(redis, keys);
    }

    HourCounts hourCounts() {
        return new HourCounts(redis, keys);
    }

    Cursors cursors() {
        return new Cursors(redis, keys);
    }

    DeadLetters deadLetters(Run.Kind kind) {
        return new DeadLetters(redis, keys, kind.key());
    }

    Memory memory() {
        return new Memory(redis, keys);
    }

    FollowUps followUps() {
        return new FollowUps(redis, keys);
    }

    BrakeStates brakes() {
        return new BrakeStates(redis, keys);
    }

    SchedulePause schedulePause() {
        return new SchedulePause(redis, keys);
    }

    /** The figures of {@code stats}. */
    Map<String, Object> statistics() {
        int deadLetters = Stream.of(Run.Kind.values())
                .mapToInt(kind -> deadLetters(kind).count())
                .sum();
        return Statistics.of(history(), deadLetters, cursors(), clinicClock);
    }

    @Override
    public void close() {
        if (!redis.isShutdown()) {
            redis.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }
}
