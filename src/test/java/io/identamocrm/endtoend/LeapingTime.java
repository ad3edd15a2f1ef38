package io.identamocrm.endtoend;

import io.identamocrm.state.Timing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's time, but for those who wait: they leap over the wait, and Redis's scripts with them. For one process alone, as others live in
 * a time of their own; what waits are for is told by tests in real time.
 */
final class LeapingTime implements Timing {

    private final AtomicLong leaptMillis = new AtomicLong();

    @Override
    public long nanos() {
        return System.nanoTime() + leaptMillis.get() * 1_000_000;
    }

    @Override
    public void sleep(Duration length) {
        leaptMillis.addAndGet(length.toMillis());
    }

    @Override
    public String redisMillis() {
        return Long.toString(System.currentTimeMillis() + leaptMillis.get());
    }

    @Override
    public String redisIdentity() {
        return "";
    }
}
