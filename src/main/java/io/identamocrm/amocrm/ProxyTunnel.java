package io.identamocrm.amocrm;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;

/**
 * The way to amoCRM through a proxy, which is asked for a tunnel. What goes wrong before the tunnel stands is the proxy's doing, and said
 * of it.
 */
public final class ProxyTunnel implements HttpClientConfigurer {

    private static final String STANDS = "ident-amocrm-tunnel";

    private final HttpProxy proxy;

    /** Through this proxy. */
    public ProxyTunnel(HttpProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        client.setProxy(host);
        if (proxy.user() != null && proxy.password() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            proxy.user(), proxy.password().toCharArray()));
            client.setDefaultCredentialsProvider(credentials);
        }
        client.addExecInterceptorFirst("proxy", this::execute);
        client.addExecInterceptorAfter(ChainElement.CONNECT.name(), STANDS, (request, scope, chain) -> {
            scope.clientContext.setAttribute(STANDS, true);
            return chain.proceed(request, scope);
        });
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response;
        try {
            response = chain.proceed(request, scope);
        } catch (IOException e) {
            // The handshake with amoCRM comes before the tunnel counts as one, and after the proxy has done its part.
            throw stands(scope) || e instanceof SSLException ? e : ProxyException.away(proxy, e);
        }
        if (stands(scope)) {
            return response;
        }
        int status = response.getCode();
        List<String> logins = Arrays.stream(response.getHeaders(HttpHeaders.PROXY_AUTHENTICATE))
                .map(Header::getValue)
                .map(value -> value.replaceFirst("\\W.*", "").toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        response.close();
        scope.execRuntime.discardEndpoint();
        throw ProxyException.refused(proxy, status, logins);
    }

    private static boolean stands(ExecChain.Scope scope) {
        return scope.clientContext.getAttribute(STANDS) != null;
    }
}
