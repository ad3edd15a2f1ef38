package io.identamocrm.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets several players take turns in virtual time: exactly one of them goes on at a time, and hands over only where it says so. Who is
 * next is chance, the same for the same seed. Time passes only where players let it pass.
 */
final class Turns {

    private static final long REAL_SECONDS_AT_MOST = 120;

    private final Random chance;
    private final List<Player> players = new ArrayList<>();
    private final Semaphore allOver = new Semaphore(0);
    private volatile Player current;
    private volatile Throwable failure;
    private long now;

    Turns(Random chance) {
        this.chance = chance;
    }

    /** Somebody who takes turns, on a thread of its own. */
    private final class Player {
        private final Thread thread;
        private final Semaphore turn = new Semaphore(0);
        private long wakeAt;
        private long frozenUntil;
        private boolean travelling;
        private boolean over;

        Player(String name, Runnable deed) {
            thread = new Thread(
                    () -> {
                        try {
                            await();
                            deed.run();
                        } catch (Abandoned e) {
                            // Another player's failure is told.
                        } catch (Throwable e) {
                            fail(e);
                        } finally {
                            over = true;
                            handOver(next());
                        }
                    },
                    name);
            thread.setDaemon(true);
        }

        void await() {
            turn.acquireUninterruptibly();
            if (failure != null) {
                throw new Abandoned();
            }
        }

        long ready() {
            return travelling ? wakeAt : Math.max(wakeAt, frozenUntil);
        }
    }

    /** The play is over for everybody, because one player has failed. */
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    /** True on the thread of the player whose turn it is. */
    boolean isMine() {
        return current != null && current.thread == Thread.currentThread();
    }

    /** Lets the players go on until all are over; what one of them throws is thrown. */
    void play(List<String> names, List<Runnable> deeds) {
        players.clear();
        for (int i = 0; i < deeds.size(); i++) {
            players.add(new Player(names.get(i), deeds.get(i)));
            players.get(i).wakeAt = now;
        }
        players.forEach(player -> player.thread.start());
        handOver(next());
        try {
            if (!allOver.tryAcquire(REAL_SECONDS_AT_MOST, TimeUnit.SECONDS)) {
                StringBuilder stands =
                        new StringBuilder("Nobody goes on any more; " + current.thread.getName() + " stands at");
                for (StackTraceElement element : current.thread.getStackTrace()) {
                    stands.append("\n    ").append(element);
                }
                throw new IllegalStateException(stands.toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        current = null;
        if (failure != null) {
            throw new IllegalStateException("A player has failed: " + failure, failure);
        }
    }

    private void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    /** Time passes, and others may go on meanwhile. */
    void sleep(Duration length) {
        Player me = current;
        me.wakeAt = now + Math.max(0, length.toNanos());
        change(me, next());
    }

    /** The same for something that goes on without the player, who may stand still: what is on its way arrives. */
    void travel(Duration length) {
        Player me = current;
        me.travelling = true;
        sleep(length);
        me.travelling = false;
    }

    /** Time passes for the player alone. */
    void spend(Duration length) {
        now += length.toNanos();
    }

    /** By chance somebody else goes on. */
    void maybePass(double probability) {
        if (players.size() > 1 && chance.nextDouble() < probability) {
            sleep(Duration.ZERO);
        }
    }

    /** The player of this number stands still for some time, wherever it is. */
    void freeze(int number, Duration length) {
        players.get(number).frozenUntil = now + length.toNanos();
    }

    /** Waits until the player whose turn it is no longer stands still. */
    void thaw() {
        if (current.frozenUntil > now) {
            sleep(Duration.ZERO);
        }
    }

    private Player next() {
        List<Player> left = players.stream().filter(player -> !player.over).toList();
        if (left.isEmpty()) {
            return null;
        }
        List<Player> ready =
                left.stream().filter(player -> player.ready() <= now).toList();
        if (ready.isEmpty()) {
            now = left.stream().mapToLong(Player::ready).min().getAsLong();
            ready = left.stream().filter(player -> player.ready() <= now).toList();
        }
        return ready.get(ready.size() == 1 ? 0 : chance.nextInt(ready.size()));
    }

    private void change(Player from, Player to) {
        if (from != to) {
            handOver(to);
            from.await();
        }
    }

    private void handOver(Player to) {
        current = to;
        if (to == null) {
            allOver.release();
        } else {
            to.turn.release();
        }
    }
}
