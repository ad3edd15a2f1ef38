package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.DeadLetters.DeadLetter;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What failed stays, is tried again with growing pauses, at once when its row changes, and can be handled while the service runs. */
class DeadLettersTest {

    private final SandboxClock clock = new SandboxClock(Instant.now());

    @RegisterExtension
    private final Installation installation = Installation.empty().withClock(clock);

    private final Terminal terminal = installation.terminal();
    private long refused;

    @BeforeEach
    void start() {
        long patient = installation.patient("8 900 111-22-33");
        // Changed an hour ago: the incremental runs below would not read it again by themselves.
        refused = installation.staff().book(patient, NOW.plusDays(1), NOW.minusHours(1));
        installation.staff().book(installation.patient("8 900 222-33-44"), NOW.plusDays(2), LocalDateTime.now());
        installation.account().refuse(Installation.RECEPTION_ID, Long.toString(refused));
        installation.full();
    }

    private DeadLetters letters() {
        return installation.runtime().deadLetters(Run.Kind.RECEPTIONS);
    }

    private DeadLetter letter() {
        return letters().of(refused);
    }

    private void amocrmAccepts() {
        installation.account().refuse(Installation.RECEPTION_ID, null);
    }

    private int command(String... arguments) {
        return terminal.run(arguments);
    }

    private static String clinicTime(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(at.atZone(ZoneId.systemDefault()));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(terminal.output());
    }

    @Test
    void it_is_left_alone_until_it_is_due_and_forgotten_when_it_passes() {
        assertThat(letter().attempts()).isEqualTo(1);
        amocrmAccepts();
        installation.incremental();
        assertThat(installation.dealsOf(refused)).as("not due yet").isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(installation.incremental().count(Outcome.CREATED)).isEqualTo(1);
        assertThat(installation.dealsOf(refused)).hasSize(1);
        assertThat(letters().count()).isZero();
    }

