package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.sandbox.Faults.Fault;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What amoCRM refuses though it looks right, and what it takes in a way that surprises (amoCRM facts, section 12). */
class SandboxValidationTest {

    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited());
    private final SandboxAccount account = sandbox.account();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> contact(String field, String values) throws Exception {
        return caller.post(
                "/api/v4/contacts",
                "[{'name':'Вера','custom_fields_values':[{" + field + "'values':" + values + "}]}]");
    }

    private static JsonNode error(HttpResponse<String> refused) throws Exception {
        assertThat(refused.statusCode()).isEqualTo(400);
        return HttpCaller.json(refused)
                .path("validation-errors")
                .path(0)
                .path("errors")
                .path(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "24 | [{'value':'Тверь','enum_code':'WORK'}] | enum_code",
                        "24 | [{'value':'Тверь','enum_id':1}]        | enum_id",
                "2  | [{'value':'1','enum':'WORK'}]          | enum",
                        "4  | [{'enum_id':401,'note':1}]             | note"
            })
    void a_member_that_the_type_does_not_have_is_not_expected(long field, String values, String member)
            throws Exception {
        JsonNode error = error(contact("'field_id':" + field + ",", values));
        assertThat(error.path("code").asText()).isEqualTo("FieldNotExpected");
        assertThat(error.path("path").asText()).isEqualTo("custom_fields_values.0.values.0." + member);
        assertThat(account.contacts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"multiselect,400", "radiobutton,400", "select,200"})
    void a_copy_of_what_was_read_is_refused_where_its_code_is_not_expected(String type, int status) throws Exception {
        long field = HttpCaller.json(caller.post(
                        "/api/v4/contacts/custom_fields",
                        "[{'name':'Выбор','type':'" + type
                                + "','enums':[{'value':'А','code':'a'},{'value':'Б','code':'b'}]}]"))
                .path("_embedded")
                .path("custom_fields")
                .path(0)
                .path("id")
                .asLong();
        contact("'field_id':" + field + ",", "[{'value':'А'}]");
        long id = account.contacts().get(0).id();
        JsonNode read = caller.json("/api/v4/contacts/" + id)
                .path("custom_fields_values")
                .path(0);
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        copy.addObject().put("field_id", field).set("values", read.path("values"));
        assertThat(caller.patch("/api/v4/contacts/" + id, "{'custom_fields_values':" + copy + "}")
                        .statusCode())
                .isEqualTo(status);
        assertThat(caller.patch(
                                "/api/v4/contacts/" + id,
                                "{'custom_fields_values':[{'field_id':" + field + ",'values':[{'enum_id':"
                                        + read.path("values").path(0).path("enum_id") + "}]}]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_value_without_a_field_is_refused_with_a_code_that_tells_nothing() throws Exception {
        assertThat(error(contact("", "[{'value':'Тверь'}]")).path("code").asText())
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void a_tag_has_a_name_or_an_id_and_nothing_else() throws Exception {
        JsonNode error = error(
                caller.post("/api/v4/leads", "[{'name':'А','_embedded':{'tags':[{'name':'VIP','request_id':'1'}]}}]"));
        assertThat(error.path("code").asText()).isEqualTo("FieldNotExpected");
        assertThat(error.path("path").asText()).isEqualTo("_embedded.tags.0.request_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Вера \\ud83d", "\\ude00 Вера", "Вера\\u0007", "\\u0000"})
    void one_character_that_is_none_makes_the_whole_body_unreadable_and_names_nobody(String name) throws Exception {
        HttpResponse<String> refused = caller.post("/api/v4/contacts", "[{'name':'Лев'},{'name':'" + name + "'}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.json(refused).has("validation-errors")).isFalse();
        assertThat(account.contacts()).isEmpty();
    }

    @Test
    void bytes_that_are_no_text_make_it_unreadable_too() throws Exception {
        byte[] body = "[{\"name\":\"Лев\"},{\"name\":\"?\"}]".getBytes(StandardCharsets.UTF_8);
        body[body.length - 4] = (byte) 0xC3;
        assertThat(sent(body)).isEqualTo(400);
        body[body.length - 4] = 7;
        assertThat(sent(body)).as("a bare control character").isEqualTo(400);
        assertThat(account.contacts()).isEmpty();
    }

    private int sent(byte[] body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        caller.request("POST", "/api/v4/contacts", "")
                                .method("POST", HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void emoji_tabs_and_line_breaks_are_text() throws Exception {
        contact("'field_id':9,", "[{'value':'Первая\\nВторая\\tстрока 😀 \\ud83d\\ude00'}]");
        assertThat(account.contacts().get(0).fields().get(9L)).isEqualTo("Первая\nВторая\tстрока 😀 😀");
    }

    @Test
    void e_mails_are_replaced_as_a_whole_like_phones() throws Exception {
        long id = account.addContact("Вера", Map.of());
        account.changeContact(id, change -> change.field(20, List.of("vera@clinic.example", "v@clinic.example")));
        caller.patch(
                "/api/v4/contacts/" + id,
                "{'custom_fields_values':[{'field_code':'EMAIL','values':[{'value':'w@clinic.example'}]}]}");
        assertThat(account.contact(id).values().get(20L)).containsExactly("w@clinic.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-86400", "'-86400'"})
    void days_before_1970_may_be_refused_as_seconds_but_not_as_text(String seconds) throws Exception {
        assertThat(contact("'field_id':8,", "[{'value':" + seconds + "}]").statusCode())
                .isEqualTo(200);
        sandbox.faults().always(Fault.NEGATIVE_DATES_REFUSED);
        for (long field : new long[] {8, 22}) {
            JsonNode error = error(contact("'field_id':" + field + ",", "[{'value':" + seconds + "}]"));
            assertThat(error.path("code").asText()).isEqualTo("InvalidType");
            assertThat(error.path("path").asText()).isEqualTo("custom_fields_values.0.values.0.value");
        }
        assertThat(contact("'field_id':8,", "[{'value':'1955-05-12T00:00:00+03:00'}]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(account.contacts().get(1).fields().get(8L))
                .isEqualTo("" + Instant.parse("1955-05-11T21:00:00Z").getEpochSecond());
        assertThat(contact("'field_id':22,", "[{'value':0}]").statusCode()).isEqualTo(200);
    }

    @Test
    void a_moment_is_no_day_and_may_lie_before_1970() throws Exception {
        sandbox.faults().always(Fault.NEGATIVE_DATES_REFUSED);
        assertThat(caller.post("/api/v4/leads", "[{'custom_fields_values':[{'field_id':27,'values':[{'value':-5}]}]}]")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_code_with_an_underscore_may_be_refused() throws Exception {
        String field = "[{'name':'Поле','type':'text','code':'IDENT_FIELD'}]";
        sandbox.faults().always(Fault.CODES_WITHOUT_UNDERSCORES);
        assertThat(error(caller.post("/api/v4/leads/custom_fields", field))
                        .path("path")
                        .asText())
                .isEqualTo("code");
        assertThat(caller.post("/api/v4/leads/custom_fields", field.replace("_F", "F"))
                        .statusCode())
                .isEqualTo(201);
        sandbox.faults().clear();
        assertThat(caller.post("/api/v4/leads/custom_fields", field).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_price_is_filtered_by_range_only() throws Exception {
        account.changeLead(
                account.addLead("Дорогая", PRIMARY, stage(PRIMARY, 1), Map.of()), change -> change.price(500));
        account.addLead("Даром", PRIMARY, stage(PRIMARY, 1), Map.of());
        assertThat(caller.json("/api/v4/leads?filter[price]=500")
                        .path("_embedded")
                        .path("leads"))
                .as("no filter")
                .hasSize(2);
        assertThat(caller.json("/api/v4/leads?filter[price][from]=500")
                        .path("_embedded")
                        .path("leads"))
                .hasSize(1);
    }

    @Test
    void lists_of_pipelines_and_links_tell_their_size_and_links_can_be_filtered() throws Exception {
        long one = account.addContact("Вера", Map.of());
        long other = account.addContact("Лев", Map.of());
        long lead = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of(), one, other);
        assertThat(caller.json("/api/v4/leads/pipelines").path("_total_items").asInt())
                .isEqualTo(3);
        String links = "/api/v4/leads/" + lead + "/links";
        assertThat(caller.json(links).path("_total_items").asInt()).isEqualTo(2);
        assertThat(caller.json(links + "?filter[to_entity_id]=" + other)
                        .path("_embedded")
                        .path("links")
                        .findValuesAsText("to_entity_id"))
                .containsExactly("" + other);
        assertThat(caller.get(links + "?filter[to_entity_type]=companies").statusCode())
                .isEqualTo(204);
    }

    @Test
    void what_is_gone_may_be_told_by_204_by_404_or_by_itself() throws Exception {
        long kept = account.addLead("Первая", PRIMARY, stage(PRIMARY, 1), Map.of(26L, "5"));
        long merged = account.addLead("Вторая", PRIMARY, stage(PRIMARY, 1), Map.of(26L, "6"));
        account.mergeLeads(kept, merged);
        String path = "/api/v4/leads/" + merged;
        assertThat(caller.get(path).statusCode()).isEqualTo(204);
        assertThat(caller.patch(path, "{'price':1}").statusCode()).isEqualTo(204);
        sandbox.faults().always(Fault.MISSING_LEAD_404);
        assertThat(caller.get(path).statusCode()).isEqualTo(404);
        assertThat(caller.patch(path, "{'price':1}").statusCode()).isEqualTo(404);
        sandbox.faults().always(Fault.GONE_IS_DELETED);
        account.deleteField(true, 26);
        JsonNode gone = caller.json(path);
        assertThat(gone.path("is_deleted").asBoolean()).isTrue();
        assertThat(gone.path("name").asText()).isEqualTo("Вторая");
        assertThat(caller.json("/api/v4/leads?filter[id][]=" + kept + "&filter[id][]=" + merged)
                        .path("_embedded")
                        .path("leads")
                        .findValuesAsText("is_deleted"))
                .containsExactly("false", "true");
        assertThat(caller.json("/api/v4/leads").path("_embedded").path("leads").findValuesAsText("name"))
                .containsExactly("Первая");
    }

    @Test
    void a_batch_of_changes_with_one_that_is_gone_leaves_it_out_or_fails_or_says_nothing() throws Exception {
        long id = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of());
        String batch = "[{'id':" + id + ",'price':%d},{'id':1,'price':1}]";
        assertThat(HttpCaller.json(caller.patch("/api/v4/leads", batch.formatted(1)))
                        .path("_embedded")
                        .path("leads")
                        .findValuesAsText("id"))
                .containsExactly("" + id);
        sandbox.faults().always(Fault.GONE_BATCH_404);
        assertThat(caller.patch("/api/v4/leads", batch.formatted(2)).statusCode())
                .isEqualTo(404);
        assertThat(account.lead(id).price()).as("nothing is done").isEqualTo(1);
        sandbox.faults().clear();
        sandbox.faults().always(Fault.GONE_BATCH_204);
        assertThat(caller.patch("/api/v4/leads", batch.formatted(3)).statusCode())
                .isEqualTo(204);
        assertThat(account.lead(id).price()).as("the others are changed").isEqualTo(3);
        assertThat(caller.patch("/api/v4/leads", "[{'id':" + id + ",'price':4}]")
                        .statusCode())
                .as("nobody is gone")
                .isEqualTo(200);
    }
}
