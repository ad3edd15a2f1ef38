package io.identamocrm.alerts;

import io.identamocrm.amocrm.HttpProxy;
import io.identamocrm.amocrm.ProxyTunnel;
import io.identamocrm.amocrm.RequestDeadline;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Sends every request of an endpoint to an address that the endpoint does not name: in those of Telegram and of most webhooks is a secret,
 * and what an endpoint names is shown by JMX, metrics, log lines and exceptions.
 */
public final class SecretAddress implements HttpClientConfigurer {

    private final URI address;
    private final @Nullable String token;
    private final @Nullable HttpProxy proxy;
    private final Duration deadline;

    /**
     * One address.
     *
     * @param address  where requests go, with path and query
     * @param token    sent as bearer token; null if none is
     * @param proxy    on the way there; null if there is none
     * @param deadline how long a request may take as a whole
     */
    public SecretAddress(URI address, @Nullable String token, @Nullable HttpProxy proxy, Duration deadline) {
        this.address = address;
        this.token = token;
        this.proxy = proxy;
        this.deadline = deadline;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        HttpHost target = new HttpHost(address.getScheme(), address.getHost(), address.getPort());
        client.disableAutomaticRetries();
        new RequestDeadline(deadline).configureHttpClient(client);
        if (proxy != null) {
            new ProxyTunnel(proxy).configureHttpClient(client);
        }
        HttpRoutePlanner way = proxy == null
                ? new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE)
                : new DefaultProxyRoutePlanner(new HttpHost("http", proxy.host(), proxy.port()));
        client.setRoutePlanner((named, context) -> way.determineRoute(target, context));
        client.addExecInterceptorFirst("secret-address", (request, scope, chain) -> {
            request.setUri(address);
            if (token != null) {
                request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
            }
            return chain.proceed(request, scope);
        });
    }

    @Override
    public String toString() {
        return "SecretAddress";
    }
}
