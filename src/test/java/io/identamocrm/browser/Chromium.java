package io.identamocrm.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A real Chromium without a window, driven by its DevTools protocol: nothing to install but the browser, nothing to download. */
public final class Chromium implements Browser {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOMENT = 50;

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** The program on this machine, or null if there is none. */
    public static Path program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Starts one for a person who speaks this language, such as {@code ru}. */
    public Chromium(String language) {
        try {
            profile = Files.createTempDirectory("chromium-");
            process = new ProcessBuilder(
                            program().toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--hide-scrollbars",
                            "--accept-lang=" + language,
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(pageAddress()), new Answers())
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Network.enable", Map.of());
    }

    private String pageAddress() throws IOException {
        Path port = profile.resolve("DevToolsActivePort");
        await("its port", () -> Files.exists(port) && lines(port).size() == 2);
        String list = "http://127.0.0.1:" + lines(port).get(0) + "/json/list";
        try {
            JsonNode pages = JSON.readTree(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(list)).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
            for (JsonNode page : pages) {
                if ("page".equals(page.path("type").asText())) {
                    return page.path("webSocketDebuggerUrl").asText();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("Chromium has no page");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Chromium never came to " + what);
            }
            pause();
        }
    }

    /** What comes back, each to who asked; what the page complains of is kept. */
    private final class Answers implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    take(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        /** An answer that is no success is the page's business. */
        private boolean isComplaint(JsonNode entry) {
            return "error".equals(entry.path("level").asText())
                    && !"network".equals(entry.path("source").asText());
        }

        private void take(JsonNode message) {
            if (message.has("id")) {
                asked.remove(message.get("id").asInt()).complete(message);
            } else if (message.path("method").asText().equals("Runtime.exceptionThrown")
                    || isComplaint(message.path("params").path("entry"))) {
                complaints.add(message.path("params").toString());
            }
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        JsonNode result = answer.orTimeout(60, TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new AssertionError(method + ": " + result.path("error"));
        }
        return result.path("result");
    }

    /** As wide and high as this, from now on; dark or light. */
    public void size(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** A picture of the page, as high as it is or as the window, as PNG; when its colours have come to rest. */
    public byte[] picture(boolean whole) {
        ask("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
                + ".then(() => Promise.all(document.getAnimations()"
                + ".filter(one => one.effect.getComputedTiming().endTime !== Infinity)"
                + ".map(one => one.finished.catch(() => 0)))).then(() => 'still')");
        return Base64.getDecoder()
                .decode(call(
                                "Page.captureScreenshot",
                                Map.of(
                                        "format",
                                        "png",
                                        "captureBeyondViewport",
                                        whole,
                                        "clip",
                                        Map.of(
                                                "x",
                                                0,
                                                "y",
                                                0,
                                                "width",
                                                number("innerWidth"),
                                                "height",
                                                number(whole ? "document.documentElement.scrollHeight" : "innerHeight"),
                                                "scale",
                                                1)))
                        .path("data")
                        .asText());
    }

    private int number(String script) {
        return (int) Double.parseDouble(ask(script));
    }

    /** What the page's script or policy complained of so far. */
    public List<String> complaints() {
        return complaints;
    }

    @Override
    public void open(String address, String user, String password) {
        call(
                "Network.setExtraHTTPHeaders",
                Map.of(
                        "headers",
                        Map.of(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        (user + ":" + password).getBytes(StandardCharsets.UTF_8)))));
        call("Page.navigate", Map.of("url", address));
        await(
                "the page",
                () -> "complete".equals(ask("document.readyState"))
                        && ask("location.href").startsWith("http"));
    }

    @Override
    public String text() {
        return ask("document.body.innerText");
    }

    private static String quoted(String text) {
        return JSON.valueToTree(text).toString();
    }

    private static String element(String id) {
        return "document.getElementById(" + quoted(id) + ")";
    }

    @Override
    public boolean has(String id) {
        return "true".equals(ask(element(id) + " !== null && !" + element(id) + ".disabled"));
    }

    @Override
    public void click(String id) {
        // Found and clicked in one go: the page may be drawn anew in between.
        await(
                "an element " + id,
                there -> "true"
                        .equals(there.ask(
                                "(e => e !== null && !e.disabled && (e.click(), true))(" + element(id) + ")")));
    }

    @Override
    public void type(String id, String text) {
        await("an element " + id, there -> there.has(id));
        ask(element(id) + ".focus(); " + element(id) + ".select()");
        call("Input.insertText", Map.of("text", text));
    }

    @Override
    public void choose(String id, String value) {
        await("an element " + id, there -> there.has(id));
        ask(element(id) + ".value = " + quoted(value) + "; " + element(id)
                + ".dispatchEvent(new Event('change', {bubbles: true}))");
    }

    @Override
    public String ask(String script) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value").asText();
    }

    @Override
    public void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // It lies in the directory for what may be thrown away.
        }
    }
}
