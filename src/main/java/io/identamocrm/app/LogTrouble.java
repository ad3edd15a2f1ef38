package io.identamocrm.app;

import io.identamocrm.model.ForeignText;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/** Tells in one plain line, now and then, that the log cannot be written: a full disk is no reason for a stack trace a line. */
final class LogTrouble implements StatusListener {

    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final PrintStream err;
    private final Clock clock;
    private Instant toldAt = Instant.MIN;

    /**
     * Trouble that is told.
     *
     * @param err where to
     */
    LogTrouble(PrintStream err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    /** From now on, in place of what the library for logs would print by itself. */
    static void tell() {
        for (StatusListener listener : StatusLogger.getLogger().getListeners()) {
            if (listener instanceof LogTrouble) {
                return;
            }
        }
        StatusLogger.getLogger().registerListener(new LogTrouble(System.err, Clock.systemUTC()));
    }

    @Override
    public synchronized void log(StatusData data) {
        Instant now = clock.instant();
        if (now.isBefore(toldAt.plus(AGAIN))) {
            return;
        }
        toldAt = now;
        err.println("The log cannot be written as it should: " + reason(data)
                + "; the work goes on. Check LOG_FILE and the space on " + "its disk");
    }

    private static @Nullable String reason(StatusData data) {
        for (Throwable cause = data.getThrowable(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && cause.getMessage() != null) {
                return ForeignText.line(cause.getMessage());
            }
        }
        return ForeignText.line(data.getMessage().getFormattedMessage());
    }

    @Override
    public Level getStatusLevel() {
        return Level.ERROR;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
