package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.sandbox.Faults.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks and notes: what managers are told. */
class SandboxTasksTest {

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final SandboxAccount account = sandbox.account();
    private final HttpCaller caller = new HttpCaller(sandbox);
    private final long lead = account.addLead("Приём #5", PRIMARY, stage(PRIMARY, 1), Map.of());
    private final long contact = account.addContact("Вера", Map.of());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> task(String members) throws Exception {
        return caller.post("/api/v4/tasks", "[{'text':'Перезвонить','complete_till':1772530000," + members + "}]");
    }

    private HttpResponse<String> note(String text) throws Exception {
        return caller.post(
                "/api/v4/leads/notes",
                "[{'entity_id':" + lead + ",'note_type':'common','params':{'text':'" + text + "'}}]");
    }

    private static String error(HttpResponse<String> refused) throws Exception {
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = HttpCaller.json(refused)
                .path("validation-errors")
                .path(0)
                .path("errors")
                .path(0);
        return error.path("code").asText() + " " + error.path("path").asText();
    }

    @Test
    void a_task_is_made_for_a_deal_and_told_as_it_is() throws Exception {
        HttpResponse<String> made = task("'request_id':'a','entity_id':" + lead
                + ",'entity_type':'leads','responsible_user_id':9002," + "'task_type_id':2");
        JsonNode answer = HttpCaller.json(made).path("_embedded").path("tasks").path(0);
        assertThat(answer.path("request_id").asText()).isEqualTo("a");
        assertThat(account.tasks())
                .containsExactly(new Task(
                        answer.path("id").asLong(),
                        "Перезвонить",
                        1_772_530_000L,
                        lead,
                        "leads",
                        2,
                        9002,
                        clock.instant().getEpochSecond(),
                        clock.instant().getEpochSecond(),
                        false,
                        null));
        JsonNode read = caller.json("/api/v4/tasks/" + answer.path("id"));
        assertThat(read.path("text").asText()).isEqualTo("Перезвонить");
        assertThat(read.path("result").isNull()).isTrue();
        assertThat(caller.get("/api/v4/tasks/1").statusCode()).isEqualTo(204);
        task("'request_id':'a','entity_id':" + lead + ",'entity_type':'leads'");
        assertThat(account.tasks()).as("no request id makes it the same one").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'complete_till':1}                                              | FieldMissing text",
                "{'text':'Т'}                                                     | FieldMissing complete_till",
                "{'text':'Т','complete_till':'завтра'}                            | InvalidType complete_till",
                "{'text':'Т','complete_till':1,'responsible_user_id':9003}        | NotSupportedChoice responsible_user_id",
                "{'text':'Т','complete_till':1,'entity_id':1,'entity_type':'leads'} | NotSupportedChoice entity_id",
                "{'text':'Т','complete_till':1,'entity_id':1}                     | NotSupportedChoice entity_type"
            })
    void a_task_that_lacks_something_is_refused_with_its_batch(String item, String error) throws Exception {
        assertThat(error(caller.post("/api/v4/tasks", "[" + item + ",{'text':'Т','complete_till':1}]")))
                .isEqualTo(error);
        assertThat(account.tasks()).isEmpty();
    }

    @Test
    void tasks_are_filtered_ordered_and_paged() throws Exception {
        task("'entity_id':" + lead + ",'entity_type':'leads'");
        clock.advance(Duration.ofMinutes(1));
        task("'entity_id':" + contact + ",'entity_type':'contacts','responsible_user_id':9002,'task_type_id':2");
        long second = account.tasks().get(1).id();
        account.completeTask(second, "Дозвонились");
        long now = clock.instant().getEpochSecond();
        for (String filter : List.of(
                "filter[id][]=" + second,
                "filter[entity_id]=" + contact,
                "filter[entity_type]=contacts",
                "filter[is_completed]=1",
                "filter[task_type][]=2",
                "filter[responsible_user_id]=9002",
                "filter[updated_at][from]=" + now)) {
            assertThat(ids("/api/v4/tasks?" + filter)).as(filter).containsExactly("" + second);
        }
        assertThat(ids("/api/v4/tasks?order[created_at]=desc")).first().isEqualTo("" + second);
        assertThat(ids("/api/v4/tasks?limit=1&page=2")).containsExactly("" + second);
        assertThat(caller.json("/api/v4/tasks?limit=1").path("_links").has("next"))
                .isTrue();
        assertThat(caller.json("/api/v4/tasks").has("_total_items")).isFalse();
        assertThat(caller.get("/api/v4/tasks?filter[entity_id]=1").statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/tasks?limit=251").statusCode()).isEqualTo(422);
        sandbox.faults().always(Fault.FILTERS_IGNORED);
        assertThat(ids("/api/v4/tasks?filter[entity_id]=1")).hasSize(2);
    }

    private List<String> ids(String path) throws Exception {
        JsonNode embedded = caller.json(path).path("_embedded");
        return embedded.path(embedded.fieldNames().next()).findValuesAsText("id");
    }

    @Test
    void a_task_is_completed_with_its_result() throws Exception {
        task("'entity_id':" + lead + ",'entity_type':'leads'");
        long id = account.tasks().get(0).id();
        assertThat(caller.patch("/api/v4/tasks/" + id, "{'is_completed':true,'result':{'text':'Готово'}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(account.tasks().get(0).completed()).isTrue();
        assertThat(account.tasks().get(0).result()).isEqualTo("Готово");
        assertThat(account.tasks().get(0).text()).isEqualTo("Перезвонить");
        assertThat(caller.patch("/api/v4/tasks", "[{'id':" + id + ",'text':'Другое'},{'id':1}]")
                        .body())
                .contains("" + id);
        assertThat(caller.patch("/api/v4/tasks", "[{'id':1,'text':'Другое'}]").statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_note_is_written_into_a_deals_feed_by_both_ways() throws Exception {
        JsonNode answer = HttpCaller.json(note("Перенесён"))
                .path("_embedded")
                .path("notes")
                .path(0);
        assertThat(answer.path("entity_id").asLong()).isEqualTo(lead);
        caller.post("/api/v4/leads/" + lead + "/notes", "[{'note_type':'common','params':{'text':'Отменён'}}]");
        caller.post("/api/v4/contacts/" + contact + "/notes", "[{'note_type':'common','params':{'text':'Контакту'}}]");
        assertThat(account.notes()).extracting(Note::text).containsExactly("Перенесён", "Отменён", "Контакту");
        assertThat(ids("/api/v4/leads/notes")).hasSize(2);
        assertThat(ids("/api/v4/contacts/" + contact + "/notes")).hasSize(1);
        assertThat(ids("/api/v4/leads/notes?filter[entity_id][]=" + lead + "&order[id]=desc"))
                .last()
                .isEqualTo(answer.path("id").asText());
        long id = answer.path("id").asLong();
        caller.patch("/api/v4/leads/notes/" + id, "{'params':{'text':'Исправлено'}}");
        assertThat(caller.json("/api/v4/leads/notes/" + id)
                        .path("params")
                        .path("text")
                        .asText())
                .isEqualTo("Исправлено");
        assertThat(caller.get("/api/v4/contacts/notes/" + id).statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/notes").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'note_type':'common','text':'Мимо'", "'note_type':'common'", "'note_type':'common','params':{}"
            })
    void a_notes_text_stands_in_its_parameters(String members) throws Exception {
        assertThat(error(caller.post("/api/v4/leads/notes", "[{'entity_id':" + lead + "," + members + "}]")))
                .isEqualTo("FieldMissing params.text");
    }

    @Test
    void a_note_of_nobody_or_of_no_kind_is_refused() throws Exception {
        assertThat(error(caller.post(
                        "/api/v4/leads/notes", "[{'entity_id':1,'note_type':'common','params':{'text':'Т'}}]")))
                .isEqualTo("NotSupportedChoice entity_id");
        assertThat(error(caller.post(
                        "/api/v4/leads/notes",
                        "[{'entity_id':" + lead + ",'note_type':'song','params':{'text':'Т'}}]")))
                .isEqualTo("NotSupportedChoice note_type");
        assertThat(caller.post("/api/v4/leads/1/notes", "[{'note_type':'common','params':{'text':'Т'}}]")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void they_vanish_with_their_deal_and_move_when_it_is_merged() throws Exception {
        note("Первая");
        task("'entity_id':" + lead + ",'entity_type':'leads'");
        long kept = account.addLead("Другая", PRIMARY, stage(PRIMARY, 1), Map.of());
        String before = account.finalState();
        account.mergeLeads(kept, lead);
        assertThat(account.finalState())
                .isNotEqualTo(before)
                .contains("task Перезвонить", "note common | Первая | Другая");
        assertThat(account.tasks().get(0).entityId()).isEqualTo(kept);
        assertThat(account.notes().get(0).entityId()).isEqualTo(kept);
        account.deleteLead(kept);
        assertThat(account.tasks()).isEmpty();
        assertThat(account.notes()).isEmpty();
    }

    @Test
    void lists_of_them_may_lag_and_come_oddly_like_any_other() throws Exception {
        task("'entity_id':" + lead + ",'entity_type':'leads'");
        sandbox.faults().searchLag(Duration.ofSeconds(10)).always(Fault.LIST_LAG);
        assertThat(caller.get("/api/v4/tasks").statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/tasks/" + account.tasks().get(0).id()).statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofSeconds(10));
        assertThat(ids("/api/v4/tasks")).hasSize(1);
        sandbox.faults().on(Fault.LIST_204, Requests.page(1, "/api/v4/tasks"));
        assertThat(caller.get("/api/v4/tasks").statusCode()).isEqualTo(204);
        sandbox.faults().on(Fault.WRITE_THEN_504, Requests.of("POST", "/api/v4/tasks"));
        assertThat(task("'entity_id':" + lead + ",'entity_type':'leads'").statusCode())
                .isEqualTo(504);
        assertThat(account.tasks()).hasSize(2);
    }
}
