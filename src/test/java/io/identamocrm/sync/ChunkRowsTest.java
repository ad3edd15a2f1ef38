package io.identamocrm.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.ident.ReadRow;
import io.identamocrm.ident.UnreadableRow;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be read fails alone; what is none of the run's business is left alone. */
class ChunkRowsTest {

    private final Run run = RunFixtures.incremental();
    private final ChunkRows rows = new ChunkRows(text -> text, "reception_id");

    private static Map<String, Object> row(long id) {
        return Map.of("reception_id", (int) id);
    }

    @Test
    void readable_rows_become_the_items_of_the_chunk_in_the_order_read() {
        Chunk chunk = rows.take(
                Chunk.of(run, List.of(7L, 8L)),
                List.of(List.of(row(7), row(8))),
                List.of(
                        new ReadRow(Fixtures.reception(8).build()),
                        new ReadRow(Fixtures.reception(7).build())));
        assertThat(chunk.items()).extracting("id").containsExactly(8L, 7L);
        assertThat(chunk.ids()).containsExactly(7L, 8L);
        assertThat(run.tally().failures()).isEmpty();
    }

    @Test
    void an_unreadable_row_fails_and_the_others_go_on() {
        Chunk chunk = rows.take(
                Chunk.of(run, List.of(7L, 8L)),
                List.of(List.of(row(7), row(8))),
                List.of(
                        new UnreadableRow(7L, "planned_start", "date and time"),
                        new ReadRow(Fixtures.reception(8).build())));
        assertThat(chunk.items()).extracting("id").containsExactly(8L);
        assertThat(run.tally().failures()).containsOnlyKeys(7L);
        assertThat(run.tally().failures().get(7L).code()).isEqualTo(FailureCode.ROW_UNREADABLE);
    }

    @Test
    void a_dead_letter_whose_row_is_gone_says_so_and_any_other_row_that_is_gone_is_passed_over() {
        run.rows().retry(7);
        rows.take(Chunk.of(run, List.of(7L, 8L)), List.of(List.of()), List.of());
        assertThat(run.tally().failures()).containsOnlyKeys(7L);
        assertThat(run.tally().failures().get(7L).code()).isEqualTo(FailureCode.ROW_GONE);
    }

    @Test
    void a_dead_letter_that_waits_is_neither_decided_nor_failed_again_while_its_row_is_the_same() {
        String content = rows(7);
        run.rows().wait(7, content);
        run.rows().wait(8, "something else");
        Chunk chunk = rows.take(
                Chunk.of(run, List.of(7L, 8L)),
                List.of(List.of(row(7), row(8))),
                List.of(
                        new UnreadableRow(7L, "planned_start", "date and time"),
                        new ReadRow(Fixtures.reception(8).build())));
        assertThat(chunk.items()).extracting("id").containsExactly(8L);
        assertThat(run.tally().failures()).isEmpty();
    }

    /** The fingerprint of a row that holds nothing but its id. */
    private static String rows(long id) {
        return RowContents.of(text -> text, "reception_id", List.of(List.of(row(id))))
                .get(id)
                .get();
    }

    @Test
    void a_row_without_an_id_ends_the_run_and_names_the_file() {
        assertThatThrownBy(() -> rows.take(
                        Chunk.of(run, List.of()),
                        List.of(List.of()),
                        List.of(new UnreadableRow(null, "reception_id", "a number"))))
                .hasMessage("receptions.sql returned a row without a readable reception_id");
    }
}
