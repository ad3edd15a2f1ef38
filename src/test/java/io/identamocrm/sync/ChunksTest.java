package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.sync.RunFixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RunHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs are cut into chunks, and end between two of them. */
class ChunksTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private Chunks chunks(int size) {
        return new Chunks(
                size,
                new CursorPolicy(cursors(), new RunHistory(redis.client(), redis.keys()), null, CLOCK, "settings"));
    }

    private Cursors cursors() {
        return new Cursors(redis.client(), redis.keys());
    }

    private static Run fullRunOf(long... ids) {
        Run run = RunFixtures.full();
        run.rows().select(LongStream.of(ids).boxed().toList());
        return run;
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 1, 1", "3, 1, 3", "4, 2, 1", "6, 2, 3", "7, 3, 1"})
    void every_row_stands_in_one_chunk_and_in_its_order(int rows, int count, int lastSize) {
        Run run = fullRunOf(LongStream.rangeClosed(1, rows).map(id -> 100 - id).toArray());
        List<Chunk> cut = new ArrayList<>();
        chunks(3).of(run).forEachRemaining(cut::add);
        assertThat(cut).hasSize(count);
        assertThat(cut.stream().flatMap(chunk -> chunk.ids().stream()).toList())
                .isEqualTo(run.rows().ids());
        assertThat(cut.isEmpty() ? 0 : cut.get(cut.size() - 1).ids().size()).isEqualTo(lastSize);
        assertThat(cut).allSatisfy(chunk -> assertThat(chunk.run()).isSameAs(run));
    }

    @Test
    void a_chunk_that_is_done_moves_the_run_on() {
        Run run = fullRunOf(5, 6, 7);
        Chunks chunks = chunks(2);
        assertThat(chunks.areLeft(run)).isTrue();
        chunks.of(run).forEachRemaining(chunk -> assertThat(chunks.done(chunk)).isSameAs(run));
        assertThat(chunks.areLeft(run)).isFalse();
        assertThat(run.rows().lastDone().id()).isEqualTo(7);
    }

    @Test
    void what_must_be_decided_again_is_a_chunk_of_its_own_that_moves_nothing_on() {
        Run run = fullRunOf(5, 6);
        Delivery outdated = new Delivery(
                reception(5).build(),
                new Decision(
                        5, 11L, null, null, Outcome.UPDATED, null, null, null, List.of(), List.of(), null, null, null),
                1);
        outdated.outdate();
        run.tally().completed(outdated);
        Chunk again = chunks(2).returned(run);
        assertThat(again.ids()).isEmpty();
        assertThat(again.items()).extracting("id").containsExactly(5L);
        assertThat(chunks(2).returned(run).items()).isEmpty();
    }

    @Test
    void no_chunk_begins_in_a_process_that_is_about_to_end() throws Exception {
        Chunk chunk = Chunk.of(fullRunOf(5, 6), List.of(5L));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            assertThatCode(() -> chunks(1).begin(chunk, camel)).doesNotThrowAnyException();
            camel.stop();
            assertThatThrownBy(() -> chunks(1).begin(chunk, camel))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("stopped after 0 of 2 receptions");
        }
    }

    @Test
    void who_is_asked_to_stop_before_anything_was_begun_does_not_begin() throws Exception {
        Chunks chunks = chunks(1);
        Run run = fullRunOf(5, 6);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            chunks.stopSoon();
            assertThatThrownBy(() -> chunks.begin(Chunk.of(run, List.of(5L)), camel))
                    .isInstanceOf(RunStoppedException.class);
            chunks.done(Chunk.of(run, List.of(5L)));
            assertThatCode(() -> chunks.begin(Chunk.of(run, List.of(6L)), camel))
                    .as("what is on its way is written first, between chunks")
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_run_that_is_asked_to_stop_says_how_far_it_came_and_how_to_go_on() {
        Chunks chunks = chunks(2);
        assertThat(chunks.isStopAsked()).isFalse();
        chunks.stopSoon();
        assertThat(chunks.isStopAsked()).isTrue();
        Run run = fullRunOf(5, 6, 7);
        chunks.done(Chunk.of(run, List.of(5L, 6L)));
        assertThatThrownBy(() -> chunks.stop(run))
                .isInstanceOf(RunStoppedException.class)
                .hasMessage(
                        "The reception run was stopped after 2 of 3 receptions; run the same command again: it goes on after "
                                + "reception 6");
        assertThat(cursors().progressOf("receptions").last().id()).isEqualTo(6);
    }

    @Test
    void a_run_that_cannot_be_gone_on_with_leaves_no_checkpoint() {
        Run changes = RunFixtures.incremental();
        changes.rows().select(List.of(5L, 6L));
        Chunks chunks = chunks(1);
        chunks.done(Chunk.of(changes, List.of(5L)));
        assertThatThrownBy(() -> chunks.stop(changes))
                .hasMessageContaining("it looks at all of them, and what is done costs no request");
        assertThat(cursors().progressOf("receptions")).isNull();
    }
}
