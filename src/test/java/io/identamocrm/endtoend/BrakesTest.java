package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
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
        return LongStream.range(0, count).map(i -> installation.staff().book(patient, NOW.plusDays(2).plusMinutes(i), LONG_AGO)).boxed().toList();
    }

    @Test
    void where_receptions_is_empty_no_deal_is_moved_until_the_brake_is_released() throws IOException {
        installation.with("DEAL_ON_VANISHED", "stage")
                .with("DEAL_STAGE_PRIMARY_CANCELLED", Long.toString(SandboxAccount.stage(SandboxAccount.PRIMARY, 4)))
                .with("DEAL_STAGE_SECONDARY_CANCELLED", Long.toString(SandboxAccount.stage(SandboxAccount.SECONDARY, 4)));
        deep();
        installation.clinic().execute("DELETE FROM dbo.Receptions");
        List<Long> stages = installation.account().leads().stream().map(EntityView::stageId).toList();
        deep();
        deep();
        assertThat(installation.account().leads()).extracting(EntityView::stageId).isEqualTo(stages);

        assertThat(terminal.run("brakes")).isZero();
        assertThat(terminal.output()).contains("receptions-gone", "60 of 60 deals have a reception that IDENT no longer has");
        assertThat(terminal.run("brakes", "--json")).isZero();
        JsonNode shown = new ObjectMapper().readTree(terminal.output()).path(0);
        assertThat(shown.path("kind").asText()).isEqualTo("receptions-gone");
        assertThat(shown.path("affected").asInt()).isEqualTo(RECEPTIONS);
        assertThat(terminal.run("brakes", "release", "creations")).isEqualTo(1);
        assertThat(terminal.run("brakes", "release", "receptions-gone")).isZero();
        assertThat(terminal.output()).contains("Released, once");

        deep();
        assertThat(installation.account().leads()).allMatch(lead -> lead.stageId() == SandboxAccount.stage(lead.pipelineId(), 4));
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
        assertThat(strangers).as("not on record").allMatch(id -> installation.runtime().lastSentStatus(id) == null);

        long booked = installation.booked(installation.patient("8 900 111-00-99"));
        installation.staff().reschedule(booked, NOW.plusDays(4), LocalDateTime.now().plusSeconds(1));
        installation.incremental();
        assertThat(installation.dealOf(booked)).as("short runs go on").isNotNull();

        assertThat(installation.runtime().brakes().release(BrakeKind.CREATIONS)).isNotNull();
        RunReport released = installation.full();
        assertThat(released.count(Outcome.CREATED) + released.count(Outcome.CREATED_DEAL)).isEqualTo(30);
        assertThat(strangers).allSatisfy(id -> assertThat(installation.dealOf(id)).isNotNull());
        assertThat(installation.runtime().brakes().all()).isEmpty();
    }

    @Test
    void a_release_is_no_release_for_more_than_was_shown() {
        installation.full();
        strangers(30);
        installation.full();
        installation.runtime().brakes().release(BrakeKind.CREATIONS);
        strangers(1);
        assertThat(installation.full().count(Outcome.SKIPPED)).isEqualTo(31);
        assertThat(installation.runtime().brakes().of(BrakeKind.CREATIONS).released()).isFalse();
    }

    @Test
    void what_follows_a_row_newer_than_the_cursor_is_never_counted() {
        installation.full();
        long patient = installation.patient("8 900 777-66-55");
        LongStream.range(0, 30).forEach(i -> installation.staff().book(patient, NOW.plusDays(2).plusMinutes(i), LocalDateTime.now().plusSeconds(2)));
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
}
