package io.identamocrm.cli;

import io.identamocrm.model.Message;
import io.identamocrm.model.Text;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error how far a run has come: a bar on a terminal, elsewhere a line now and then. What else is written to standard
 * error meanwhile, log lines above all, stands on lines of its own above the bar.
 */
final class Progress implements AutoCloseable {

    /** Narrower than any terminal: a bar that wraps would be repeated on every line. */
    private static final int WIDTH = 78;

    private static final int BAR_MILLISECONDS = 250;
    private static final long RATE_AFTER_MILLISECONDS = 1000;
    private static final long SECONDS_UP_TO = 120;
    private static final long MINUTES_UP_TO = 120;

    private final ProgressBar bar;
    private final PrintWriter err;
    private final boolean terminal;
    private final Supplier<String> usage;
    private final PrintStream standardError = System.err;
    private boolean drawn;
    private @Nullable String said;

    /**
     * Begins.
     *
     * @param what     {@code receptions} or {@code patients}
     * @param found    how many there are
     * @param terminal whether standard error is one
     * @param every    pause between two lines where there is none
     * @param usage    shows amoCRM's requests, and of waiting for them
     */
    Progress(PrintWriter err, String what, int found, boolean terminal, Duration every, Supplier<String> usage) {
        this.err = err;
        this.terminal = terminal;
        this.usage = usage;
        // Its own guess at the end is a question mark at first.
        ProgressBarBuilder builder =
                new ProgressBarBuilder().setTaskName(what).setInitialMax(found).hideEta();
        if (terminal) {
            builder.setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(BAR_MILLISECONDS)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH));
        } else {
            builder.setUpdateIntervalMillis((int) Math.max(1, every.toMillis()))
                    .setRenderer((state, width) -> state.getTotalElapsed().compareTo(every) < 0 ? "" : line(state))
                    .setConsumer(new DelegatingProgressBarConsumer(this::say, Integer.MAX_VALUE));
        }
        if (terminal) {
            System.setErr(new PrintStream(new AboveTheBar(), true, Charset.defaultCharset()));
        }
        bar = builder.build();
    }

    private synchronized void draw(String text) {
        // A line may be shorter than the one before.
        err.print('\r' + text + " ".repeat(Math.max(0, WIDTH - text.length())));
        err.flush();
        drawn = true;
    }

    private synchronized void erase() {
        if (drawn) {
            err.print('\r' + " ".repeat(WIDTH) + '\r');
            err.flush();
            drawn = false;
        }
    }

    /** Standard error while the bar stands there; the next drawing puts the bar below what was written. */
    private final class AboveTheBar extends OutputStream {
        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            synchronized (Progress.this) {
                erase();
                standardError.write(bytes, offset, length);
                standardError.flush();
            }
        }
    }

    private void say(String text) {
        // The end is printed once, however often it is drawn.
        if (!text.isEmpty() && !text.equals(said)) {
            said = text;
            err.println(text);
        }
    }

    private String line(ProgressState state) {
        return Screen.told(
                err,
                CliText.PROGRESS.with(
                        state.getCurrent(),
                        state.getMax(),
                        state.getTaskName(),
                        pace(CliText.PACE_LINE, state.getCurrent(), state.getMax(), state.getTotalElapsed()),
                        usage.get()));
    }

    /** Nothing before the first one is done, as nothing follows from that. */
    private static Text pace(Message form, long done, long all, Duration elapsed) {
        if (done == 0) {
            return Text.of("");
        }
        double rate = done * 1000.0 / Math.max(1, elapsed.toMillis());
        long seconds = Math.round((all - done) / rate);
        Text left = seconds < SECONDS_UP_TO
                ? CliText.SECONDS_LEFT.with(seconds)
                : seconds < MINUTES_UP_TO * 60
                        ? CliText.MINUTES_LEFT.with(Math.round(seconds / 60.0))
                        : CliText.HOURS_LEFT.with(Math.round(seconds / 3600.0));
        return form.with(String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate), left);
    }

    /** One more is done. */
    void step() {
        bar.step();
        Duration elapsed = bar.getTotalElapsed();
        bar.setExtraMessage((elapsed.toMillis() < RATE_AFTER_MILLISECONDS
                        ? ""
                        : Screen.told(err, pace(CliText.PACE_BAR, bar.getCurrent(), bar.getMax(), elapsed)))
                + usage.get());
    }

    @Override
    public void close() {
        bar.close();
        if (terminal) {
            System.setErr(standardError);
            err.println();
        }
    }
}
