package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.problems.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.config.Config;

/** Each cause of a connection that does not come about has its own words, whichever library wraps it. */
class ConnectionTroubleTest {

    @TempDir
    private Path scratch;

    private static String redisAt(String address) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(address)
                .setTimeout(2000)
                .setConnectTimeout(2000)
                .setRetryAttempts(0);
        try {
            Redisson.create(config).shutdown();
            return "connected";
        } catch (RuntimeException e) {
            return Problem.of(e).message();
        }
    }

    private ServerSocket tls() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = scratch.resolve("own.p12");
        assertThat(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "own",
                                "-dname",
                                "CN=redis.example",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        ServerSocket server = context.getServerSocketFactory().createServerSocket(0);
        serve(server);
        return server;
    }

    private static void serve(ServerSocket server) {
        Thread serving = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (var socket = server.accept()) {
                            socket.getOutputStream().write("-ERR no\r\n".getBytes());
                        } catch (IOException e) {
                            // The client has hung up, or the test is over.
                        }
                    }
                },
                "server of a test");
        serving.setDaemon(true);
        serving.start();
    }

    @Test
    void an_untrusted_certificate_of_redis_is_told_as_such() throws Exception {
        try (ServerSocket server = tls()) {
            assertThat(redisAt("rediss://localhost:" + server.getLocalPort()))
                    .contains("certificate is not trusted here", "REDIS_URL");
        }
    }

    @Test
    void tls_asked_of_a_redis_that_speaks_none_is_told_as_such() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            serve(server);
            assertThat(redisAt("rediss://localhost:" + server.getLocalPort())).contains("whether this port speaks TLS");
        }
    }

    @Test
    void a_name_that_nobody_knows_and_a_port_where_nobody_listens_are_two_things() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        assertThat(redisAt("redis://localhost:" + port)).contains("nothing answers at its address");
        assertThat(redisAt("redis://no.such.host.example.invalid:6379")).contains("no host of its name is known");
    }

    @Test
    void a_certificate_for_another_name_is_told_as_such() {
        SSLHandshakeException failure = new SSLHandshakeException("certificate");
        failure.initCause(new CertificateException("No subject alternative DNS name matching localhost found."));
        assertThat(ConnectionTrouble.of(new RuntimeException(failure))).isEqualTo(ConnectionTrouble.HOST_NAME);
    }
}
