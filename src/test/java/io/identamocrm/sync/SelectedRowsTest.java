package io.identamocrm.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.ident.FoundRow;
import io.identamocrm.state.Cursors.Position;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which rows a run looks at, and how far it has come. */
class SelectedRowsTest {

    private final SelectedRows rows = new SelectedRows();

    @Test
    void chunks_that_are_done_tell_how_far_the_run_has_come() {
        rows.select(List.of(5L, 3L, 9L, 4L));
        assertThat(rows.lastDone()).isNull();
        assertThat(rows.areLeft()).isTrue();
        rows.chunkDone(List.of(5L, 3L));
        assertThat(rows.lastDone().id()).isEqualTo(3);
        assertThat(rows.done()).isEqualTo(2);
        assertThat(rows.areLeft()).isTrue();
        rows.chunkDone(List.of(9L, 4L));
        assertThat(rows.lastDone())
                .as("in the run's order, not by number")
                .extracting(Position::id)
                .isEqualTo(4L);
        assertThat(rows.areLeft()).isFalse();
        assertThat(rows.found()).isEqualTo(4);
    }

    private static FoundRow row(long id, LocalDateTime planStart) {
        return new FoundRow(id, planStart, null, null);
    }

    private static SelectedRows found(List<FoundRow> all) {
        SelectedRows rows = new SelectedRows();
        all.forEach(rows::add);
        return rows;
    }

    @Test
    void a_run_is_gone_on_with_by_planned_start_and_id_as_the_database_orders_them() {
        LocalDateTime noon = LocalDateTime.of(2026, 3, 2, 12, 0);
        List<FoundRow> ordered = List.of(
                row(3, null),
                row(8, null),
                row(9, LocalDateTime.of(1753, 1, 1, 0, 0)),
                row(2, noon.minusNanos(100)),
                row(5, noon),
                row(6, noon),
                row(1, noon.plusNanos(3_000_000)),
                row(4, LocalDateTime.of(9999, 12, 31, 23, 59, 59)));
        for (int done = 1; done <= ordered.size(); done++) {
            SelectedRows rows = found(ordered);
            FoundRow last = ordered.get(done - 1);
            rows.goOnAfter(new Position(Position.startOf(last.planStart()), last.id()));
            assertThat(rows.ids())
                    .isEqualTo(ordered.subList(done, ordered.size()).stream()
                            .map(FoundRow::id)
                            .toList());
            assertThat(rows.found()).isEqualTo(ordered.size() - done);
        }
    }

    @Test
    void a_run_that_was_gone_on_with_tells_where_the_next_one_goes_on() {
        LocalDateTime noon = LocalDateTime.of(2026, 3, 2, 12, 0);
        SelectedRows rows = found(List.of(row(9, noon), row(7, noon.plusHours(1)), row(8, noon.plusHours(2))));
        rows.goOnAfter(new Position(Position.startOf(noon), 9));
        rows.chunkDone(List.of(7L));
        assertThat(rows.lastDone()).isEqualTo(new Position(Position.startOf(noon.plusHours(1)), 7));
    }

    @Test
    void many_rows_keep_their_places() {
        LocalDateTime first = LocalDateTime.of(2026, 1, 1, 0, 0);
        SelectedRows rows = found(LongStream.rangeClosed(1, 5_000)
                .mapToObj(id -> row(id, first.plusMinutes(id)))
                .toList());
        rows.chunkDone(rows.ids().subList(0, 4_321));
        assertThat(rows.lastDone()).isEqualTo(new Position(Position.startOf(first.plusMinutes(4_321)), 4_321));
    }

    @Test
    void a_checkpoint_begins_the_count_of_chunks_anew() {
        rows.select(List.of(1L, 2L, 3L));
        rows.chunkDone(List.of(1L));
        rows.chunkDone(List.of(2L));
        assertThat(rows.chunksSinceCheckpoint()).isEqualTo(2);
        rows.checkpointNoted();
        rows.chunkDone(List.of(3L));
        assertThat(rows.chunksSinceCheckpoint()).isEqualTo(1);
    }

    @Test
    void the_latest_change_is_remembered_whatever_the_order() {
        LocalDateTime noon = LocalDateTime.of(2026, 3, 2, 12, 0);
        rows.changed(1, null);
        assertThat(rows.latestChange()).isNull();
        rows.changed(1, noon);
        rows.changed(2, noon.minusDays(1));
        rows.changed(1, null);
        assertThat(rows.latestChange()).isEqualTo(noon);
    }

    @Test
    void a_dead_letter_that_waits_is_left_alone_only_while_its_row_is_what_it_was() {
        rows.select(List.of(7L, 8L, 9L));
        rows.wait(7, "as it failed");
        rows.wait(8, "as it failed");
        rows.read(Map.of(7L, () -> "as it failed", 8L, () -> "mended", 9L, () -> "any"));
        assertThat(rows.leavesAlone(7)).isTrue();
        assertThat(rows.leavesAlone(8)).isFalse();
        assertThat(rows.leavesAlone(9)).as("no dead letter").isFalse();
        assertThat(rows.found()).as("it is none of this run's").isEqualTo(2);
        assertThat(rows.takeContent(7)).isNull();
        assertThat(rows.takeContent(8).get()).isEqualTo("mended");
        assertThat(rows.takeContent(8)).as("taken once").isNull();
    }

    @Test
    void only_dead_letters_are_missed_when_ident_does_not_return_them() {
        rows.retry(7);
        rows.retry(8);
        assertThat(rows.missing(List.of(6L, 7L, 8L), Set.of(8L))).containsExactly(7L);
    }
}
