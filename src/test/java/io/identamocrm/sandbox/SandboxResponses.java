package io.identamocrm.sandbox;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.identamocrm.sandbox.Faults.Fault;

/** The WireMock extension: takes requests from the wire to the account, or to a page, and brings the answer back. */
final class SandboxResponses implements ResponseDefinitionTransformerV2, ServeEventListener {

    private final RequestHandling handling;
    private final Pages pages;
    private final Hooks hooks;
    private final Connections connections;
    private final Delivery delivery;

    SandboxResponses(AmoSandbox sandbox, RequestHandling handling, Connections connections, SandboxOptions options) {
        this.handling = handling;
        this.hooks = sandbox.hooks();
        this.pages = new Pages(sandbox.account(), sandbox.journal(), sandbox.faults());
        this.connections = connections;
        this.delivery = new Delivery(sandbox.faults(), options.clock());
    }

    @Override
    public String getName() {
        return "amo-sandbox";
    }

    @Override
    public boolean applyGlobally() {
        return true;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Wire wire = connections.begin();
        Request request = event.getRequest();
        RequestHandling.Arrived arrived = new RequestHandling.Arrived(
                request.getMethod().getName(),
                request.getUrl(),
                request.getBody(),
                request.getHeader("Authorization"),
                request.getClientIp(),
                base(request),
                wire.isKeptAlive());
        String path = arrived.path();
        if (!path.startsWith("/api/") && !path.startsWith("/oauth2/")) {
            boolean spoil = "POST".equals(arrived.method()) && path.startsWith(AmoSandbox.FAULTS);
            return delivery.of(
                    spoil ? pages.spoil(path.substring(AmoSandbox.FAULTS.length())) : pages.page(path), null, wire, 0);
        }
        RequestHandling.Handled handled = handling.handle(arrived);
        if (handled.fault() == Fault.HANG) {
            delivery.hang(wire, handled.releases());
        }
        hooks.answering(event.getId(), handled.request());
        return delivery.of(handled.reply(), handled.fault(), wire, handled.releases());
    }

    @Override
    public void afterComplete(ServeEvent event, Parameters parameters) {
        connections.end();
        hooks.answered(event.getId());
    }

    private static String base(Request request) {
        return request.getScheme() + "://" + request.getHost() + ":" + request.getPort();
    }
}
