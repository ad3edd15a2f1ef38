package io.identamocrm.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** What stands around a route file, played: each call is noted, and answered as the test says. */
final class Neighbours {

    /** What a neighbour answers. */
    @FunctionalInterface
    interface Answer {

        /**
         * Takes a call.
         *
         * @param exchange may be changed: headers, properties, an empty body
         * @return the new body, or what an expression is worth; null leaves the body as it is
         * @throws Exception if the call fails
         */
        Object to(Exchange exchange) throws Exception;
    }

    private record Call(String name, Object body) {}

    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();

    synchronized void answer(String name, Answer answer) {
        answers.put(name, answer);
    }

    /** Notes a call and answers it, with null by default. */
    Object call(String name, Exchange exchange) throws Exception {
        Answer answer;
        synchronized (this) {
            calls.add(new Call(name, exchange.getMessage().getBody()));
            answer = answers.getOrDefault(name, any -> null);
        }
        return answer.to(exchange);
    }

    /** A call that is a step of a route: what is answered becomes the body. */
    void step(String name, Exchange exchange) throws Exception {
        Object answered = call(name, exchange);
        if (answered != null) {
            exchange.getMessage().setBody(answered);
        }
    }

    synchronized List<String> calls() {
        return calls.stream().map(Call::name).toList();
    }

    synchronized List<Object> bodies(String name) {
        List<Object> bodies = new ArrayList<>();
        calls.stream().filter(call -> call.name().equals(name)).forEach(call -> bodies.add(call.body()));
        return bodies;
    }

    synchronized void forget() {
        calls.clear();
    }
}
