package io.identamocrm.sandbox;

import java.time.Clock;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * How a sandbox behaves.
 *
 * @param port        TCP port on 127.0.0.1; 0 = a free one
 * @param rate        the rate rule
 * @param zone        the account's zone, in which days are meant
 * @param clock       the server's clock
 * @param nanos       the clock of the rate rule
 * @param longestText characters that a text field takes; no source states amoCRM's limit
 * @param largestBody items in a body above which the audit complains, though the API takes 250
 * @param keptBodies  how many of the last request bodies the journal keeps; 0 = none, as they hold people's data
 */
public record SandboxOptions(
        int port,
        RateTerms rate,
        ZoneId zone,
        Clock clock,
        LongSupplier nanos,
        int longestText,
        int largestBody,
        int keptBodies) {

    private static final int LONGEST_TEXT = 256;
    private static final int LARGEST_BODY = 50;

    /** The standard with these differences. */
    public SandboxOptions(int port, int requestsPerSecond, ZoneId zone, Clock clock, LongSupplier nanos) {
        this(
                port,
                RateTerms.standard().perSecond(requestsPerSecond),
                zone,
                clock,
                nanos,
                LONGEST_TEXT,
                LARGEST_BODY,
                0);
    }

    /** A free port, seven requests a second, Moscow, the machine's clock, 256 characters, 50 items, no bodies. */
    public static SandboxOptions standard() {
        return new SandboxOptions(
                0, RateTerms.standard().perSecond(), ZoneId.of("Europe/Moscow"), Clock.systemUTC(), System::nanoTime);
    }

    /** The same on another port. */
    public SandboxOptions onPort(int other) {
        return new SandboxOptions(other, rate, zone, clock, nanos, longestText, largestBody, keptBodies);
    }

    /** The same without a rate rule. */
    public SandboxOptions unlimited() {
        return withRate(rate.perSecond(0));
    }

    /** The same with another rate rule. */
    public SandboxOptions withRate(RateTerms other) {
        return new SandboxOptions(port, other, zone, clock, nanos, longestText, largestBody, keptBodies);
    }

    /** The same in another zone. */
    public SandboxOptions inZone(ZoneId other) {
        return new SandboxOptions(port, rate, other, clock, nanos, longestText, largestBody, keptBodies);
    }

    /** The same with another clock of the server; the rate rule keeps its own. */
    public SandboxOptions withClock(Clock other) {
        return new SandboxOptions(port, rate, zone, other, nanos, longestText, largestBody, keptBodies);
    }

    /** The same with a clock that the test moves, for the server and for the rate rule. */
    public SandboxOptions withClock(SandboxClock other) {
        return new SandboxOptions(port, rate, zone, other, other::nanos, longestText, largestBody, keptBodies);
    }

    /** The same with another limit of text fields, in characters. */
    public SandboxOptions withLongestText(int characters) {
        return new SandboxOptions(port, rate, zone, clock, nanos, characters, largestBody, keptBodies);
    }

    /** The same with another number of items above which the audit complains. */
    public SandboxOptions withLargestBody(int items) {
        return new SandboxOptions(port, rate, zone, clock, nanos, longestText, items, keptBodies);
    }

    /** The same, keeping the last so many request bodies. */
    public SandboxOptions keepingBodies(int bodies) {
        return new SandboxOptions(port, rate, zone, clock, nanos, longestText, largestBody, bodies);
    }
}
