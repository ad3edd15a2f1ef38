package io.identamocrm.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Ctrl-C or SIGTERM while a command is at work: the command is asked to end, and the process waits until it has, with its exit code. */
public final class Interruption {

    private static final long MOST_SECONDS = 60;
    /** Who tells a service to stop waits ten seconds, and then kills it; the JVM needs a part of them to end. */
    private static final long MOST_SECONDS_OF_A_SERVICE = 8;

    private final AtomicReference<Asked> asked = new AtomicReference<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    /**
     * What is asked to end.
     *
     * @param command asks it
     * @param seconds how long it may take
     * @param late    the exit code if it takes longer; null = that of the signal
     */
    private record Asked(
            Runnable command, long seconds, @Nullable Integer late) {}

    /** Asks the command under way from now on, instead of the one before; null = nothing is to be asked. */
    public void asks(@Nullable Runnable command) {
        asked.set(command == null ? null : new Asked(command, MOST_SECONDS, null));
    }

    /** Asks what goes on until it is told to stop: to be told is no failure, and it stops soon or is cut off. */
    public void asksService(Runnable stop) {
        asked.set(new Asked(stop, MOST_SECONDS_OF_A_SERVICE, 0));
    }

    /** From now on the process's signals are heard. */
    public void listen() {
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                Integer code = interrupt();
                                if (code != null) {
                                    // The JVM would end with the signal's number; people and scripts shall see what the
                                    // command ended with.
                                    Runtime.getRuntime().halt(code);
                                }
                            },
                            "interruption"));
        } catch (IllegalStateException e) {
            // A signal has come before: the process ends, and nothing is under way.
        }
    }

    /** Asks the command to end and waits for it; returns its exit code, or null if there is none to wait for or it does not end. */
    @Nullable
    Integer interrupt() {
        Asked now = asked.get();
        if (now == null || ended.isDone()) {
            return null;
        }
        now.command.run();
        return ended.orTimeout(now.seconds, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    // No constant: this class is at work before the settings of the logs are known.
                    LoggerFactory.getLogger(Interruption.class)
                            .warn(
                                    "Stopped, as it was told to; what was not done after {} s is cut off: nothing is lost, "
                                            + "the next run takes it up",
                                    now.seconds);
                    return now.late;
                })
                .join();
    }

    /** Asks the command under way, and waits for nothing; false if there is none to ask. */
    public boolean ask() {
        Asked now = asked.get();
        if (now != null) {
            now.command.run();
        }
        return now != null;
    }

    /** The command has come to its end. */
    public void ended(int exitCode) {
        ended.complete(exitCode);
    }
}
