package io.identamocrm.ops;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What the HTTP server itself answers below {@code /api} where no route of ours does: problem documents (RFC 9457) like all the others. */
final class ApiProblems {

    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;
    private static final Map<Integer, String> TITLES = Map.of(
            401, "User and password are asked for",
            403, "What changes something is heard from the console's own page or from a program only",
            404, "There is nothing of this name and method",
            413, "The body is too long, or does not say how long it is",
            415, "The body must be JSON, in UTF-8",
            429, "Too many wrong passwords came from there: wait a minute");

    private ApiProblems() {}

    /** Has a router answer so, after all its other routes. */
    static void tell(Router router) {
        router.route(ConsoleDoor.API + "/*")
                .last()
                .handler(context -> answer(context, NOT_FOUND))
                .failureHandler(context -> answer(context, context.statusCode() < 0 ? FAILED : context.statusCode()));
    }

    /** Ends a request with a problem. */
    static void answer(RoutingContext context, int status) {
        if (context.response().ended()) {
            return;
        }
        context.response().setStatusCode(status).putHeader("Content-Type", "application/problem+json");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response().end();
            return;
        }
        context.response()
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", TITLES.getOrDefault(status, "It cannot be done"))
                        .put("status", status)
                        .encode());
    }
}
