package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The deadline of a request as a whole; without it these tests would not end for minutes. */
@Timeout(60)
class RequestDeadlineTest {

    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATE = Duration.ofMinutes(5);

    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited());

    @AfterEach
    void stop() {
        sandbox.faults().release();
        sandbox.close();
    }

    private static CloseableHttpClient client(Duration deadline) {
        HttpClientBuilder builder = HttpClientBuilder.create()
                .disableAutomaticRetries()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(1)
                        .build());
        new RequestDeadline(deadline).configureHttpClient(builder);
        return builder.build();
    }

    private static String ask(CloseableHttpClient client, String address) throws IOException {
        HttpGet request = new HttpGet(address);
        request.setHeader("Authorization", "Bearer " + AmoSandbox.TOKEN);
        return client.execute(
                request,
                response -> response.getCode() + " " + response.getEntity().getContentType() + " "
                        + EntityUtils.toString(response.getEntity()));
    }

    private String pipelines() {
        return sandbox.baseUrl() + "/api/v4/leads/pipelines";
    }

    @Test
    void an_answer_in_time_is_as_it_was_sent() throws IOException {
        try (CloseableHttpClient client = client(LATE)) {
            assertThat(ask(client, pipelines()))
                    .startsWith("200 application/hal+json")
                    .contains("Первичные приёмы");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "TRICKLE"})
    void an_answer_that_never_ends_is_given_up_and_the_connection_with_it(Fault fault) throws IOException {
        sandbox.faults().next(1, fault, Scope.ANY);
        try (CloseableHttpClient client = client(SOON)) {
            assertThatThrownBy(() -> ask(client, pipelines())).isInstanceOf(SocketTimeoutException.class);
            assertThat(ask(client, pipelines()))
                    .as("the only connection is free for another")
                    .startsWith("200");
        }
    }

    @Test
    void a_body_that_never_ends_is_given_up_as_well() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CloseableHttpClient client = client(SOON)) {
            CompletableFuture<Socket> begun = CompletableFuture.supplyAsync(() -> begin(server));
            assertThatThrownBy(() -> ask(client, "http://127.0.0.1:" + server.getLocalPort()))
                    .isInstanceOf(SocketTimeoutException.class);
            begun.join().close();
        }
    }

    private static Socket begin(ServerSocket server) {
        try {
            Socket socket = server.accept();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_wait_for_a_connection_counts_too() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CloseableHttpClient client = client(SOON)) {
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            CompletableFuture<Throwable> first =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> ask(client, address)));
            assertThat(catchThrowable(() -> ask(client, address))).isInstanceOf(SocketTimeoutException.class);
            assertThat(first.join()).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
