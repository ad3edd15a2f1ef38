package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.FOREIGN;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What managers and administrators do, as a client finds it. */
class SandboxManagersTest {

    private static final long PHONE = 2;

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final SandboxAccount account = sandbox.account();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private long lead(String name, Long... contacts) {
        return account.addLead(name, PRIMARY, stage(PRIMARY, 1), Map.of(), contacts);
    }

    private JsonNode read(String kind, long id) throws Exception {
        return caller.json("/api/v4/" + kind + "/" + id + "?with=contacts");
    }

    @Test
    void a_phone_is_added_to_the_others_or_replaces_them() throws Exception {
        long id = account.addContact("Вера", Map.of(PHONE, "+79000000001"));
        account.changeContact(id, change -> change.append(PHONE, "+79000000002").name("Вера Н."));
        assertThat(read("contacts", id)
                        .path("custom_fields_values")
                        .path(0)
                        .path("values")
                        .findValuesAsText("value"))
                .containsExactly("+79000000001", "+79000000002");
        account.changeContact(id, change -> change.field(PHONE, List.of("+79000000003")));
        assertThat(account.contact(id).values().get(PHONE)).containsExactly("+79000000003");
        assertThat(account.contact(id).name()).isEqualTo("Вера Н.");
    }

    @Test
    void a_closed_deal_is_opened_again_where_its_pipeline_begins() throws Exception {
        long id = lead("Сделка");
        account.changeLead(
                id, change -> change.stage(SECONDARY, stage(SECONDARY, 3)).lost());
        assertThat(read("leads", id).path("closed_at").isNull()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        account.changeLead(id, SandboxAccount.ByHand::reopened);
        JsonNode opened = read("leads", id);
        assertThat(opened.path("closed_at").isNull()).isTrue();
        assertThat(opened.path("status_id").asLong()).isEqualTo(stage(SECONDARY, 1));
        assertThat(opened.path("updated_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
    }

    @Test
    void merged_deals_keep_the_firsts_own_values_and_place_and_take_what_it_lacks() throws Exception {
        long vera = account.addContact("Вера", Map.of());
        long lev = account.addContact("Лев", Map.of());
        long kept = account.addLead("Первая", PRIMARY, stage(PRIMARY, 2), Map.of(26L, "5"), vera);
        long merged = account.addLead("Вторая", SECONDARY, Pipeline.WON, Map.of(26L, "6", 28L, "Врач"), lev);
        account.changeLead(merged, change -> change.price(500).tags("VIP"));
        clock.advance(Duration.ofMinutes(1));
        account.mergeLeads(kept, merged);
        assertThat(account.leads()).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(kept);
            assertThat(left.name()).isEqualTo("Первая");
            assertThat(left.price()).isEqualTo(500);
            assertThat(left.stageId()).isEqualTo(stage(PRIMARY, 2));
            assertThat(left.fields()).isEqualTo(Map.of(26L, "5", 28L, "Врач"));
            assertThat(left.tags()).containsExactly("VIP");
            assertThat(left.links()).containsExactly(vera, lev);
            assertThat(left.updatedAt()).isEqualTo(clock.instant().getEpochSecond());
        });
        assertThat(account.contact(lev).links()).containsExactly(kept);
        assertThat(caller.get("/api/v4/leads/" + merged).statusCode()).isEqualTo(204);
    }

    @Test
    void where_the_merged_contact_was_the_main_one_the_survivor_is() throws Exception {
        long other = account.addContact("Лев", Map.of());
        long kept = account.addContact("Вера", Map.of());
        long merged = account.addContact("Вера Н.", Map.of());
        long lead = lead("Сделка", other, merged);
        account.makeMain(lead, merged);
        account.mergeContacts(kept, merged);
        JsonNode contacts = read("leads", lead).path("_embedded").path("contacts");
        assertThat(contacts.findValuesAsText("id")).containsExactly("" + other, "" + kept);
        assertThat(contacts.findValuesAsText("is_main")).containsExactly("false", "true");
    }

    @Test
    void contacts_are_linked_and_separated_by_hand() throws Exception {
        long contact = account.addContact("Вера", Map.of());
        long lead = lead("Сделка");
        account.link(lead, contact);
        account.link(lead, contact);
        assertThat(read("leads", lead).path("_embedded").path("contacts").findValuesAsText("id"))
                .containsExactly("" + contact);
        account.unlink(lead, contact);
        account.unlink(lead, contact);
        assertThat(caller.get("/api/v4/leads/" + lead + "/links").statusCode()).isEqualTo(204);
    }

    @Test
    void a_stage_that_is_deleted_is_refused_and_its_deals_stand_in_the_first() throws Exception {
        long id = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 3), Map.of());
        account.deleteStage(PRIMARY, stage(PRIMARY, 3));
        assertThat(account.lead(id).stageId()).isEqualTo(stage(PRIMARY, 1));
        assertThat(caller.patch(
                                "/api/v4/leads/" + id,
                                "{'status_id':" + stage(PRIMARY, 3) + ",'pipeline_id':" + PRIMARY + "}")
                        .body())
                .contains("NotSupportedChoice", "status_id");
        assertThat(caller.json("/api/v4/leads/pipelines/" + PRIMARY + "/statuses")
                        .findValuesAsText("id"))
                .doesNotContain("" + stage(PRIMARY, 3));
        assertThatThrownBy(() -> account.deleteStage(PRIMARY, Pipeline.WON))
                .isInstanceOf(IllegalArgumentException.class);
        long added = account.addStage(PRIMARY, "На линии");
        assertThat(caller.patch("/api/v4/leads/" + id, "{'status_id':" + added + ",'pipeline_id':" + PRIMARY + "}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(account.lead(id).stageId()).isEqualTo(added).isNotEqualTo(account.addStage(PRIMARY, "Ещё одна"));
    }

    @Test
    void a_pipeline_that_is_deleted_is_unknown_and_its_deals_go_to_the_first_open_or_closed_as_they_were()
            throws Exception {
        long open = account.addLead("Открытая", SECONDARY, stage(SECONDARY, 2), Map.of());
        long won = account.addLead("Успешная", SECONDARY, Pipeline.WON, Map.of());
        account.deletePipeline(SECONDARY);
        assertThat(account.lead(open).stageId()).isEqualTo(stage(PRIMARY, 1));
        assertThat(account.lead(won).stageId()).isEqualTo(Pipeline.WON);
        assertThat(account.lead(won).pipelineId()).isEqualTo(PRIMARY);
        assertThat(caller.get("/api/v4/leads/pipelines/" + SECONDARY).statusCode())
                .isEqualTo(404);
        assertThat(caller.post("/api/v4/leads", "[{'pipeline_id':" + SECONDARY + "}]")
                        .statusCode())
                .isEqualTo(400);
        long added = account.addPipeline("Третья");
        assertThat(caller.post("/api/v4/leads", "[{'pipeline_id':" + added + "}]")
                        .statusCode())
                .isEqualTo(200);
        account.deletePipeline(FOREIGN);
        account.deletePipeline(added);
        assertThatThrownBy(() -> account.deletePipeline(PRIMARY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_field_that_is_deleted_takes_its_values_along_and_its_number_is_not_given_again() throws Exception {
        long field = account.addLeadField("Источник");
        long id = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of(field, "Сайт", 26L, "5"));
        account.deleteField(true, field);
        assertThat(read("leads", id).path("custom_fields_values").findValuesAsText("field_id"))
                .containsExactly("26");
        assertThat(caller.patch(
                                "/api/v4/leads/" + id,
                                "{'custom_fields_values':[{'field_id':" + field + ",'values':[{'value':'Звонок'}]}]}")
                        .body())
                .contains("NotSupportedChoice", "custom_fields_values.0.field_id");
        assertThat(account.addLeadField("Другой")).isNotEqualTo(field);
    }

    @Test
    void a_user_who_is_deactivated_or_deleted_may_not_be_named() throws Exception {
        long user = account.addUser();
        assertThat(caller.post("/api/v4/leads", "[{'name':'А','responsible_user_id':" + user + "}]")
                        .statusCode())
                .isEqualTo(200);
        account.deactivateUser(user);
        assertThat(caller.post("/api/v4/leads", "[{'name':'Б','responsible_user_id':" + user + "}]")
                        .body())
                .contains("NotSupportedChoice", "responsible_user_id");
        assertThat(caller.json("/api/v4/users/" + user)
                        .path("rights")
                        .path("is_active")
                        .asBoolean(true))
                .isFalse();
        assertThat(account.leads().get(0).responsibleUserId()).isEqualTo(user);
        account.deleteUser(user);
        assertThat(caller.get("/api/v4/users/" + user).statusCode()).isEqualTo(204);
        assertThat(account.leads().get(0).responsibleUserId()).isEqualTo(SandboxAccount.USERS.get(0));
    }

    @Test
    void a_deal_deleted_between_two_pages_moves_the_later_ones_up_so_that_one_is_never_listed() throws Exception {
        for (int i = 1; i <= 6; i++) {
            lead("Сделка " + i);
        }
        String page = "/api/v4/leads?limit=2&order[id]=asc&page=";
        assertThat(names(page + 1)).containsExactly("Сделка 1", "Сделка 2");
        account.deleteLead(account.leads().get(0).id());
        assertThat(names(page + 2)).as("3 has moved to page 1").containsExactly("Сделка 4", "Сделка 5");
        assertThat(names(page + 3)).containsExactly("Сделка 6");
        long late = lead("Сделка 7");
        assertThat(names(page + 3)).containsExactly("Сделка 6", "Сделка 7");
        account.mergeLeads(account.leads().get(0).id(), late);
        assertThat(names(page + 3)).containsExactly("Сделка 6");
    }

    private List<String> names(String path) throws Exception {
        return caller.json(path).path("_embedded").path("leads").findValuesAsText("name");
    }
}
