package io.identamocrm.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** Tells on standard error how far a run has come: a bar on a terminal, elsewhere a line now and then. */
final class Progress implements AutoCloseable {

    /** Narrower than any terminal: a bar that wraps would be repeated on every line. */
    private static final int WIDTH = 78;
    private static final int BAR_MILLISECONDS = 250;

    private final ProgressBar bar;
    private final PrintWriter err;
    private final boolean terminal;
    private final Supplier<String> usage;
    private String said;

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
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName(what).setInitialMax(found);
        if (terminal) {
            builder.setStyle(ProgressBarStyle.ASCII).showSpeed().setUpdateIntervalMillis(BAR_MILLISECONDS)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH));
        } else {
            builder.setUpdateIntervalMillis((int) Math.max(1, every.toMillis()))
                    .setRenderer((state, width) -> state.getTotalElapsed().compareTo(every) < 0 ? "" : line(state))
                    .setConsumer(new DelegatingProgressBarConsumer(this::say, Integer.MAX_VALUE));
        }
        bar = builder.build();
    }

    private void draw(String text) {
        // A line may be shorter than the one before.
        err.print('\r' + text + " ".repeat(Math.max(0, WIDTH - text.length())));
        err.flush();
    }

    private void say(String text) {
        // The end is printed once, however often it is drawn.
        if (!text.isEmpty() && !text.equals(said)) {
            said = text;
            err.println(text);
        }
    }

    private String line(ProgressState state) {
        double rate = state.getCurrent() * 1000.0 / Math.max(1, state.getTotalElapsed().toMillis());
        return String.format(Locale.ROOT, "%d of %d %s, %.0f a second, about %.0f s to go, %s", state.getCurrent(), state.getMax(),
                state.getTaskName(), rate, (state.getMax() - state.getCurrent()) / Math.max(rate, 0.001), usage.get());
    }

    /** One more is done. */
    void step() {
        bar.setExtraMessage(" " + usage.get());
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
        if (terminal) {
            err.println();
        }
    }
}
