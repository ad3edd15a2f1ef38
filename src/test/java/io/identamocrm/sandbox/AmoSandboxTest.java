package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.FOREIGN;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulated account, over real HTTP: what tests of the product rely on. */
class AmoSandboxTest {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong nanos = new AtomicLong();
    private AmoSandbox sandbox;

    @BeforeEach
    void start() {
        Clock clock = Clock.fixed(Instant.parse("2026-03-03T09:00:00Z"), ZoneOffset.UTC);
        sandbox = AmoSandbox.start(new SandboxOptions(0, 7, ZoneId.of("Europe/Moscow"), clock, nanos::get));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> ask(String method, String path, String body) throws IOException, InterruptedException {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        return askAtOnce(method, path, body, AmoSandbox.TOKEN);
    }

    private HttpResponse<String> askAtOnce(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(sandbox.baseUrl() + path.replace("[", "%5B").replace("]", "%5D")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private long lead(String name) {
        return sandbox.account().addLead(name, PRIMARY, stage(PRIMARY, 1), Map.of());
    }

    @Test
    void without_the_right_token_nothing_is_answered() throws Exception {
        HttpResponse<String> answer = askAtOnce("GET", "/api/v4/account", null, "wrong");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(ask("GET", "/api/v4/account?with=datetime_settings", null))
                        .path("_embedded")
                        .path("datetime_settings")
                        .path("timezone")
                        .asText())
                .isEqualTo("Europe/Moscow");
    }

    @Test
    void pipelines_have_an_unsorted_stage_and_the_two_closing_ones() throws Exception {
        JsonNode pipelines = json(ask("GET", "/api/v4/leads/pipelines", null))
                .path("_embedded")
                .path("pipelines");
        assertThat(pipelines.findValuesAsText("id")).contains("" + PRIMARY, "" + SECONDARY, "" + FOREIGN, "142", "143");
        assertThat(pipelines
                        .path(0)
                        .path("_embedded")
                        .path("statuses")
                        .path(0)
                        .path("type")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void custom_fields_come_in_pages() throws Exception {
        JsonNode first = json(ask("GET", "/api/v4/contacts/custom_fields?limit=20&page=1", null));
        assertThat(first.path("_embedded").path("custom_fields")).hasSize(20);
        assertThat(first.path("_links").has("next")).isTrue();
        JsonNode second = json(ask("GET", "/api/v4/contacts/custom_fields?limit=20&page=2", null));
        assertThat(second.path("_links").has("next")).isFalse();
    }

    @Test
    void deals_are_created_in_a_batch_and_matched_by_request_id() throws Exception {
        JsonNode answer = json(
                ask(
                        "POST",
                        "/api/v4/leads",
                        "[{'request_id':'a','name':'Один'},{'request_id':'b','pipeline_id':" + SECONDARY
                                + ",'custom_fields_values':[{'field_id':26,'values':[{'value':'77'}]},{'field_id':30,'values':[{'value':1500.50}]}]}]"));
        assertThat(answer.path("_embedded").path("leads").findValuesAsText("request_id"))
                .containsExactly("a", "b");
        long second = answer.path("_embedded").path("leads").path(1).path("id").asLong();
        JsonNode read = json(ask("GET", "/api/v4/leads/" + second, null));
        assertThat(read.path("status_id").asLong()).isEqualTo(stage(SECONDARY, 1));
        assertThat(read.path("custom_fields_values").findValues("value"))
                .extracting(JsonNode::isTextual)
                .containsOnly(true);
        long first = answer.path("_embedded").path("leads").path(0).path("id").asLong();
        assertThat(json(ask("GET", "/api/v4/leads/" + first, null))
                        .path("custom_fields_values")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_deal_with_its_contact_answers_a_bare_array() throws Exception {
        JsonNode answer = json(
                ask(
                        "POST",
                        "/api/v4/leads/complex",
                        "[{'request_id':'7','name':'Д','_embedded':{'contacts':[{'name':'К',"
                                + "'custom_fields_values':[{'field_code':'PHONE','values':[{'value':'+79000000001','enum_code':'MOB'}]}]}]}}]"));
        assertThat(answer.isArray()).isTrue();
        assertThat(answer.path(0).path("request_id").path(0).asText()).isEqualTo("7");
        EntityView deal = sandbox.account().lead(answer.path(0).path("id").asLong());
        assertThat(deal.links())
                .containsExactly(answer.path(0).path("contact_id").asLong());
        assertThat(sandbox.account().contact(deal.links().get(0)).values().get(2L))
                .containsExactly("+79000000001");
    }

    @Test
    void a_change_touches_only_what_it_names() throws Exception {
        long id = lead("Моя");
        sandbox.account().changeLead(id, change -> change.price(500).field(101, "заметка"));
        JsonNode answer = json(
                ask(
                        "PATCH",
                        "/api/v4/leads",
                        "[{'id':" + id
                                + ",'custom_fields_values':[{'field_id':26,'values':[{'value':'5'}]}]},{'id':1,'name':'нет такой'}]"));
        assertThat(answer.path("_embedded").path("leads").findValuesAsText("id"))
                .containsExactly("" + id);
        assertThat(sandbox.account().lead(id).fields()).containsEntry(26L, "5").containsEntry(101L, "заметка");
        assertThat(sandbox.account().lead(id).name()).isEqualTo("Моя");
        assertThat(sandbox.account().lead(id).price()).isEqualTo(500);
        assertThat(ask("PATCH", "/api/v4/leads", "[{'id':1,'name':'нет'}]").statusCode())
                .isEqualTo(204);
    }

    @Test
    void phones_are_replaced_as_a_whole() throws Exception {
        long id = sandbox.account().addContact("К", Map.of(2L, "+79000000001"));
        ask(
                "PATCH",
                "/api/v4/contacts",
                "[{'id':" + id + ",'custom_fields_values':[{'field_id':2,'values':[{'value':'+79000000002'}]}]}]");
        assertThat(sandbox.account().contact(id).values().get(2L)).containsExactly("+79000000002");
    }

    @Test
    void a_date_is_snapped_to_the_accounts_midnight_and_a_date_time_is_kept() throws Exception {
        long noon = Instant.parse("2026-03-03T12:00:00Z").getEpochSecond();
        ask(
                "POST",
                "/api/v4/contacts",
                "[{'name':'К','custom_fields_values':[{'field_id':22,'values':[{'value':" + noon + "}]}]}]");
        assertThat(sandbox.account().contacts().get(0).fields().get(22L))
                .isEqualTo("" + Instant.parse("2026-03-02T21:00:00Z").getEpochSecond());
        ask(
                "POST",
                "/api/v4/leads",
                "[{'name':'Д','custom_fields_values':[{'field_id':27,'values':[{'value':" + noon + "}]}]}]");
        assertThat(sandbox.account().leads().get(0).fields().get(27L)).isEqualTo("" + noon);
    }

    @Test
    void a_stage_alone_moves_the_deal_into_its_pipeline_and_closing_it_is_remembered() throws Exception {
        long id = lead("Д");
        ask("PATCH", "/api/v4/leads", "[{'id':" + id + ",'status_id':" + stage(SECONDARY, 2) + "}]");
        assertThat(sandbox.account().lead(id).pipelineId()).isEqualTo(SECONDARY);
        ask("PATCH", "/api/v4/leads", "[{'id':" + id + ",'pipeline_id':" + PRIMARY + ",'status_id':142}]");
        assertThat(json(ask("GET", "/api/v4/leads/" + id, null))
                        .path("closed_at")
                        .isNumber())
                .isTrue();
        ask(
                "PATCH",
                "/api/v4/leads",
                "[{'id':" + id + ",'pipeline_id':" + PRIMARY + ",'status_id':" + stage(PRIMARY, 1) + "}]");
        assertThat(json(ask("GET", "/api/v4/leads/" + id, null))
                        .path("closed_at")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'custom_fields_values':[{'field_id':999,'values':[{'value':'x'}]}]     | NotSupportedChoice | custom_fields_values.0.field_id",
                "'custom_fields_values':[{'field_id':26,'values':[{'value':true}]}]     | InvalidType        | "
                        + "custom_fields_values.0.values.0.value",
                "'custom_fields_values':[{'field_id':27,'values':[{'value':'soon'}]}]   | InvalidType        | "
                        + "custom_fields_values.0.values.0.value",
                "'responsible_user_id':12345                                            | NotSupportedChoice | responsible_user_id",
                "'responsible_user_id':9003                                             | NotSupportedChoice | responsible_user_id",
                "'pipeline_id':1                                                        | NotSupportedChoice | pipeline_id",
                "'pipeline_id':4401,'status_id':440201                                  | NotSupportedChoice | status_id",
                "'status_id':440100                                                     | NotSupportedChoice | status_id"
            })
    void a_bad_item_refuses_the_whole_batch_and_is_named(String members, String code, String path) throws Exception {
        HttpResponse<String> answer = ask(
                "POST",
                "/api/v4/leads",
                "[{'request_id':'good','name':'Д'},{'request_id':'bad'," + members.replace("''", "'") + "}]");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode errors = json(answer).path("validation-errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.path(0).path("request_id").asText()).isEqualTo("bad");
        assertThat(errors.path(0).path("errors").path(0).path("code").asText()).isEqualTo(code);
        assertThat(errors.path(0).path("errors").path(0).path("path").asText()).isEqualTo(path);
        assertThat(sandbox.account().leads()).isEmpty();
    }

    @Test
    void batches_and_bodies_have_limits() throws Exception {
        String item = "{'name':'Д'}";
        assertThat(ask("POST", "/api/v4/leads", "[" + String.join(",", Collections.nCopies(251, item)) + "]")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ask("POST", "/api/v4/leads/complex", "[" + String.join(",", Collections.nCopies(51, item)) + "]")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ask("POST", "/api/v4/leads", "[]").statusCode()).isEqualTo(400);
        assertThat(ask("GET", "/api/v4/leads?limit=251", null).statusCode()).isEqualTo(422);
        assertThat(ask("PATCH", "/api/v4/leads/" + lead("Д"), "[" + item + "]").statusCode())
                .isEqualTo(405);
        assertThat(ask("DELETE", "/api/v4/leads", null).statusCode()).isEqualTo(405);
        assertThat(ask("GET", "/api/v4/nothing", null).statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/api/v4/leads/1", null).statusCode()).isEqualTo(204);
    }

    @Test
    void lists_come_in_pages_with_a_next_link_only_while_there_are_more_and_end_with_204() throws Exception {
        assertThat(ask("GET", "/api/v4/leads", null).statusCode()).isEqualTo(204);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            ids.add(lead("Д" + i));
        }
        JsonNode page = json(ask("GET", "/api/v4/leads?limit=100&page=1&order[id]=asc", null));
        assertThat(page.path("_embedded").path("leads").findValuesAsText("id"))
                .hasSize(100)
                .startsWith("" + ids.get(0));
        assertThat(page.path("_links").has("next")).isTrue();
        page = json(ask("GET", "/api/v4/leads?limit=100&page=2&order[id]=asc", null));
        assertThat(page.path("_embedded").path("leads")).hasSize(20);
        assertThat(page.path("_links").has("next")).isFalse();
        assertThat(ask("GET", "/api/v4/leads?limit=100&page=3", null).statusCode())
                .isEqualTo(204);
        page = json(ask("GET", "/api/v4/leads?limit=1&order[updated_at]=desc", null));
        assertThat(page.path("_embedded").path("leads").path(0).path("id").asLong())
                .isEqualTo(ids.get(119));
    }

    @Test
    void filters_filter_unless_the_account_ignores_them() throws Exception {
        long contact = sandbox.account().addContact("К", Map.of());
        long one = sandbox.account().addLead("Один", PRIMARY, stage(PRIMARY, 1), Map.of(26L, "11"), contact);
        long two = sandbox.account().addLead("Два", SECONDARY, stage(SECONDARY, 1), Map.of(26L, "22"));
        for (String filter : List.of(
                "filter[id][]=" + two,
                "filter[pipeline_id]=" + SECONDARY,
                "filter[custom_fields_values][26][]=22",
                "query=22")) {
            assertThat(json(ask("GET", "/api/v4/leads?" + filter, null))
                            .path("_embedded")
                            .path("leads")
                            .findValuesAsText("name"))
                    .as(filter)
                    .containsExactly("Два");
        }
        JsonNode read = json(ask("GET", "/api/v4/leads?with=contacts&filter[id]=" + one, null))
                .path("_embedded")
                .path("leads")
                .path(0);
        assertThat(read.path("_embedded").path("contacts").path(0).path("id").asLong())
                .isEqualTo(contact);
        sandbox.faults().ignoreFilters(true);
        assertThat(json(ask("GET", "/api/v4/leads?filter[id][]=" + two, null))
                        .path("_embedded")
                        .path("leads"))
                .hasSize(2);
    }

    @Test
    void links_are_made_once() throws Exception {
        long contact = sandbox.account().addContact("К", Map.of());
        long lead = lead("Д");
        String body = "[{'entity_id':" + lead + ",'to_entity_id':" + contact + ",'to_entity_type':'contacts'}]";
        assertThat(ask("POST", "/api/v4/leads/link", body).statusCode()).isEqualTo(200);
        assertThat(ask("POST", "/api/v4/leads/link", body).statusCode()).isEqualTo(500);
        JsonNode links = json(ask("GET", "/api/v4/leads/" + lead + "/links", null));
        assertThat(links.path("_embedded")
                        .path("links")
                        .path(0)
                        .path("to_entity_id")
                        .asLong())
                .isEqualTo(contact);
        assertThat(ask("POST", "/api/v4/leads/unlink", body).statusCode()).isEqualTo(204);
        assertThat(sandbox.account().lead(lead).links()).isEmpty();
    }

    @Test
    void the_eighth_request_within_a_second_is_refused() throws Exception {
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        for (int i = 0; i < 7; i++) {
            assertThat(askAtOnce("GET", "/api/v4/account", null, AmoSandbox.TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> eighth = askAtOnce("GET", "/api/v4/account", null, AmoSandbox.TOKEN);
        assertThat(eighth.statusCode()).isEqualTo(429);
        assertThat(json(eighth).path("retry_after").asInt()).isPositive();
        assertThat(sandbox.journal().maxInAnyWindow(Duration.ofSeconds(1))).isEqualTo(8);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(askAtOnce("GET", "/api/v4/account", null, AmoSandbox.TOKEN).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE_THEN_504,504,true",
        "SERVER_ERROR,500,false",
        "HTML_502,502,false",
        "PAYMENT_REQUIRED,402,false",
        "TOO_MANY_REQUESTS,429,false",
        "TOO_MANY_REQUESTS_HTML,429,false",
        "TOO_MANY_REQUESTS_HEADER,429,false",
        "BLOCKED,403,false",
        "UNAUTHORISED,401,false",
        "TRUNCATED_JSON,200,true"
    })
    void a_fault_answers_its_status_and_writes_or_not(Fault fault, int status, boolean written) throws Exception {
        sandbox.faults().next(1, fault, Scope.WRITES);
        assertThat(ask("GET", "/api/v4/account", null).statusCode())
                .as("reads are not meant")
                .isEqualTo(200);
        assertThat(ask("POST", "/api/v4/leads", "[{'name':'Д'}]").statusCode()).isEqualTo(status);
        assertThat(sandbox.account().leads()).hasSize(written ? 1 : 0);
        assertThat(ask("POST", "/api/v4/leads", "[{'name':'Д'}]").statusCode())
                .as("only once")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"WRITE_THEN_RESET,1", "RESET_BEFORE_WRITE,0"})
    void a_reset_connection_has_written_or_not(Fault fault, int written) {
        sandbox.faults().next(2, fault, Scope.WRITES);
        assertThatThrownBy(() -> ask("POST", "/api/v4/leads", "[{'name':'Д'}]")).isInstanceOf(IOException.class);
        assertThat(sandbox.account().leads().size()).isBetween(written, 2 * written);
    }

    @Test
    void managers_merge_and_delete() {
        long kept = sandbox.account().addContact("Первый", Map.of());
        long merged = sandbox.account().addContact("Второй", Map.of());
        long lead = sandbox.account().addLead("Д", PRIMARY, stage(PRIMARY, 1), Map.of(), merged);
        sandbox.account().mergeContacts(kept, merged);
        assertThat(sandbox.account().lead(lead).links()).containsExactly(kept);
        assertThat(sandbox.account().contacts()).extracting(EntityView::id).containsExactly(kept);
        sandbox.account().deleteLead(lead);
        assertThat(sandbox.account().leads()).isEmpty();
        assertThat(sandbox.account().contact(kept).links()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/,Первичные приёмы", "/contacts,Телефоны", "/journal,Параметры"})
    void the_pages_show_what_is_there_and_escape_it(String path, String heading) throws Exception {
        long contact = sandbox.account().addContact("<script>alert(1)</script>", Map.of(2L, "+79000000001"));
        sandbox.account().addLead("<b>Сделка</b>", PRIMARY, stage(PRIMARY, 1), Map.of(26L, "12"), contact);
        HttpResponse<String> page = askAtOnce("GET", path, null, "none");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(heading).doesNotContain("<script>alert", "<b>Сделка");
        assertThat(sandbox.journal().count()).as("pages are not requests").isZero();
    }
}
