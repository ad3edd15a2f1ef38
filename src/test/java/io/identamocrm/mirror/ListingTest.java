package io.identamocrm.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.ListedRows.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages prove that nothing slipped through, and which answers are believed. */
class ListingTest {

    /** amoCRM's clock; a second long over; the one up to which an earlier listing had shown everything. */
    private static final long NOW = 100_000;

    private static final long LONG_AGO = 1_000;
    private static final long CLOSED = 90_000;

    private final ListedRows account = new ListedRows(NOW);
    private final Map<Long, Row> handed = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean rowsKnown;

    private Listing<Row> listing(long from) {
        return account.listing(from, () -> rowsKnown, rows -> rows.forEach(row -> handed.put(row.id(), row)));
    }

    private Listing<Row> list(long from) {
        return list(from, account::answer);
    }

    private Listing<Row> list(long from, Function<AmocrmRequest, Response.Usable> answers) {
        Listing<Row> listing = listing(from);
        while (listing.hasNext()) {
            account.pass(listing.pause() / 1_000);
            AmocrmRequest request = listing.next();
            asked.add(ListedRows.text(request));
            listing.aggregate(answers.apply(request));
        }
        return listing;
    }

    /** This answer in place of the one with this number. */
    private Function<AmocrmRequest, Response.Usable> at(int number, Function<Response.Usable, Response.Usable> other) {
        return request -> asked.size() == number ? other.apply(account.answer(request)) : account.answer(request);
    }

    /** This happens before the request with this number is answered. */
    private Function<AmocrmRequest, Response.Usable> before(int number, Runnable event) {
        return request -> {
            if (asked.size() == number) {
                event.run();
            }
            return account.answer(request);
        };
    }

    private void putOneInEachSecond(long from, int count) {
        for (int i = 0; i < count; i++) {
            account.createAt(from + i);
        }
    }

    private void assertThatAllIsHanded() {
        assertThat(handed).containsAllEntriesOf(account.rows());
    }

    // Changes since the last listing

    @Test
    void one_page_proves_all_changes_if_it_reaches_down_to_what_was_listed_before() {
        putOneInEachSecond(CLOSED - 300, 301);
        putOneInEachSecond(CLOSED + 1, 20);
        assertThat(list(CLOSED).closedUntil()).isEqualTo(NOW - Listing.LAG_SECONDS);
        assertThat(asked).containsExactly("top");
        assertThat(handed).containsKeys(302L, 321L);
    }

    @Test
    void what_was_changed_while_the_answer_was_on_its_way_is_not_closed() {
        putOneInEachSecond(CLOSED, 2);
        Listing<Row> listing = list(CLOSED, request -> {
            Response.Success old = (Response.Success) account.answer(request);
            account.pass(20);
            return new Response.Success(old.body(), Instant.ofEpochSecond(account.now()));
        });
        assertThat(listing.closedUntil()).isEqualTo(NOW - Listing.LAG_SECONDS);
    }

    @Test
    void more_changes_than_a_page_are_listed_from_the_closed_second_up() {
        account.createAt(LONG_AGO);
        putOneInEachSecond(CLOSED + 1, 400);
        account.createAt(CLOSED + 1_000);
        list(CLOSED);
        assertThat(asked).containsExactly("top", "from 90001", "from 90250", "top");
        assertThat(handed).hasSize(401).doesNotContainKey(1L);
    }

    @Test
    void a_short_page_above_the_closed_second_is_not_believed_alone() {
        putOneInEachSecond(CLOSED + 1, 3);
        assertThat(list(CLOSED).closedUntil()).isEqualTo(NOW - Listing.LAG_SECONDS);
        assertThat(asked).containsExactly("top", "from 90001", "top");
    }

    @Test
    void rows_of_one_second_are_all_there_are_if_both_ends_show_the_same() {
        account.createAt(CLOSED + 1, 3);
        assertThat(list(CLOSED).closedUntil()).isEqualTo(NOW - Listing.LAG_SECONDS);
        assertThat(asked).containsExactly("top", "from 90001", "top");
    }

    @Test
    void nothing_is_listed_twice_for_its_time_but_the_seconds_in_which_lists_may_lag() {
        account.createAt(CLOSED);
        account.createAt(NOW, 300);
        account.pass(2);
        long closed = list(CLOSED).closedUntil();
        assertThat(closed).isBetween(CLOSED, NOW - 1);
        account.pass(60);
        closed = list(closed).closedUntil();
        asked.clear();
        assertThat(list(closed).closedUntil()).isEqualTo(account.now() - Listing.LAG_SECONDS);
        assertThat(asked).containsExactly("top");
    }

