package io.identamocrm.sync;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Lets the next attempt wait as long as amoCRM asks for; without a wish of amoCRM's the route's growing pauses apply. */
public final class RetryPause implements Processor {

    @Override
    public void process(Exchange exchange) {
        AmocrmException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, AmocrmException.class);
        if (failure != null && failure.answer() instanceof Answer.OverRate over && over.retryAfter() != null) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, over.retryAfter().toMillis());
        }
    }
}
