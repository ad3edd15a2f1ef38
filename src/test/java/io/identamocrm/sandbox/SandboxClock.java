package io.identamocrm.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it; wall time and the rate rule's monotonic time move together. */
public final class SandboxClock extends Clock {

    private final Instant start;
    private Duration passed = Duration.ZERO;

    /** A clock that shows this moment. */
    public SandboxClock(Instant start) {
        this.start = start;
    }

    /** Moves it. */
    public synchronized void advance(Duration time) {
        passed = passed.plus(time);
    }

    @Override
    public synchronized Instant instant() {
        return start.plus(passed);
    }

    /** Nanoseconds since the start. */
    public synchronized long nanos() {
        return passed.toNanos();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        // Whoever asks for a zone still wants this clock's instants.
        return new Clock() {
            @Override
            public Instant instant() {
                return SandboxClock.this.instant();
            }

            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return SandboxClock.this.withZone(other);
            }
        };
    }
}
