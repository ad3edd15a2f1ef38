package io.identamocrm.console;

import io.identamocrm.model.Explanation;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** So many at a time of what takes seconds: whoever comes meanwhile is told so at once, and holds no thread that probes need. */
final class Turns {

    private final Semaphore free;

    Turns(int atOnce) {
        free = new Semaphore(atOnce);
    }

    /**
     * Does it.
     *
     * @throws NotNowException if as many are at it already
     */
    <T> T take(Supplier<T> what) {
        if (!free.tryAcquire()) {
            throw new NotNowException(Explanation.of(ConsoleText.OTHERS, ConsoleText.ASK_AGAIN));
        }
        try {
            return what.get();
        } finally {
            free.release();
        }
    }
}
