package io.identamocrm.simulation;

import io.identamocrm.sandbox.AmoSandbox;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** In place of Camel's HTTP: requests reach the sandbox without a connection, as the process that sends them is played. */
public final class InProcessHttp extends HttpComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        send(exchange.getMessage());
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isLenientProperties() {
                return true;
            }
        };
    }

    private static void send(Message message) throws Exception {
        String query = message.getHeader(Exchange.HTTP_QUERY, String.class);
        AmoSandbox.Answer answer = PlayedProcess.current()
                .request(
                        message.getHeader(Exchange.HTTP_METHOD, String.class),
                        message.getHeader(Exchange.HTTP_PATH, String.class) + (query == null ? "" : "?" + query),
                        message.getBody(byte[].class),
                        message.getHeader("Authorization", String.class));
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (answer.retryAfter() != null) {
            message.setHeader("Retry-After", answer.retryAfter().toString());
        }
        message.setHeader("Date", PlayedProcess.current().serverDate());
        message.setBody(answer.body());
    }
}
