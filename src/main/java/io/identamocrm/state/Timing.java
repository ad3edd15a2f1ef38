package io.identamocrm.state;

import java.time.Duration;

/**
 * Time as locks, limits and waits see it: deadlines of this process on a clock that nobody sets, those that processes share on Redis's
 * own. A simulation plays another one.
 */
public interface Timing {

    /** The machine's time. */
    Timing REAL = new Timing() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration length) throws InterruptedException {
            Thread.sleep(length.toMillis());
        }

        @Override
        public String redisMillis() {
            return "";
        }

        @Override
        public String redisIdentity() {
            return "";
        }
    };

    /** A clock that only goes on; nanoseconds from anywhere. */
    long nanos();

    /** Waits. */
    void sleep(Duration length) throws InterruptedException;

    /** What scripts take for the time, Unix milliseconds; empty = they ask Redis. */
    String redisMillis();

    /** What scripts take for the identity of the server that runs them; empty = they ask Redis. */
    String redisIdentity();
}
