package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.sandbox.Faults.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxWritesTest {

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox = AmoSandbox.start(
            SandboxOptions.standard().unlimited().withClock(clock).withLongestText(20));
    private final SandboxAccount account = sandbox.account();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private long lead() {
        return account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of());
    }

    private HttpResponse<String> patch(long lead, String members) throws IOException, InterruptedException {
        return caller.patch("/api/v4/leads/" + lead, "{" + members + "}");
    }

    private static String field(long id, String values) {
        return "'custom_fields_values':[{'field_id':" + id + ",'values':" + values + "}]";
    }

    @Test
    void the_same_request_sent_twice_makes_two_deals() throws Exception {
        String body = "[{'request_id':'7','name':'Сделка'}]";
        caller.post("/api/v4/leads", body);
        caller.post("/api/v4/leads", body);
        assertThat(account.leads()).hasSize(2);
    }

    @Test
    void request_ids_default_to_the_position_and_come_back_as_text() throws Exception {
        JsonNode answer = HttpCaller.json(caller.post("/api/v4/leads", "[{'name':'A'},{'request_id':42,'name':'B'}]"));
        assertThat(answer.path("_embedded").path("leads").findValuesAsText("request_id"))
                .containsExactly("0", "42");
        assertThat(answer.path("_embedded")
                        .path("leads")
                        .path(1)
                        .path("request_id")
                        .isTextual())
                .isTrue();
    }

    @Test
    void a_new_deal_stands_in_the_first_ordinary_stage_of_the_main_pipeline_or_of_its_own() throws Exception {
        caller.post("/api/v4/leads", "[{'name':'A'},{'pipeline_id':4402},{'status_id':440203}]");
        assertThat(account.leads())
                .extracting(EntityView::stageId)
                .containsExactly(stage(PRIMARY, 1), stage(SECONDARY, 1), stage(SECONDARY, 3));
        assertThat(account.leads().get(2).pipelineId()).isEqualTo(SECONDARY);
    }

    @Test
    void a_new_deal_is_linked_to_the_contacts_it_names() throws Exception {
        long one = account.addContact("Вера", Map.of());
        long other = account.addContact("Лев", Map.of());
        caller.post(
                "/api/v4/leads",
                "[{'name':'A','_embedded':{'contacts':[{'id':" + one + "},{'id':" + other + ",'is_main':true}]}}]");
        EntityView lead = account.leads().get(0);
        assertThat(lead.links()).containsExactly(one, other);
        assertThat(caller.json("/api/v4/leads/" + lead.id() + "?with=contacts")
                        .path("_embedded")
                        .path("contacts")
                        .findValuesAsText("is_main"))
                .containsExactly("false", "true");
        HttpResponse<String> refused =
                caller.post("/api/v4/leads", "[{'name':'B','_embedded':{'contacts':[{'id':1}]}}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("_embedded.contacts.0.id");
    }

    @Test
    void a_deal_made_together_with_a_bad_contact_is_refused_with_the_contacts_path() throws Exception {
        HttpResponse<String> refused = caller.post(
                "/api/v4/leads/complex",
                "[{'name':'A','request_id':'r','_embedded':{'contacts':[{'name':'B',"
                        + field(4, "[{'value':'Неизвестный'}]") + "}]}}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.json(refused)
                        .path("validation-errors")
                        .path(0)
                        .path("errors")
                        .path(0)
                        .path("path")
                        .asText())
                .isEqualTo("_embedded.contacts.0.custom_fields_values.0.values.0.value");
        assertThat(account.leads()).isEmpty();
        assertThat(account.contacts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3  | [{'value':42}]                            | 42",
                "3  | [{'value':'42.50'}]                       | 42.50",
                "11 | [{'value':true}]                          | true",
                "4  | [{'enum_id':402}]                         | Женский",
                "4  | [{'value':'Мужской'}]                     | Мужской",
                "22 | [{'value':'2026-03-03T00:00:00+03:00'}]   | 1772485200",
                "22 | [{'value':1772539200}]                    | 1772485200",
                "9  | [{'value':'Длинный комментарий пациента'}] | Длинный комментарий пациента",
                "20 | [{'value':'vera@clinic.example'}]         | vera@clinic.example"
            })
    void values_are_read_in_amocrms_own_form(long field, String values, String read) throws Exception {
        assertThat(caller.post("/api/v4/contacts", "[{'name':'Вера'," + field(field, values) + "}]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(account.contacts().get(0).fields()).containsEntry(field, read);
    }

    @Test
    void phones_and_selects_carry_their_kinds() throws Exception {
        caller.post(
                "/api/v4/contacts",
                "[{'name':'Вера','custom_fields_values':[{'field_code':'PHONE','values':[{'value':'+79000000001',"
                        + "'enum_code':'MOB'},{'value':'+79000000002'}]},{'field_id':4,'values':[{'enum_id':402}]}]}]");
        JsonNode fields = caller.json(
                        "/api/v4/contacts/" + account.contacts().get(0).id())
                .path("custom_fields_values");
        assertThat(fields.path(0).path("field_code").asText()).isEqualTo("PHONE");
        assertThat(fields.path(0).path("values").findValuesAsText("enum_code")).containsExactly("MOB", "WORK");
        assertThat(fields.path(1).path("values").path(0).path("enum_id").asLong())
                .isEqualTo(402);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3  | [{'value':'много'}]                       | InvalidType",
                "3  | [{'value':'1E999999999'}]                 | InvalidType",
                "11 | [{'value':'да'}]                          | InvalidType",
                "4  | [{'enum_id':999}]                         | NotSupportedChoice",
                "2  | [{'value':'1','enum_code':'PIGEON'}]      | NotSupportedChoice",
                "24 | [{'value':'Город длиннее двадцати знаков'}] | TooLong"
            })
    void a_value_that_does_not_fit_its_field_is_refused(long field, String values, String code) throws Exception {
        HttpResponse<String> refused =
                caller.post("/api/v4/contacts", "[{'name':'Вера'," + field(field, values) + "}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = HttpCaller.json(refused)
                .path("validation-errors")
                .path(0)
                .path("errors")
                .path(0);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("path").asText()).startsWith("custom_fields_values.0.values.0.");
    }

    @Test
    void days_are_the_accounts_days() throws Exception {
        try (AmoSandbox east =
                AmoSandbox.start(SandboxOptions.standard().unlimited().inZone(ZoneId.of("Asia/Yekaterinburg")))) {
            new HttpCaller(east)
                    .post(
                            "/api/v4/contacts",
                            "[{'name':'Вера'," + field(22, "[{'value':'2026-03-03T00:00:00+03:00'}]") + "}]");
            assertThat(east.account().contacts().get(0).fields().get(22L))
                    .isEqualTo(
                            Long.toString(Instant.parse("2026-03-02T19:00:00Z").getEpochSecond()));
        }
    }

    @Test
    void a_field_is_emptied_by_null_or_by_no_values() throws Exception {
        long id = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of(26L, "1", 28L, "Врач"));
        patch(id, field(26, "null"));
        patch(id, field(28, "[]"));
        assertThat(account.lead(id).fields()).isEmpty();
        assertThat(caller.json("/api/v4/leads/" + id)
                        .path("custom_fields_values")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_single_change_answers_with_the_server_time_and_a_missing_lead_with_204() throws Exception {
        long id = lead();
        clock.advance(Duration.ofMillis(1999));
        JsonNode answer = HttpCaller.json(patch(id, "'price':10"));
        assertThat(answer.path("updated_at").asLong())
                .isEqualTo(Instant.parse("2026-03-03T09:00:01Z").getEpochSecond());
        assertThat(patch(1, "'price':10").statusCode()).isEqualTo(204);
    }

    @Test
    void a_time_that_the_client_sends_counts_only_if_it_is_newer() throws Exception {
        long id = lead();
        clock.advance(Duration.ofMinutes(1));
        long now = clock.instant().getEpochSecond();
        patch(id, "'price':10,'updated_at':5");
        assertThat(account.lead(id).updatedAt()).isEqualTo(now);
        patch(id, "'price':11,'updated_at':" + (now + 60));
        assertThat(account.lead(id).updatedAt()).isEqualTo(now + 60);
    }

    @Test
    void a_pipeline_alone_leads_to_its_first_ordinary_stage_and_winning_stays_in_the_pipeline() throws Exception {
        long id = lead();
        patch(id, "'pipeline_id':4402");
        assertThat(account.lead(id).stageId()).isEqualTo(stage(SECONDARY, 1));
        patch(id, "'status_id':142");
        assertThat(account.lead(id).pipelineId()).isEqualTo(SECONDARY);
        long closed = account.lead(id).closedAt();
        clock.advance(Duration.ofHours(1));
        patch(id, "'status_id':143,'pipeline_id':4402");
        assertThat(account.lead(id).closedAt()).as("still closed since then").isEqualTo(closed);
    }

    @Test
    void a_change_pulls_a_deal_out_of_the_unsorted_stage() throws Exception {
        long id = account.addLead("Заявка", PRIMARY, stage(PRIMARY, 0), Map.of());
        patch(id, "'price':10");
        assertThat(account.lead(id).stageId()).isEqualTo(stage(PRIMARY, 1));
    }

    @Test
    void tags_are_replaced_as_a_whole_or_changed_one_by_one() throws Exception {
        long id = lead();
        account.changeLead(id, change -> change.tags("VIP", "звонок"));
        patch(id, "'tags_to_add':[{'name':'срочно'}],'tags_to_delete':[{'name':'звонок'}]");
        assertThat(account.lead(id).tags()).containsExactly("VIP", "срочно");
        long vip = caller.json("/api/v4/leads/" + id)
                .path("_embedded")
                .path("tags")
                .path(0)
                .path("id")
                .asLong();
        patch(id, "'_embedded':{'tags':[{'id':" + vip + "}]},'tags_to_add':[{'name':'лишний'}]");
        assertThat(account.lead(id).tags()).containsExactly("VIP");
        patch(id, "'_embedded':{'tags':null}");
        assertThat(account.lead(id).tags()).isEmpty();
    }

    @Test
    void wrong_types_empty_bodies_and_items_without_id_are_refused() throws Exception {
        assertThat(caller.post("/api/v4/leads", "[{'name':5,'price':'дорого'}]").body())
                .contains("InvalidType", "\"name\"", "\"price\"");
        assertThat(caller.post("/api/v4/leads", null).statusCode()).isEqualTo(400);
        assertThat(caller.post("/api/v4/leads", "[{'name'").statusCode()).isEqualTo(400);
        assertThat(caller.post("/api/v4/leads", "[5]").statusCode()).isEqualTo(400);
        assertThat(caller.patch("/api/v4/leads", "[{'name':'A'}]").body()).contains("FieldMissing", "\"id\"");
        assertThat(account.leads()).isEmpty();
    }

    @Test
    void fields_are_created_with_choices_and_can_be_written_at_once() throws Exception {
        HttpResponse<String> created = caller.post(
                "/api/v4/leads/custom_fields",
                "[{'name':'Источник','type':'select','enums':[{'value':'Сайт'},{'value':'Звонок'}]}]");
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode field =
                HttpCaller.json(created).path("_embedded").path("custom_fields").path(0);
        long id = field.path("id").asLong();
        assertThat(patch(
                                lead(),
                                field(
                                        id,
                                        "[{'enum_id':"
                                                + field.path("enums").path(1).path("id") + "}]"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(account.leads().get(0).fields()).containsEntry(id, "Звонок");
        assertThat(caller.post("/api/v4/leads/custom_fields", "[{'name':'','type':'telepathy'}]")
                        .body())
                .contains("FieldMissing", "NotSupportedChoice");
    }

    @Test
    void links_of_one_lead_and_of_many_can_be_made_read_and_undone() throws Exception {
        long contact = account.addContact("Вера", Map.of());
        long one = lead();
        long two = lead();
        String to = "'to_entity_id':" + contact + ",'to_entity_type':'contacts'";
        assertThat(caller.post("/api/v4/leads/" + one + "/link", "[{" + to + "}]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.post("/api/v4/leads/link", "[{'entity_id':" + two + "," + to + "}]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.json("/api/v4/leads/links?filter[entity_id][]=" + one + "&filter[entity_id][]=" + two)
                        .path("_embedded")
                        .path("links"))
                .hasSize(2);
        assertThat(caller.json("/api/v4/contacts/" + contact + "/links")
                        .path("_embedded")
                        .path("links")
                        .findValuesAsText("to_entity_id"))
                .containsExactly("" + one, "" + two);
        assertThat(caller.post("/api/v4/leads/" + one + "/unlink", "[{" + to + "}]")
                        .statusCode())
                .isEqualTo(204);
        assertThat(caller.get("/api/v4/leads/" + one + "/links").statusCode()).isEqualTo(204);
        assertThat(account.contact(contact).links()).containsExactly(two);
    }

    @Test
    void a_mass_link_with_one_that_is_linked_or_missing_links_none() throws Exception {
        long contact = account.addContact("Вера", Map.of());
        long linked = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of(), contact);
        long free = lead();
        String to = ",'to_entity_id':" + contact + ",'to_entity_type':'contacts'}";
        HttpResponse<String> doubled =
                caller.post("/api/v4/leads/link", "[{'entity_id':" + free + to + ",{'entity_id':" + linked + to + "]");
        assertThat(doubled.statusCode()).isEqualTo(500);
        assertThat(HttpCaller.json(doubled).has("trace_id")).isTrue();
        assertThat(caller.post("/api/v4/leads/link", "[{'entity_id':" + free + to + ",{'entity_id':1" + to + "]")
                        .statusCode())
                .isEqualTo(400);
        assertThat(account.lead(free).links()).isEmpty();
        sandbox.faults().always(Fault.DOUBLE_LINK_200);
        assertThat(caller.post("/api/v4/leads/" + linked + "/link", "[{" + to.substring(1) + "]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(account.lead(linked).links()).isEqualTo(List.of(contact));
    }

    @Test
    void a_contacts_name_may_be_written_in_parts_one_at_a_time() throws Exception {
        JsonNode created =
                HttpCaller.json(caller.post("/api/v4/contacts", "[{'first_name':'Пётр','last_name':'Петров'}]"));
        long id = created.path("_embedded").path("contacts").path(0).path("id").asLong();
        caller.patch("/api/v4/contacts", "[{'id':" + id + ",'last_name':'Сидоров'}]");
        JsonNode contact = caller.json("/api/v4/contacts/" + id);
        assertThat(contact.path("name").asText()).isEqualTo("Пётр Сидоров");
        assertThat(contact.path("first_name").asText()).isEqualTo("Пётр");
    }
}
