package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Language;
import io.identamocrm.ops.ManagementPort;
import io.identamocrm.settings.SettingProblem;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.state.Timing;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The console of a service whose settings are not complete: nothing of the product runs, the page says what is missing and which step is
 * next, the process is alive and not ready. Same address, same password as the console of a service at work.
 */
public final class SetUpConsole implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final int AWAY = 503;

    private final ConsolePage page = new ConsolePage();
    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private volatile List<SettingProblem> problems;

    /** What is set up one after the other; the first with a problem is the next step. */
    private enum Part {
        IDENT,
        REDIS,
        AMOCRM,
        FIELDS,
        OTHER;

        private static Part of(SettingProblem problem) {
            String property = String.valueOf(problem.property());
            return property.startsWith("ident.")
                    ? IDENT
                    : property.startsWith("redis.")
                            ? REDIS
                            : property.matches(
                                            "amocrm\\.((deal|contact)-field\\..*|.*(pipeline|stage|user)-id|.*stages)")
                                    ? FIELDS
                                    : property.startsWith("amocrm.") ? AMOCRM : OTHER;
        }

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private SetUpConsole(SettingsCheck check) {
        this.problems = sorted(check);
    }

    /** True if there is something to complain of, and a console that can say so. */
    public static boolean canSay(SettingsCheck check) {
        Settings.Management management = check.settings().management();
        return !check.problems().isEmpty()
                && management.port() > 0
                && management.jolokiaUser() != null
                && management.jolokiaPassword() != null
                && check.problems().stream()
                        .noneMatch(problem -> String.valueOf(problem.property()).startsWith("management."));
    }

    /**
     * Listens.
     *
     * @param check with problems, see {@link #canSay}
     * @throws io.identamocrm.problems.InvalidSettingsException if somebody else listens there
     */
    public static SetUpConsole start(SettingsCheck check, Timing timing) {
        Settings.Management management = check.settings().management();
        ManagementPort port = new ManagementPort(management, timing);
        port.requireFree();
        SetUpConsole console = new SetUpConsole(check);
        Router router = Router.router(console.vertx);
        port.protect(console.vertx, router);
        router.get("/observe/health/live").handler(context -> answer(context, 200, health("UP")));
        router.get("/observe/health").handler(console::ready);
        router.get("/observe/health/ready").handler(console::ready);
        router.get("/").handler(context -> console.file(context, null));
        router.get("/console/:file").handler(context -> console.file(context, context.pathParam("file")));
        router.get("/api/state").handler(console::state);
        router.route("/api/*").handler(console::notYet);
        console.vertx
                .createHttpServer()
                .requestHandler(router)
                .listen(management.port(), management.host())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return console;
    }

    /** Somebody has gone on with the set-up: this is what is left, if anything. */
    public void show(SettingsCheck check) {
        problems = sorted(check);
    }

    private static List<SettingProblem> sorted(SettingsCheck check) {
        return check.problems().stream()
                .sorted((one, other) -> Part.of(one).compareTo(Part.of(other)))
                .toList();
    }

    private static ObjectNode health(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }

    private void ready(RoutingContext context) {
        ObjectNode json = health("DOWN");
        json.putArray("checks")
                .addObject()
                .put("name", "settings")
                .put("status", "DOWN")
                .put("message", ConsoleText.NOT_SET_UP.english());
        answer(context, AWAY, json);
    }

    private void file(RoutingContext context, @Nullable String name) {
        try {
            ConsolePage.StaticFile file = page.named(name);
            context.response()
                    .putHeader("Content-Type", file.type())
                    .putHeader("Cache-Control", "no-cache")
                    .end(Buffer.buffer(file.bytes()));
        } catch (RequestException e) {
            context.response().setStatusCode(e.status()).end();
        }
    }

    private void state(RoutingContext context) {
        Language language = Json.language(context.request().getHeader("Accept-Language"));
        List<SettingProblem> left = problems;
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", Product.version())
                .put("light", left.isEmpty() ? "yellow" : "red")
                .put(
                        "next",
                        "set-up-"
                                + (left.isEmpty()
                                        ? "complete"
                                        : Part.of(left.get(0)).key()));
        ArrayNode checks = json.putArray("checks");
        checks.addObject()
                .put("check", "settings")
                .put("up", left.isEmpty())
                .put("message", (left.isEmpty() ? ConsoleText.SET_UP : ConsoleText.NOT_SET_UP).in(language));
        ArrayNode missing = json.putArray("missing");
        left.forEach(problem -> missing.addObject()
                .put("part", Part.of(problem).key())
                .put("text", problem.complaint().in(language))
                .put(
                        "remedy",
                        problem.remedy() == null ? null : problem.remedy().in(language)));
        answer(context, 200, json);
    }

    private void notYet(RoutingContext context) {
        Language language = Json.language(context.request().getHeader("Accept-Language"));
        answer(
                context,
                AWAY,
                "application/problem+json",
                ConsoleProblems.document(
                        AWAY,
                        ConsoleText.NOT_AT_PRESENT,
                        Explanation.of(ConsoleText.NOT_SET_UP, ConsoleText.NOT_SET_UP_REMEDY),
                        language));
    }

    private static void answer(RoutingContext context, int status, JsonNode json) {
        answer(context, status, JSON, json);
    }

    private static void answer(RoutingContext context, int status, String type, JsonNode json) {
        HttpServerResponse response = context.response();
        response.setStatusCode(status).putHeader("Content-Type", type).end(json.toString());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
