package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.cli.Environment;
import io.identamocrm.cli.Interruption;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.settings.EnvFile;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wrong, half-restored or emptied database shows itself before it writes. */
class BrakesTest {

    private static final int RECEPTIONS = 60;
    private static final LocalDateTime LONG_AGO = NOW.minusDays(30);

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW));

    private final Terminal terminal = installation.terminal();

    private void deep() {
        installation.runtime().everything(RunRequest.deep());
    }

    /** Receptions of another clinic: not newer than the cursor. */
    private List<Long> strangers(int count) {
        long patient = installation.patient("8 900 777-66-55");
        return LongStream.range(0, count)
                .map(i -> installation.staff().book(patient, NOW.plusDays(2).plusMinutes(i), LONG_AGO))
                .boxed()
                .toList();
    }

    @Test
    void where_receptions_is_empty_no_deal_is_moved_until_the_brake_is_released() throws IOException {
        installation
                .with("DEAL_ON_VANISHED", "stage")
                .with("DEAL_STAGE_PRIMARY_CANCELLED", Long.toString(SandboxAccount.stage(SandboxAccount.PRIMARY, 4)))
                .with(
                        "DEAL_STAGE_SECONDARY_CANCELLED",
                        Long.toString(SandboxAccount.stage(SandboxAccount.SECONDARY, 4)));
        deep();
        installation.clinic().execute("DELETE FROM dbo.Receptions");
        List<Long> stages =
                installation.account().leads().stream().map(EntityView::stageId).toList();
        deep();
        deep();
        assertThat(installation.account().leads())
                .extracting(EntityView::stageId)
                .isEqualTo(stages);

        assertThat(terminal.run("brakes")).isZero();
        assertThat(terminal.output())
                .contains("receptions-gone", "60 of 60 deals have a reception that IDENT no longer has")
                .contains(ClinicTime.of(
                        installation
                                .runtime()
                                .brakes()
                                .of(BrakeKind.RECEPTIONS_GONE)
                                .since(),
                        ZoneId.systemDefault()));
        assertThat(terminal.run("brakes", "--json")).isZero();
        JsonNode shown = new ObjectMapper().readTree(terminal.output()).path(0);
        assertThat(shown.path("kind").asText()).isEqualTo("receptions-gone");
        assertThat(shown.path("affected").asInt()).isEqualTo(RECEPTIONS);
        assertThat(terminal.run("brakes", "release", "creations")).isEqualTo(1);
        assertThat(terminal.run("brakes", "release", "receptions-gone")).isZero();
        assertThat(terminal.output()).contains("Released, once");

        deep();
        assertThat(installation.account().leads())
                .allMatch(lead -> lead.stageId() == SandboxAccount.stage(lead.pipelineId(), 4));
        assertThat(terminal.run("brakes")).isZero();
        assertThat(terminal.output()).as("used up").contains("No brake is pulled.");
    }

    @Test
    void far_too_many_new_deals_are_held_back_and_made_after_the_release() {
        // By row version a short run would take the strangers for bookings.
        installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        installation.full();
        List<Long> strangers = strangers(30);
        RunReport held = installation.full();
        assertThat(held.count(Outcome.SKIPPED)).isEqualTo(30);
        assertThat(held.count(Outcome.UNCHANGED)).isEqualTo(RECEPTIONS);
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
        assertThat(installation.runtime().brakes().of(BrakeKind.CREATIONS)).satisfies(brake -> {
            assertThat(brake.affected()).isEqualTo(30);
            assertThat(brake.total()).isEqualTo(RECEPTIONS + 30);
        });
        assertThat(strangers)
                .as("not on record")
                .allMatch(id -> installation.runtime().lastSentStatus(id) == null);

        long booked = installation.booked(installation.patient("8 900 111-00-99"));
        installation
                .staff()
                .reschedule(booked, NOW.plusDays(4), LocalDateTime.now().plusSeconds(1));
        installation.incremental();
        assertThat(installation.dealOf(booked)).as("short runs go on").isNotNull();

        assertThat(installation.runtime().brakes().release(BrakeKind.CREATIONS)).isNotNull();
        RunReport released = installation.full();
        assertThat(released.count(Outcome.CREATED) + released.count(Outcome.CREATED_DEAL))
                .isEqualTo(30);
        assertThat(strangers)
                .allSatisfy(id -> assertThat(installation.dealOf(id)).isNotNull());
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    @Test
    void dead_letters_are_no_new_receptions() {
        installation.full();
        List<Long> strangers = strangers(30);
        Map<Long, DeadLetters.Failed> failed = new HashMap<>();
        strangers.forEach(id ->
                failed.put(id, new DeadLetters.Failed(new Failure(FailureCode.DEAL_NOT_CREATED, "400"), null)));
        CamelRuntime runtime = installation.runtime();
        new DeadLetters(runtime.redis(), runtime.keys(), "receptions").record(failed, Instant.EPOCH, Instant.EPOCH);
        assertThat(installation.full().count(Outcome.SKIPPED)).isZero();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS + 30);
        assertThat(runtime.brakes().all()).isEmpty();
    }

    @Test
    void what_was_sent_by_hand_does_not_hold_the_first_full_run() {
        installation.one(installation.booked(installation.patient("8 900 111-00-99")));
        assertThat(installation.account().leads()).hasSize(1);
        assertThat(installation.full().count(Outcome.SKIPPED)).isZero();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS + 1);
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    private List<Long> deleteDeals(int count) {
        List<Long> deleted = installation.account().leads().stream()
                .map(EntityView::id)
                .limit(count)
                .toList();
        deleted.forEach(installation.account()::deleteLead);
        return deleted;
    }

    @Test
    void deals_that_are_gone_are_not_made_again_until_the_brake_is_released() {
        installation.with("DEAL_ON_DELETED", "recreate");
        deep();
        deleteDeals(30);
        deep();
        deep();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS - 30);
        assertThat(installation.runtime().brakes().of(BrakeKind.DEALS_GONE).seen())
                .hasToString("30 of 60 delivered deals were deleted or merged in amoCRM since the last full run");

        long booked = installation.booked(installation.patient("8 900 111-00-99"));
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(30);
        assertThat(installation.dealOf(booked)).as("others get their deals").isNotNull();

        assertThat(installation.runtime().brakes().release(BrakeKind.DEALS_GONE))
                .isNotNull();
        deep();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS + 1);
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    @Test
    void deals_that_managers_removed_are_no_news_once_they_were_let_pass() {
        deep();
        deleteDeals(30);
        deep();
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(30);
        installation.runtime().brakes().release(BrakeKind.DEALS_GONE);
        assertThat(installation.full().count(Outcome.CLOSED)).isEqualTo(30);
        deleteDeals(20);
        deep();
        assertThat(installation.runtime().brakes().all())
                .as("20 more are usual")
                .isEmpty();
        assertThat(installation.full().count(Outcome.CLOSED)).isEqualTo(50);
    }

    private void changePatients(int count, LocalDateTime changed) {
        long other = installation.patient("8 900 777-66-55");
        List<Long> ids = installation.account().leads().stream()
                .map(lead -> Long.valueOf(lead.fields().get(Installation.RECEPTION_ID)))
                .limit(count)
                .toList();
        ids.forEach(id -> installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET ID_Patients = ?, DateTimeChanged = ? WHERE ID = ?",
                        other,
                        changed,
                        id));
    }

    private long dealsOfNumber(String number) {
        return installation.account().leads().stream()
                .filter(lead -> number.equals(lead.fields().get(Installation.PATIENT_NUMBER)))
                .count();
    }

    @Test
    void deals_whose_receptions_have_other_patients_are_left_alone_until_the_brake_is_released() {
        installation.full();
        changePatients(30, LONG_AGO);
        String number = installation.numberOf(installation.clinic().count("SELECT MAX(ID_Persons) FROM dbo.Patients"));
        List<Long> strangers = strangers(2);
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(30);
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(30);
        assertThat(dealsOfNumber(number)).isZero();
        assertThat(strangers)
                .as("bookings go on")
                .allSatisfy(id -> assertThat(installation.dealOf(id)).isNotNull());
        assertThat(installation
                        .runtime()
                        .brakes()
                        .of(BrakeKind.PATIENTS_CHANGED)
                        .affected())
                .isEqualTo(30);

        installation.runtime().brakes().release(BrakeKind.PATIENTS_CHANGED);
        assertThat(installation.full().count(Outcome.SKIPPED)).isZero();
        assertThat(dealsOfNumber(number)).isEqualTo(30);
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    @Test
    void other_patients_by_changes_newer_than_the_cursor_are_never_counted() {
        installation.full();
        changePatients(30, LocalDateTime.now().plusSeconds(2));
        assertThat(installation.full().count(Outcome.SKIPPED)).isZero();
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    @Test
    void another_database_gets_no_new_deals_until_the_brake_is_released() throws IOException {
        installation.full();
        String right = installation.variables().get("IDENT_JDBC_URL");
        try (SampleClinic other = SampleClinic.filled(ClinicGenerator.Options.deliverable(RECEPTIONS + 3, NOW))) {
            installation.with("IDENT_JDBC_URL", other.jdbcUrl()).restart();
            RunReport everything = installation.incremental();
            assertThat(everything.mode()).isEqualTo("full");
            assertThat(everything.count(Outcome.SKIPPED)).isPositive();
            assertThat(installation.account().leads()).hasSize(RECEPTIONS);
            assertThat(installation.incremental().mode()).as("looked at once").isEqualTo("incremental");
            assertThat(installation.runtime().brakes().of(BrakeKind.OTHER_DATABASE))
                    .isNotNull();

            installation.with("IDENT_JDBC_URL", right).restart();
            assertThat(installation.full().count(Outcome.SKIPPED)).isZero();
            assertThat(installation.runtime().brakes().all()).as("off again").isEmpty();

            installation.with("IDENT_JDBC_URL", other.jdbcUrl()).restart();
            installation.full();
            assertThat(installation.account().leads()).hasSize(RECEPTIONS);
            assertThat(terminal.run("brakes", "release", "other-database")).isZero();
            assertThat(terminal.run("brakes", "release", "patients-changed"))
                    .as("its receptions are other visits")
                    .isZero();
            installation.full();
            assertThat(installation.account().leads()).hasSizeGreaterThan(RECEPTIONS);
            assertThat(installation.full().count(Outcome.SKIPPED)).isZero();
            assertThat(installation.runtime().brakes().all())
                    .as("used up, and known")
                    .isEmpty();
        }
    }

    @Test
    void a_database_that_went_back_in_time_gets_no_new_deals_until_the_brake_is_released() {
        installation.full();
        installation.incremental();
        installation.clinic().execute("ALTER SEQUENCE dbo.RowVersions RESTART WITH 1");
        strangers(3);
        RunReport everything = installation.incremental();
        assertThat(everything.mode()).isEqualTo("full");
        assertThat(everything.count(Outcome.SKIPPED)).isEqualTo(3);
        assertThat(installation.runtime().brakes().of(BrakeKind.OTHER_DATABASE).affected())
                .isEqualTo(3);

        long booked = installation.booked(installation.patient("8 900 111-00-99"));
        installation
                .staff()
                .reschedule(booked, NOW.plusDays(4), LocalDateTime.now().plusSeconds(1));
        assertThat(installation.incremental().mode()).isEqualTo("incremental");
        assertThat(installation.dealOf(booked)).as("short runs go on").isNotNull();
        assertThat(installation.full().count(Outcome.SKIPPED)).as("it stands").isEqualTo(3);

        installation.runtime().brakes().release(BrakeKind.OTHER_DATABASE);
        installation.full();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS + 4);
        assertThat(installation.runtime().brakes().all()).isEmpty();
        assertThat(installation.incremental().mode()).isEqualTo("incremental");
        assertThat(installation.incremental().found())
                .as("by row version again")
                .isZero();
    }

    @Test
    void bookings_are_not_lost_by_a_short_run_that_had_to_look_at_everything() {
        installation.full();
        installation.incremental();
        installation.clinic().execute("ALTER SEQUENCE dbo.RowVersions RESTART WITH 1");
        strangers(3);
        long patient = installation.patient("8 900 111-00-99");
        long booked = installation
                .staff()
                .book(patient, NOW.plusDays(2), LocalDateTime.now().plusSeconds(2));
        assertThat(installation.incremental().count(Outcome.SKIPPED)).isEqualTo(4);
        assertThat(installation.runtime().brakes().of(BrakeKind.OTHER_DATABASE).affected())
                .as("a booking is never counted")
                .isEqualTo(3);
        installation.incremental();
        assertThat(installation.dealOf(booked)).isNotNull();
    }

    @Test
    void a_release_is_no_release_for_more_than_was_shown() {
        installation.full();
        strangers(30);
        installation.full();
        installation.runtime().brakes().release(BrakeKind.CREATIONS);
        strangers(1);
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(31);
        assertThat(installation.runtime().brakes().of(BrakeKind.CREATIONS).released())
                .isFalse();
    }

    @Test
    void what_follows_a_row_newer_than_the_cursor_is_never_counted() {
        installation.full();
        long patient = installation.patient("8 900 777-66-55");
        LongStream.range(0, 30)
                .forEach(i -> installation
                        .staff()
                        .book(
                                patient,
                                NOW.plusDays(2).plusMinutes(i),
                                LocalDateTime.now().plusSeconds(2)));
        assertThat(installation.full().count(Outcome.SKIPPED)).isZero();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS + 30);
    }

    @Test
    void visits_that_open_no_deal_are_not_counted() {
        installation.full();
        strangers(30).forEach(id -> installation.staff().cancel(id, LONG_AGO));
        installation.full();
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    @Test
    void a_wider_horizon_is_expected_to_bring_new_deals_also_when_its_first_run_breaks() {
        installation.with("RECEPTIONS_SINCE", NOW.toLocalDate().plusDays(1).toString());
        installation.full();
        int first = installation.account().leads().size();
        assertThat(first).isBetween(1, RECEPTIONS - 22);
        installation.with("RECEPTIONS_SINCE", "").with("SYNC_BATCH_SIZE", "2").restart();
        installation.sandbox().faults().from(3, Fault.BLOCKED, Scope.WRITES);
        assertThat(catchThrowable(installation::full)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        installation.full();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    @Test
    void a_first_run_that_broke_is_gone_on_with_without_a_brake() {
        installation.with("SYNC_BATCH_SIZE", "2").sandbox().faults().from(5, Fault.BLOCKED, Scope.WRITES);
        assertThat(catchThrowable(installation::full)).isNotNull();
        installation.sandbox().faults().clear();
        installation.restart();
        installation.full();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
    }

    @Test
    void a_first_start_over_deals_of_another_tool_waits_for_the_release() {
        installation.full();
        installation.runtime().redis().getKeys().flushdb();
        installation.restart();
        strangers(30);
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(30);
    }

    private int fullSync(String answer) {
        return terminal.run(
                new Environment(
                        Path.of("."),
                        installation.variables(),
                        EnvFile.none(),
                        true,
                        true,
                        new Interruption(),
                        answer == null ? null : () -> answer),
                "full-sync");
    }

    @Test
    void full_sync_shows_what_a_first_start_would_make_and_asks() {
        installation.full();
        installation.runtime().redis().getKeys().flushdb();
        installation.restart();
        strangers(30);
        assertThat(fullSync(null)).isZero();
        assertThat(terminal.errors())
                .contains(
                        "Held back: 30 of 90 receptions in the horizon would get a new deal",
                        "ident-amocrm brakes release creations");
        assertThat(fullSync("n")).isZero();
        assertThat(terminal.output()).contains("[y/N]");
        assertThat(installation.account().leads()).hasSize(RECEPTIONS);
        assertThat(fullSync("y")).isZero();
        assertThat(installation.account().leads()).hasSize(RECEPTIONS + 30);
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }
}
