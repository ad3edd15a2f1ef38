package io.identamocrm.sync;

import io.identamocrm.amocrm.AmocrmException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each attempt that failed; how long the next one waits is the route's and the account's rate limit's business. */
public final class FailedAttempts implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(FailedAttempts.class);

    @Override
    public void process(Exchange exchange) {
        AmocrmException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, AmocrmException.class);
        int attempt = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        LOG.warn("Attempt {} failed: {}", attempt, failure.getMessage());
    }
}
