package io.identamocrm.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The server's clock as the faults have set it. */
final class ServerClock extends Clock {

    private final Clock clock;
    private final Faults faults;

    ServerClock(Clock clock, Faults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(faults.apart());
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ServerClock(clock.withZone(zone), faults);
    }
}
