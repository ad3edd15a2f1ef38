package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.clinic.ClinicStaff;
import io.identamocrm.clinic.OpenTransaction;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where an incremental run takes up, with and without row versions in IDENT: nothing that changed is ever skipped. */
class RowVersionCursorTest {

    private static final String RUN = "receptions";
    /** Far below every cursor: a change marked so is found by its row version or not at all. */
    private static final LocalDateTime LONG_AGO = NOW.minusDays(9);

    private Installation installation = Installation.emptyWithRowVersions();

    @TempDir
    private Path scratch;

    @AfterEach
    void stop() throws IOException {
        installation.close();
    }

    private void withoutRowVersions() throws IOException {
        installation.close();
        installation = Installation.empty();
    }

    private String version() {
        return installation.runtime().cursors().version(RUN);
    }

    private long booked(String phone) {
        return installation.booked(installation.patient(phone));
    }

    private List<Long> bookedAtOnce(int receptions) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < receptions; i++) {
            ids.add(installation.staff().book(installation.patient("8 900 222-33-" + (10 + i)), NOW.plusDays(1), LONG_AGO));
        }
        return ids;
    }

    static Stream<BiConsumer<ClinicStaff, Long>> changes() {
        return Stream.of(
                (staff, reception) -> staff.arrive(reception, LONG_AGO),
                (staff, reception) -> staff.start(reception, LONG_AGO),
                (staff, reception) -> staff.complete(reception, LONG_AGO),
                (staff, reception) -> staff.issueCheck(reception, LONG_AGO),
                (staff, reception) -> staff.cancel(reception, LONG_AGO),
                (staff, reception) -> staff.cancelByReasonOnly(reception, LONG_AGO),
                (staff, reception) -> staff.reschedule(reception, NOW.plusDays(5), LONG_AGO),
                (staff, reception) -> staff.addService(reception, "Снимок", new BigDecimal("600"), NOW.plusMinutes(1)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void every_sort_of_change_is_found_however_wrong_the_clock_that_marked_it(BiConsumer<ClinicStaff, Long> change) {
        long reception = booked("8 900 111-22-33");
        booked("8 900 111-22-44");
        installation.full();
        assertThat(installation.incremental().found()).isZero();
        change.accept(installation.staff(), reception);
        RunReport report = installation.incremental();
        assertThat(report.mode()).isEqualTo("incremental");
        assertThat(report.found()).isEqualTo(1);
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void a_changed_bill_is_found_without_row_versions_too() throws IOException {
        withoutRowVersions();
        long reception = booked("8 900 111-22-33");
        installation.full();
        installation.staff().addService(reception, "Снимок", new BigDecimal("600"), NOW);
        RunReport report = installation.incremental();
        assertThat(report.mode()).isEqualTo("incremental");
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.dealOf(reception).fields()).containsEntry(30L, "600");
        assertThat(version()).isNull();
    }

    @Test
    void what_a_slow_transaction_wrote_before_others_is_found_when_it_ends() {
        long slowly = booked("8 900 111-22-33");
        long quickly = booked("8 900 111-22-44");
        installation.full();
        try (OpenTransaction slow = installation.clinic().begin()) {
            slow.execute("UPDATE dbo.Receptions SET PlanStart = ? WHERE ID = ?", NOW.plusDays(6), slowly);
            installation.staff().reschedule(quickly, NOW.plusDays(5), LONG_AGO);
            String held = version();
            assertThat(installation.incremental().found()).as("all that is new lies above the slow one").isZero();
            assertThat(version()).isEqualTo(held);
            slow.commit();
        }
        assertThat(installation.incremental().count(Outcome.UPDATED)).isEqualTo(2);
        assertThat(installation.incremental().found()).isZero();
    }

    @Test
    void a_transaction_open_during_the_full_run_is_not_forgotten_either() {
        long reception = booked("8 900 111-22-33");
        try (OpenTransaction slow = installation.clinic().begin()) {
            slow.execute("UPDATE dbo.Receptions SET PlanStart = ? WHERE ID = ?", NOW.plusDays(6), reception);
            assertThat(installation.full().count(Outcome.CREATED)).isEqualTo(1);
            slow.commit();
        }
        assertThat(installation.incremental().count(Outcome.UPDATED)).isEqualTo(1);
    }

    @Test
    void more_changes_at_one_time_than_fit_a_chunk_all_come_even_if_a_run_ends_in_the_middle() {
        installation.with("SYNC_BATCH_SIZE", "2");
        booked("8 900 111-22-33");
        installation.full();
        String before = version();
        LocalDateTime timeBefore = installation.runtime().cursors().of(RUN);
        List<Long> receptions = bookedAtOnce(7);
        installation.sandbox().faults().from(3, Fault.BLOCKED, Scope.WRITES);
        assertThat(catchThrowable(installation::incremental)).isInstanceOf(AmocrmException.Blocked.class);
        assertThat(installation.account().leads()).as("the run got somewhere").hasSizeBetween(2, 7);
        assertThat(version()).isEqualTo(before);
        assertThat(installation.runtime().cursors().of(RUN)).isEqualTo(timeBefore);

        installation.sandbox().faults().clear();
        installation.runtime().camel().getRegistry().lookupByNameAndType("amocrmBreaker", CircuitBreaker.class).reset();
        RunReport report = installation.incremental();
        assertThat(report.found()).isEqualTo(7);
        assertThat(report.failures()).isEmpty();
        receptions.forEach(reception -> assertThat(installation.dealOf(reception)).isNotNull());
        assertThat(version()).isGreaterThan(before);
    }

    @Test
    void a_restored_database_is_looked_at_as_a_whole() {
        long reception = booked("8 900 111-22-33");
        installation.full();
        installation.clinic().restoreRowVersions();
        installation.clinic().execute("UPDATE dbo.Receptions SET PlanStart = ? WHERE ID = ?", NOW.plusDays(8), reception);
        RunReport report = installation.incremental();
        assertThat(report.mode()).isEqualTo("full");
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(installation.incremental().mode()).isEqualTo("incremental");
    }

    @Test
    void row_versions_that_an_update_of_ident_brings_are_used_after_one_full_run() throws IOException {
        withoutRowVersions();
        long reception = booked("8 900 111-22-33");
        installation.full();
        assertThat(installation.incremental().mode()).isEqualTo("incremental");
        installation.clinic().withRowVersions();
        installation.staff().reschedule(reception, NOW.plusDays(5), LONG_AGO);
        RunReport report = installation.incremental();
        assertThat(report.mode()).isEqualTo("full");
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        report = installation.incremental();
        assertThat(report.mode()).isEqualTo("incremental");
        assertThat(report.found()).isZero();
    }

    @Test
    void without_row_versions_again_the_times_go_on_and_the_old_version_is_given_up() throws IOException {
        long reception = booked("8 900 111-22-33");
        installation.full();
        assertThat(version()).isNotNull();
        installation.restart();
        Path config = Files.createDirectories(scratch.resolve("config/sql")).getParent();
        for (String file : List.of("application.properties", "log4j2.xml")) {
            Files.copy(Path.of("config", file), config.resolve(file));
        }
        try (Stream<Path> files = Files.list(Path.of("config/sql"))) {
            for (Path file : files.toList()) {
                Files.copy(file, config.resolve("sql").resolve(file.getFileName()));
            }
        }
        Files.writeString(config.resolve("sql/row-version-column.sql"), "SELECT 0 AS row_version_columns");
        installation.staff().reschedule(reception, NOW.plusDays(5), NOW);
        RunReport report = installation.withConfig(config).incremental();
        assertThat(report.mode()).isEqualTo("incremental");
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(1);
        assertThat(version()).isNull();
    }

    @Test
    void runs_that_see_only_a_part_leave_the_row_version_where_it_is() {
        long reception = booked("8 900 111-22-33");
        installation.full();
        String before = version();
        installation.staff().reschedule(reception, NOW.plusDays(5), LONG_AGO);
        installation.one(reception);
        installation.runtime().receptions(RunRequest.since(LONG_AGO));
        installation.runtime().receptions(RunRequest.incremental().asDryRun());
        assertThat(version()).isEqualTo(before);
        assertThat(installation.incremental().count(Outcome.UNCHANGED)).isEqualTo(1);
        assertThat(version()).isGreaterThan(before);
    }
}
