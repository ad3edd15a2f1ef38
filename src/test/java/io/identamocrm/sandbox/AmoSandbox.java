package io.identamocrm.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;

/**
 * An emulated amoCRM account over real HTTP on 127.0.0.1, for tests and for the demo. It keeps state, refuses what amoCRM refuses, and
 * breaks on demand (amoCRM facts, section 10). Its root page shows the two pipelines as a board.
 */
public final class AmoSandbox implements AutoCloseable {

    /** The only bearer token it accepts. */
    public static final String TOKEN = "sandbox-long-lived-token";

    private static final int THREADS = 24;

    private final SandboxAccount account;
    private final Journal journal = new Journal();
    private final Faults faults = new Faults();
    private final WireMockServer server;

    private AmoSandbox(SandboxOptions options) {
        account = new SandboxAccount(options.clock(), options.zone());
        RateRule rate = new RateRule(options.requestsPerSecond(), options.nanos());
        SandboxResponses responses = new SandboxResponses(new Api(account, faults), new Pages(account, journal, faults), journal, faults,
                rate, options);
        server = new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").port(options.port()).containerThreads(THREADS).jettyAcceptors(1)
                .disableRequestJournal().notifier(new Slf4jNotifier(false)).extensions(responses));
        server.stubFor(any(anyUrl()).willReturn(aResponse()));
        server.start();
    }

    /** A sandbox as {@link SandboxOptions#standard()} describes it. */
    public static AmoSandbox start() {
        return start(SandboxOptions.standard());
    }

    /** A sandbox on its port. */
    public static AmoSandbox start(SandboxOptions options) {
        return new AmoSandbox(options);
    }

    /** Its address, without a slash at the end. */
    public String baseUrl() {
        return server.baseUrl().replace("localhost", "127.0.0.1");
    }

    /** What it holds. */
    public SandboxAccount account() {
        return account;
    }

    /** What it was asked. */
    public Journal journal() {
        return journal;
    }

    /** What goes wrong in it. */
    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        server.stop();
    }
}
