package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxFaultsTest {

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final Faults faults = sandbox.faults();
    private final SandboxAccount account = sandbox.account();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private long lead(String name) {
        return account.addLead(name, PRIMARY, stage(PRIMARY, 1), Map.of());
    }

    private int read() throws IOException, InterruptedException {
        return caller.get("/api/v4/account").statusCode();
    }

    private List<Integer> reads(int calls) throws IOException, InterruptedException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            statuses.add(read());
        }
        return statuses;
    }

    @Test
    void a_fault_hits_every_nth_call_or_one_call_or_all_from_one_on() throws Exception {
        faults.every(3, Fault.HTML_502, Scope.READS);
        assertThat(reads(6)).containsExactly(200, 200, 502, 200, 200, 502);
        faults.clear();
        faults.plan(Fault.HTML_502, Scope.READS, call -> call == 2);
        assertThat(reads(3)).containsExactly(200, 502, 200);
        faults.clear();
        faults.from(2, Fault.BLOCKED, Scope.ANY);
        assertThat(reads(3)).containsExactly(200, 403, 403);
        faults.clear();
        assertThat(read()).isEqualTo(200);
    }

    @Test
    void chance_hits_the_same_calls_for_the_same_seed() {
        IntPredicate one = Faults.withProbability(0.3, 7);
        IntPredicate other = Faults.withProbability(0.3, 7);
        List<Boolean> hits = IntStream.rangeClosed(1, 200).mapToObj(one::test).toList();
        assertThat(IntStream.rangeClosed(1, 200).mapToObj(other::test).toList()).isEqualTo(hits);
        assertThat(hits).contains(true, false);
    }

    @Test
    void a_fault_can_be_limited_to_a_path() throws Exception {
        faults.plan(Fault.HTML_502, Scope.ANY, "/api/v4/contacts", call -> true);
        assertThat(read()).isEqualTo(200);
        assertThat(caller.get("/api/v4/contacts").statusCode()).isEqualTo(502);
        assertThat(caller.post("/api/v4/contacts", "[{}]").statusCode()).isEqualTo(502);
    }

    @Test
    void the_first_planned_fault_wins_and_lasting_ones_stay_beside_it() throws Exception {
        faults.always(Fault.MISSING_LEAD_404).next(1, Fault.HTML_502, Scope.ANY).next(2, Fault.SERVER_ERROR, Scope.ANY);
        assertThat(caller.get("/api/v4/leads/1").statusCode()).isEqualTo(502);
        assertThat(caller.get("/api/v4/leads/1").statusCode()).isEqualTo(500);
        assertThat(caller.get("/api/v4/leads/1").statusCode()).isEqualTo(404);
    }

    @Test
    void faults_are_injected_by_name_and_listed_so() throws Exception {
        faults.inject("html-502:2, filters-ignored");
        assertThat(faults.active()).containsExactly("html-502", "filters-ignored");
        assertThat(reads(4)).containsExactly(200, 502, 200, 502);
        faults.clear();
        faults.inject("blocked-403:2");
        assertThat(reads(3)).containsExactly(200, 403, 403);
        assertThatThrownBy(() -> faults.inject("gremlins"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"gremlins\"")
                .hasMessageContaining("write-then-504");
        assertThatThrownBy(() -> faults.inject("slow:0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slow:0");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_fault_has_a_name_for_the_command_line_and_a_line_for_people(Fault fault) {
        assertThat(fault.key()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(fault.description()).isNotBlank().doesNotContain("\n");
        assertThat(faults.inject(fault.key()).active()).containsExactly(fault.key());
    }

    @Test
    void a_slow_answer_comes_after_its_request_was_done() {
        faults.slowBy(Duration.ofSeconds(20)).next(1, Fault.SLOW, Scope.WRITES);
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(
                                caller.request("POST", "/api/v4/leads", "[{'name':'Сделка'}]")
                                        .timeout(Duration.ofSeconds(2))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(account.leads()).hasSize(1);
    }

    @Test
    void an_answer_cut_off_is_no_json_and_a_server_error_has_a_trace_id() throws Exception {
        faults.next(1, Fault.TRUNCATED_JSON, Scope.READS);
        String cut = caller.get("/api/v4/account").body();
        assertThat(cut).startsWith("{");
        assertThat(Call.json(cut).isMissingNode()).isTrue();
        faults.next(1, Fault.SERVER_ERROR, Scope.READS);
        assertThat(caller.json("/api/v4/account").has("trace_id")).isTrue();
        faults.next(1, Fault.UNAUTHORISED, Scope.READS);
        assertThat(reads(2)).containsExactly(401, 200);
        faults.next(1, Fault.TOO_MANY_REQUESTS_EMPTY, Scope.READS);
        assertThat(reads(2)).containsExactly(429, 200);
    }

    @Test
    void an_expired_long_lived_token_stays_refused() throws Exception {
        faults.next(1, Fault.TOKEN_EXPIRED, Scope.READS);
        assertThat(reads(3)).containsExactly(401, 401, 401);
    }

    @Test
    void a_search_that_lags_does_not_see_the_latest_writes_but_a_read_by_id_does() throws Exception {
        faults.searchLag(Duration.ofSeconds(10)).always(Fault.SEARCH_LAG);
        long id = lead("Сделка");
        String search = "/api/v4/leads?filter[custom_fields_values][26][]=5";
        account.changeLead(id, change -> change.field(26, "5"));
        assertThat(caller.get(search).statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/leads?query=5").statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/leads/" + id).statusCode()).isEqualTo(200);
        assertThat(caller.get("/api/v4/leads").statusCode())
                .as("a plain list is no search")
                .isEqualTo(200);
        clock.advance(Duration.ofSeconds(10));
        assertThat(caller.get(search).statusCode()).isEqualTo(200);
    }

    @Test
    void filters_that_are_ignored_leave_the_whole_list() throws Exception {
        faults.always(Fault.FILTERS_IGNORED);
        lead("Один");
        lead("Два");
        assertThat(caller.json("/api/v4/leads?filter[id]=1").path("_embedded").path("leads"))
                .hasSize(2);
        faults.ignoreFilters(false);
        assertThat(caller.get("/api/v4/leads?filter[id]=1").statusCode()).isEqualTo(204);
    }

    @Test
    void rows_move_between_pages_unless_they_are_ordered_by_id() throws Exception {
        IntStream.range(0, 6).forEach(i -> lead("Сделка " + i));
        faults.always(Fault.UNSTABLE_PAGES);
        List<String> byChange = new ArrayList<>();
        List<String> byId = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            byChange.addAll(names(caller.json("/api/v4/leads?limit=2&order[updated_at]=asc&page=" + page)));
            byId.addAll(names(caller.json("/api/v4/leads?limit=2&order[id]=asc&page=" + page)));
        }
        assertThat(byChange)
                .as("one row missed, one twice")
                .doesNotContain("Сделка 2")
                .hasSize(6)
                .contains("Сделка 3");
        assertThat(byId).doesNotHaveDuplicates().hasSize(6);
    }

    private static List<String> names(JsonNode page) {
        return page.path("_embedded").path("leads").findValuesAsText("name");
    }

    @Test
    void a_page_after_the_first_comes_empty_once() throws Exception {
        IntStream.range(0, 3).forEach(i -> lead("Сделка " + i));
        faults.next(1, Fault.EMPTY_LIST, Scope.READS);
        assertThat(caller.get("/api/v4/leads?limit=2&page=1").statusCode()).isEqualTo(200);
        assertThat(caller.get("/api/v4/leads?limit=2&page=2").statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/leads?limit=2&page=2").statusCode()).isEqualTo(200);
    }

    @Test
    void a_refused_batch_may_be_partly_written() throws Exception {
        faults.always(Fault.PARTLY_WRITTEN);
        HttpResponse<String> refused =
                caller.post("/api/v4/leads", "[{'name':'Хорошая'},{'name':'Плохая','pipeline_id':1}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(account.leads()).extracting(EntityView::name).containsExactly("Хорошая");
    }

    @Test
    void an_account_in_another_zone_has_other_days() throws Exception {
        faults.always(Fault.ACCOUNT_ZONE);
        assertThat(caller.get("/api/v4/account?with=datetime_settings").body()).contains("Asia/Vladivostok");
        caller.post(
                "/api/v4/contacts",
                "[{'name':'Вера','custom_fields_values':[{'field_id':22,'values':[{'value':"
                        + Instant.parse("2026-03-03T12:00:00Z").getEpochSecond() + "}]}]}]");
        assertThat(account.contacts().get(0).fields().get(22L))
                .isEqualTo(Long.toString(Instant.parse("2026-03-02T14:00:00Z").getEpochSecond()));
    }

    @Test
    void the_journal_names_the_fault_the_kind_and_the_items_but_keeps_no_body() throws Exception {
        // Every read: a client may repeat one that was cut off, as Java's own does.
        faults.next(1, Fault.WRITE_THEN_504, Scope.WRITES).every(1, Fault.RESET_BEFORE_WRITE, Scope.READS);
        caller.post("/api/v4/leads/complex", "[{'name':'А'},{'name':'Б'}]");
        assertThatThrownBy(() -> caller.get("/api/v4/leads?filter[id][]=1")).isInstanceOf(IOException.class);
        Journal.Entry write = sandbox.journal().entries().get(0);
        assertThat(List.of(write.kind(), write.items(), write.status(), write.fault(), write.isWrite()))
                .containsExactly(Journal.Kind.COMPLEX, 2, 504, "write-then-504", true);
        Journal.Entry cut = sandbox.journal().entries().get(1);
        assertThat(List.of(cut.kind(), cut.query(), cut.status()))
                .containsExactly(Journal.Kind.LIST, "filter[id][]=1", 0);
        assertThat(sandbox.journal().bodies()).isEmpty();
        assertThat(sandbox.journal().writes()).isEqualTo(1);
        sandbox.journal().clear();
        assertThat(sandbox.journal().count()).isZero();
    }

    @Test
    void the_journal_keeps_the_last_bodies_if_told_to() throws Exception {
        try (AmoSandbox keeping =
                AmoSandbox.start(SandboxOptions.standard().unlimited().keepingBodies(2))) {
            HttpCaller other = new HttpCaller(keeping);
            for (String name : List.of("А", "Б", "В")) {
                other.post("/api/v4/leads", "[{'name':'" + name + "'}]");
            }
            assertThat(keeping.journal().bodies()).containsExactly("[{\"name\":\"Б\"}]", "[{\"name\":\"В\"}]");
        }
    }
}
