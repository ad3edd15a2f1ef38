package io.identamocrm.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock of the sandbox's own: it stands still until a test moves it, or runs with the machine's at a distance from it. Wall time can be
 * set forward and back, also while the sandbox works; the rate rule's monotonic time never goes back.
 */
public final class SandboxClock extends Clock {

    private final Instant start;
    private final long startNanos = System.nanoTime();
    private Duration ahead = Duration.ZERO;
    private Duration passed = Duration.ZERO;

    /** A clock that shows this moment and stands still. */
    public SandboxClock(Instant start) {
        this.start = start;
    }

    /** A clock that runs, so much ahead of the machine's; negative = behind. */
    public static SandboxClock running(Duration ahead) {
        SandboxClock clock = new SandboxClock(null);
        clock.ahead = ahead;
        return clock;
    }

    /** Lets time pass, for the rate rule too. */
    public synchronized void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time does not pass backwards; a clock can be set");
        }
        passed = passed.plus(time);
        ahead = ahead.plus(time);
    }

    /** Somebody sets the clock to another moment; no time passes. */
    public synchronized void set(Instant moment) {
        ahead = ahead.plus(Duration.between(instant(), moment));
    }

    @Override
    public synchronized Instant instant() {
        return (start == null ? Instant.now() : start).plus(ahead);
    }

    /** Nanoseconds since the start, however the clock is set. */
    public synchronized long nanos() {
        return (start == null ? System.nanoTime() - startNanos : 0) + passed.toNanos();
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
