package io.identamocrm.ops;

import io.identamocrm.model.Explanation;
import io.identamocrm.problems.InvalidSettingsException;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsText;
import io.identamocrm.state.Timing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.AuthenticationHandler;
import io.vertx.ext.web.handler.BasicAuthHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.main.MainConfigurationProperties;
import org.jspecify.annotations.Nullable;

/** The service's HTTP port for health, metrics, the console and Jolokia: Camel's own server, with a password in front of Jolokia and the console. */
public final class ManagementPort {

    private static final String JOLOKIA = "/observe/jolokia";
    private static final String REALM = "ident-amocrm";
    /** Who asks without a password, as every browser does at first. */
    private static final int UNKNOWN = 401;
    /** Bytes; what Hawtio asks in one request is far less. */
    private static final long LARGEST_BODY = 1_048_576;

    /** The page, its files, and the API. */
    private static final List<String> CONSOLE = List.of("/", "/console/*", "/api/*");

    private final Settings.Management settings;
    private final Timing timing;

    public ManagementPort(Settings.Management settings, Timing timing) {
        this.settings = settings;
        this.timing = timing;
    }

    /**
     * Before Camel is configured.
     *
     * @throws InvalidSettingsException if the port is taken: Camel's server would only warn, and nobody would see the service's health
     */
    public void configure(MainConfigurationProperties main, Properties properties) {
        requireFree();
        main.httpManagementServer()
                .withEnabled(true)
                .withHost(settings.host())
                .withPort(settings.port())
                .withHealthCheckEnabled(true)
                .withMetricsEnabled(true)
                .withJolokiaEnabled(settings.jolokiaUser() != null)
                .withJolokiaPath(JOLOKIA);
        // The console's routes, console.camel.yaml: on this server, each with its own name.
        properties.setProperty("camel.rest.component", "platform-http");
        properties.setProperty("camel.rest.inlineRoutes", "false");
        properties.setProperty("camel.component.platform-http.headerFilterStrategy", "#consoleHeaders");
        properties.setProperty("camel.metrics.enabled", "true");
        // Endpoints are known by the routes that use them; their addresses would make a label each.
        properties.setProperty("camel.metrics.enableExchangeEventNotifier", "false");
        properties.setProperty("camel.metrics.binders", "jvm-memory,jvm-gc,jvm-thread,processor,uptime");
        properties.setProperty("camel.health.exposureLevel", "full");
        properties.setProperty("camel.health.consumersEnabled", "false");
    }

    /** After Camel's server listens: what no route answers below the API is a problem document too. */
    public void tellProblems(CamelContext context) {
        if (settings.jolokiaUser() != null) {
            ApiProblems.tell(context.hasService(ManagementHttpServer.class).getRouter());
        }
    }

    /** The same doors before a server that is not Camel's, and the same problems behind them. */
    public void protect(Vertx vertx, Router router) {
        AuthenticationHandler door =
                new ConsoleDoor(BasicAuthHandler.create(password(vertx), REALM), new PasswordGuesses(timing));
        CONSOLE.forEach(path -> router.route(path).handler(door));
        ApiProblems.tell(router);
        router.errorHandler(
                UNKNOWN, context -> context.response().setStatusCode(UNKNOWN).end());
    }

    /**
     * Sees whether it can be listened on.
     *
     * @throws InvalidSettingsException if it cannot, for somebody else does
     */
    public void requireFree() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new InvalidSettingsException(List.of(Explanation.of(
                    SettingsText.PORT_TAKEN.with(settings.port(), settings.host(), String.valueOf(e.getMessage())),
                    SettingsText.PORT_TAKEN_REMEDY)));
        }
    }

    /** After Camel is configured, before its server listens. */
    public void protect(CamelContext context) {
        if (settings.jolokiaUser() == null) {
            return;
        }
        PasswordGuesses guesses = new PasswordGuesses(timing);
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        server.setMaxBodySize(LARGEST_BODY);
        AuthenticationConfig authentication = server.getConfiguration().getAuthenticationConfig();
        authentication.getEntries().add(entry(JOLOKIA + "*", password -> new JolokiaDoor(password, guesses)));
        for (String path : CONSOLE) {
            authentication.getEntries().add(entry(path, password -> new ConsoleDoor(password, guesses)));
        }
        authentication.setEnabled(true);
    }

    private AuthenticationConfig.AuthenticationConfigEntry entry(
            String path, UnaryOperator<AuthenticationHandler> door) {
        AuthenticationConfig.AuthenticationConfigEntry entry = new AuthenticationConfig.AuthenticationConfigEntry();
        entry.setPath(path);
        entry.setAuthenticationProviderFactory(this::password);
        entry.setAuthenticationHandlerFactory(new AuthenticationConfig.AuthenticationHandlerFactory() {
            @Override
            public <T extends AuthenticationProvider> AuthenticationHandler createAuthenticationHandler(T provider) {
                return door.apply(BasicAuthHandler.create(provider, REALM));
            }
        });
        return entry;
    }

    private AuthenticationProvider password(Vertx vertx) {
        return new AuthenticationProvider() {
            @Override
            public Future<User> authenticate(Credentials credentials) {
                return credentials instanceof UsernamePasswordCredentials given
                                && same(given.getUsername(), settings.jolokiaUser())
                                && same(given.getPassword(), settings.jolokiaPassword())
                        ? Future.succeededFuture(User.fromName(given.getUsername()))
                        : Future.failedFuture("wrong user or password");
            }

            @Override
            @Deprecated
            @SuppressWarnings("deprecation")
            public void authenticate(
                    io.vertx.core.json.JsonObject credentials,
                    io.vertx.core.Handler<io.vertx.core.AsyncResult<User>> handler) {
                authenticate(new UsernamePasswordCredentials(credentials)).onComplete(handler);
            }
        };
    }

    /** In a time that does not depend on where they differ. */
    private static boolean same(String one, @Nullable String other) {
        return other != null
                && MessageDigest.isEqual(
                        String.valueOf(one).getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
