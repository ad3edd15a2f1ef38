package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code service}: runs on schedule until told to stop. */
@Command(name = "service", description = "Synchronise on schedule until stopped (Ctrl-C or SIGTERM).")
public final class ServiceCommand extends ProductCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCommand.class);

    /** Called by the command line. */
    public ServiceCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        interruption().asksService(stop::countDown);
        try (CamelRuntime runtime = start(StartOptions.Mode.SERVICE)) {
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

    private static String seen(CamelRuntime runtime) {
        LocalDateTime cursor = runtime.cursors().readUpTo("receptions");
        return cursor == null
                ? "no receptions read yet"
                : "receptions read up to " + cursor.truncatedTo(ChronoUnit.SECONDS);
    }
}
