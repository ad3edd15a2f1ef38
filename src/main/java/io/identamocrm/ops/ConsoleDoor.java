package io.identamocrm.ops;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.net.URI;
import java.util.Set;

/**
 * What stands before the console beside the password: who only looks may come from anywhere, since no other page can read the answer; what
 * changes something is JSON from the console's own page, or from a program. Each answer tells the browser that nothing but the console's own
 * files may run or be shown.
 */
final class ConsoleDoor implements AuthenticationHandler {

    private static final Set<HttpMethod> LOOKS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
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
        if (guesses.mustWait(request)) {
            JolokiaDoor.refuse(context, 429, "Retry-After", PasswordGuesses.SECONDS);
        } else if (!looks && !JolokiaDoor.isJson(request)) {
            JolokiaDoor.refuse(context, 415, "Accept", "application/json");
        } else if (!looks && !(JolokiaDoor.isOwnPage(request) && isOwnOrigin(request))) {
            JolokiaDoor.refuse(context, 403, "Vary", JolokiaDoor.FETCH_SITE + ", Origin");
        } else {
            guesses.watch(context);
            password.handle(context);
        }
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
