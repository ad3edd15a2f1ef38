package io.identamocrm.routes;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Takes the place of a component that routes send to: sending is a call of the endpoint's name, whatever its options. */
final class PlayedEndpoints extends DefaultComponent {

    private final Neighbours neighbours;
    private final UnaryOperator<String> name;

    /** The name of an endpoint is made from what follows the component's name in its address. */
    PlayedEndpoints(Neighbours neighbours, UnaryOperator<String> name) {
        this.neighbours = neighbours;
        this.name = name;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new Played(uri, name.apply(remaining));
    }

    /** Also for the component of routes, of which some are neighbours. */
    Endpoint endpoint(String uri, String called) {
        return new Played(uri, called);
    }

    private final class Played extends DefaultEndpoint {

        private final String called;

        private Played(String uri, String called) {
            super(uri, PlayedEndpoints.this);
            this.called = called;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    neighbours.step(called, exchange);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("Routes begin at direct endpoints here");
        }
    }
}