    @Test
    void each_failure_makes_the_pause_longer() {
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(letter().attempts()).isEqualTo(attempt);
            Duration pause = Duration.between(letter().lastAt(), letter().nextAt());
            assertThat(pause).isEqualTo(Duration.ofMinutes(1L << attempt - 1));
            clock.advance(pause);
            installation.incremental();
        }
    }

    @Test
    void a_row_that_is_read_twice_because_of_the_cursors_overlap_has_not_changed() {
        installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        long blocked = installation
                .staff()
                .book(null, NOW.plusDays(3), LocalDateTime.now().plusSeconds(1));
        installation.restart();
        installation.incremental();
        assertThat(letters().of(blocked).attempts()).isEqualTo(1);
        RunReport report = installation.incremental();
        assertThat(letters().of(blocked).attempts())
                .as("the latest change is read again, and is none")
                .isEqualTo(1);
        assertThat(report.failures()).isEmpty();
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET PlanEnd = ? WHERE ID = ?",
                        NOW.plusDays(3).plusHours(2),
                        blocked);
        installation.incremental();
        assertThat(letters().of(blocked).attempts())
                .as("a change is tried at once, even if IDENT tells no other time")
                .isEqualTo(2);
    }

    @Test
    void a_change_of_its_row_is_tried_at_once() {
        amocrmAccepts();
        installation.staff().reschedule(refused, NOW.plusDays(5), LocalDateTime.now());
        installation.incremental();
        assertThat(installation.dealsOf(refused)).hasSize(1);
        assertThat(letters().count()).isZero();
    }

    @Test
    void due_letters_do_not_move_the_cursor() {
        LocalDateTime before = installation.runtime().cursors().of("receptions");
        clock.advance(Duration.ofMinutes(1));
        installation.incremental();
        assertThat(installation.runtime().cursors().of("receptions")).isAfterOrEqualTo(before);
    }

    @Test
    void a_letter_whose_row_is_gone_says_so() {
        installation.staff().deleteReception(refused);
        clock.advance(Duration.ofMinutes(1));
        RunReport report = installation.incremental();
        assertThat(report.failures().get(refused).code()).isEqualTo(FailureCode.ROW_GONE);
        assertThat(letter().code()).isEqualTo(FailureCode.ROW_GONE);
    }

    @Test
    void patients_have_letters_of_their_own() {
        long patient = installation.clinic().count("SELECT ID_Patients FROM dbo.Receptions WHERE ID = ?", refused);
        installation.account().refuse(Installation.PATIENT_ID, Long.toString(patient));
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.runtime().deadLetters(Run.Kind.PATIENTS).all()).containsOnlyKeys(patient);
        assertThat(command("dead-letters", "list", "--patients")).isZero();
        assertThat(terminal.output()).contains(Long.toString(patient), "CONTACT_NOT_CREATED");
        installation.account().refuse(Installation.PATIENT_ID, null);
        clock.advance(Duration.ofMinutes(1));
        installation.runtime().patients(RunRequest.incremental());
        assertThat(installation.runtime().deadLetters(Run.Kind.PATIENTS).count())
                .isZero();
    }

    @Test
    void list_and_show_tell_what_and_what_to_do() throws IOException {
        assertThat(command("dead-letters", "list")).isZero();
        assertThat(terminal.output())
                .contains(
                        Long.toString(refused),
                        "DEAL_NOT_CREATED",
                        "NotSupportedChoice at reception_id",
                        "first failed",
                        "last failed",
                        "next attempt",
                        clinicTime(letter().lastAt()),
                        clinicTime(letter().nextAt()))
                .doesNotContain("Образцов", "9001112233");
        assertThat(command("dead-letters", "list", "--code", "PATIENT_NOT_FOUND"))
                .isZero();
        assertThat(terminal.output()).contains("No dead letters.");
        assertThat(command("dead-letters", "list", "--json")).isZero();
        assertThat(json().get(0).path("id").asLong()).isEqualTo(refused);
        assertThat(command("dead-letters", "show", Long.toString(refused))).isZero();
        assertThat(terminal.output()).contains("Failed to create deal", "the detail names the field", "next attempt");
        assertThat(command("dead-letters", "show", Long.toString(refused), "--json"))
                .isZero();
        assertThat(json().path("attempts").asInt()).isEqualTo(1);
        assertThat(command("dead-letters", "show", "1")).isEqualTo(1);
        assertThat(command("stats", "--json")).isZero();
        assertThat(json().path("dead_letters").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "--all", "--code DEAL_NOT_CREATED"})
    void retry_makes_it_due_for_the_next_run(String which) {
        amocrmAccepts();
        assertThat(command(("dead-letters retry " + which)
                        .replace("ID", Long.toString(refused))
                        .split(" ")))
                .as(terminal.errors())
                .isZero();
        assertThat(terminal.output()).contains("1 due now");
        clock.advance(Duration.ofSeconds(50));
        installation.incremental();
        assertThat(installation.dealsOf(refused)).hasSize(1);
    }

    @Test
    void discard_forgets_it() {
        assertThat(command("dead-letters", "discard", Long.toString(refused))).isZero();
        assertThat(terminal.output()).contains("1 discarded", "comes back");
        assertThat(letters().count()).isZero();
        installation.full();
        assertThat(letter().attempts()).as("it failed again, and begins anew").isEqualTo(1);
        assertThat(command("dead-letters", "discard", "--all")).isZero();
        assertThat(letters().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "discard"})
    void an_id_that_is_no_dead_letter_is_named_and_the_others_are_handled(String what) {
        assertThat(command("dead-letters", what, "1", Long.toString(refused))).isEqualTo(1);
        assertThat(terminal.output())
                .contains("1 d", "There is no dead letter 1.")
                .doesNotContain("no dead letter " + refused);
        assertThat(command("dead-letters", what, "--code", "PATIENT_NOT_FOUND"))
                .as("none is not wrong")
                .isZero();
    }

    @Test
    void a_wrong_code_is_answered_with_the_known_ones() {
        assertThat(command("dead-letters", "discard", "--code", "NONSENSE")).isEqualTo(2);
        assertThat(terminal.errors()).contains("PATIENT_NOT_FOUND", "ROW_GONE", "INTERNAL");
        assertThat(letters().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dead-letters",
                "dead-letters retry",
                "dead-letters discard",
                "dead-letters discard 1 --all",
                "dead-letters list --code NONSENSE"
            })
    void wrong_usage_is_exit_2(String commandLine) {
        assertThat(command(commandLine.split(" "))).isEqualTo(2);
        assertThat(terminal.errors()).isNotBlank().doesNotContain("Exception");
    }
}
