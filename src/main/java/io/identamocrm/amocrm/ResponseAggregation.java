package io.identamocrm.amocrm;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gives the response to a request to the sequence that asked it: the end of the enricher in route {@code ask-amocrm}. */
public final class ResponseAggregation implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange sequence, Exchange response) {
        sequence.getMessage()
                .getBody(RequestSequence.class)
                .aggregate(response.getMessage().getBody(Response.Usable.class));
        return sequence;
    }
}
