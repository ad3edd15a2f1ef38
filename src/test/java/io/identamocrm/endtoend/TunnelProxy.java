package io.identamocrm.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An HTTP proxy on a free local port that opens tunnels. Whichever host they are asked to, at their end stands a TLS server with a
 * certificate of this host, in front of a server without.
 */
final class TunnelProxy implements AutoCloseable {

    static final String USER = "clinic\\reader";
    static final String PASSWORD = "keep@quiet";
    private static final String WHO_ARE_YOU =
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"clinic\"\r\n"
                    + "Content-Length: 0\r\n\r\n";
    static final String STORE_PASSWORD = "changeit";

    private final ServerSocket listening;
    private final ServerSocket encrypted;
    private final String answer;
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    /**
     * Begins.
     *
     * @param store  with the certificate
     * @param behind port of the server without TLS
     * @param answer to everybody in place of a tunnel; null = a tunnel for whom it knows
     */
    TunnelProxy(Path store, int behind, String answer) throws IOException, GeneralSecurityException {
        this.answer = answer;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        encrypted = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accept(listening, this::serve);
        accept(encrypted, client -> connect(client, new Socket(InetAddress.getLoopbackAddress(), behind)));
    }

    /** A certificate for a host, in a file that a JVM can also trust. */
    static Path certificate(Path directory, String host) throws IOException, InterruptedException {
        Path store = directory.resolve("own.p12");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "own",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("keytool ended with " + code);
        }
        return store;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The first lines of what it was asked. */
    List<String> asked() {
        return heads.stream().map(head -> head.lines().findFirst().orElse("")).toList();
    }

    private interface Service {
        void serve(Socket client) throws IOException;
    }

    private static void accept(ServerSocket server, Service service) {
        start(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                start(() -> service.serve(client));
            }
        });
    }

    private interface Work {
        void work() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.work();
                    } catch (IOException e) {
                        // Somebody has hung up, or the test is over.
                    }
                },
                "proxy of a test");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        while (true) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                client.close();
                return;
            }
            heads.add(head);
            boolean known = head.lines().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + expected));
            if (answer == null && known) {
                say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                connect(client, new Socket(InetAddress.getLoopbackAddress(), encrypted.getLocalPort()));
                return;
            }
            say(client, answer != null ? answer : WHO_ARE_YOU);
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    /** Up to the empty line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void connect(Socket one, Socket other) {
        start(() -> copy(one, other));
        start(() -> copy(other, one));
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                out.write(some, 0, count);
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            encrypted.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
