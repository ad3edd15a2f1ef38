package io.identamocrm.mirror;

import static io.identamocrm.amocrm.AccountFixtures.json;
import static io.identamocrm.mirror.ListedAccount.READER;
import static io.identamocrm.mirror.ListedAccount.answerAll;
import static io.identamocrm.mirror.ListedAccount.text;
import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Sent;
import io.identamocrm.state.RedisForTests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mirror follows the account by listing: which pages are asked for, and what is known afterwards. */
class MirrorRefreshTest {

    /** amoCRM's clock at the first refresh, and a time long before it. */
    private static final long FIRST = 100_000;
    private static final long LONG_AGO = 1_000;
    private static final long OVERLAP = 60;

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();
    private final Mirror mirror = new Mirror(redis.client(), redis.keys()::of, deal -> deal.pipelineId() != FOREIGN_PIPELINE);
    private final ListedAccount account = new ListedAccount(FIRST);

    private MirrorRefresh refresh() {
        return new MirrorRefresh(mirror, READER);
    }

    private MirrorRefresh refreshOfEverything() {
        return MirrorRefresh.ofEverything(mirror, READER);
    }

    private void putDeals(long from, long to, long updatedAt) {
        LongStream.rangeClosed(from, to).forEach(id -> account.put(deal(id).holding(id).updatedAt(updatedAt)));
    }

    /** Deals that we wrote: amoCRM holds them, and the mirror knows them without having read them. */
    private void writeDeals(long from, long to, long updatedAt) {
        putDeals(from, to, updatedAt);
        mirror.store(LongStream.rangeClosed(from, to).mapToObj(account.deals()::get).toList(), List.of());
    }

    private void assertThatAllIsKnown() {
        List<Deal> deals = new ArrayList<>();
        mirror.forEachDeal(deals::add);
        assertThat(deals).containsExactlyInAnyOrderElementsOf(account.deals().values());
        assertThat(mirror.contacts(account.contacts().keySet())).isEqualTo(account.contacts());
        assertThat(mirror.contactCount()).isEqualTo(account.contacts().size());
    }

    private List<Long> stale() {
        List<Long> ids = new ArrayList<>();
        mirror.forEachDeal(deal -> {
            if (mirror.isStale().test(deal)) {
                ids.add(deal.id());
            }
        });
        Collections.sort(ids);
        return ids;
    }

    /** After the first refresh: a list whose first page ends with a row of this time, with one more of that time on the second page. */
    private void putPageThatEndsAt(long time) {
        putDeals(1, 249, FIRST + 500);
        putDeals(250, 251, time);
    }

    // The first listing

