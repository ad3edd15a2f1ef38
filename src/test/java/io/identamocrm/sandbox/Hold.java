package io.identamocrm.sandbox;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A hook that holds requests up until it is released: a server, or a way to it, that freezes. */
public final class Hold implements Consumer<SandboxRequest> {

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void accept(SandboxRequest request) {
        reached.countDown();
        await(released, "Nobody released the hold of " + request);
    }

    /** Waits until a request is held up. */
    public void awaitReached() {
        await(reached, "No request was held up");
    }

    /** Lets all go on; nothing is held up afterwards. */
    public void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(otherwise);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
