package io.identamocrm.simulation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.Timing;
import io.identamocrm.sync.RunLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.redisson.client.RedisException;

/**
 * One process's worth of the product: started once and played in world after world, as a process that has just started each time. Its time
 * is the world's, its requests and round trips are the points at which others go on and something may happen.
 */
final class PlayedProcess implements AutoCloseable {

    /** Thrown into a process that was killed: nothing that it does from then on has an effect. */
    static final class Killed extends RedisException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed");
        }
    }

    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration PLAYED_POLL = Duration.ofSeconds(3);
    private static final ThreadLocal<PlayedProcess> CURRENT = new ThreadLocal<>();

    private final String name;
    private final CamelRuntime runtime;
    private World world;
    private boolean killed;
    /** How far the process's wall clock is ahead. */
    private Duration ahead = Duration.ZERO;
    /** When Redis last proved that the process may write; nanoseconds of the world. */
    private long provenAt;

    PlayedProcess(String name, Path config, Map<String, String> variables) {
        this.name = name;
        runtime = CamelRuntime.start(new StartOptions(
                        config, Path.of("routes"), variables, StartOptions.Mode.RUNS, new WallClock(ZoneOffset.UTC))
                .in(new WorldTime(), new RedisBetween(this::roundTrip)::around));
    }

    /** The process that the present thread plays. */
    static PlayedProcess current() {
        return CURRENT.get();
    }

    String name() {
        return name;
    }

    CamelRuntime runtime() {
        return runtime;
    }

    /** Another world begins. */
    void enter(World other) {
        world = other;
        ahead = Duration.ZERO;
        startAnew();
    }

    /** The process was ended and another one is started in its place. */
    void startAnew() {
        killed = false;
        provenAt = 0;
        runtime.camel()
                .getRegistry()
                .lookupByNameAndType("runLocks", RunLocks.class)
                .startAnew();
        runtime.camel()
                .getRegistry()
                .lookupByNameAndType("accountSetup", AccountSetup.class)
                .startAnew();
        runtime.camel()
                .getRegistry()
                .lookupByNameAndType("amocrmBreaker", CircuitBreaker.class)
                .reset();
    }

    /** The present thread is this process from now on. */
    void play(Runnable deed) {
        CURRENT.set(this);
        try {
            deed.run();
        } finally {
            CURRENT.remove();
        }
    }

    void kill() {
        killed = true;
    }

    boolean isKilled() {
        return killed;
    }

    void setClock(Duration distance) {
        ahead = distance;
    }

    long provenAt() {
        return provenAt;
    }

    private void requireAlive() {
        if (killed) {
            throw new Killed();
        }
    }

    private void roundTrip(Object[] arguments) {
        if (world == null || current() != this) {
            return;
        }
        requireAlive();
        world.step(this, "redis");
        requireAlive();
        if (arguments.length > 1 && arguments[1] instanceof String script && script.contains("'proven'")) {
            provenAt = world.now();
        }
    }

    /** A request on its way: it arrives, whatever becomes of the process meanwhile. */
    AmoSandbox.Answer request(String method, String url, byte[] body, String authorization) throws IOException {
        requireAlive();
        world.step(this, "request");
        requireAlive();
        try {
            return world.request(this, method, url, body, authorization);
        } finally {
            requireAlive();
        }
    }

    void sleep(Duration length) {
        requireAlive();
        world.sleep(length);
        requireAlive();
    }

    /** As amoCRM's answers say it. */
    String serverDate() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(world.serverTime().atZone(ZoneOffset.UTC));
    }

    @Override
    public void close() {
        world = null;
        runtime.close();
    }

    /** Time of this process in its world; the machine's while it starts. */
    private final class WorldTime implements Timing {
        @Override
        public long nanos() {
            return world == null ? System.nanoTime() : world.now();
        }

        /** Who asks again and again does so less often: nothing would happen in between. */
        @Override
        public void sleep(Duration length) {
            PlayedProcess.this.sleep(length.compareTo(LONGEST_POLL) > 0 ? length : PLAYED_POLL);
        }

        @Override
        public String redisMillis() {
            return world == null ? "" : Long.toString(world.redisMillis());
        }

        @Override
        public String redisIdentity() {
            return world == null ? "" : world.redisIdentity();
        }
    }

    /** The wall clock of this process, which somebody may have set. */
    private final class WallClock extends Clock {
        private final ZoneId zone;

        private WallClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return world == null ? Instant.now() : world.serverTime().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new WallClock(other);
        }
    }
}
