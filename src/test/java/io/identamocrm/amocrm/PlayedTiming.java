package io.identamocrm.amocrm;

import io.identamocrm.state.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A time that passes only while somebody sleeps, or when a test says so; Redis has a clock of its own. */
final class PlayedTiming implements Timing {

    private final List<Duration> slept = new ArrayList<>();
    private long nanos;
    private long redisMillis = 1_790_000_000_000L;
    private Runnable atNextSleep = () -> {};

    /** Everybody's clock goes on. */
    void pass(Duration length) {
        nanos += length.toNanos();
        redisMillis += length.toMillis();
    }

    /** Only Redis's clock is set, as a failover may do it; negative = back. */
    void setRedis(Duration ahead) {
        redisMillis += ahead.toMillis();
    }

    /** Lets something happen while somebody sleeps for the next time. */
    void atNextSleep(Runnable deed) {
        atNextSleep = deed;
    }

    /** Redis's clock, Unix milliseconds. */
    long now() {
        return redisMillis;
    }

    /** How long somebody has slept so far, in order. */
    List<Duration> slept() {
        return slept;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration length) {
        slept.add(length);
        Runnable deed = atNextSleep;
        atNextSleep = () -> {};
        deed.run();
        pass(length);
    }

    @Override
    public String redisMillis() {
        return Long.toString(redisMillis);
    }

    @Override
    public String redisIdentity() {
        return "";
    }
}
