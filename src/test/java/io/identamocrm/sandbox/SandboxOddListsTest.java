package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.Requests.nth;
import static io.identamocrm.sandbox.Requests.page;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.sandbox.Faults.Fault;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that look like success: which rows they hold, and on which page. */
class SandboxOddListsTest {

    private static final String LEADS = "/api/v4/leads";

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final SandboxAccount account = sandbox.account();
    private final Faults faults = sandbox.faults();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void leads(int number) {
        IntStream.rangeClosed(1, number)
                .forEach(i -> account.addLead("Сделка " + i, PRIMARY, stage(PRIMARY, 1), Map.of()));
    }

    private static List<String> names(JsonNode page) {
        return page.path("_embedded").path("leads").findValuesAsText("name");
    }

    private List<String> names(String query) throws Exception {
        return names(caller.json(LEADS + "?" + query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LIST_204         | 204 |",
                "LIST_EMPTY_OBJECT | 200 | {}",
                "LIST_MISSING     | 200 | \"_embedded\":{}",
                "LIST_NULL        | 200 | \"leads\":null",
                "LIST_EMPTY_NEXT  | 200 | \"leads\":[]"
            })
    void the_first_page_comes_without_its_rows_and_comes_right_when_asked_again(Fault fault, int status, String body)
            throws Exception {
        leads(3);
        faults.on(fault, nth(1, page(1, LEADS)));
        HttpResponse<String> odd = caller.get(LEADS + "?limit=2");
        assertThat(odd.statusCode()).isEqualTo(status);
        assertThat(odd.body()).contains(body == null ? "" : body).doesNotContain("Сделка");
        assertThat(sandbox.journal().entries().get(0).fault()).isEqualTo(fault.key());
        assertThat(names("limit=2")).hasSize(2);
    }

    @Test
    void an_empty_list_leads_to_the_next_page_even_where_there_is_none() throws Exception {
        leads(1);
        faults.on(Fault.LIST_EMPTY_NEXT, page(1, LEADS));
        assertThat(caller.json(LEADS + "?limit=250")
                        .path("_links")
                        .path("next")
                        .path("href")
                        .asText())
                .isEqualTo(sandbox.baseUrl() + LEADS + "?limit=250&page=2");
    }

    @Test
    void a_page_chosen_by_its_number_is_cut_and_says_that_it_is_the_last() throws Exception {
        leads(12);
        faults.on(Fault.LIST_CUT, page(2, LEADS));
        JsonNode first = caller.json(LEADS + "?limit=4");
        assertThat(names(first)).hasSize(4);
        JsonNode second = caller.json(LEADS + "?limit=4&page=2");
        assertThat(names(second)).containsExactly("Сделка 5", "Сделка 6");
        assertThat(second.path("_links").has("next")).isFalse();
        assertThat(first.path("_links").has("next")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v4/leads/pipelines", "/api/v4/leads/custom_fields", "/api/v4/contacts/custom_fields?page=1"
            })
    void any_list_may_be_odd(String list) throws Exception {
        faults.on(Fault.LIST_MISSING, Requests.lists());
        assertThat(caller.json(list).path("_embedded").isEmpty()).isTrue();
        assertThat(caller.json("/api/v4/account").has("id")).as("no list").isTrue();
        faults.clear();
        assertThat(caller.json(list).path("_embedded").isEmpty()).isFalse();
    }

    @Test
    void an_empty_account_stays_one() throws Exception {
        faults.always(Fault.LIST_EMPTY_OBJECT);
        assertThat(caller.get(LEADS).statusCode()).isEqualTo(204);
    }

    @Test
    void one_list_of_many_ignores_its_filter() throws Exception {
        leads(3);
        faults.on(Fault.FILTERS_IGNORED, nth(2, "GET", LEADS));
        long id = account.leads().get(1).id();
        assertThat(names("filter[id]=" + id)).containsExactly("Сделка 2");
        assertThat(names("filter[id]=" + id)).hasSize(3);
        assertThat(names("filter[id]=" + id)).containsExactly("Сделка 2");
    }

    @Test
    void a_list_may_ignore_its_order() throws Exception {
        leads(3);
        clock.advance(Duration.ofMinutes(1));
        account.changeLead(account.leads().get(0).id(), change -> change.price(5));
        faults.always(Fault.ORDER_IGNORED);
        assertThat(names("order[updated_at]=asc")).containsExactly("Сделка 1", "Сделка 2", "Сделка 3");
        assertThat(names("order[id]=asc")).containsExactly("Сделка 1", "Сделка 3", "Сделка 2");
        faults.clear();
        assertThat(names("order[updated_at]=asc")).containsExactly("Сделка 2", "Сделка 3", "Сделка 1");
    }

    @Test
    void a_list_may_ignore_its_limit_and_still_be_read_to_the_end() throws Exception {
        leads(70);
        faults.always(Fault.LIMIT_IGNORED);
        assertThat(names("limit=2")).hasSize(50);
        JsonNode first = caller.json(LEADS + "?limit=250");
        assertThat(names(first)).hasSize(50);
        assertThat(first.path("_links").has("next")).isTrue();
        assertThat(names("limit=250&page=2")).hasSize(20);
    }

    @Test
    void lists_may_lag_behind_reads_by_id() throws Exception {
        leads(2);
        clock.advance(Duration.ofMinutes(1));
        faults.searchLag(Duration.ofSeconds(10)).always(Fault.LIST_LAG);
        long changed = account.leads().get(0).id();
        account.changeLead(changed, change -> change.price(5));
        leads(1);
        assertThat(names("order[id]=asc")).containsExactly("Сделка 2");
        assertThat(caller.json(LEADS + "/" + changed).path("price").asLong()).isEqualTo(5);
        clock.advance(Duration.ofSeconds(10));
        assertThat(names("order[id]=asc")).containsExactly("Сделка 1", "Сделка 2", "Сделка 1");
    }

    @Test
    void a_row_may_stand_on_two_pages_and_none_is_lost() throws Exception {
        leads(5);
        faults.always(Fault.ROWS_REPEATED);
        List<String> all = new ArrayList<>();
        for (int page = 1; caller.get(LEADS + "?limit=2&page=" + page).statusCode() == 200; page++) {
            all.addAll(names("limit=2&page=" + page));
        }
        assertThat(all).containsExactly("Сделка 1", "Сделка 2", "Сделка 2", "Сделка 3", "Сделка 4", "Сделка 5");
    }

    @Test
    void rows_may_hold_null_where_they_embed_something() throws Exception {
        leads(1);
        faults.always(Fault.ROWS_WITH_NULLS);
        JsonNode embedded = caller.json(LEADS + "?with=contacts")
                .path("_embedded")
                .path("leads")
                .path(0)
                .path("_embedded");
        assertThat(embedded.path("contacts").isNull()
                        && embedded.path("tags").isNull()
                        && embedded.path("companies").isNull())
                .isTrue();
    }

    @Test
    void a_fault_may_depend_on_what_the_account_holds() throws Exception {
        faults.on(Fault.HTML_502, request -> account.leads().size() == 2);
        leads(1);
        assertThat(caller.get(LEADS).statusCode()).isEqualTo(200);
        leads(1);
        assertThat(caller.get(LEADS).statusCode()).isEqualTo(502);
        leads(1);
        assertThat(caller.get(LEADS).statusCode()).isEqualTo(200);
    }
}
