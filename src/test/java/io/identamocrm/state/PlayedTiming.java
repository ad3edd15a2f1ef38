package io.identamocrm.state;

import java.time.Duration;

/** Time that passes only when somebody sleeps or the test says so, for this process and for the scripts in Redis alike. */
public final class PlayedTiming implements Timing {

    private static final long START = 1_767_225_600_000L;

    private long millis = START;
    private String identity = "server-one";
    private Sleeper meanwhile = () -> {};

    /** What happens while somebody sleeps. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep() throws InterruptedException;
    }

    /** Lets time pass. */
    public void pass(Duration length) {
        millis += length.toMillis();
    }

    /** Sets the clock of Redis and of this process. */
    public void setBack(Duration length) {
        millis -= length.toMillis();
    }

    /** Another Redis answers from now on: after a restart or a failover. */
    public void anotherServer() {
        identity = identity + "-restarted";
    }

    /** This happens the next time that somebody sleeps, and only then. */
    public void whileAsleep(Sleeper once) {
        meanwhile = () -> {
            meanwhile = () -> {};
            once.sleep();
        };
    }

    @Override
    public long nanos() {
        return millis * 1_000_000;
    }

    @Override
    public void sleep(Duration length) throws InterruptedException {
        pass(length);
        meanwhile.sleep();
    }

    @Override
    public String redisMillis() {
        return Long.toString(millis);
    }

    @Override
    public String redisIdentity() {
        return identity;
    }
}
