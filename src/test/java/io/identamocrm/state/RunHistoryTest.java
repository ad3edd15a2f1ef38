package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.state.RunHistory.Entry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the runs of all processes have done so far. */
class RunHistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.5Z");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final RunHistory history = new RunHistory(redis.client(), redis.keys());

    private static Entry run(String kind, Instant endedAt, Map<String, Long> figures) {
        return new Entry(kind, "incremental", endedAt, 1.25, figures);
    }

    @Test
    void nothing_has_run_at_first() {
        assertThat(history.lastRuns()).isEmpty();
        assertThat(history.lastEnd("receptions")).isNull();
        assertThat(history.lastProgress("receptions")).isNull();
        assertThat(history.totals("receptions")).isEmpty();
    }

    @Test
    void a_finished_run_is_remembered_as_it_was() {
        Entry entry = run("receptions", NOON, Map.of("created", 2L, "failed", 0L));
        history.add(entry);
        assertThat(new RunHistory(redis.client(), redis.keys()).lastRuns()).containsExactly(entry);
        assertThat(history.lastEnd("receptions")).isEqualTo(NOON);
    }

    @Test
    void the_latest_run_comes_first_whatever_its_kind() {
        history.add(run("receptions", NOON, Map.of()));
        history.add(run("patients", NOON.plusSeconds(1), Map.of()));
        history.add(run("receptions", NOON.plusSeconds(2), Map.of()));
        assertThat(history.lastRuns())
                .extracting(Entry::endedAt)
                .containsExactly(NOON.plusSeconds(2), NOON.plusSeconds(1), NOON);
        assertThat(history.lastEnd("receptions")).isEqualTo(NOON.plusSeconds(2));
        assertThat(history.lastEnd("patients")).isEqualTo(NOON.plusSeconds(1));
        assertThat(history.lastEnd("deep")).isNull();
    }

    @Test
    void a_hundred_runs_are_kept_and_the_totals_of_all() {
        for (int i = 0; i < 103; i++) {
            history.add(run("receptions", NOON.plusSeconds(i), Map.of("created", 1L)));
        }
        assertThat(history.lastRuns()).hasSize(100);
        assertThat(history.lastRuns().get(0).endedAt()).isEqualTo(NOON.plusSeconds(102));
        assertThat(history.lastRuns().get(99).endedAt()).isEqualTo(NOON.plusSeconds(3));
        assertThat(history.totals("receptions")).isEqualTo(Map.of("created", 103L));
    }

    @Test
    void totals_add_up_figure_by_figure_for_each_kind() {
        history.add(run("receptions", NOON, Map.of("created", 2L, "updated", 5L)));
        history.add(run("receptions", NOON, Map.of("created", 3L, "failed", 1L)));
        history.add(run("patients", NOON, Map.of("created", 100_000_000_000L)));
        assertThat(history.totals("receptions")).isEqualTo(Map.of("created", 5L, "updated", 5L, "failed", 1L));
        assertThat(history.totals("patients")).isEqualTo(Map.of("created", 100_000_000_000L));
        assertThat(history.totals("reception")).as("part of a kind's name").isEmpty();
    }

    @Test
    void runs_that_end_at_the_same_time_are_all_counted() {
        CompletableFuture<Void> another = CompletableFuture.runAsync(() -> addMany("receptions"));
        addMany("receptions");
        another.join();
        assertThat(history.totals("receptions")).isEqualTo(Map.of("created", 300L));
        assertThat(history.lastRuns()).hasSize(100);
    }

    private void addMany(String kind) {
        for (int i = 0; i < 50; i++) {
            history.add(run(kind, NOON, Map.of("created", 3L)));
        }
    }

    @Test
    void progress_of_a_long_run_is_no_end() {
        history.noteProgress("deep", NOON);
        history.noteProgress("deep", NOON.plusSeconds(30));
        assertThat(history.lastProgress("deep")).isEqualTo(NOON.plusSeconds(30));
        assertThat(history.lastProgress("receptions")).isNull();
        assertThat(history.lastEnd("deep")).isNull();
        history.add(run("deep", NOON.plusSeconds(60), Map.of()));
        assertThat(history.lastProgress("deep")).isEqualTo(NOON.plusSeconds(30));
        assertThat(history.lastEnd("deep")).isEqualTo(NOON.plusSeconds(60));
    }
}
