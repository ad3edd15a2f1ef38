package io.identamocrm.ops;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * What stands before the console beside the password: a link to the page may be anywhere; what the API is asked comes from the console's own
 * page or from a program, since a picture of another page could have amoCRM asked again and again; what changes something is JSON too, and short. Each answer tells the browser that nothing but the
 * console's own files may run or be shown, and that answers of the API are not kept.
 */
final class ConsoleDoor implements AuthenticationHandler {

    /** What its page and its API begin with. */
    static final String API = "/api";

    private static final Set<HttpMethod> LOOKS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    /** Bytes of a body: thousands of ids. */
    private static final int LARGEST = 65_536;

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final AuthenticationHandler password;
    private final PasswordGuesses guesses;

    ConsoleDoor(AuthenticationHandler password, PasswordGuesses guesses) {
        this.password = password;
        this.guesses = guesses;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        boolean looks = LOOKS.contains(request.method());
        boolean ofApi = context.normalizedPath().startsWith(API);
        if (ofApi) {
            context.response().putHeader("Cache-Control", "no-store");
        }
        if (guesses.mustWait(request)) {
            refuse(context, 429, "Retry-After", PasswordGuesses.SECONDS);
        } else if (!looks && !(JolokiaDoor.isJson(request) && isUnicode(request))) {
            refuse(context, 415, "Accept", "application/json");
        } else if ((ofApi || !looks) && !JolokiaDoor.isOwnPage(request) || !looks && !isOwnOrigin(request)) {
            refuse(context, 403, "Vary", JolokiaDoor.FETCH_SITE + ", Origin");
        } else if (!isShort(request)) {
            // What comes after would be read into memory before anybody looks at it.
            ApiProblems.answer(context, 413);
        } else {
            guesses.watch(context);
            password.handle(context);
        }
    }

    private static void refuse(RoutingContext context, int status, String header, String value) {
        context.response().putHeader(header, value);
        ApiProblems.answer(context, status);
    }

    /** False if the body is longer than any that means something, or does not say how long it is. */
    private static boolean isShort(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") == null
                && (length == null || length.matches("\\d{1,9}") && Integer.parseInt(length) <= LARGEST);
    }

    /** JSON is UTF-8; of another encoding that somebody names the answer would be a failure. */
    private static boolean isUnicode(HttpServerRequest request) {
        String type = request.getHeader("Content-Type").toLowerCase(Locale.ROOT);
        return !type.contains("charset") || type.matches(".*;\\s*charset=\"?utf-8\"?\\s*(;.*)?");
    }

    /** Browsers name the origin of what they post, over plain HTTP too, where they do not call pages foreign; programs name none. */
    private static boolean isOwnOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        try {
            return origin == null
                    || String.valueOf(request.authority())
                            .equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
