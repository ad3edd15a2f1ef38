package io.identamocrm.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;

/**
 * An emulated amoCRM account over real HTTP on 127.0.0.1, for tests and for the demo. It keeps state, refuses what amoCRM refuses, and
 * breaks on demand (amoCRM facts, section 10). Its root page shows the two pipelines as a board.
 */
public final class AmoSandbox implements AutoCloseable {

    /** The long-lived token of a private integration; {@link TokenDesk} issues others. */
    public static final String TOKEN = "sandbox-long-lived-token";

    /** Posting to this path, followed by names as on the command line or by {@code none}, changes what goes wrong. */
    public static final String FAULTS = "/faults/";

    /** The address of a sandbox without a port; nothing listens there. */
    public static final String UNCONNECTED = "http://localhost:9";

    private static final int THREADS = 24;

    private final SandboxAccount account;
    private final TokenDesk tokens;
    private final Journal journal;
    private final Faults faults = new Faults();
    private final Hooks hooks = new Hooks();
    private final RestlessManagers managers;
    private final Connections connections = new Connections();
    private final RateRule rate;
    private final Audit audit;
    private final RequestHandling handling;
    /** Null without a port. */
    private final WireMockServer server;

    private AmoSandbox(SandboxOptions given, boolean connected) {
        SandboxOptions options = given.withClock(new ServerClock(given.clock(), faults));
        account = new SandboxAccount(options);
        managers = new RestlessManagers(account, 1);
        tokens = new TokenDesk(options.clock());
        journal = new Journal(options.keptBodies());
        rate = new RateRule(options.rate(), options.nanos());
        audit = new Audit(options.largestBody());
        handling = new RequestHandling(this, rate, audit, options);
        if (!connected) {
            server = null;
            return;
        }
        server = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .port(options.port())
                .containerThreads(THREADS)
                .jettyAcceptors(1)
                .http2PlainDisabled(true)
                .disableRequestJournal()
                .notifier(new Slf4jNotifier(false))
                .extensions(new SandboxResponses(this, handling, connections, options)));
        server.stubFor(any(anyUrl()).willReturn(aResponse()));
        server.start();
    }

    /** A sandbox as {@link SandboxOptions#standard()} describes it. */
    public static AmoSandbox start() {
        return start(SandboxOptions.standard());
    }

    /** A sandbox on its port. */
    public static AmoSandbox start(SandboxOptions options) {
        return new AmoSandbox(options, true);
    }

    /** A sandbox without a port: it is asked in this process only. */
    public static AmoSandbox unconnected(SandboxOptions options) {
        return new AmoSandbox(options, false);
    }

    /**
     * What a client gets.
     *
     * @param status      HTTP status
     * @param contentType or null without a body
     * @param body        or null
     * @param retryAfter  header {@code Retry-After} in seconds, or null
     */
    public record Answer(int status, String contentType, String body, Integer retryAfter) {}

    /**
     * Asks it without a connection.
     *
     * @param url           path and query
     * @param body          or null
     * @param authorization the header
     * @throws IOException where the connection would break; the request may have been carried out
     */
    public Answer ask(String method, String url, byte[] body, String authorization) throws IOException {
        RequestHandling.Handled handled = handling.handle(
                new RequestHandling.Arrived(method, url, body, authorization, "127.0.0.1", baseUrl(), true));
        Faults.Fault fault = handled.fault();
        if (handled.reply() == null || fault != null && (fault.closesInstead() || fault == Faults.Fault.ANSWER_CUT)) {
            throw new SocketException("Connection reset");
        }
        return new Answer(
                handled.reply().status(),
                handled.reply().contentType(),
                handled.reply().body(),
                handled.reply().retryAfter());
    }

    /** Its address, without a slash at the end. */
    public String baseUrl() {
        return server == null ? UNCONNECTED : "http://127.0.0.1:" + server.port();
    }

    /** What it holds. */
    public SandboxAccount account() {
        return account;
    }

    /** Who may ask. */
    public TokenDesk tokens() {
        return tokens;
    }

    /** What it was asked. */
    public Journal journal() {
        return journal;
    }

    /** What goes wrong in it. */
    public Faults faults() {
        return faults;
    }

    /** What happens before and after its requests. */
    public Hooks hooks() {
        return hooks;
    }

    /** The managers of {@link Faults.Fault#RESTLESS_MANAGERS}. */
    public RestlessManagers managers() {
        return managers;
    }

    /** Closes its clients' connections, each as soon as nothing is being asked on it, as servers do after a while. */
    public void closeIdleConnections() {
        connections.closeIdle();
    }

    /** What was asked against the rules of good behaviour, each kind once per request path, without values. */
    public List<String> violations() {
        return audit.violations();
    }

    /** amoCRM's support lifts the block that too many 429s have brought about. */
    public void unblock() {
        rate.unblock();
    }

    /** Stops it. What a hook has thrown is thrown now, so that a failed assert in it fails its test. */
    @Override
    public void close() {
        Throwable failure = hooks.failure();
        faults.release();
        if (server != null) {
            server.stop();
        }
        if (failure != null) {
            throw new IllegalStateException("A hook has failed: " + failure.getMessage(), failure);
        }
    }
}
