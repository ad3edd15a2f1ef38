package io.identamocrm.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.ListedRows.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gone is only what amoCRM, asked by id, does not have. */
class GoneCheckTest {

    private static final List<Long> WITNESSES = List.of(1L, 200L);

    private final ListedRows account = new ListedRows(100_000);
    private final List<Row> there = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    GoneCheckTest() {
        account.createAt(1_000, 200);
    }

    private Set<Long> check(Collection<Long> ids, Collection<Long> witnesses) {
        return check(ids, witnesses, account::answer);
    }

    private Set<Long> check(
            Collection<Long> ids, Collection<Long> witnesses, Function<AmocrmRequest, Response.Usable> answers) {
        GoneCheck<Row> check = new GoneCheck<>(Entity.LEADS, ids, witnesses, Row::of, there::addAll);
        while (check.hasNext()) {
            AmocrmRequest request = check.next();
            asked.add(request.path().endsWith("leads") ? "some" : request.path().replaceAll(".*/", ""));
            check.aggregate(answers.apply(request));
        }
        return check.gone();
    }

    private void delete(long... ids) {
        LongStream.of(ids).forEach(account::delete);
    }

    private static Collection<Long> ids(long from, long to) {
        return new TreeSet<>(LongStream.rangeClosed(from, to).boxed().toList());
    }

    /** This answer in place of the first ones. */
    private Function<AmocrmRequest, Response.Usable> first(
            int times, Function<Response.Usable, Response.Usable> other) {
        return request -> asked.size() <= times ? other.apply(account.answer(request)) : account.answer(request);
    }

    @Test
    void what_a_complete_answer_lacks_is_gone_and_the_rest_is_handed_over() {
        delete(5, 60);
        assertThat(check(ids(2, 100), WITNESSES)).containsExactlyInAnyOrder(5L, 60L);
        assertThat(asked).containsExactly("some", "some", "some");
        assertThat(there).hasSize(97).doesNotContain(account.rows().get(1L));
    }

    @Test
    void nothing_is_asked_where_nothing_is_in_doubt() {
        assertThat(check(List.of(), WITNESSES)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void an_answer_with_strangers_means_that_the_filter_is_ignored_and_each_is_asked_for_alone() {
        account.ignoringFilters();
        delete(5);
        assertThat(check(ids(4, 6), WITNESSES)).containsExactly(5L);
        assertThat(asked).containsExactly("some", "4", "5", "6");
        assertThat(there).extracting(Row::id).containsExactly(4L, 6L);
    }

    @Test
    void without_witnesses_each_is_asked_for_alone() {
        delete(5);
        assertThat(check(ids(4, 6), List.of())).containsExactly(5L);
        assertThat(asked).containsExactly("4", "5", "6");
    }

    @Test
    void what_is_marked_as_deleted_is_gone() {
        account.answeringGoneAsDeleted();
        delete(5);
        assertThat(check(List.of(5L), List.of())).containsExactly(5L);
        assertThat(check(
                        List.of(6L),
                        WITNESSES,
                        request -> account.page(
                                List.of(ListedRows.deleted(6), ListedRows.deleted(1), ListedRows.deleted(200)), false)))
                .containsExactly(6L);
    }

    @Test
    void an_empty_or_cut_answer_says_nothing_of_anybody() {
        assertThat(check(ids(4, 6), WITNESSES, first(2, whole -> account.nothing())))
                .isEmpty();
        assertThat(asked).containsExactly("some", "some", "some");
        asked.clear();
        assertThat(check(ids(4, 6), WITNESSES, first(1, account::cut))).isEmpty();
        assertThat(asked).containsExactly("some", "some");
    }

    @Test
    void an_answer_that_announces_more_is_not_complete() {
        account.withPagesOf(3);
        assertThat(check(List.of(4L, 5L), List.of(1L))).isEmpty();
        assertThat(asked).containsExactly("some");
        asked.clear();
        assertThat(check(List.of(4L, 5L, 6L), List.of(1L))).isEmpty();
        assertThat(asked).containsExactly("some", "some", "some", "4", "5", "6");
    }

    @Test
    void where_a_witness_is_gone_too_a_batch_is_asked_for_one_by_one() {
        delete(5, 200);
        assertThat(check(ids(2, 60), WITNESSES)).containsExactly(5L);
        assertThat(asked).hasSize(3 + 48 + 3 + 11).startsWith("some", "some", "some", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_without_its_rows_is_no_answer(boolean several) {
        List<Long> witnesses = several ? WITNESSES : List.of();
        assertThat(check(List.of(4L), witnesses, first(2, whole -> account.withoutList())))
                .isEmpty();
        assertThat(asked).hasSize(3);
        assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                .isThrownBy(() -> check(List.of(4L), witnesses, request -> account.withoutList()))
                .withMessageContaining("leads");
        assertThat(asked).hasSize(6);
    }
}
