package io.identamocrm.endtoend;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What encrypts before a mail server that does not: from the beginning, or after {@code STARTTLS}. */
final class EncryptedMail implements Closeable {

    private final ServerSocket listening;
    private final SSLContext tls;
    private final boolean fromTheBeginning;
    private final int behind;
    private final List<String> open = new CopyOnWriteArrayList<>();

    /**
     * Begins to listen.
     *
     * @param store            the certificate, as {@link TunnelProxy#certificate} makes it
     * @param fromTheBeginning else after {@code STARTTLS}
     * @param behind           the mail server's port
     */
    EncryptedMail(Path store, boolean fromTheBeginning, int behind) throws IOException, GeneralSecurityException {
        char[] password = TunnelProxy.STORE_PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        this.fromTheBeginning = fromTheBeginning;
        this.behind = behind;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = listening.accept();
                start(() -> serve(client));
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What clients said unencrypted. */
    List<String> saidOpenly() {
        return open;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One side has ended it, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            if (!fromTheBeginning) {
                say(client, line(server.getInputStream()));
                open.add(line(client.getInputStream()));
                say(client, "250-localhost");
                say(client, "250 STARTTLS");
                open.add(line(client.getInputStream()));
                say(client, "220 Go on");
            }
            try (SSLSocket encrypted =
                    (SSLSocket) tls.getSocketFactory().createSocket(client, "localhost", client.getPort(), false)) {
                encrypted.setUseClientMode(false);
                start(() -> server.getInputStream().transferTo(encrypted.getOutputStream()));
                encrypted.getInputStream().transferTo(server.getOutputStream());
            }
        }
    }

    private static void say(Socket to, String line) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Byte by byte: what follows is encrypted. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