    // Everything

    @Test
    void everything_is_listed_by_ascending_change_and_ends_where_the_last_changes_meet_it() {
        putOneInEachSecond(LONG_AGO, 600);
        assertThat(list(0).seen()).isEqualTo(account.rows().keySet());
        assertThat(asked).containsExactly("from 1", "from 1249", "from 1498", "top");
        assertThatAllIsHanded();
    }

    @Test
    void a_full_page_that_announces_none_is_not_taken_for_the_last() {
        putOneInEachSecond(LONG_AGO, 250);
        list(0);
        assertThat(asked).containsExactly("from 1", "from 1249", "top");
    }

    @Test
    void a_row_that_slips_onto_an_earlier_page_is_listed() {
        putOneInEachSecond(LONG_AGO, 600);
        list(0, before(2, () -> account.delete(7)));
        assertThatAllIsHanded();
    }

    @Test
    void what_changes_while_everything_is_listed_is_listed_as_it_is_then() {
        putOneInEachSecond(LONG_AGO, 600);
        Listing<Row> listing = list(0, before(3, () -> {
            account.change(3);
            account.change(590);
            account.create();
        }));
        assertThatAllIsHanded();
        assertThat(listing.seen()).contains(590L, 601L);
    }

    @Test
    void a_row_dated_in_the_future_hides_no_change() {
        account.createAt(NOW + 5_000_000);
        putOneInEachSecond(LONG_AGO, 600);
        list(0, before(3, () -> {
            account.pass(10);
            account.change(590);
        }));
        assertThatAllIsHanded();
        long closed = account.now();
        account.pass(10);
        account.change(4);
        list(closed);
        assertThatAllIsHanded();
    }

    @Test
    void more_rows_of_the_future_than_a_page_are_listed_in_passes() {
        account.createAt(NOW + 5_000_000, 300);
        putOneInEachSecond(LONG_AGO, 10);
        list(0);
        assertThatAllIsHanded();
        assertThat(asked).endsWith("id asc 1", "id asc 2", "id asc 2");
    }

    @Test
    void what_amocrm_marks_as_deleted_is_not_there() {
        account.createAt(LONG_AGO);
        account.createAt(LONG_AGO + 1);
        Listing<Row> listing = list(0, at(1, whole -> account.page(List.of(ListedRows.deleted(2)), false)));
        assertThat(listing.seen()).containsExactly(1L, 2L);
        handed.clear();
        asked.clear();
        assertThat(list(0, request -> account.page(List.of(ListedRows.deleted(2)), false))
                        .seen())
                .isEmpty();
        assertThat(handed).isEmpty();
    }

    // A dense second

    @Test
    void a_second_with_more_rows_than_a_page_is_listed_by_id_from_both_ends() {
        account.createAt(LONG_AGO, 400);
        account.createAt(LONG_AGO + 5, 10);
        list(0);
        assertThat(asked)
                .containsExactly("from 1", "from 1000", "second 1000 desc 1", "second 1000 asc 1", "from 1001", "top");
        assertThatAllIsHanded();
    }