    @Test
    void at_first_everything_is_listed_by_ascending_id() {
        putDeals(1, 600, LONG_AGO);
        account.put(deal(601).in(FOREIGN_PIPELINE, FOREIGN_STAGE).ofNumber("N1").linkedTo(60L));
        account.put(contact(60).ofPatient(11).withPhones("+79123456789"), contact(61).named(null));
        assertThat(account.answerAll(refresh())).containsExactly("leads by id 1", "leads by id 2", "leads by id 3", "contacts by id 1");
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(1L, 600L))).isEqualTo(Map.of(1L, 1L, 600L, 600L));
        assertThat(mirror.newestContactsOf(List.of(11L))).isEqualTo(Map.of(11L, 60L));
    }

    @Test
    void a_full_page_without_announcement_is_not_taken_for_the_last() {
        putDeals(1, 250, LONG_AGO);
        assertThat(account.answerAll(refresh())).containsExactly("leads by id 1", "leads by id 2", "contacts by id 1");
        assertThatAllIsKnown();
    }

    @Test
    void a_short_page_that_announces_another_is_not_taken_for_the_last() {
        putDeals(1, 260, LONG_AGO);
        account.put(contact(60));
        assertThat(answerAll(refresh(), request ->
                text(request).equals("leads by id 1") ? withoutLastRow(request) : account.answer(request)))
                .containsExactly("leads by id 1", "leads by id 2", "contacts by id 1");
        assertThat(mirror.deals(List.of(251L, 260L))).hasSize(2);
    }

    private Response.Usable withoutLastRow(AmocrmRequest request) {
        Response.Success page = (Response.Success) account.answer(request);
        ArrayNode rows = (ArrayNode) page.body().path("_embedded").path("leads");
        rows.remove(rows.size() - 1);
        return page;
    }

    @Test
    void an_empty_account_is_known_to_be_empty() {
        assertThat(account.answerAll(refresh())).containsExactly("leads by id 1", "contacts by id 1");
        assertThatAllIsKnown();
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 1", "contacts by change 1");
    }

    @Test
    void a_first_listing_does_not_rely_on_the_order() {
        putDeals(1, 300, LONG_AGO);
        answerAll(refresh(), request -> {
            Response.Usable answer = account.answer(request);
            return answer instanceof Response.Success page && request.path().endsWith("leads")
                    ? account.page(request, reversed(page), page.body().path("_links").has("next")) : answer;
        });
        assertThatAllIsKnown();
    }

    private static List<ObjectNode> reversed(Response.Success page) {
        List<ObjectNode> rows = new ArrayList<>();
        page.body().path("_embedded").path("leads").forEach(row -> rows.add(0, row.deepCopy()));
        return rows;
    }

    @Test
    void a_first_listing_that_broke_off_begins_anew_with_the_kind_that_it_broke_off_in() {
        putDeals(1, 300, LONG_AGO);
        account.put(contact(60));
        MirrorRefresh broken = refresh();
        for (int i = 0; i < 2; i++) {
            broken.aggregate(account.answer(broken.next()));
        }
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 1", "contacts by id 1");
        assertThatAllIsKnown();
    }

    // What has changed since

    @Test
    void later_only_what_has_changed_is_listed() {
        putDeals(1, 600, LONG_AGO);
        account.put(contact(60).withPhones("+79123456789").updatedAt(LONG_AGO), contact(61).updatedAt(LONG_AGO));
        account.answerAll(refresh());
        account.put(deal(5).holding(1_005).updatedAt(FIRST + 30), deal(601).holding(601).linkedTo(60L).updatedAt(FIRST + 40));
        account.put(contact(60).ofPatient(11).updatedAt(FIRST + 50));
        account.setNow(FIRST + 60);
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 1", "contacts by change 1");
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(5L, 1_005L, 601L))).isEqualTo(Map.of(1_005L, 5L, 601L, 601L));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false"})
    void changes_are_listed_back_to_the_last_refresh_less_an_overlap_of_a_minute(long secondsBefore, boolean further) {
        putDeals(252, 300, LONG_AGO);
        account.answerAll(refresh());
        long edge = FIRST - OVERLAP - secondsBefore;
        putPageThatEndsAt(edge);
        account.setNow(FIRST + 600);
        assertThat(account.answerAll(refresh()).contains("leads by change 2")).isEqualTo(further);
        assertThat(mirror.deals(List.of(251L)).containsKey(251L)).isEqualTo(further);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false"})
    void the_span_begins_at_the_first_answer_of_the_last_refresh(long secondsBefore, boolean further) {
        putDeals(252, 600, LONG_AGO);
        answerAll(refresh(), request -> {
            Response.Usable answer = account.answer(request);
            account.setNow(FIRST + 300);
            return answer;
        });
        putPageThatEndsAt(FIRST - OVERLAP - secondsBefore);
        account.setNow(FIRST + 600);
        assertThat(account.answerAll(refresh()).contains("leads by change 2")).isEqualTo(further);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false"})
    void an_empty_answer_tells_the_time_too(long secondsBefore, boolean further) {
        account.answerAll(refresh());
        putPageThatEndsAt(FIRST - OVERLAP - secondsBefore);
        account.setNow(FIRST + 600);
        assertThat(account.answerAll(refresh()).contains("leads by change 2")).isEqualTo(further);
    }

    @Test
    void each_refresh_moves_the_span() {
        putDeals(1, 300, LONG_AGO);
        account.answerAll(refresh());
        account.setNow(FIRST + 1_000);
        account.answerAll(refresh());
        LongStream.rangeClosed(1, 250).forEach(id -> account.put(deal(id).holding(1_000 + id).updatedAt(FIRST + 1_000 - OVERLAP)));
        account.setNow(FIRST + 1_100);
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 1", "leads by change 2", "contacts by change 1");
        account.setNow(FIRST + 5_000);
        assertThat(account.answerAll(refresh())).as("all of that is old now").containsExactly("leads by change 1", "contacts by change 1");
        assertThatAllIsKnown();
    }

    @Test
    void rows_that_move_forward_between_two_pages_come_twice_or_with_the_next_refresh() {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        putDeals(11, 310, FIRST + 10);
        account.setNow(FIRST + 15);
        answerAll(refresh(), request -> {
            Response.Usable answer = account.answer(request);
            if (text(request).equals("leads by change 1")) {
                account.put(deal(310).holding(1_310).updatedAt(FIRST + 20));
            }
            return answer;
        });
        account.setNow(FIRST + 60);
        account.answerAll(refresh());
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(260L, 310L, 1_310L))).isEqualTo(Map.of(260L, 260L, 1_310L, 310L));
    }

    @Test
    void a_row_read_anew_keeps_what_we_remember_beside_it() {
        Sent vain = new Sent("#noon", "#midnight");
        account.put(deal(70).holding(42).holding(DealField.RECEPTION_DATE, "midnight").updatedAt(LONG_AGO));
        account.put(contact(60).named("Вымышленная Анна").updatedAt(LONG_AGO));
        account.answerAll(refresh());
        mirror.store(List.of(deal(70).holding(42).holding(DealField.RECEPTION_DATE, "noon").updatedAt(FIRST + 1)
                .sentInVain(DealField.RECEPTION_DATE, vain).sentInVain(DealField.RECEPTION_ID, new Sent("#42", null)).build()),
                List.of(contact(60).namedByUs("Вымышленная Анна").updatedAt(FIRST + 1)
                        .sentInVain(ContactField.CITY, new Sent("#Тверь", null)).build()));
        account.put(deal(70).holding(42).holding(DealField.RECEPTION_DATE, "midnight").updatedAt(FIRST + 2));
        account.put(contact(60).named("Аня").holding(ContactField.CITY, "Тверь").updatedAt(FIRST + 2));
        account.answerAll(refresh());
        assertThat(mirror.deals(List.of(70L)).get(70L)).isEqualTo(deal(70).holding(42).holding(DealField.RECEPTION_DATE, "midnight")
                .updatedAt(FIRST + 2).sentInVain(DealField.RECEPTION_DATE, vain).build());
        assertThat(mirror.contacts(List.of(60L)).get(60L)).isEqualTo(contact(60).namedByUs("Вымышленная Анна").named("Аня")
                .holding(ContactField.CITY, "Тверь").updatedAt(FIRST + 2).build());
    }

    // After a large run of our own

    @ParameterizedTest
    @CsvSource({"249, 1", "250, 2", "300, 2", "499, 2", "500, 3", "501, 3"})
    void after_a_large_run_of_our_own_only_the_page_is_read_on_which_the_older_rows_must_begin(int written, int page) {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        writeDeals(11, 10 + written, FIRST + 50);
        account.setNow(FIRST + 100);
        assertThat(account.answerAll(refresh())).containsExactly("leads by change " + page, "contacts by change 1");
        assertThatAllIsKnown();
    }

    @Test
    void the_same_holds_for_contacts() {
        account.put(contact(1).updatedAt(LONG_AGO));
        account.answerAll(refresh());
        LongStream.rangeClosed(2, 301).forEach(id -> account.put(contact(id).ofPatient(id).updatedAt(FIRST + 50)));
        mirror.store(List.of(), LongStream.rangeClosed(2, 301).mapToObj(account.contacts()::get).toList());
        account.setNow(FIRST + 100);
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 1", "contacts by change 2");
        assertThatAllIsKnown();
        assertThat(stale()).isEmpty();
    }

    @Test
    void in_an_account_that_only_we_write_to_there_is_no_older_row_to_find() {
        account.answerAll(refresh());
        writeDeals(1, 250, FIRST + 50);
        account.setNow(FIRST + 100);
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 2", "contacts by change 1");
        writeDeals(251, 290, FIRST + 110);
        account.setNow(FIRST + 120);
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 2", "contacts by change 1");
        assertThatAllIsKnown();
    }

    @Test
    void rows_that_were_not_read_again_are_in_doubt() {
        putDeals(1, 10, FIRST - OVERLAP - 1);
        account.answerAll(refresh());
        writeDeals(11, 309, FIRST + 50);
        writeDeals(310, 310, FIRST + 100);
        account.setNow(FIRST + 100);
        account.answerAll(refresh());
        assertThat(stale()).containsExactlyElementsOf(LongStream.rangeClosed(11, 310).boxed().toList());
        writeDeals(5, 5, FIRST + 101);
        assertThat(stale()).as("written after that look").doesNotContain(5L);
    }

    @Test
    void a_row_of_somebody_elses_among_them_is_found_and_leaves_no_doubt() {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        writeDeals(11, 310, FIRST + 50);
        account.put(deal(400).holding(400).updatedAt(FIRST + 60));
        account.setNow(FIRST + 100);
        assertThat(account.answerAll(refresh()))
                .containsExactly("leads by change 2", "leads by change 1", "leads by change 2", "contacts by change 1");
        assertThatAllIsKnown();
        assertThat(stale()).isEmpty();
    }

    @Test
    void an_older_row_that_somebody_changed_is_found_too() {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        writeDeals(11, 310, FIRST + 50);
        account.put(deal(3).holding(1_003).updatedAt(FIRST + 60));
        account.setNow(FIRST + 100);
        account.answerAll(refresh());
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(3L, 1_003L))).isEqualTo(Map.of(1_003L, 3L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 51, 100})
    void when_rows_of_ours_were_deleted_everything_is_read_after_all(int deleted) {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        writeDeals(11, 310, FIRST + 50);
        LongStream.rangeClosed(11, 10 + deleted).forEach(id -> account.delete(Entity.LEADS, id));
        account.put(contact(60).updatedAt(FIRST + 50));
        account.setNow(FIRST + 100);
        List<String> asked = account.answerAll(refresh());
        assertThat(asked).startsWith("leads by change 2", "leads by change 1").endsWith("contacts by change 1");
        assertThat(stale()).isEmpty();
    }

    @Test
    void without_its_expected_page_the_list_is_read_from_the_first() {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        writeDeals(11, 310, FIRST + 50);
        account.put(deal(400).holding(400).updatedAt(FIRST + 60));
        List<Response.Usable> answers = new ArrayList<>(List.of(account.empty()));
        assertThat(answerAll(refresh(), request -> answers.isEmpty() ? account.answer(request) : answers.remove(0)))
                .startsWith("leads by change 2", "leads by change 1", "leads by change 2");
        assertThatAllIsKnown();
    }

    @ParameterizedTest
    @ValueSource(ints = {250, 300})
    void a_list_that_ends_where_known_older_rows_should_begin_is_not_believed(int written) {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        writeDeals(11, 10 + written, FIRST + 50);
        account.put(deal(400).holding(400).updatedAt(FIRST + 60));
        account.setNow(FIRST + 100);
        List<ObjectNode> rows = LongStream.rangeClosed(11, written - 240).mapToObj(id -> ListedAccount.json(account.deals().get(id))).toList();
        AtomicBoolean first = new AtomicBoolean(true);
        assertThat(answerAll(refresh(), request -> !first.getAndSet(false) ? account.answer(request)
                : rows.isEmpty() ? account.empty() : account.page(request, rows, false)))
                .containsExactly("leads by change 2", "leads by change 1", "leads by change 2", "contacts by change 1");
        assertThatAllIsKnown();
    }

    // Everything, in a deep run

    @Test
    void a_deep_listing_forgets_what_amocrm_no_longer_has() {
        putDeals(1, 600, LONG_AGO);
        account.put(contact(60).withPhones("+79123456789"), contact(61));
        account.answerAll(refresh());
        List.of(1L, 300L, 600L).forEach(id -> account.delete(Entity.LEADS, id));
        account.delete(Entity.CONTACTS, 60);
        account.setNow(FIRST + 100);
        assertThat(account.answerAll(refresh())).hasSize(2);
        assertThat(mirror.deals(List.of(300L))).as("a deletion tells nothing by itself").isNotEmpty();
        assertThat(account.answerAll(refreshOfEverything()))
                .containsExactly("leads by id 1", "leads by id 2", "leads by id 3", "contacts by id 1");
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(1L, 2L, 300L))).isEqualTo(Map.of(2L, 2L));
    }

    @Test
    void a_deep_listing_reads_rows_that_no_refresh_would_find_and_keeps_what_we_remember() {
        Sent vain = new Sent("#noon", null);
        account.put(deal(70).holding(42).updatedAt(LONG_AGO));
        account.answerAll(refresh());
        mirror.store(List.of(deal(70).holding(42).updatedAt(LONG_AGO).sentInVain(DealField.RECEPTION_DATE, vain).build()), List.of());
        account.put(deal(70).holding(43).updatedAt(LONG_AGO));
        account.answerAll(refresh());
        assertThat(mirror.newestDealsOf(List.of(43L))).as("amoCRM says it did not change").hasSize(1);
        account.answerAll(refreshOfEverything());
        assertThat(mirror.deals(List.of(70L)).get(70L))
                .isEqualTo(deal(70).holding(43).updatedAt(LONG_AGO).sentInVain(DealField.RECEPTION_DATE, vain).build());
    }

    @Test
    void a_deep_listing_ends_all_doubt_and_is_a_refresh_too() {
        putDeals(1, 10, LONG_AGO);
        account.answerAll(refresh());
        writeDeals(11, 310, FIRST + 50);
        account.setNow(FIRST + 100);
        account.answerAll(refresh());
        assertThat(stale()).hasSize(300);
        account.setNow(FIRST + 1_000);
        assertThat(account.answerAll(refreshOfEverything())).containsExactly("leads by id 1", "leads by id 2", "contacts by id 1");
        assertThat(stale()).isEmpty();
        account.setNow(FIRST + 1_100);
        assertThat(account.answerAll(refresh())).containsExactly("leads by change 1", "contacts by change 1");
    }

    @Test
    void a_deep_listing_that_breaks_off_forgets_nothing() {
        putDeals(1, 300, LONG_AGO);
        account.answerAll(refresh());
        account.delete(Entity.LEADS, 1);
        MirrorRefresh broken = refreshOfEverything();
        broken.aggregate(account.answer(broken.next()));
        Response.Usable refused = new Response.Refused(List.of(), "no");
        assertThatThrownBy(() -> broken.aggregate(refused)).isInstanceOf(IllegalStateException.class);
        assertThat(mirror.dealCount()).isEqualTo(300);
    }

    // Odd answers

    @Test
    void an_announced_page_that_comes_empty_is_asked_for_again() {
        putDeals(1, 600, LONG_AGO);
        List<String> empty = new ArrayList<>(List.of("leads by id 2", "leads by id 2", "leads by id 3", "leads by id 3"));
        assertThat(answerAll(refresh(), request -> empty.remove(text(request)) ? account.empty() : account.answer(request)))
                .containsExactly("leads by id 1", "leads by id 2", "leads by id 2", "leads by id 2", "leads by id 3", "leads by id 3",
                        "leads by id 3", "contacts by id 1");
        assertThatAllIsKnown();
    }

    @Test
    void an_announced_page_that_stays_empty_is_no_end_of_the_list() {
        putDeals(1, 600, LONG_AGO);
        account.answerAll(refresh());
        putDeals(1, 400, FIRST + 10);
        account.put(deal(700).holding(700).updatedAt(FIRST + 5));
        List<String> asked = new ArrayList<>();
        MirrorRefresh broken = refresh();
        assertThatExceptionOfType(AmocrmException.Ambiguous.class).isThrownBy(() -> answerAll(broken, request -> {
            asked.add(text(request));
            return text(request).equals("leads by change 2") ? account.empty() : account.answer(request);
        })).withMessageContaining("page 2 of leads");
        assertThat(asked).containsExactly("leads by change 1", "leads by change 2", "leads by change 2", "leads by change 2");
        account.setNow(FIRST + 5_000);
        account.answerAll(refresh());
        assertThatAllIsKnown();
    }

    static Stream<Response.Usable> answers_that_are_no_page() {
        return Stream.of(new Response.Refused(List.of(), "Invalid query"), new Response.Ambiguous("no body"));
    }

    @ParameterizedTest
    @MethodSource("answers_that_are_no_page")
    void an_answer_that_is_no_page_ends_the_refresh_and_moves_nothing(Response.Usable odd) {
        putDeals(1, 300, LONG_AGO);
        MirrorRefresh broken = refresh();
        broken.aggregate(account.answer(broken.next()));
        broken.next();
        assertThatThrownBy(() -> broken.aggregate(odd)).isInstanceOf(IllegalStateException.class).hasMessageContaining("/api/v4/leads");
        assertThat(account.answerAll(refresh())).as("nothing counts as listed").startsWith("leads by id 1", "leads by id 2");
        assertThatAllIsKnown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{'_embedded':{}}", "{'_embedded':{'leads':null}}", "{'_embedded':{'contacts':[]}}",
        "{'_links':{},'_embedded':[]}"})
    void an_answer_without_a_list_is_no_empty_list(String body) {
        putDeals(1, 300, LONG_AGO);
        account.answerAll(refresh());
        assertThatExceptionOfType(AmocrmException.Ambiguous.class).isThrownBy(() -> refreshOfEverything()
                .aggregate(new Response.Success(json(body), Instant.ofEpochSecond(FIRST)))).withMessageContaining("page 1 of leads");
        assertThatAllIsKnown();
    }

    @Test
    void an_empty_list_is_one() {
        assertThat(answerAll(refresh(), request -> account.page(request, List.of(), false)))
                .containsExactly("leads by id 1", "contacts by id 1");
    }

    @Test
    void nothing_but_ids_and_fingerprints_is_kept() {
        String name = "Вымышленная Анна";
        String phone = "+79123456789";
        account.put(contact(60).ofPatient(11).named(name).withPhones(phone).holding(ContactField.CITY, "Тверь")
                .holding(ContactField.SNILS, "112-233-445 95").holding(ContactField.COMMENT, "боится уколов"));
        account.put(deal(70).holding(42).ofNumber("Карта-17").holding(DealField.DOCTOR_NAME, "Зубов").linkedTo(60L));
        account.answerAll(new MirrorRefresh(mirror, ListedAccount.reader(new KeyedFingerprint("a secret", "smile"))));
        assertThat(mirror.contactCount() + mirror.dealCount()).isEqualTo(2);
        assertThat(redis.contents()).contains("42").doesNotContain("Вымышленная", "Анна", "9123456789", "Тверь", "112-233", "уколов",
                "Карта", "Зубов");
    }
}
