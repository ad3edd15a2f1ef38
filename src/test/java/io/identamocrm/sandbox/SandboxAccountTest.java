package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.FOREIGN;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What managers do by hand, what tests see of it, and the pages on which people look at it. */
class SandboxAccountTest {

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final SandboxAccount account = sandbox.account();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void a_managers_changes_are_seen_through_the_api_and_move_the_time_of_change() throws Exception {
        long id = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of(26L, "5"));
        clock.advance(Duration.ofMinutes(1));
        account.changeLead(
                id,
                change -> change.name("Перезвонить")
                        .price(25_000)
                        .responsible(9002)
                        .stage(FOREIGN, stage(FOREIGN, 2))
                        .field(26, (String) null)
                        .field(101, "заметка")
                        .tags("VIP"));
        JsonNode read = caller.json("/api/v4/leads/" + id);
        assertThat(read.path("name").asText()).isEqualTo("Перезвонить");
        assertThat(read.path("price").asLong()).isEqualTo(25_000);
        assertThat(read.path("responsible_user_id").asLong()).isEqualTo(9002);
        assertThat(read.path("pipeline_id").asLong()).isEqualTo(FOREIGN);
        assertThat(read.path("updated_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(account.lead(id).fields()).isEqualTo(Map.of(101L, "заметка"));
        account.changeLead(id, SandboxAccount.ByHand::won);
        assertThat(account.lead(id).stageId()).isEqualTo(Pipeline.WON);
        account.changeLead(id, SandboxAccount.ByHand::lost);
        assertThat(account.lead(id).closedAt()).isEqualTo(clock.instant().getEpochSecond());
    }

    @Test
    void a_view_does_not_change_afterwards() {
        long id = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of());
        EntityView before = account.lead(id);
        account.changeLead(id, change -> change.name("Другая").field(26, "5"));
        assertThat(before.name()).isEqualTo("Сделка");
        assertThat(before.fields()).isEmpty();
    }

    @Test
    void merged_contacts_join_their_phones_and_deals_and_keep_the_firsts_own_values() {
        long kept = account.addContact("Вера", Map.of(2L, "+79000000001", 25L, "7"));
        long merged = account.addContact("Вера Н.", Map.of(2L, "+79000000002", 25L, "8", 24L, "Тверь"));
        long shared = account.addLead("Общая", PRIMARY, stage(PRIMARY, 1), Map.of(), kept, merged);
        long other = account.addLead("Вторая", PRIMARY, stage(PRIMARY, 1), Map.of(), merged);
        account.mergeContacts(kept, merged);
        assertThat(account.contacts()).hasSize(1);
        EntityView left = account.contact(kept);
        assertThat(left.values().get(2L)).containsExactly("+79000000001", "+79000000002");
        assertThat(left.fields()).containsEntry(25L, "7").containsEntry(24L, "Тверь");
        assertThat(left.links()).containsExactly(shared, other);
        assertThat(account.lead(other).links()).containsExactly(kept);
    }

    @Test
    void what_is_deleted_is_gone_from_reads_lists_changes_and_links() throws Exception {
        long contact = account.addContact("Вера", Map.of());
        long lead = account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of(), contact);
        account.deleteContact(contact);
        assertThat(account.lead(lead).links()).isEmpty();
        account.deleteLead(lead);
        assertThat(caller.get("/api/v4/leads/" + lead).statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/leads").statusCode()).isEqualTo(204);
        assertThat(caller.patch("/api/v4/leads/" + lead, "{'price':1}").statusCode())
                .isEqualTo(204);
        assertThatThrownBy(() -> account.lead(lead))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lead " + lead);
    }

    @Test
    void accounts_that_came_to_the_same_end_by_different_ways_have_the_same_final_state() {
        try (AmoSandbox other = AmoSandbox.start()) {
            long wasted = other.account().addContact("Лишний", Map.of());
            other.account().deleteContact(wasted);
            for (SandboxAccount one : List.of(account, other.account())) {
                long contact = one.addContact("Вера", Map.of(2L, "+79000000001"));
                one.addLead("Приём", SECONDARY, stage(SECONDARY, 1), Map.of(26L, "5"), contact);
            }
            assertThat(other.account().finalState()).isEqualTo(account.finalState());
            assertThat(other.account().finalStateWithIds()).isNotEqualTo(account.finalStateWithIds());
            account.changeLead(account.leads().get(0).id(), change -> change.field(26, "6"));
            assertThat(other.account().finalState()).isNotEqualTo(account.finalState());
        }
    }

