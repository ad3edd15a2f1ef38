package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.settings.SettingsReader;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that makes one run. */
abstract class SyncCommand extends ProductCommand implements Callable<Integer> {

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "Changes since this clinic time: 2026-01-31 or 2026-01-31T08:00.")
    private @Nullable String since;

    @Option(names = "--full", description = "Everything in the horizon, changed or not.")
    private boolean full;

    @Mixin
    private RunOptions options;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    SyncCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        if (full && since != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), told(CliText.FULL_OR_SINCE));
        }
        if (since != null) {
            timeOf(since, ZoneId.of("UTC"));
        }
        options.check();
        try (CamelRuntime runtime = start(options.mode());
                RunView view = options.view(runtime)) {
            RunRequest request = full
                    ? RunRequest.full()
                    : since != null
                            ? RunRequest.since(timeOf(since, runtime.settings().zone()))
                            : RunRequest.incremental();
            RunReport report = run(runtime, options.apply(request).withListener(view));
            view.print(ReportPrinter.json(report), options.json() ? null : () -> ReportPrinter.print(report, out()));
            return report.failures().isEmpty() ? 0 : 1;
        }
    }

    /** Makes the run. */
    abstract RunReport run(CamelRuntime runtime, RunRequest request);

    private LocalDateTime timeOf(String text, ZoneId zone) {
        try {
            return SettingsReader.timeIn(text, zone);
        } catch (DateTimeException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), told(CliText.NO_TIME.with(text)), e);
        }
    }
}
