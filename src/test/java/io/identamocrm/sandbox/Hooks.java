package io.identamocrm.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a test lets happen before and after requests. Deeds run one after the other in the order in which they were registered, on the
 * server's thread, so that the request waits for them; they may act on the account or wait (see {@link Hold}), but not ask the sandbox over
 * HTTP. What a deed throws is thrown when the sandbox is closed.
 */
public final class Hooks {

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toMillis(60);

    private enum Moment {
        ARRIVAL,
        DONE,
        ANSWERED
    }

    private record Hook(Moment moment, Predicate<SandboxRequest> which, Consumer<SandboxRequest> deed) {}

    private record Answered(SandboxRequest request, List<Hook> hooks) {}

    private final List<Hook> hooks = new ArrayList<>();
    private final Map<UUID, Answered> expected = new ConcurrentHashMap<>();
    private int unfinished;
    private Throwable failure;

    /** Before a request is looked at: before it is counted by the rate rule, checked or carried out. */
    public Hooks before(Predicate<SandboxRequest> which, Consumer<SandboxRequest> deed) {
        return add(Moment.ARRIVAL, which, deed);
    }

    /** After a request was carried out, or refused, and before anything of its answer goes out. */
    public Hooks beforeAnswer(Predicate<SandboxRequest> which, Consumer<SandboxRequest> deed) {
        return add(Moment.DONE, which, deed);
    }

    /** After a request's answer went out; the next request is not looked at before. */
    public Hooks afterAnswer(Predicate<SandboxRequest> which, Consumer<SandboxRequest> deed) {
        return add(Moment.ANSWERED, which, deed);
    }

    private synchronized Hooks add(Moment moment, Predicate<SandboxRequest> which, Consumer<SandboxRequest> deed) {
        hooks.add(new Hook(moment, which, deed));
        return this;
    }

    /** Forgets all hooks. */
    public synchronized void clear() {
        hooks.clear();
    }

    /** Waits until what was to happen after earlier answers has happened, then does what is to happen before this request. */
    void arrived(SandboxRequest request) {
        awaitUnfinished();
        run(chosen(Moment.ARRIVAL, request), request);
    }

    void done(SandboxRequest request) {
        run(chosen(Moment.DONE, request), request);
    }

    /** The answer is about to go out. */
    void answering(UUID id, SandboxRequest request) {
        List<Hook> chosen = chosen(Moment.ANSWERED, request);
        if (!chosen.isEmpty()) {
            expected.put(id, new Answered(request, chosen));
            synchronized (this) {
                unfinished++;
            }
        }
    }

    /** The answer has gone out, or its connection is closed. */
    void answered(UUID id) {
        Answered answered = expected.remove(id);
        if (answered == null) {
            return;
        }
        try {
            run(answered.hooks, answered.request);
        } finally {
            synchronized (this) {
                unfinished--;
                notifyAll();
            }
        }
    }

    private synchronized void awaitUnfinished() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT);
        while (unfinished > 0 && System.nanoTime() < end) {
            try {
                wait(LONGEST_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized List<Hook> chosen(Moment moment, SandboxRequest request) {
        return hooks.stream()
                .filter(hook -> hook.moment == moment && hook.which.test(request))
                .toList();
    }

    // A failed assert of a test is an Error, and it must not get lost on the server's thread.
    private void run(List<Hook> chosen, SandboxRequest request) {
        for (Hook hook : chosen) {
            try {
                hook.deed.accept(request);
            } catch (RuntimeException | Error e) {
                synchronized (this) {
                    failure = failure == null ? e : failure;
                }
            }
        }
    }

    /** What a deed threw first, or null. */
    synchronized Throwable failure() {
        return failure;
    }
}