    @Test
    void a_contact_doubled_shows_in_the_final_state() {
        account.addContact("Вера", Map.of());
        String one = account.finalState();
        account.addContact("Вера", Map.of());
        assertThat(account.finalState()).isNotEqualTo(one);
    }

    @Test
    void writers_at_the_same_time_lose_nothing() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> writers = IntStream.range(0, 40)
                    .mapToObj(i -> (Callable<Integer>) () -> {
                        account.addContact("По руке " + i, Map.of());
                        return caller.post("/api/v4/leads", "[{'name':'А'},{'name':'Б'}]")
                                .statusCode();
                    })
                    .toList();
            for (Future<Integer> writer : pool.invokeAll(writers)) {
                assertThat(writer.get()).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(account.leads())
                .extracting(EntityView::id)
                .doesNotHaveDuplicates()
                .hasSize(80);
        assertThat(account.contacts()).hasSize(40);
    }

    @Test
    void twenty_thousand_deals_are_read_to_the_end_once_each() throws Exception {
        IntStream.range(0, 20_000)
                .forEach(i -> account.addLead("Приём " + i, PRIMARY, stage(PRIMARY, 1), Map.of(26L, "" + i)));
        account.deleteLead(account.leads().get(700).id());
        assertThat(allIds("order[id]=asc"))
                .hasSize(19_999)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(allIds("order[updated_at]=desc")).hasSize(19_999).doesNotHaveDuplicates();
    }

    private List<Long> allIds(String order) throws IOException, InterruptedException {
        List<Long> ids = new ArrayList<>();
        String path = "/api/v4/leads?limit=250&" + order;
        while (path != null) {
            JsonNode page = caller.json(path);
            page.path("_embedded")
                    .path("leads")
                    .forEach(lead -> ids.add(lead.path("id").asLong()));
            String next = page.path("_links").path("next").path("href").asText(null);
            path = next == null ? null : next.substring(sandbox.baseUrl().length());
        }
        return ids;
    }

    @Test
    void the_board_shows_deals_with_and_without_a_reception_and_caps_long_columns() throws Exception {
        long contact = account.addContact("Новосёлова Вера", Map.of(2L, "+79000000001"));
        account.addLead(
                "Приём #5",
                PRIMARY,
                stage(PRIMARY, 2),
                Map.of(26L, "5", 27L, "1772539200", 28L, "Петров И. С.", 29L, "Гигиена", 30L, "4500", 17L, "900"),
                contact);
        IntStream.range(0, 1200).forEach(i -> account.addLead("Заявка", SECONDARY, stage(SECONDARY, 1), Map.of()));
        sandbox.faults().inject("slow");
        String board = caller.withToken("none").get("/").body();
        assertThat(board)
                .contains(
                        "Первичные приёмы",
                        "Повторные приёмы",
                        "Приём #5",
                        "приём 5",
                        "пациент\u00a0900",
                        "03.03.2026 15:00",
                        "Петров И. С.",
                        "Гигиена",
                        "4\u00a0500\u00a0₽",
                        "Новосёлова Вера",
                        "+79000000001",
                        "изменена 03.03 12:00",
                        "без приёма",
                        "1\u00a0200",
                        "… и ещё 1\u00a0160",
                        "slow")
                .doesNotContain("http://", "https://");
    }

    @Test
    void a_column_shows_its_sum_and_a_card_leads_to_its_deal() throws Exception {
        long first = account.addLead("Приём #5", PRIMARY, stage(PRIMARY, 2), Map.of(30L, "39000"));
        account.addLead("Приём #6", PRIMARY, stage(PRIMARY, 2), Map.of(30L, "976.5"));
        assertThat(caller.get("/").body()).contains("2 · 39\u00a0976,50\u00a0₽", "href='/leads/detail/" + first + "'");
        assertThat(caller.get("/leads/detail/" + first).body()).contains("Приём #5", "Первичные приёмы");
        assertThat(caller.get("/leads/detail/1").statusCode()).isEqualTo(404);
    }

    @Test
    void the_journal_page_shows_the_last_requests_and_an_unknown_page_is_404() throws Exception {
        caller.get("/api/v4/leads?filter[id][]=12345");
        assertThat(caller.get("/journal").body()).contains("filter[id][]=12345", "GET /api/v4/leads");
        assertThat(caller.get("/nowhere").statusCode()).isEqualTo(404);
    }
}
