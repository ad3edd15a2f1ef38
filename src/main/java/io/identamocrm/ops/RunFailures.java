package io.identamocrm.ops;

import io.identamocrm.sync.RunUnderWayException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in one line why a scheduled run ended. */
public final class RunFailures {

    private static final Logger LOG = LoggerFactory.getLogger(RunFailures.class);

    /** Logs the failure; another run under way is no failure. */
    public void tell(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Problem problem = Problem.of(failure);
        if (problem.cause() instanceof RunUnderWayException) {
            LOG.info("{}", problem.message());
        } else {
            LOG.error("The run did not finish, nothing is lost, the next one takes up at the same place: {}", problem.message());
            LOG.debug("Kind of failure: {}", failure.getClass().getName());
        }
    }
}
