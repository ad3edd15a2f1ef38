package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.FaultyDriver;
import io.identamocrm.clinic.FaultyDriver.Fault;
import io.identamocrm.model.Outcome;
import io.identamocrm.problems.Problem;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clinic's server restarts, loses connections and refuses statements: a run ends cleanly, and the next one does its work. */
class FaultyIdentTest {

    private static final int RECEPTIONS = 12;
    private static final int MOST_QUERIES = 60;

    @RegisterExtension
    private final Installation installation = Installation.empty().with("SYNC_BATCH_SIZE", "3");

    @BeforeEach
    void start() {
        installation.with(
                "IDENT_JDBC_URL", FaultyDriver.through(installation.clinic().jdbcUrl()));
        for (int i = 0; i < RECEPTIONS; i++) {
            installation.booked(installation.patient("8 900 111-22-" + (10 + i)));
        }
    }

    @AfterEach
    void stop() {
        FaultyDriver.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "DEADLOCK, false",
        "DEADLOCK, true",
        "LOCKED, false",
        "KILLED, false",
        "KILLED, true",
        "DROPPED, false",
        "DROPPED, true"
    })
    void whichever_query_of_a_run_breaks_the_run_ends_and_the_next_one_finishes(Fault fault, boolean amongRows) {
        installation.runtime();
        int broken = 0;
        for (int query = 1; query <= MOST_QUERIES; query++) {
            installation.clinic().execute("UPDATE dbo.Receptions SET PlanStart = DATEADD(MINUTE, 5, PlanStart)");
            FaultyDriver.breakQuery(fault, query, amongRows);
            Throwable failure = catchThrowable(installation::full);
            boolean past = FaultyDriver.isWaiting();
            FaultyDriver.clear();
            if (failure != null) {
                broken++;
                Problem problem = Problem.of(failure);
                assertThat(problem.exitCode()).isEqualTo(Problem.UNREACHABLE);
                assertThat(problem.message()).startsWith("IDENT cannot be read").doesNotContain("Образцов");
            }
            RunReport next = installation.full();
            assertThat(next.found()).isEqualTo(RECEPTIONS);
            assertThat(next.count(Outcome.FAILED)).isZero();
            assertThat(installation.account().leads())
                    .as("one deal for each, whatever broke")
                    .hasSize(RECEPTIONS);
            if (past) {
                break;
            }
        }
        assertThat(broken).as("runs that broke").isGreaterThan(2);
        assertThat(FaultyDriver.isWaiting()).isFalse();
    }

    @Test
    void a_restarted_server_is_found_again_without_a_restart_of_ours() {
        installation.full();
        FaultyDriver.away(true);
        assertThat(Problem.of(catchThrowable(installation::incremental)).exitCode())
                .isEqualTo(Problem.UNREACHABLE);
        FaultyDriver.away(false);
        long fresh = installation.booked(installation.patient("8 900 111-33-44"));
        assertThat(installation.incremental().found()).isEqualTo(1);
        assertThat(installation.dealsOf(fresh)).hasSize(1);
    }

    @Test
    void a_server_that_is_away_does_not_keep_the_service_from_starting() {
        FaultyDriver.away(true);
        installation.asService().runtime();
        FaultyDriver.away(false);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(installation.account().leads()).hasSize(RECEPTIONS));
    }

    @Test
    void an_optional_column_that_goes_with_an_update_of_ident_breaks_one_run_and_no_more() {
        installation.full();
        installation.clinic().execute("ALTER TABLE dbo.Persons DROP COLUMN DateTimeChanged");
        assertThat(catchThrowable(() -> installation.runtime().patients(RunRequest.full())))
                .isNull();
        assertThat(Problem.of(catchThrowable(() -> installation.runtime().patients(RunRequest.incremental())))
                        .message())
                .contains("column");
        assertThat(installation.runtime().patients(RunRequest.incremental()).count(Outcome.FAILED))
                .isZero();
    }
}