    @Test
    void where_the_ends_do_not_meet_each_page_is_shown_to_follow_the_one_before() {
        account.createAt(LONG_AGO, 900);
        account.createAt(LONG_AGO + 5);
        list(0);
        assertThat(asked).contains("second 1000 desc 1", "second 1000 asc 1", "second 1000 asc 2", "second 1000 asc 3");
        assertThat(asked.subList(3, 8))
                .containsExactly(
                        "second 1000 asc 1",
                        "second 1000 asc 2",
                        "second 1000 asc 1",
                        "second 1000 asc 3",
                        "second 1000 asc 2");
        assertThatAllIsHanded();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8})
    void a_row_that_slips_between_the_pages_of_a_second_is_listed(int request) {
        account.createAt(LONG_AGO, 900);
        list(0, before(request, () -> {
            account.delete(3);
            account.change(4);
        }));
        assertThatAllIsHanded();
    }

    @Test
    void a_dense_second_that_is_not_over_is_waited_for() {
        account.createAt(LONG_AGO);
        account.createAt(NOW, 300);
        list(0, before(5, () -> account.change(1)));
        assertThat(account.now()).isGreaterThan(NOW);
        assertThatAllIsHanded();
    }

    @Test
    void a_clock_that_stands_still_makes_a_dense_second_ambiguous() {
        account.createAt(NOW, 300);
        Listing<Row> listing = listing(0);
        assertThatExceptionOfType(AmocrmException.Ambiguous.class).isThrownBy(() -> {
            while (listing.hasNext()) {
                listing.aggregate(account.answer(listing.next()));
            }
        });
    }

    // Filters and orders that are ignored

    @Test
    void without_filters_everything_is_listed_downwards_in_pages_that_reach_over_each_other() {
        account.ignoringFilters();
        putOneInEachSecond(LONG_AGO, 1_000);
        assertThat(list(0, before(4, () -> {
                            account.delete(990);
                            account.delete(3);
                            account.change(500);
                        }))
                        .seen())
                .containsAll(account.rows().keySet());
        assertThatAllIsHanded();
        assertThat(asked)
                .hasSizeLessThan(12)
                .startsWith("from 1", "from 1249", "top")
                .endsWith("top")
                .doesNotContain("id asc 1");
    }

    @Test
    void without_filters_the_changes_alone_are_listed() {
        account.ignoringFilters();
        putOneInEachSecond(LONG_AGO, 2_000);
        putOneInEachSecond(CLOSED + 1, 300);
        list(CLOSED);
        assertThat(asked).containsExactly("top", "from 90001", "top", "change 2 of 188", "top");
    }

    @Test
    void without_filters_a_dense_second_makes_the_walk_go_by_id() {
        account.ignoringFilters();
        account.createAt(LONG_AGO, 900);
        account.createAt(CLOSED + 1, 900);
        account.createAt(CLOSED + 2);
        list(CLOSED);
        assertThat(asked)
                .contains("id desc 1", "id asc 1", "id asc 2", "id asc 3")
                .endsWith("top");
        assertThatAllIsHanded();
    }

    @Test
    void without_filters_and_sizes_of_pages_the_walk_goes_by_id() {
        account.ignoringFilters().withPagesOf(50).ignoringLimit();
        putOneInEachSecond(LONG_AGO, 400);
        list(0, before(9, () -> account.delete(2)));
        assertThat(asked).contains("id asc 7").endsWith("top");
        assertThatAllIsHanded();
    }

    @Test
    void a_filter_that_knows_no_end_is_taken_for_ignored() {
        account.ignoringEndsOfFilters();
        account.createAt(LONG_AGO, 400);
        putOneInEachSecond(CLOSED, 300);
        list(0);
        assertThatAllIsHanded();
    }

    @Test
    void where_the_order_is_not_kept_everything_is_listed_until_two_passes_agree() {
        account.ignoringOrder();
        putOneInEachSecond(LONG_AGO, 400);
        account.change(7);
        Listing<Row> listing = list(0, before(4, () -> account.change(300)));
        assertThat(asked)
                .containsExactly(
                        "from 1",
                        "id asc 1",
                        "id asc 2",
                        "id asc 2",
                        "id asc 1",
                        "id asc 2",
                        "id asc 2",
                        "id asc 1",
                        "id asc 2",
                        "id asc 2");
        assertThat(listing.seen()).isEqualTo(account.rows().keySet());
        assertThat(listing.closedUntil()).isEqualTo(NOW - Listing.LAG_SECONDS);
        assertThatAllIsHanded();
    }

    @Test
    void passes_that_never_agree_tell_nothing() {
        account.ignoringOrder();
        putOneInEachSecond(LONG_AGO, 300);
        account.change(7);
        assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                .isThrownBy(() -> list(0, request -> {
                    account.pass(1);
                    account.change(9);
                    return account.answer(request);
                }));
        assertThat(asked).hasSize(1 + 5 * 3);
    }

    // Lists that lag

    @Test
    void what_lists_that_lag_may_have_hidden_is_not_closed() {
        account.laggingBehind(Listing.LAG_SECONDS);
        putOneInEachSecond(CLOSED + 1, 300);
        long hidden = createShownAfter(5, NOW - 2);
        createShownAfter(0, NOW - 2);
        createShownAfter(0, NOW - 1);
        Listing<Row> listing = list(CLOSED, before(4, () -> {
            account.pass(20);
            account.createAt(NOW + 1, 248);
        }));
        assertThat(asked).containsExactly("top", "from 90001", "from 90250", "top");
        assertThat(handed).doesNotContainKey(hidden);
        assertThat(listing.closedUntil()).isEqualTo(NOW - Listing.LAG_SECONDS);
        list(listing.closedUntil());
        assertThat(handed).containsKey(hidden);
    }

    /** Lists show the row so many seconds late. */
    private long createShownAfter(long seconds, long second) {
        Row row = account.createAt(second);
        while (row.id() % (Listing.LAG_SECONDS + 1) != seconds) {
            account.delete(row.id());
            row = account.createAt(second);
        }
        return row.id();
    }

    // Odd answers

    @Test
    void an_empty_account_is_believed_when_asked_in_two_orders() {
        assertThat(list(0).seen()).isEmpty();
        assertThat(asked).containsExactly("from 1", "top");
        asked.clear();
        assertThat(list(CLOSED).closedUntil()).isEqualTo(NOW - Listing.LAG_SECONDS);
        assertThat(asked).containsExactly("top", "from 90001", "top");
    }

    @Test
    void an_account_that_is_empty_though_rows_are_known_is_asked_three_times_and_closes_nothing() {
        rowsKnown = true;
        Listing<Row> listing = list(0);
        assertThat(asked).containsExactly("from 1", "top", "from 1", "top", "from 1", "top");
        assertThat(listing.seen()).isEmpty();
        assertThat(listing.closedUntil()).isZero();
    }

    @Test
    void a_list_of_changes_that_is_empty_though_rows_are_known_shows_nothing_so_that_those_are_asked_for_by_id() {
        rowsKnown = true;
        assertThat(list(CLOSED).showedNothing()).isTrue();
        assertThat(asked).containsExactly("top", "from 90001", "top", "from 90001", "top");
    }

    @Test
    void last_changes_that_are_empty_after_rows_were_listed_are_ambiguous() {
        account.createAt(LONG_AGO);
        assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                .isThrownBy(() -> list(
                        0,
                        request ->
                                ListedRows.text(request).equals("top") ? account.nothing() : account.answer(request)));
        assertThat(asked).containsExactly("from 1", "top", "from 1000", "top", "from 1000", "top");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void an_empty_or_cut_page_ends_no_list_wherever_it_comes(int number) {
        putOneInEachSecond(LONG_AGO, 600);
        account.createAt(CLOSED, 600);
        list(0, at(number, whole -> account.nothing()));
        assertThatAllIsHanded();
        handed.clear();
        asked.clear();
        list(0, at(number, account::cut));
        assertThatAllIsHanded();
    }

    @Test
    void two_cut_pages_in_a_row_do_not_make_a_whole_account_of_two_halves() {
        account.createAt(LONG_AGO, 7);
        list(0, request -> asked.size() <= 2 ? account.cut(account.answer(request)) : account.answer(request));
        assertThatAllIsHanded();
    }

    @Test
    void a_page_of_a_dense_second_that_is_cut_each_time_follows_no_other() {
        account.createAt(LONG_AGO, 900);
        assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                .isThrownBy(() -> list(
                        0,
                        request -> ListedRows.text(request).equals("second 1000 asc 1")
                                ? account.cut(account.answer(request))
                                : account.answer(request)));
    }

    @Test
    void an_answer_without_its_list_is_no_answer() {
        putOneInEachSecond(LONG_AGO, 3);
        list(0, at(1, whole -> account.withoutList()));
        assertThat(asked).containsExactly("from 1", "from 1", "top");
        asked.clear();
        list(0, at(2, whole -> account.emptyWithNext()));
        assertThat(asked).containsExactly("from 1", "top", "top");
        asked.clear();
        assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                .isThrownBy(() -> list(0, request -> account.withoutList()));
        assertThat(asked).containsExactly("from 1", "from 1", "from 1");
    }

    @Test
    void the_same_page_for_ever_is_no_list() {
        putOneInEachSecond(LONG_AGO, 600);
        Response.Usable one = account.answer(AmocrmRequest.pageById(AmocrmRequest.Entity.LEADS, 1));
        assertThatExceptionOfType(AmocrmException.Ambiguous.class).isThrownBy(() -> list(0, request -> one));
        assertThat(asked).hasSizeLessThan(500);
    }
}
