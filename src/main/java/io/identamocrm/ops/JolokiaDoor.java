package io.identamocrm.ops;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What stands before Jolokia beside the password. Jolokia itself executes what a GET or a form of any web page asks for, with the password
 * that the operator's browser adds: here only JSON is heard, which no page of another origin can send unasked, and no page that the browser
 * itself calls foreign. Who guesses passwords has to wait.
 */
final class JolokiaDoor implements AuthenticationHandler {

    /** How a browser says whose page asks; Hawtio's proxy hands it on, as it does its own origin. */
    static final String FETCH_SITE = "Sec-Fetch-Site";

    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

    private final AuthenticationHandler password;
    private final PasswordGuesses guesses;

    JolokiaDoor(AuthenticationHandler password, PasswordGuesses guesses) {
        this.password = password;
        this.guesses = guesses;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (guesses.mustWait(request)) {
            refuse(context, 429, "Retry-After", PasswordGuesses.SECONDS);
        } else if (!HttpMethod.POST.equals(request.method())) {
            refuse(context, 405, "Allow", "POST");
        } else if (!isJson(request)) {
            refuse(context, 415, "Accept", "application/json");
        } else if (!isOwnPage(request)) {
            refuse(context, 403, "Vary", FETCH_SITE);
        } else {
            guesses.watch(context);
            password.handle(context);
        }
    }

    static void refuse(RoutingContext context, int status, String header, String value) {
        context.response().setStatusCode(status).putHeader(header, value).end();
    }

    /** True if the body is JSON, which no form of any page can send. */
    static boolean isJson(HttpServerRequest request) {
        String contentType = request.getHeader("Content-Type");
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).split(";")[0].strip().endsWith("/json");
    }

    /** False if the browser says that a page of another origin asks. */
    static boolean isOwnPage(HttpServerRequest request) {
        return OWN_PAGES.contains(Objects.requireNonNullElse(request.getHeader(FETCH_SITE), "none"));
    }
}
