package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer means (amoCRM facts, section 3): the whole table, for reads, writes and requests for tokens. */
class ResponseClassifierTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AmocrmRequest READ = AmocrmRequest.pipelines();
    private static final AmocrmRequest WRITE = AmocrmRequest.create(Entity.LEADS, JsonNodeFactory.instance.arrayNode());
    private static final AmocrmRequest TOKENS = AmocrmRequest.tokens(JsonNodeFactory.instance.objectNode());
    private static final String PROBLEM =
            "{\"title\":\"Bad Request\",\"status\":400,\"hint\":\"Token has been revoked\",\"detail\":\"Пётр\"}";
    private static final String HTML = "<html><body>Иванов</body></html>";

    static InputStream bytes(String body) {
        return body == null ? null : new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String kind(AmocrmRequest request, int status, String body) {
        return ResponseClassifier.classify(request, status, bytes(body), null, null, NOW)
                .getClass()
                .getSimpleName();
    }

    @ParameterizedTest
    @CsvSource({
        "200, Success,       Success",
        "201, Success,       Success",
        "202, Success,       Success",
        "204, NoContent,     NoContent",
        "301, Unavailable,   Unavailable",
        "302, Unavailable,   Unavailable",
        "400, Refused,       Refused",
        "401, NotAuthorised, NotAuthorised",
        "402, Blocked,       Blocked",
        "403, Blocked,       Blocked",
        "404, NoContent,     Refused",
        "405, Refused,       Refused",
        "422, Refused,       Refused",
        "429, RateLimited,   RateLimited",
        "500, Unavailable,   Ambiguous",
        "502, Unavailable,   Ambiguous",
        "503, Unavailable,   Ambiguous",
        "504, Unavailable,   Ambiguous"
    })
    void a_status_means_the_same_whatever_stands_in_the_body(int status, String read, String write) {
        assertThat(kind(READ, status, "{}")).isEqualTo(read);
        assertThat(kind(WRITE, status, "[]")).isEqualTo(write);
        if (status < 200 || status >= 300) {
            for (String body : new String[] {"", null, PROBLEM}) {
                assertThat(kind(READ, status, body)).as(body).isEqualTo(read);
                assertThat(kind(WRITE, status, body)).as(body).isEqualTo(write);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, Unavailable,   Ambiguous",
        "401, NotAuthorised, NotAuthorised",
        "402, Blocked,       Blocked",
        "403, Blocked,       Blocked",
        "404, Unavailable,   Ambiguous",
        "405, Unavailable,   Ambiguous",
        "408, Unavailable,   Ambiguous",
        "413, Refused,       Refused",
        "429, RateLimited,   RateLimited",
        "502, Unavailable,   Ambiguous"
    })
    void a_gateways_refusal_says_nothing_of_a_deal(int status, String read, String write) {
        for (String body : new String[] {HTML, "{\"cut"}) {
            assertThat(kind(READ, status, body)).as(body).isEqualTo(read);
            assertThat(kind(WRITE, status, body)).as(body).isEqualTo(write);
            assertThat(kind(change(1), status, body)).as(body).isEqualTo(write);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PROBLEM, ""})
    void a_change_of_what_is_not_found_is_no_refusal_for_what_it_names_is_gone(String body) {
        assertThat(kind(change(1), 404, body)).isEqualTo("NoContent");
    }

    @Test
    void of_several_some_may_be_there_so_that_they_are_sent_again_in_halves() {
        assertThat(kind(change(2), 404, PROBLEM)).isEqualTo("Refused");
    }

    private static AmocrmRequest change(int items) {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        IntStream.rangeClosed(1, items).forEach(id -> body.addObject().put("id", id));
        return AmocrmRequest.change(Entity.CONTACTS, body);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"<html>ok</html>", "{\"_embedded\":{\"le", "''", "null", "true"})
    void a_success_that_cannot_be_read_is_none(String body) {
        assertThat(kind(READ, 200, body)).isEqualTo("Unavailable");
        assertThat(kind(WRITE, 200, body)).isEqualTo("Ambiguous");
        assertThat(kind(TOKENS, 200, body)).isEqualTo("Unavailable");
    }

    static List<Exception> neverSent() {
        return List.of(
                new ConnectException(),
                new ConnectTimeoutException("timed out"),
                new UnknownHostException(),
                new NoRouteToHostException(),
                new SSLHandshakeException("certificate"));
    }

    @ParameterizedTest
    @MethodSource("neverSent")
    void a_write_that_was_never_sent_was_not_done(Exception failure) {
        assertThat(ResponseClassifier.classify(WRITE, failure)).isInstanceOf(Response.Unavailable.class);
    }

    static List<Exception> onTheWay() {
        return List.of(
                new SocketException("reset"),
                new SocketTimeoutException(),
                new NoHttpResponseException("none"),
                new IOException());
    }

    @ParameterizedTest
    @MethodSource("onTheWay")
    void a_write_whose_answer_got_lost_may_have_happened_and_everything_else_can_be_asked_again(Exception failure) {
        assertThat(ResponseClassifier.classify(WRITE, failure)).isInstanceOf(Response.Ambiguous.class);
        assertThat(ResponseClassifier.classify(READ, failure)).isInstanceOf(Response.Unavailable.class);
        assertThat(ResponseClassifier.classify(TOKENS, failure)).isInstanceOf(Response.Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "7, null, 7",
                "null, {\"retry_after\":5}, 5",
                "3, {\"retry_after\":5}, 3",
                "soon, null, null",
                "null, <html>, null",
                "null, {\"retry_after\":\"later\"}, null"
            })
    void the_pause_is_taken_from_the_header_or_the_body(String header, String body, Integer seconds) {
        Response answer = ResponseClassifier.classify(READ, 429, bytes(body), header, null, NOW);
        assertThat(answer).isEqualTo(new Response.RateLimited(seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @Test
    void details_are_amocrms_fixed_words_and_its_request_id_never_values() {
        Response.Refused refused =
                (Response.Refused) ResponseClassifier.classify(WRITE, 400, bytes(PROBLEM), null, "ab-12 \n<x>", NOW);
        assertThat(refused.detail()).isEqualTo("status 400, Token has been revoked, request ab-12x");
        assertThat(ResponseClassifier.classify(READ, 403, bytes(HTML), null, null, NOW))
                .isEqualTo(new Response.Blocked(false, "status 403"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Иванов",
                "+7 900 111-22-33",
                "ivanov@clinic.invalid",
                "79001112233",
                "8-900-111-22-33",
                "8.900.111.22.33",
                "x9.7.9.1.6"
            })
    void what_is_not_amocrms_own_word_is_dropped_wherever_it_stands(String value) {
        String body =
                "{\"title\":\"V\",\"hint\":\"V\",\"validation-errors\":[{\"request_id\":\"3\",\"errors\":[{\"code\":\"V\",\"path\":\"V\"}]}]}"
                        .replace("V", value);
        Response.Refused refused =
                (Response.Refused) ResponseClassifier.classify(WRITE, 400, bytes(body), null, null, NOW);
        assertThat(refused.detail()).isEqualTo("status 400");
        assertThat(refused.items()).containsExactly(new Response.RefusedItem("3", "Refused", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "Invalid, ivanov",
        "Invalid, name.ivanov.petr",
        "Invalid, ivan.petrov.mail.ru",
        "Invalid, values.791.values.612.values.345.values.67.ivanov",
        "A79161234567, ''",
        "phone_79161234567, ''"
    })
    void a_name_that_is_no_member_and_a_code_with_a_long_number_are_dropped(String code, String path) {
        String body = "{\"validation-errors\":[{\"request_id\":\"3\",\"errors\":[{\"code\":\"%s\",\"path\":\"%s\"}]}]}"
                .formatted(code, path);
        Response.Refused refused =
                (Response.Refused) ResponseClassifier.classify(WRITE, 400, bytes(body), null, null, NOW);
        assertThat(refused.items())
                .containsExactly(new Response.RefusedItem("3", code.equals("Invalid") ? code : "Refused", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name", "request_id", "custom_fields_values.0.values", "0.name", "_embedded.tags.12", "/price"})
    void a_place_is_told_by_names_of_members_and_their_numbers(String place) {
        String body =
                "{\"validation-errors\":[{\"request_id\":\"3\",\"errors\":[{\"code\":\"Invalid\",\"path\":\"V\"}]}]}"
                        .replace("V", place);
        Response.Refused refused =
                (Response.Refused) ResponseClassifier.classify(WRITE, 400, bytes(body), null, null, NOW);
        assertThat(refused.items()).containsExactly(new Response.RefusedItem("3", "Invalid", place));
    }

    @Test
    void refused_items_are_told_with_code_and_place() {
        String body = "{\"validation-errors\":[{\"request_id\":\"3\",\"errors\":[{\"code\":\"NotSupportedChoice\","
                + "\"path\":\"custom_fields_values.1.values.0.value\",\"detail\":\"Иванов\"}]},{\"request_id\":\"5\",\"errors\":[]}]}";
        Response.Refused refused =
                (Response.Refused) ResponseClassifier.classify(WRITE, 400, bytes(body), null, null, NOW);
        assertThat(refused.items())
                .containsExactly(
                        new Response.RefusedItem("3", "NotSupportedChoice", "custom_fields_values.1.values.0.value"),
                        new Response.RefusedItem("5", "Refused", ""));
    }
}
