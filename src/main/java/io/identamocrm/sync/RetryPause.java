package io.identamocrm.sync;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the next attempt wait as long as amoCRM asks for; without a wish of amoCRM's the route's growing pauses apply. */
public final class RetryPause implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(RetryPause.class);

    @Override
    public void process(Exchange exchange) {
        AmocrmException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, AmocrmException.class);
        int attempt = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) + 1;
        LOG.warn("Attempt {} failed: {}", attempt, failure.getMessage());
        if (failure.answer() instanceof Answer.OverRate over && over.retryAfter() != null) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, over.retryAfter().toMillis());
        }
    }
}
