package io.identamocrm.routes;

import io.identamocrm.routes.Neighbours.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.BeanProcessorFactory;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One file of {@code routes/} as it is, in a light Camel context, with all its neighbours played: beans, the routes of other files, SQL
 * and amoCRM. A test says what a neighbour answers, sends something to a route, and looks at who was called, in which order, with what.
 *
 * <pre>{@code
 * @RegisterExtension
 * private final RouteFile file = RouteFile.named("explain.camel.yaml");
 *
 * file.on("sql:completed-reception-ids.sql", query -> List.of(Map.of("reception_id", 7)));
 * assertThat(file.ask("completed-receptions-of-patient", 25)).isEqualTo(...);
 * assertThat(file.calls()).containsExactly("sql:completed-reception-ids.sql");
 * }</pre>
 *
 * A neighbour is named {@code bean.method} as a step or an expression, {@code direct:name} as a route of another file or one taken out of
 * this one ({@link #without}), {@code sql:name-of-the-file.sql}, {@code https} as amoCRM, {@code http:host}, {@code smtp}. It answers nothing, so a condition is false and
 * the body stays, until {@link #on} says otherwise; an answer that throws is a neighbour that fails. Schedules do not run by themselves:
 * {@link #send} begins every route, wherever it begins. What a route names but never calls as a step (a breaker, a strategy of an
 * aggregation) is bound with {@link #bind}. The route configurations of {@code errors.camel.yaml} are always there. The context starts at
 * the first {@link #send}, until then the file can be changed; it is closed after each test.
 */
final class RouteFile implements AfterEachCallback {

    private static final String ERRORS = "errors.camel.yaml";

    private final String name;
    private final Neighbours neighbours = new Neighbours();
    private final Properties settings = new Properties();
    private final Map<String, Object> bound = new HashMap<>();
    private final Set<String> takenOut = new HashSet<>();
    private final List<RoutesBuilder> more = new ArrayList<>();
    private DefaultCamelContext camel;
    private ProducerTemplate template;

    private RouteFile(String name) {
        this.name = name;
        with("schedules.enabled", "true").with("watch.enabled", "true");
        with("config.dir", "config").with("amocrm.endpoint", "https://amocrm");
        bind("failedAttempts", (Processor) exchange -> neighbours.step("failedAttempts", exchange));
    }

    /** The file of this name in {@code routes/}. */
    static RouteFile named(String name) {
        return new RouteFile(name);
    }

    /** With a value for a placeholder; all others are 1. */
    RouteFile with(String setting, String value) {
        settings.setProperty(setting, value);
        return this;
    }

    /** With an object in the registry. */
    RouteFile bind(String bean, Object object) {
        bound.put(bean, object);
        return this;
    }

    /** Without one of its own routes, which becomes a neighbour. */
    RouteFile without(String route) {
        takenOut.add(route);
        return this;
    }

    /** With routes of the test's beside. */
    RouteFile beside(RoutesBuilder routes) {
        more.add(routes);
        return this;
    }

    /** From now on this neighbour answers so. */
    RouteFile on(String neighbour, Answer answer) {
        neighbours.answer(neighbour, answer);
        return this;
    }

    /** From now on this neighbour fails so. */
    RouteFile failing(String neighbour, Exception failure) {
        return on(neighbour, call -> {
            throw failure;
        });
    }

    /** Lets a message through a route; returns it as it comes out, with its failure if it has one. */
    Exchange send(String route, Object body) {
        return send(route, exchange -> exchange.getMessage().setBody(body));
    }

    /** The same with a message that has headers or properties too. */
    Exchange send(String route, Processor message) {
        start();
        Endpoint beginning = Optional.ofNullable(camel.getRoute(route))
                .orElseThrow(() -> new AssertionError(name + " has no route " + route))
                .getEndpoint();
        return template.request(beginning, message);
    }

    /**
     * The same for routes that answer.
     *
     * @return the body that comes out
     * @throws Exception if the route fails
     */
    Object ask(String route, Object body) throws Exception {
        Exchange exchange = send(route, body);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody();
    }

    /** The neighbours called so far, in order. */
    List<String> calls() {
        return neighbours.calls();
    }

    /** The bodies a neighbour was called with, in order. */
    List<Object> bodies(String neighbour) {
        return neighbours.bodies(neighbour);
    }

    /** Forgets the calls so far. */
    void forget() {
        neighbours.forget();
    }

    /** The context, running. */
    DefaultCamelContext camel() {
        start();
        return camel;
    }

    private void start() {
        if (camel != null) {
            return;
        }
        camel = new DefaultCamelContext();
        // Camel would look for what the real components need.
        camel.setAutowiredEnabled(false);
        try {
            camel.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
                @Override
                public String getName() {
                    return "settings that do not matter here";
                }

                @Override
                public String getProperty(String setting) {
                    return settings.getProperty(setting, "1");
                }
            });
            bound.forEach(camel.getRegistry()::bind);
            playBeans();
            // First, as a configuration holds for the routes that come after it.
            load(ERRORS);
            if (!name.equals(ERRORS)) {
                load(name);
            }
            for (String route : takenOut) {
                camel.removeRouteDefinition(Optional.ofNullable(camel.getRouteDefinition(route))
                        .orElseThrow(() -> new AssertionError(name + " has no route " + route)));
            }
            for (RoutesBuilder routes : more) {
                camel.addRoutes(routes);
            }
            playEndpoints();
            camel.start();
        } catch (Exception e) {
            throw new AssertionError(name + " does not start", e);
        }
        template = camel.createProducerTemplate();
    }

    private void load(String file) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:" + Path.of("routes", file)));
    }

    private void playBeans() {
        PlayedBeans beans = new PlayedBeans(neighbours, camel);
        camel.getCamelContextExtension().addContextPlugin(BeanProcessorFactory.class, beans);
        camel.getRegistry().bind("bean", beans);
    }

    private void playEndpoints() {
        Set<String> own = new TreeSet<>();
        for (RouteDefinition route : camel.getRouteDefinitions()) {
            own.add(route.getInput().getEndpointUri().replaceFirst("^direct:(//)?", ""));
        }
        PlayedEndpoints routes = new PlayedEndpoints(neighbours, called -> "direct:" + called);
        routes.setCamelContext(camel);
        camel.addComponent("direct", new DirectComponent() {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
                    throws Exception {
                return own.contains(remaining)
                        ? super.createEndpoint(uri, remaining, parameters)
                        : routes.endpoint(uri, "direct:" + remaining);
            }
        });
        camel.addComponent(
                "sql", new PlayedEndpoints(neighbours, file -> "sql:" + file.substring(file.lastIndexOf('/') + 1)));
        camel.addComponent("https", new PlayedEndpoints(neighbours, host -> "https"));
        camel.addComponent("http", new PlayedEndpoints(neighbours, host -> "http:" + host.replaceFirst("^/+", "")));
        camel.addComponent("smtp", new PlayedEndpoints(neighbours, host -> "smtp"));
        for (String schedule : List.of("quartz", "timer", "seda")) {
            camel.addComponent(schedule, new DirectComponent() {
                @Override
                protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
                        throws Exception {
                    parameters.clear();
                    return super.createEndpoint(uri, remaining, parameters);
                }
            });
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (camel != null) {
            camel.close();
        }
    }
}
