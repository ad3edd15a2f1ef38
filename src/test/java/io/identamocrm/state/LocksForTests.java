package io.identamocrm.state;

import io.identamocrm.mirror.Mirror;
import java.time.Duration;

/** The locks of a test's account, in time that the test plays: as one process sees them, or several. */
public final class LocksForTests {

    /** How long a lock outlives its last sign of life. */
    public static final Duration LOCK = Duration.ofSeconds(8);
    /** Overall deadline of a request. */
    public static final Duration REQUEST = Duration.ofSeconds(1);
    /** For how long a process keeps out those with other settings after its last run. */
    public static final Duration ALIVE = Duration.ofMinutes(3);

    private final RedisForTests redis;
    private final PlayedTiming timing = new PlayedTiming();

    /** Of the test's account. */
    public LocksForTests(RedisForTests redis) {
        this.redis = redis;
    }

    /** The time that they see. */
    public PlayedTiming timing() {
        return timing;
    }

    /** As a process of its own sees them. */
    public WriteLocks process() {
        return process("settings");
    }

    /** The same with other settings. */
    public WriteLocks process(String settings) {
        return new WriteLocks(
                new Scripts(redis.client(), timing),
                redis.keys(),
                Mirror.keys(redis.keys()::of),
                new Owners(),
                new Lease(LOCK, REQUEST),
                settings,
                ALIVE);
    }

    /** The write lock of a run of its own process that may do everything: acquired, the mirror whole, nothing on its way. */
    public WriteLock held() {
        return held(process());
    }

    /** The same of a run of this process. */
    public WriteLock held(WriteLocks process) {
        WriteLock lock = process.of(process.owners().begin(), null);
        try {
            lock.acquire(false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        lock.endQuiet();
        lock.setMirrorWhole(true);
        return lock;
    }

    /** That of a short run of another process that has asked for it and waits; it gets it when it asks again and nobody holds it. */
    public WriteLock waiting() {
        WriteLocks process = process();
        WriteLock lock = process.of(process.owners().begin(), null);
        timing.whileAsleep(() -> {
            throw new InterruptedException();
        });
        try {
            lock.acquire(false);
        } catch (InterruptedException e) {
            return lock;
        }
        throw new IllegalStateException("Nobody holds the lock");
    }

    /** The write lock of a run in an account of a test that does not look at locks. */
    public static WriteLock of(RedisForTests redis) {
        return new LocksForTests(redis).held();
    }
}
