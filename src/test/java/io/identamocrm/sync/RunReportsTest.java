package io.identamocrm.sync;

import static io.identamocrm.sync.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.endtoend.LoggedLines;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.RunHistory;
import io.identamocrm.sync.RunFixtures.Heard;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run did, for the one who asked, the history and those who listen. */
class RunReportsTest {

    private static final Throwable FAILURE = new IllegalStateException("broken");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Heard heard = new Heard();
    private final AtomicLong requests = new AtomicLong(40);
    private final Clock later = Clock.fixed(NOON.plusMillis(2500), ZoneOffset.UTC);

    private RunHistory history() {
        return new RunHistory(redis.client(), redis.keys());
    }

    private RunReports reports() {
        return new RunReports(history(), heard, requests::get, new IdentSql(Path.of("config/sql"), null), later);
    }

    private RunReport finished(Run run) {
        reports().begin(run);
        run.rows().select(List.of(7L, 8L));
        run.tally().failed(7, Failure.of(FailureCode.ROW_UNREADABLE));
        requests.addAndGet(3);
        return reports().finish(run);
    }

    @Test
    void a_report_tells_what_was_found_what_became_of_it_and_what_it_cost() {
        RunReport report = finished(RunFixtures.incremental());
        assertThat(report.found()).isEqualTo(2);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(report.count(Outcome.CREATED)).isZero();
        assertThat(report.failures()).containsOnlyKeys(7L);
        assertThat(report.requests()).as("those before the run do not count").isEqualTo(3);
        assertThat(report.seconds()).isEqualTo(2.5);
        assertThat(report.mode()).isEqualTo("incremental");
    }

    @Test
    void a_finished_run_goes_into_the_history_with_its_figures() {
        finished(RunFixtures.incremental());
        assertThat(history().lastRuns()).singleElement().satisfies(entry -> {
            assertThat(entry.run()).isEqualTo("receptions");
            assertThat(entry.endedAt()).isEqualTo(later.instant());
            assertThat(entry.figures()).containsAllEntriesOf(Map.of("found", 2L, "failed", 1L, "amocrm_requests", 3L));
        });
        assertThat(heard.lines).contains("completed RECEPTIONS incremental");
    }

    @Test
    void the_line_of_a_run_says_once_what_failed() {
        try (LoggedLines log = new LoggedLines(RunReports.class.getName(), Level.INFO)) {
            finished(RunFixtures.incremental());
            assertThat(log.lines()).singleElement().asString().contains("1 successful, 1 failed; Funnel");
        }
    }

    @Test
    void one_reception_that_somebody_asked_for_is_no_run_of_the_history() {
        Run run = RunFixtures.receptions(RunRequest.one(7));
        run.reads(RunFixtures.full().range());
        finished(run);
        assertThat(history().lastRuns()).isEmpty();
        assertThat(heard.lines).contains("completed RECEPTIONS by_hand");
    }

    @Test
    void of_a_dry_run_nobody_hears_but_the_one_who_asked() {
        Run run = RunFixtures.dryRun();
        run.reads(RunFixtures.full().range());
        assertThat(finished(run).dryRun()).isTrue();
        reports().end(run, null);
        assertThat(history().lastRuns()).isEmpty();
        assertThat(heard.lines).isEmpty();
    }

    @Test
    void a_run_that_did_not_come_to_its_end_is_told_as_failed_and_one_that_did_is_not() {
        reports().end(RunFixtures.incremental(), FAILURE);
        assertThat(heard.lines).containsExactly("failed RECEPTIONS incremental after 2 s");
        heard.lines.clear();
        Run run = RunFixtures.incremental();
        finished(run);
        reports().end(run, null);
        assertThat(heard.lines).containsExactly("completed RECEPTIONS incremental");
    }

    @Test
    void a_run_that_met_a_locked_row_is_skipped_and_not_failed() {
        reports()
                .end(
                        RunFixtures.incremental(),
                        new IllegalStateException(new SQLException("in the server's language", "S0051", 1222)));
        assertThat(heard.lines).containsExactly("skipped RECEPTIONS incremental after 2 s");
    }

    @Test
    void a_run_that_broke_before_it_knew_its_cursor_is_told_too() {
        reports().end(RunFixtures.receptions(RunRequest.incremental()), FAILURE);
        assertThat(heard.lines)
                .containsExactly("failed RECEPTIONS incremental after "
                        + Duration.ofMillis(2500).toSeconds() + " s");
    }
}
