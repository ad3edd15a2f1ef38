package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.FOREIGN;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxListsTest {

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00.750Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final SandboxAccount account = sandbox.account();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private long lead(String name) {
        return account.addLead(name, PRIMARY, stage(PRIMARY, 1), Map.of());
    }

    private List<String> names(String query) throws IOException, InterruptedException {
        return caller.json("/api/v4/leads?" + query)
                .path("_embedded")
                .path("leads")
                .findValuesAsText("name");
    }

    @Test
    void every_answer_carries_a_request_id_and_its_content_type() throws Exception {
        lead("Один");
        HttpResponse<String> list = caller.get("/api/v4/leads");
        assertThat(list.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(list.headers().firstValue("Content-Type")).hasValue("application/hal+json");
        HttpResponse<String> unknown = caller.get("/api/v4/nothing");
        assertThat(unknown.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(HttpCaller.json(unknown).path("detail").asText()).isEqualTo("Cannot GET /api/v4/nothing");
    }

    @Test
    void a_page_has_50_rows_unless_asked_otherwise() throws Exception {
        IntStream.range(0, 60).forEach(i -> lead("Сделка " + i));
        assertThat(names("page=1")).hasSize(50);
        assertThat(names("page=2")).hasSize(10);
        assertThat(names("limit=250")).hasSize(60);
    }

    @Test
    void the_next_link_leads_through_the_whole_list_with_all_parameters() throws Exception {
        IntStream.range(0, 7).forEach(i -> lead("Сделка " + i));
        lead("Другая");
        List<String> seen = new ArrayList<>();
        String path = "/api/v4/leads?limit=3&order[id]=desc&query=сделка"
                .replace("сделка", "%D1%81%D0%B4%D0%B5%D0%BB%D0%BA%D0%B0");
        while (path != null) {
            JsonNode page = caller.json(path);
            seen.addAll(page.path("_embedded").path("leads").findValuesAsText("name"));
            String next = page.path("_links").path("next").path("href").asText(null);
            path = next == null ? null : next.substring(sandbox.baseUrl().length());
        }
        assertThat(seen)
                .containsExactly("Сделка 6", "Сделка 5", "Сделка 4", "Сделка 3", "Сделка 2", "Сделка 1", "Сделка 0");
    }

    @Test
    void a_change_moves_a_row_to_the_end_of_the_list_by_change_in_whole_seconds() throws Exception {
        long first = lead("Первая");
        lead("Вторая");
        clock.advance(Duration.ofSeconds(1));
        account.changeLead(first, change -> change.price(100));
        assertThat(names("order[updated_at]=asc")).containsExactly("Вторая", "Первая");
        assertThat(names("order[updated_at]=desc")).containsExactly("Первая", "Вторая");
        assertThat(names("order[created_at]=desc")).containsExactly("Вторая", "Первая");
        assertThat(account.lead(first).updatedAt())
                .isEqualTo(Instant.parse("2026-03-03T09:00:01Z").getEpochSecond());
    }

    @Test
    void filters_choose_by_id_name_user_price_stage_time_and_field() throws Exception {
        long one = account.addLead("Один", PRIMARY, stage(PRIMARY, 1), Map.of(26L, "11", 27L, "1000"));
        clock.advance(Duration.ofMinutes(1));
        long two = account.addLead("Два", SECONDARY, stage(SECONDARY, 2), Map.of(26L, "22", 27L, "2000"));
        account.addLead("Три", FOREIGN, Pipeline.WON, Map.of(26L, "33"));
        account.changeLead(two, change -> change.responsible(9002).price(500));
        long from = account.lead(two).updatedAt();
        for (String filter : List.of(
                "filter[id]=" + two,
                "filter[name]=%D0%94%D0%B2%D0%B0",
                "filter[responsible_user_id][]=9002",
                "filter[price][from]=400&filter[price][to]=600",
                "filter[custom_fields_values][26][]=22",
                "filter[custom_fields_values][27][from]=1500&filter[custom_fields_values][27][to]=2500",
                "filter[statuses][0][pipeline_id]=" + SECONDARY + "&filter[statuses][0][status_id]="
                        + stage(SECONDARY, 2),
                "filter[pipeline_id][]=" + SECONDARY,
                "filter[updated_at][from]=" + from + "&filter[pipeline_id][0]=" + SECONDARY)) {
            assertThat(names(filter)).as(filter).containsExactly("Два");
        }
        assertThat(names("filter[updated_at][to]=" + (from - 1))).containsExactly("Один");
        assertThat(names("filter[closed_at][from]=1")).containsExactly("Три");
        assertThat(names("filter[custom_fields_values][26][]=11&filter[custom_fields_values][26][]=33"))
                .as("one of several")
                .containsExactly("Один", "Три");
        assertThat(names("filter[id][]=" + one + "&filter[id][]=" + two + "&order[id]=asc"))
                .containsExactly("Один", "Два");
        assertThat(caller.get("/api/v4/leads?filter[name]=%D0%94").statusCode())
                .as("no part of a name")
                .isEqualTo(204);
    }

    @Test
    void the_rows_of_one_second_are_listed_by_id_from_both_ends_and_page_by_page() throws Exception {
        lead("Раньше");
        clock.advance(Duration.ofSeconds(1));
        long second = clock.instant().getEpochSecond();
        List.of("А", "Б", "В").forEach(this::lead);
        clock.advance(Duration.ofSeconds(1));
        lead("Позже");
        String one = "filter[updated_at][from]=" + second + "&filter[updated_at][to]=" + second;
        assertThat(names(one + "&order[id]=desc")).containsExactly("В", "Б", "А");
        assertThat(names(one + "&order[id]=asc&limit=2&page=1")).containsExactly("А", "Б");
        assertThat(names(one + "&order[id]=asc&limit=2&page=2")).containsExactly("В");
        assertThat(names("filter[updated_at][from]=" + (second + 1) + "&order[updated_at]=asc"))
                .containsExactly("Позже");
        assertThat(names("filter[updated_at][from]=" + second + "&order[updated_at]=asc&limit=1"))
                .containsExactly("А");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter[custom_fields_values][PHONE]=1", "pipeline_id=4402", "filter[unknown]=1"})
    void what_is_no_filter_is_ignored_without_a_word(String query) throws Exception {
        lead("Один");
        lead("Два");
        assertThat(names(query)).containsExactly("Один", "Два");
    }

    @Test
    void a_select_is_filtered_by_its_choice() throws Exception {
        account.addContact("Мария", Map.of(4L, "Женский"));
        account.addContact("Пётр", Map.of(4L, "Мужской"));
        assertThat(caller.json("/api/v4/contacts?filter[custom_fields_values][4][]=401")
                        .path("_embedded")
                        .path("contacts")
                        .findValuesAsText("name"))
                .containsExactly("Пётр");
    }

    @Test
    void a_search_finds_digits_whatever_stands_between_and_strangers_too() throws Exception {
        account.addContact("Вера", Map.of(2L, "8 (900) 555-01-02"));
        account.addContact("Лев", Map.of(9L, "Платёж 79005550102000"));
        account.addContact("Ян", Map.of(2L, "+79990000000"));
        assertThat(caller.json("/api/v4/contacts?query=9005550102")
                        .path("_embedded")
                        .path("contacts")
                        .findValuesAsText("name"))
                .containsExactly("Вера", "Лев");
        assertThat(caller.json("/api/v4/contacts?query=%D1%8F%D0%BD")
                        .path("_embedded")
                        .path("contacts")
                        .findValuesAsText("name"))
                .containsExactly("Ян");
    }

    @Test
    void links_are_told_only_when_asked_for() throws Exception {
        long contact = account.addContact("Вера", Map.of());
        long lead = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of(), contact);
        assertThat(caller.json("/api/v4/leads/" + lead).path("_embedded").has("contacts"))
                .isFalse();
        JsonNode linked = caller.json("/api/v4/leads/" + lead + "?with=contacts")
                .path("_embedded")
                .path("contacts")
                .path(0);
        assertThat(linked.path("id").asLong()).isEqualTo(contact);
        assertThat(linked.path("is_main").asBoolean()).isTrue();
        assertThat(caller.json("/api/v4/contacts/" + contact + "?with=leads")
                        .path("_embedded")
                        .path("leads")
                        .path(0)
                        .path("id")
                        .asLong())
                .isEqualTo(lead);
    }

    @Test
    void the_account_tells_its_zone_and_its_filters_when_asked() throws Exception {
        JsonNode plain = caller.json("/api/v4/account");
        assertThat(plain.path("id").asLong()).isEqualTo(SandboxAccount.ID);
        assertThat(plain.path("subdomain").asText()).isEqualTo(SandboxAccount.SUBDOMAIN);
        assertThat(plain.has("is_api_filter_enabled") || plain.has("_embedded")).isFalse();
        JsonNode asked = caller.json("/api/v4/account?with=datetime_settings,is_api_filter_enabled");
        assertThat(asked.path("_embedded")
                        .path("datetime_settings")
                        .path("timezone")
                        .asText())
                .isEqualTo("Europe/Moscow");
        assertThat(asked.path("is_api_filter_enabled").asBoolean()).isTrue();
        sandbox.faults().always(Fault.FILTERS_IGNORED);
        assertThat(caller.json("/api/v4/account?with=is_api_filter_enabled")
                        .path("is_api_filter_enabled")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void one_pipeline_and_its_stages_can_be_read_alone() throws Exception {
        JsonNode pipeline = caller.json("/api/v4/leads/pipelines/" + SECONDARY);
        assertThat(pipeline.path("name").asText()).isEqualTo("Повторные приёмы");
        JsonNode stages = caller.json("/api/v4/leads/pipelines/" + SECONDARY + "/statuses")
                .path("_embedded")
                .path("statuses");
        assertThat(stages).isEqualTo(pipeline.path("_embedded").path("statuses"));
        assertThat(stages.findValuesAsText("id"))
                .startsWith("" + stage(SECONDARY, 0), "" + stage(SECONDARY, 1))
                .endsWith("142", "143");
        assertThat(caller.get("/api/v4/leads/pipelines/1").statusCode()).isEqualTo(404);
    }

    @Test
    void lists_of_fields_tell_their_size_and_one_field_its_choices() throws Exception {
        JsonNode page = caller.json("/api/v4/contacts/custom_fields?limit=10&page=3");
        assertThat(page.path("_total_items").asInt()).isEqualTo(26);
        assertThat(page.path("_page_count").asInt()).isEqualTo(3);
        assertThat(page.path("_links").path("last").path("href").asText()).endsWith("page=3");
        assertThat(page.path("_embedded").path("custom_fields")).hasSize(6);
        assertThat(caller.json("/api/v4/contacts/custom_fields/4").path("enums").findValuesAsText("value"))
                .containsExactly("Мужской", "Женский");
        assertThat(caller.json("/api/v4/contacts/custom_fields?filter[type][]=multitext")
                        .path("_embedded")
                        .path("custom_fields")
                        .findValuesAsText("code"))
                .contains("PHONE", "EMAIL");
        assertThat(caller.get("/api/v4/leads/custom_fields/25").statusCode())
                .as("a field of contacts only")
                .isEqualTo(204);
    }
}
