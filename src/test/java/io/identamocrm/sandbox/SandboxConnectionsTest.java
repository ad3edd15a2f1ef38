package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.Requests.nth;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of connections, seen from a socket: clients of HTTP hide it by repeating what may be repeated. */
class SandboxConnectionsTest {

    private static final String CREATE = "[{\"name\":\"Сделка\"}]";

    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited());
    private final SandboxAccount account = sandbox.account();
    private final Faults faults = sandbox.faults();
    private final URI address = URI.create(sandbox.baseUrl());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void ask(Socket socket, String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer " + AmoSandbox.TOKEN
                                + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** One answer of a connection that stays open: as the server sends them, in chunks or without a body. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.append((char) next);
            int head = read.indexOf("\r\n\r\n");
            if (head >= 0
                    && (!read.substring(0, head).contains("chunked")
                            || read.toString().endsWith("\r\n0\r\n\r\n"))) {
                break;
            }
        }
        return new String(read.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private long lead() {
        return account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of());
    }

    @ParameterizedTest
    @CsvSource({"CLOSED_BEFORE_WRITE,0", "WRITE_THEN_CLOSED,1"})
    void a_connection_is_closed_without_a_word_before_the_write_or_after_it(Fault fault, int written) throws Exception {
        faults.next(1, fault, Scope.WRITES);
        try (Socket socket = connected()) {
            ask(socket, "POST", "/api/v4/leads", CREATE);
            assertThat(rest(socket)).as("no reset either").isEmpty();
        }
        assertThat(account.leads()).hasSize(written);
        assertThat(sandbox.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.status()).isZero();
            assertThat(entry.fault()).isEqualTo(fault.key());
        });
    }

    @Test
    void an_answer_is_cut_in_its_middle_after_the_write() throws Exception {
        faults.next(1, Fault.ANSWER_CUT, Scope.WRITES);
        try (Socket socket = connected()) {
            ask(socket, "POST", "/api/v4/leads", CREATE);
            String cut = rest(socket);
            int length = Integer.parseInt(cut.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            assertThat(cut).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Type: application/hal+json", "Date: ");
            assertThat(cut.substring(cut.indexOf("\r\n\r\n") + 4))
                    .startsWith("{")
                    .hasSizeLessThan(length);
        }
        assertThat(account.leads()).hasSize(1);
        assertThat(sandbox.journal().entries().get(0).status()).isEqualTo(200);
    }

    @Test
    void an_answer_without_a_body_is_cut_in_its_headers() throws Exception {
        faults.next(1, Fault.ANSWER_CUT, Scope.READS);
        try (Socket socket = connected()) {
            ask(socket, "GET", "/api/v4/leads", "");
            assertThat(rest(socket)).startsWith("HTTP/1.1 204 No Content\r\n").doesNotContain("\r\n\r\n");
        }
    }

    @Test
    void an_answer_trickles_byte_by_byte_and_is_whole_in_the_end() throws Exception {
        lead();
        faults.trickleBy(Duration.ofMillis(1)).next(1, Fault.TRICKLE, Scope.READS);
        try (Socket socket = connected()) {
            ask(socket, "GET", "/api/v4/leads", "");
            String answer = rest(socket);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Сделка")
                    .endsWith("}");
        }
    }

    @Test
    void an_answer_that_trickles_slowly_comes_at_once_when_it_is_released() throws Exception {
        lead();
        faults.trickleBy(Duration.ofMinutes(10)).next(1, Fault.TRICKLE, Scope.READS);
        try (Socket socket = connected()) {
            ask(socket, "GET", "/api/v4/leads", "");
            sandbox.journal().await(1);
            faults.release();
            assertThat(rest(socket)).contains("Сделка");
        }
    }

    @Test
    void an_answer_hangs_until_it_is_released_and_what_was_asked_is_done_meanwhile() throws Exception {
        faults.next(1, Fault.HANG, Scope.WRITES);
        Hold done = new Hold();
        sandbox.hooks().beforeAnswer(nth(1, "POST", "/api/v4/leads"), done);
        try (Socket socket = connected();
                Socket other = connected()) {
            ask(socket, "POST", "/api/v4/leads", CREATE);
            done.awaitReached();
            done.release();
            assertThat(account.leads()).hasSize(1);
            ask(other, "GET", "/api/v4/leads", "");
            assertThat(answer(other)).as("others are answered").contains("Сделка");
            assertThat(socket.getInputStream().available()).isZero();
            faults.release();
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
            ask(socket, "GET", "/api/v4/leads", "");
            assertThat(answer(socket)).as("the connection still serves").contains("Сделка");
        }
    }

    @Test
    void who_hangs_up_leaves_no_thread_waiting() throws Exception {
        faults.every(1, Fault.HANG, Scope.WRITES);
        for (int i = 0; i < 40; i++) {
            try (Socket socket = connected()) {
                ask(socket, "POST", "/api/v4/leads", CREATE);
                sandbox.journal().await(i + 1);
            }
        }
        try (Socket socket = connected()) {
            ask(socket, "GET", "/api/v4/account", "");
            assertThat(answer(socket))
                    .as("more than there are threads have hung")
                    .startsWith("HTTP/1.1 200");
        }
        assertThat(account.leads()).hasSize(40);
    }

    @Test
    void a_connection_in_use_is_found_closed_and_a_new_one_never() throws Exception {
        faults.next(1, Fault.STALE_CONNECTION, Scope.WRITES);
        try (Socket fresh = connected()) {
            ask(fresh, "POST", "/api/v4/leads", CREATE);
            assertThat(answer(fresh)).startsWith("HTTP/1.1 200");
            ask(fresh, "POST", "/api/v4/leads", CREATE);
            assertThat(rest(fresh)).isEmpty();
        }
        assertThat(account.leads()).hasSize(1);
        try (Socket next = connected()) {
            ask(next, "POST", "/api/v4/leads", CREATE);
            assertThat(answer(next)).startsWith("HTTP/1.1 200");
            ask(next, "POST", "/api/v4/leads", CREATE);
            assertThat(answer(next)).as("only once").startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void idle_connections_are_closed_and_busy_ones_after_their_answer() throws Exception {
        Hold held = new Hold();
        sandbox.hooks().before(nth(1, "GET", "/api/v4/leads"), held);
        try (Socket idle = connected();
                Socket busy = connected()) {
            ask(idle, "GET", "/api/v4/account", "");
            assertThat(answer(idle)).startsWith("HTTP/1.1 200");
            ask(busy, "GET", "/api/v4/leads", "");
            held.awaitReached();
            sandbox.closeIdleConnections();
            assertThat(rest(idle)).isEmpty();
            held.release();
            assertThat(rest(busy)).startsWith("HTTP/1.1 204");
        }
        try (Socket next = connected()) {
            ask(next, "GET", "/api/v4/account", "");
            assertThat(answer(next)).startsWith("HTTP/1.1 200");
            ask(next, "GET", "/api/v4/account", "");
            assertThat(answer(next)).as("new ones stay").startsWith("HTTP/1.1 200");
        }
    }
}
