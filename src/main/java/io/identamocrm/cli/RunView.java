package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Text;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunListener;
import io.identamocrm.sync.RunReport;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shows the runs of a command while they go on: how far they are and, of a dry run, what would be changed; Ctrl-C ends them. */
public final class RunView implements RunListener, AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final CamelRuntime runtime;
    private final Interruption interruption;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final @Nullable DryRunPrinter differences;
    private @Nullable Progress progress;

    /**
     * Begins.
     *
     * @param out         for the differences, and for {@link #print}
     * @param err         for how far runs have come
     * @param terminal    whether a bar may be drawn on {@code err}
     * @param differences prints what a dry run would change; null for a run that writes
     */
    public RunView(
            CamelRuntime runtime,
            Interruption interruption,
            PrintWriter out,
            PrintWriter err,
            boolean terminal,
            @Nullable DryRunPrinter differences) {
        this.runtime = runtime;
        this.interruption = interruption;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.differences = differences;
        interruption.asks(() -> {
            err.print(terminal ? "\n" : "");
            err.println(CliText.STOPPING);
            runtime.stopSoon();
        });
    }

    @Override
    public void begun(Run.Kind kind, int found) {
        endProgress();
        if (found > 0) {
            progress = new Progress(
                    err,
                    Screen.told(err, CliText.named("RUN_", kind.key())),
                    found,
                    terminal,
                    BETWEEN_LINES,
                    () -> Screen.told(err, usage()));
        }
    }

    private Text usage() {
        long seconds = runtime.waited().toSeconds();
        return seconds == 0
                ? CliText.REQUESTS_SO_FAR.with(runtime.requests())
                : CliText.REQUESTS_WAITED.with(runtime.requests(), seconds);
    }

    @Override
    public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
        if (progress != null) {
            progress.step();
        }
        if (differences != null) {
            differences.decided(kind, decision, outcome);
        }
    }

    @Override
    public void completed(RunReport report) {
        // The command prints it.
    }

    @Override
    public void failed(Run.Kind kind, String mode, Duration after) {
        // The command line prints why.
    }

    /**
     * Prints the end, after what was shown on the way.
     *
     * @param report for programs
     * @param text   prints it for people; null if programs read it
     */
    void print(ObjectNode report, @Nullable Runnable text) {
        endProgress();
        if (differences != null) {
            differences.end(report);
        } else if (text == null) {
            out.println(report.toPrettyString());
        }
        if (text != null) {
            text.run();
        }
    }

    private void endProgress() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    @Override
    public void close() {
        endProgress();
        interruption.asks(null);
        if (differences != null) {
            differences.close();
        }
    }
}
