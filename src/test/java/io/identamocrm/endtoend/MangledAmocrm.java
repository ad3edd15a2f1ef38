package io.identamocrm.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands between the product and the sandbox and answers something else now and then. */
final class MangledAmocrm implements AutoCloseable {

    /** What the product gets. */
    record Answer(int status, String type, String body) {}

    interface Mangler {
        /** The answer in place of the true one, or the same. */
        Answer mangle(String method, String path, String body, Answer answer);
    }

    interface Before {
        /** The answer without that the sandbox hears of the request; null to ask it. */
        Answer answer(String method, String path);
    }

    volatile Before before = (method, path) -> null;

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String target;
    final List<String> seen = new CopyOnWriteArrayList<>();
    volatile Mangler mangler = (method, path, body, answer) -> answer;

    MangledAmocrm(String target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().toString();
            String method = exchange.getRequestMethod();
            Answer early = before.answer(method, path);
            if (early != null) {
                seen.add(method + " " + path + " -> " + early.status() + " MANGLED");
                byte[] body = early.body().getBytes("UTF-8");
                exchange.getResponseHeaders().set("Content-Type", early.type());
                exchange.sendResponseHeaders(early.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path))
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(sent));
            for (String name : List.of("Authorization", "Content-Type", "Accept", "User-Agent")) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Answer real = new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/json"),
                    response.body());
            Answer answer = mangler.mangle(method, path, new String(sent, "UTF-8"), real);
            seen.add(method + " " + path + " -> " + answer.status() + (answer == real ? "" : " MANGLED"));
            byte[] body = answer.body().getBytes("UTF-8");
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(
                    answer.status(), answer.status() == 204 || body.length == 0 ? -1 : body.length);
            if (answer.status() != 204 && body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
