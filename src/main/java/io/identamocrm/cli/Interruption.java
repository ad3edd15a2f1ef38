package io.identamocrm.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Ctrl-C or SIGTERM while a command is at work: the command is asked to end, and the process waits until it has, with its exit code. */
public final class Interruption {

    private static final long MOST_SECONDS = 60;

    private final AtomicReference<Runnable> stop = new AtomicReference<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    /** Asks the command under way from now on, instead of the one before; null = nothing is to be asked. */
    void asks(Runnable command) {
        stop.set(command);
    }

    /** From now on the process's signals are heard. */
    public void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Integer code = interrupt();
            if (code != null) {
                // The JVM would end with the signal's number; people and scripts shall see what the command ended with.
                Runtime.getRuntime().halt(code);
            }
        }, "interruption"));
    }

    /** Asks the command to end and waits for it; returns its exit code, or null if there is none to wait for or it does not end. */
    Integer interrupt() {
        Runnable command = stop.get();
        if (command == null || ended.isDone()) {
            return null;
        }
        command.run();
        return ended.completeOnTimeout(null, MOST_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The command has come to its end. */
    public void ended(int exitCode) {
        ended.complete(exitCode);
    }
}
