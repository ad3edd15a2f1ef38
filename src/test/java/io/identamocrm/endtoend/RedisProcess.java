package io.identamocrm.endtoend;

import static org.awaitility.Awaitility.await;

import io.identamocrm.demo.EmbeddedRedis;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the real redis-server processes of a cluster or of a failover, on 127.0.0.1, kept nowhere. */
final class RedisProcess implements AutoCloseable {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    /** Nodes of a cluster listen ten thousand ports higher too, and no port is higher than 65,535. */
    private static final int HIGHEST_PORT = 55_535;

    /** Of the Sentinels, and of the administrators of servers. */
    static final String PASSWORD = "open";
    /** User and password of the product, with the rights that the README names. */
    static final String LOGIN = "clinic:PASSWORD";

    private static final Pattern RIGHTS = Pattern.compile("`ACL SETUSER (clinic [^`]+)`");

    private final int port;
    private final Process process;

    private RedisProcess(Path scratch, String mode, String... lines) {
        try {
            int free = EmbeddedRedis.freePort();
            while (free > HIGHEST_PORT) {
                free = EmbeddedRedis.freePort();
            }
            port = free;
            Path directory = Files.createDirectory(scratch.resolve("redis-" + port));
            List<String> configuration = new ArrayList<>(
                    List.of("port " + port, "bind 127.0.0.1", "dir " + directory, "requirepass " + PASSWORD));
            configuration.addAll(List.of(lines));
            Path file = Files.write(directory.resolve("redis.conf"), configuration);
            List<String> command =
                    new ArrayList<>(List.of(EmbeddedRedis.program().getPath(), file.toString()));
            if (!mode.isEmpty()) {
                command.add(mode);
            }
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(LONG_ENOUGH)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> ask("PING").equals("PONG"));
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param scratch where it makes a directory of its own
     * @param lines   of its configuration
     */
    static RedisProcess server(Path scratch, String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "save \"\"",
                "appendonly no",
                "repl-diskless-sync yes",
                "repl-diskless-sync-delay 0",
                "masterauth " + PASSWORD,
                "user " + rights()));
        all.addAll(List.of(lines));
        return new RedisProcess(scratch, "", all.toArray(String[]::new));
    }

    /** The same for a Sentinel. */
    static RedisProcess sentinel(Path scratch, String... lines) {
        return new RedisProcess(scratch, "--sentinel", lines);
    }

    private static String rights() {
        try {
            Matcher rights = RIGHTS.matcher(Files.readString(Path.of("README.md")));
            if (!rights.find()) {
                throw new IllegalStateException("The README names no rights");
            }
            return rights.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Sends a command; returns the answer, a list's parts with spaces between them. */
    String ask(String command) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("AUTH " + PASSWORD + "\r\n" + command + "\r\n").getBytes(StandardCharsets.UTF_8));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            answer(in);
            return answer(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Redis closed the connection");
            }
            line.append((char) next);
        }
        String first = line.substring(1).strip();
        switch (line.charAt(0)) {
            case '$':
                byte[] bytes = in.readNBytes(Integer.parseInt(first) + 2);
                return new String(bytes, StandardCharsets.UTF_8).strip();
            case '*':
                List<String> parts = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(first); i++) {
                    parts.add(answer(in));
                }
                return String.join(" ", parts);
            case '-':
                throw new IllegalStateException(first);
            default:
                return first;
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
