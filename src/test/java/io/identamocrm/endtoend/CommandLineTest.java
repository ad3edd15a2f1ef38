package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.state.RunLock;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as people and scripts call them: output, JSON, exit codes. */
class CommandLineTest {

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private final Terminal terminal = installation.terminal();

    private int run(String... arguments) {
        return terminal.run(arguments);
    }

    private String output() {
        return terminal.output();
    }

    private String errors() {
        return terminal.errors();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(output());
    }

    @Test
    void a_run_prints_one_json_document_with_the_specified_members() throws IOException {
        installation.booked(installation.patient("8 900 111-22-33"));
        long blocked = installation.staff().book(null, Installation.NOW.plusDays(1), Installation.NOW);
        assertThat(run("reception-sync", "--full", "--json"))
                .as("finished, one failed")
                .isEqualTo(1);
        JsonNode json = json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "run",
                        "mode",
                        "since",
                        "found",
                        "created",
                        "created_deal",
                        "updated",
                        "unchanged",
                        "closed",
                        "skipped",
                        "failed",
                        "funnel",
                        "errors",
                        "amocrm_requests",
                        "seconds");
        assertThat(json.path("found").asInt()).isEqualTo(2);
        assertThat(json.path("created").asInt()).isEqualTo(1);
        assertThat(json.path("funnel").path("primary").asInt()).isEqualTo(1);
        assertThat(json.path("errors").path(0).path("reception_id").asLong()).isEqualTo(blocked);
        assertThat(json.path("errors").path(0).path("code").asText()).isEqualTo("PATIENT_NOT_FOUND");
        assertThat(json.path("errors").path(0).path("error").asText()).isEqualTo("Patient not found");
    }

    @Test
    void the_first_incremental_run_is_a_full_one_and_the_next_takes_up_at_the_cursor() throws IOException {
        long patient = installation.patient("8 900 111-22-33");
        installation.booked(patient);
        installation.staff().book(patient, Installation.NOW.plusDays(3), Installation.NOW.minusHours(1));
        assertThat(run("reception-sync", "--json")).isZero();
        assertThat(json().path("mode").asText()).isEqualTo("full");
        assertThat(json().path("found").asInt()).isEqualTo(2);
        assertThat(run("reception-sync", "--json")).isZero();
        assertThat(json().path("mode").asText()).isEqualTo("incremental");
        assertThat(json().path("since").asText()).isNotEmpty();
        assertThat(json().path("found").asInt()).as("nothing has changed since").isZero();
    }

    @Test
    void changes_since_a_time_can_be_asked_for() throws IOException {
        installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(run(
                        "reception-sync",
                        "--since",
                        Installation.NOW.minusDays(3).toString(),
                        "--json"))
                .isZero();
        assertThat(json().path("found").asInt()).isEqualTo(1);
        assertThat(run(
                        "reception-sync",
                        "--since",
                        Installation.NOW.minusHours(1).toString(),
                        "--json"))
                .isZero();
        assertThat(json().path("found").asInt()).isZero();
    }

    @Test
    void a_run_in_words_is_a_table() {
        installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(run("reception-sync")).isZero();
        assertThat(output())
                .contains("Reception run: full")
                .containsPattern("created +1")
                .containsPattern("primary funnel +1");
    }

    @Test
    void explain_tells_the_way_without_writing() {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(run("explain", "reception", Long.toString(reception))).isZero();
        assertThat(output())
                .contains(
                        "status", "SCHEDULED", "funnel", "PRIMARY", "step 1", "step 2", "step 3", "outcome", "created")
                .doesNotContain("Образцов", "9001112233");
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void test_reception_synchronises_one_and_tells_what_was_written() throws IOException {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        installation.booked(installation.patient("8 900 222-33-44"));
        assertThat(run("test-reception", Long.toString(reception))).isZero();
        assertThat(output()).contains("deal " + installation.dealOf(reception).id() + " created, with a new contact");
        assertThat(installation.account().leads()).hasSize(1);
        assertThat(run("test-reception", Long.toString(reception), "--json")).isZero();
        assertThat(json().path("outcome").asText()).isEqualTo("unchanged");
    }

    @Test
    void an_unknown_reception_is_said_to_be_unknown() {
        assertThat(run("test-reception", "424242")).isEqualTo(1);
        assertThat(output()).contains("IDENT has no reception 424242");
    }

    @Test
    void stats_has_the_older_tools_keys() throws IOException {
        installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(run("stats", "--json")).isZero();
        assertThat(json().path("last_reception_sync").isNull()).isTrue();
        run("reception-sync", "--full");
        assertThat(run("stats", "--json")).isZero();
        assertThat(json().fieldNames())
                .toIterable()
                .contains(
                        "last_reception_sync",
                        "total_receptions",
                        "primary_funnel_count",
                        "secondary_funnel_count",
                        "sync_errors",
                        "last_patient_sync",
                        "last_deep_sync",
                        "dead_letters",
                        "cursor_lag_seconds");
        assertThat(json().path("total_receptions").asInt()).isEqualTo(1);
        assertThat(json().path("primary_funnel_count").asInt()).isEqualTo(1);
        assertThat(json().path("no_funnel_count").asInt()).isZero();
        assertThat(run("stats")).isZero();
        assertThat(output()).containsPattern("total receptions +1").containsPattern("receptions +full .* 1 ");
        run("stats", "--json");
        assertThat(json().path("runs")).hasSize(1);
        assertThat(json().path("runs").path(0).path("mode").asText()).isEqualTo("full");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                                  | no command «nonsense»",
                "reception-sync --since yesterday          | is no time",
                "reception-sync --full --since 2026-01-01  | not both",
                "test-reception abc                        | no whole number",
                "explain                                   | Explain what",
                "demo --receptions 5                       | must be 20 to 100000",
                "demo --faults gremlins                    | Known faults: write-then-504",
                "reception-sync --config /nowhere          | application.properties is missing",
                "reception-sync --routes /nowhere          | holds no *.camel.yaml"
            })
    void wrong_usage_is_exit_2_with_a_clear_sentence(String commandLine, String sentence) {
        assertThat(run(commandLine.split(" "))).isEqualTo(2);
        assertThat(errors()).contains(sentence).doesNotContain("Exception");
    }

    @Test
    void wrong_settings_are_all_named_at_once_without_secrets() {
        installation
                .with("SYNC_BATCH_SIZE", "1000")
                .with("TIMEZONE", "Moskau")
                .with("AMOCRM_PRIMARY_PIPELINE_ID", "")
                .with("AMOCRM_BASE_URL", "sandbox.local")
                .with("AMOCRM_DEAL_FIELD_RECEPTION_ID", "")
                .with("DB_PASSWORD", "geheim");
        assertThat(run("reception-sync")).isEqualTo(2);
        assertThat(errors())
                .contains(
                        "SYNC_BATCH_SIZE",
                        "from 1 to 250",
                        "TIMEZONE",
                        "AMOCRM_PRIMARY_PIPELINE_ID",
                        "AMOCRM_BASE_URL",
                        "AMOCRM_DEAL_FIELD_RECEPTION_ID")
                .doesNotContain("geheim", "Moskau", "Exception");
    }

    @Test
    void a_field_that_the_account_does_not_have_is_named_with_its_setting() {
        installation.with("AMOCRM_DEAL_FIELD_RECEPTION_ID", "777").with("AMOCRM_CONTACT_FIELD_PATIENT_ID", "778");
        assertThat(run("reception-sync")).isEqualTo(2);
        assertThat(errors()).contains("AMOCRM_DEAL_FIELD_RECEPTION_ID=777", "AMOCRM_CONTACT_FIELD_PATIENT_ID=778");
    }

    @Test
    void a_field_made_after_the_account_was_last_read_is_found() {
        assertThat(run("reception-sync")).isZero();
        long made = installation.account().addLeadField("Врач приёма");
        installation.with("AMOCRM_DEAL_FIELD_DOCTOR_NAME", Long.toString(made));
        assertThat(run("reception-sync")).as(errors()).isZero();
    }

    @Test
    void a_refused_token_is_exit_4() {
        installation.with("AMOCRM_ACCESS_TOKEN", "expired");
        assertThat(run("reception-sync")).isEqualTo(4);
        assertThat(errors()).contains("does not accept the access token").doesNotContain("expired");
        assertThat(installation.sandbox().journal().count())
                .as("no further calls")
                .isEqualTo(1);
    }

    @Test
    void a_block_is_exit_3_after_one_request() {
        installation.sandbox().faults().next(100, Fault.BLOCKED, Scope.ANY);
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(errors()).contains("blocked");
        assertThat(installation.sandbox().journal().count()).isEqualTo(1);
    }

    @Test
    void amocrm_away_is_exit_3_after_a_bounded_number_of_attempts() {
        installation.sandbox().faults().always(Fault.HTML_502);
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(errors()).contains("502").doesNotContain("Exception");
        assertThat(installation.sandbox().journal().count()).isEqualTo(7);
    }

    @Test
    void the_place_in_the_program_is_printed_only_with_debug() {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(errors()).doesNotContain("    at ", "Exception");
        assertThat(run("reception-sync", "--debug")).isEqualTo(3);
        assertThat(errors())
                .contains("IDENT cannot be read", "    at ", "SQLException")
                .doesNotContain("nowhere");
        assertThat(run("--debug", "reception-sync")).isEqualTo(3);
        assertThat(errors()).contains("    at ");
    }

    @Test
    void no_way_to_amocrm_is_exit_3() {
        installation.with("AMOCRM_BASE_URL", "http://127.0.0.1:1");
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(errors()).contains("amoCRM cannot be reached").doesNotContain("Exception:");
    }

    @Test
    void ident_away_is_exit_3() {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(errors()).contains("IDENT cannot be read").doesNotContain("Exception");
    }

    @Test
    void redis_away_is_exit_3() {
        installation.with("REDIS_PORT", "1");
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(errors()).contains("Redis cannot be reached");
    }

    @Test
    void another_run_under_way_is_exit_5() {
        RunLock elsewhere = installation.lockOfAnotherProcess("receptions");
        assertThat(elsewhere.tryTake()).isTrue();
        assertThat(run("reception-sync")).isEqualTo(5);
        assertThat(errors()).contains("under way");
        elsewhere.release();
    }

    @Test
    void help_is_there_on_every_level() {
        assertThat(run("--help")).isZero();
        assertThat(output())
                .contains("reception-sync", "test-reception", "explain", "stats", "service", "demo", "Exit codes");
        assertThat(run("reception-sync", "--help")).isZero();
        assertThat(output()).contains("--since", "--full", "--json", "--config");
        assertThat(run("explain", "reception", "--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(output()).contains("ident-amocrm");
    }
}
