package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.console.SetUpConsole;
import io.identamocrm.model.Explained;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.InvalidSettingsException;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.Timing;
import java.io.PrintWriter;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code service}: runs on schedule until told to stop. */
@Command(name = "service", description = "Synchronise on schedule until stopped (Ctrl-C or SIGTERM).")
public final class ServiceCommand extends ProductCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCommand.class);
    /** How often the file {@code .env} is read while settings are missing. */
    private static final long LOOK_SECONDS = 5;

    /** Called by the command line. */
    public ServiceCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        interruption().asksService(stop::countDown);
        try (CamelRuntime runtime = started(stop)) {
            if (runtime == null) {
                LOG.info("Service stopped without having run, as it was told to");
                return 0;
            }
            LOG.info(
                    "Service started: {}, account {}, zone {}, {}",
                    Commands.version(),
                    runtime.keys().account(),
                    runtime.settings().zone(),
                    seen(runtime));
            out().println(CliText.SERVICE_RUNS);
            runtime.managementAddress()
                    .ifPresent(address -> out().println(
                                    runtime.settings().management().jolokiaUser() == null
                                            ? CliText.HEALTH.with(address, address)
                                            : CliText.HEALTH_JOLOKIA.with(address, address, address, address)));
            stop.await();
            runtime.stopSoon();
        }
        LOG.info("Service stopped, as it was told to");
        return 0;
    }

    /**
     * The service; null if its settings are not complete, and it said so on its console until it was told to stop. Without a console nobody
     * would see that, so it ends at once.
     */
    private @Nullable CamelRuntime started(CountDownLatch stop) throws InterruptedException {
        StartOptions options = options(StartOptions.Mode.SERVICE);
        try {
            return CamelRuntime.start(options);
        } catch (InvalidSettingsException e) {
            SettingsCheck check = SettingsCheck.of(options);
            if (!SetUpConsole.canSay(check)) {
                throw e;
            }
            try {
                sayWhatIsMissing(check, e, options.timing(), stop);
                return null;
            } catch (InvalidSettingsException taken) {
                // The port is somebody else's; what is missing matters more.
                e.addSuppressed(taken);
                throw e;
            }
        }
    }

    /** Never starts by itself: a full run follows, and who edits settings may not have come to their end. */
    private void sayWhatIsMissing(SettingsCheck found, Explained why, Timing timing, CountDownLatch stop)
            throws InterruptedException {
        LOG.warn("The settings are not complete, so nothing runs yet; the console says the same");
        why.explanations().forEach(one -> LOG.warn("{}", one.sentence()));
        try (SetUpConsole console = SetUpConsole.start(found, timing)) {
            Settings.Management management = found.settings().management();
            out().println(CliText.SET_UP_NEEDED.with("http://" + management.host() + ":" + management.port() + "/"));
            while (!stop.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                try {
                    console.show(SettingsCheck.of(
                            options(StartOptions.Mode.SERVICE, environment().read())));
                } catch (BrokenFileException e) {
                    LOG.debug("A file of settings is being written");
                }
            }
        }
    }

    private static String seen(CamelRuntime runtime) {
        LocalDateTime cursor = runtime.cursors().readUpTo("receptions");
        return cursor == null
                ? "no receptions read yet"
                : "receptions read up to " + cursor.truncatedTo(ChronoUnit.SECONDS);
    }
}
