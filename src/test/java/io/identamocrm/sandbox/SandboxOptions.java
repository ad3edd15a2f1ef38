package io.identamocrm.sandbox;

import java.time.Clock;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * How a sandbox behaves.
 *
 * @param port              TCP port on 127.0.0.1; 0 = a free one
 * @param requestsPerSecond the rate rule; 0 = none
 * @param zone              the account's zone, in which days are meant
 * @param clock             the server's clock
 * @param nanos             the clock of the rate rule
 */
public record SandboxOptions(int port, int requestsPerSecond, ZoneId zone, Clock clock, LongSupplier nanos) {

    /** Seven requests a second, Moscow, the machine's clock, a free port. */
    public static SandboxOptions standard() {
        return new SandboxOptions(0, 7, ZoneId.of("Europe/Moscow"), Clock.systemUTC(), System::nanoTime);
    }

    /** The same without a rate rule. */
    public SandboxOptions unlimited() {
        return new SandboxOptions(port, 0, zone, clock, nanos);
    }

    /** The same with another clock of the server. */
    public SandboxOptions withClock(Clock other) {
        return new SandboxOptions(port, requestsPerSecond, zone, other, nanos);
    }
}
