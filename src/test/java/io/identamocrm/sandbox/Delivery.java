package io.identamocrm.sandbox;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.identamocrm.sandbox.Faults.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpStatus;

/** Brings an answer to the client: at once, late, bit by bit, in part or not at all. */
final class Delivery {

    private static final Duration LOOK_AT_CLIENT = Duration.ofMillis(50);

    private final Faults faults;
    private final Clock clock;

    Delivery(Faults faults, Clock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * What the server is to send, or to close without it; {@code reply} is null where the request was never read.
     *
     * @param releases how many times answers had been released when the request was carried out
     */
    ResponseDefinition of(Reply reply, Fault fault, Wire wire, int releases) {
        if (fault == null) {
            return definition(reply).build();
        }
        return switch (fault) {
            case RESET_BEFORE_WRITE, WRITE_THEN_RESET, REFRESH_ANSWER_LOST ->
                closing(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
            case CLOSED_BEFORE_WRITE, WRITE_THEN_CLOSED, STALE_CONNECTION -> closed();
            case ANSWER_CUT -> cut(raw(reply), wire);
            case TRICKLE -> trickling(raw(reply), wire, releases);
            case SLOW ->
                definition(reply)
                        .withFixedDelay((int) faults.delay().toMillis())
                        .build();
            default -> definition(reply).build();
        };
    }

    /** Where the answer hangs: waits until it is released or the client hangs up. */
    void hang(Wire wire, int releases) {
        try {
            while (!faults.awaitRelease(releases, LOOK_AT_CLIENT) && !wire.isHungUp()) {
                // The next look.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ResponseDefinition closing(com.github.tomakehurst.wiremock.http.Fault how) {
        return new ResponseDefinitionBuilder().withFault(how).build();
    }

    private static ResponseDefinition closed() {
        return closing(com.github.tomakehurst.wiremock.http.Fault.EMPTY_RESPONSE);
    }

    private static ResponseDefinition cut(byte[] answer, Wire wire) {
        try {
            wire.send(answer, 0, answer.length - Math.max(1, body(answer) / 2));
        } catch (IOException e) {
            // The client has hung up, which comes to the same.
        }
        return closed();
    }

    private ResponseDefinition trickling(byte[] answer, Wire wire, int releases) {
        try {
            for (int sent = 0; sent < answer.length; sent++) {
                boolean released = faults.awaitRelease(releases, faults.trickle());
                int end = released ? answer.length : sent + 1;
                wire.send(answer, sent, end);
                sent = end - 1;
            }
        } catch (IOException e) {
            // The client has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return closed();
    }

    /** How many bytes the body has. */
    private static int body(byte[] answer) {
        int end = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return answer.length - end;
    }

    private byte[] raw(Reply reply) {
        byte[] body = reply.body() == null ? new byte[0] : reply.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + reply.status() + " " + HttpStatus.getMessage(reply.status()) + "\r\n");
        headers(reply)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: close\r\n");
        if (reply.status() != HttpStatus.NO_CONTENT_204) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private Map<String, String> headers(Reply reply) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Request-Id", UUID.randomUUID().toString());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC)));
        if (reply.retryAfter() != null) {
            headers.put("Retry-After", reply.retryAfter().toString());
        }
        if (reply.body() != null) {
            headers.put("Content-Type", reply.contentType());
        }
        return headers;
    }

    private ResponseDefinitionBuilder definition(Reply reply) {
        ResponseDefinitionBuilder definition = new ResponseDefinitionBuilder().withStatus(reply.status());
        headers(reply).forEach(definition::withHeader);
        return reply.body() == null ? definition : definition.withBody(reply.body());
    }
}
