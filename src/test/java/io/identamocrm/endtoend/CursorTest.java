package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes the next run sees: by row version where IDENT has one, else by times. */
class CursorTest {

    private static final LocalDateTime LONG_AGO = NOW.minusDays(30);

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private long patient;
    private long known;

    @BeforeEach
    void start() {
        patient = installation.patient("8 900 111-22-33");
        known = installation.staff().book(patient, NOW.plusDays(1), LONG_AGO);
    }

    private void firstRun(boolean withVersions) {
        if (!withVersions) {
            installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        }
        installation.full();
        RunReport nothing = installation.incremental();
        assertThat(nothing.found())
                .as("nothing has changed; what the overlap shows once more does not count")
                .isZero();
        assertThat(nothing.outcomes()).isEmpty();
    }

    private long nextVersion() {
        assumeTrue(installation.clinic().isH2(), "what SQL Server's own transactions do cannot be played there");
        return installation
                .clinic()
                .count(
                        "SELECT BASE_VALUE FROM INFORMATION_SCHEMA.SEQUENCES WHERE SEQUENCE_SCHEMA = 'dbo' AND SEQUENCE_NAME = 'RowVersions'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_kind_of_change_is_seen(boolean withVersions) {
        firstRun(withVersions);
        LocalDateTime now = LocalDateTime.now().plusSeconds(1);
        Runnable[] changes = {
            () -> installation.staff().arrive(known, now),
            () -> installation.staff().start(known, now),
            () -> installation.staff().complete(known, now),
            () -> installation.staff().issueCheck(known, now),
            () -> installation.staff().cancel(known, now),
            () -> installation.staff().reschedule(known, NOW.plusDays(2), now),
            () -> installation.staff().addService(known, "Осмотр", BigDecimal.TEN, now),
            () -> installation.staff().returnServices(known, now)
        };
        for (Runnable change : changes) {
            change.run();
            assertThat(installation.incremental().found()).isEqualTo(1);
        }
    }

    @Test
    void row_versions_see_a_change_whatever_the_clock_says_and_only_once() {
        firstRun(true);
        installation.staff().reschedule(known, NOW.plusDays(2), LONG_AGO);
        long fresh = installation.staff().book(patient, NOW.plusDays(3), LONG_AGO);
        assertThat(installation.incremental().found()).isEqualTo(2);
        assertThat(installation.dealsOf(fresh)).hasSize(1);
        assertThat(installation.incremental().found()).isZero();
    }

    @Test
    void what_an_open_transaction_writes_is_seen_when_it_ends_with_all_that_came_after() {
        firstRun(true);
        installation.clinic().execute("INSERT INTO dbo.OpenTransactions (Version) VALUES (?)", nextVersion());
        long late = installation.staff().book(patient, NOW.plusDays(3), LONG_AGO);
        long other = installation.staff().book(patient, NOW.plusDays(4), LONG_AGO);
        assertThat(installation.incremental().found())
                .as("at or above the open transaction's version")
                .isZero();
        installation.clinic().execute("DELETE FROM dbo.OpenTransactions");
        assertThat(installation.incremental().found()).isEqualTo(2);
        assertThat(installation.dealsOf(late)).hasSize(1);
        assertThat(installation.dealsOf(other)).hasSize(1);
    }

    @Test
    void a_row_version_that_equals_the_bound_of_one_run_belongs_to_the_next() {
        firstRun(true);
        try (OpenWrite slow = new OpenWrite()) {
            slow.reschedule(known, NOW.plusDays(6));
            assertThat(installation.incremental().found())
                    .as("not to be seen yet")
                    .isZero();
            slow.commit();
        }
        assertThat(installation.incremental().count(Outcome.UPDATED)).isEqualTo(1);
    }

    @Test
    void a_run_since_a_time_does_not_move_the_row_version_past_what_a_wrong_clock_has_marked() {
        firstRun(true);
        installation.staff().reschedule(known, NOW.plusDays(3), LONG_AGO.minusDays(1));
        installation.clinic().execute("UPDATE dbo.Receptions SET DateTimeAdded = ?", LONG_AGO.minusDays(1));
        assertThat(installation.runtime().receptions(RunRequest.since(LONG_AGO)).found())
                .isZero();
        assertThat(installation.incremental().count(Outcome.UPDATED)).isEqualTo(1);
    }

    @Test
    void what_changes_in_the_part_that_a_broken_off_first_run_had_done_is_found_after_it_was_resumed() {
        installation.with("SYNC_BATCH_SIZE", "2");
        for (int i = 0; i < 120; i++) {
            installation.staff().book(patient, NOW.plusDays(3).plusHours(i), LONG_AGO);
        }
        installation.sandbox().faults().from(50, Fault.BLOCKED, Scope.WRITES);
        assertThat(catchThrowable(installation::full)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        installation.staff().reschedule(known, NOW.plusDays(2), LONG_AGO);
        assertThat(installation.full().found()).as("resumed").isLessThan(100);
        RunReport next = installation.incremental();
        assertThat(next.mode()).isEqualTo("incremental");
        assertThat(next.count(Outcome.UPDATED)).isEqualTo(1);
    }

    @Test
    void a_broken_off_first_run_goes_on_where_it_was_although_the_visit_done_last_is_put_to_another_day() {
        installation.with("SYNC_BATCH_SIZE", "2");
        List<Long> booked = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            booked.add(installation.staff().book(patient, NOW.plusDays(3).plusHours(i), LONG_AGO));
        }
        installation.sandbox().faults().from(50, Fault.BLOCKED, Scope.WRITES);
        assertThat(catchThrowable(installation::full)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        for (Long reception : booked.subList(0, 60)) {
            // Whichever of them was done last stands elsewhere now.
            installation.staff().reschedule(reception, NOW.plusDays(90), LONG_AGO);
        }
        installation.full();
        assertThat(booked)
                .allSatisfy(
                        reception -> assertThat(installation.dealOf(reception)).isNotNull());
    }

    /** A real transaction, which holds what it has written until it ends. */
    private final class OpenWrite implements AutoCloseable {
        private final Connection connection;
        private final long lowest = nextVersion();

        private OpenWrite() {
            try {
                connection = installation.clinic().dataSource().getConnection();
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            installation.clinic().execute("INSERT INTO dbo.OpenTransactions (Version) VALUES (?)", lowest);
        }

        private void reschedule(long reception, LocalDateTime to) {
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE dbo.Receptions SET PlanStart = ? WHERE ID = ?")) {
                statement.setObject(1, to);
                statement.setObject(2, reception);
                statement.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void commit() {
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            installation.clinic().execute("DELETE FROM dbo.OpenTransactions");
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void a_restored_database_is_looked_at_from_end_to_end() {
        for (int i = 0; i < 20; i++) {
            installation.staff().reschedule(known, NOW.plusDays(2 + i), LONG_AGO);
        }
        firstRun(true);
        assumeTrue(installation.clinic().isH2(), "SQL Server's row versions go back with a restored database only");
        installation.clinic().execute("ALTER SEQUENCE dbo.RowVersions RESTART WITH 2");
        assertThat(installation.incremental().mode()).isEqualTo("full");
        assertThat(installation.incremental().mode()).isEqualTo("incremental");
    }

    @Test
    void a_column_that_comes_with_an_update_of_ident_takes_over_without_a_gap() {
        firstRun(false);
        installation.clinic().addRowVersions();
        long fresh = installation
                .staff()
                .book(patient, NOW.plusDays(3), LocalDateTime.now().plusSeconds(1));
        installation.restart();
        assertThat(installation.incremental().count(Outcome.CREATED_DEAL))
                .as("still by time")
                .isEqualTo(1);
        installation.staff().reschedule(fresh, NOW.plusDays(5), LONG_AGO);
        assertThat(installation.incremental().count(Outcome.UPDATED))
                .as("by row version from now on")
                .isEqualTo(1);
    }

    @Test
    void without_the_column_again_the_times_go_on_and_the_old_version_is_given_up() {
        firstRun(true);
        assertThat(installation.runtime().cursors().versionOf("receptions")).isNotNull();
        installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        installation.restart();
        installation.staff().reschedule(known, NOW.plusDays(2), NOW);
        RunReport report = installation.incremental();
        assertThat(report.mode()).isEqualTo("incremental");
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.runtime().cursors().versionOf("receptions")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void more_changes_than_a_chunk_and_an_end_in_the_middle_lose_nothing(boolean withVersions) {
        installation.with("SYNC_BATCH_SIZE", "5");
        firstRun(withVersions);
        LocalDateTime now = LocalDateTime.now().plusSeconds(1);
        for (int i = 0; i < 23; i++) {
            installation
                    .staff()
                    .book(
                            installation.patient("8 900 700-00-" + (10 + i)),
                            NOW.plusDays(3).plusHours(i),
                            now);
        }
        installation.sandbox().faults().plan(Fault.BLOCKED, Scope.WRITES, call -> call == 3);
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        int done = installation.account().leads().size();
        assertThat(done).isBetween(2, 23);
        installation.restart();
        RunReport report = installation.incremental();
        assertThat(report.found()).isEqualTo(23);
        assertThat(report.count(Outcome.UNCHANGED)).isEqualTo(report.found() - (24 - done));
        assertThat(installation.account().leads()).hasSize(24);
    }
}
