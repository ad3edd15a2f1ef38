package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.cli.Environment;
import io.identamocrm.cli.Interruption;
import io.identamocrm.sandbox.CustomField;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.FieldType;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.settings.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that look at a set-up, and the one that makes fields. What is wrong with set-ups: {@link WrongSetUpsTest}. */
class SetUpCommandsTest {

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private final Terminal terminal = installation.terminal();

    private int run(String... arguments) {
        return terminal.run(arguments);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(terminal.output());
    }

    private List<String> linesOf(String about) {
        return terminal.output()
                .lines()
                .filter(line -> line.substring(9).startsWith(about))
                .toList();
    }

    @Test
    void a_good_account_has_no_problem_and_nothing_is_written_to_it() {
        assertThat(run("test-amocrm")).as(terminal.output()).isZero();
        assertThat(terminal.output())
                .contains("account " + SandboxAccount.ID, "token", "rights", "zone", "pipelines", "31 fields")
                .doesNotContain("PROBLEM");
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void excluded_stages_that_leave_closed_deals_open_are_a_warning() {
        installation.with("AMOCRM_EXCLUDED_STAGES", "143");
        assertThat(run("test-amocrm")).as(terminal.output()).isZero();
        assertThat(linesOf("amoCRM pipelines").get(0))
                .startsWith("warning")
                .contains("AMOCRM_EXCLUDED_STAGES does not name 142");
    }

    @Test
    void test_amocrm_needs_no_ident() {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        assertThat(run("test-amocrm")).as(terminal.output()).isZero();
    }

    @Test
    void the_days_a_token_still_has_are_told_and_few_are_a_warning() {
        installation.with(
                "AMOCRM_ACCESS_TOKEN",
                installation.sandbox().tokens().longLived(Duration.ofDays(100).plusHours(1)));
        assertThat(run("test-amocrm")).isZero();
        assertThat(linesOf("amoCRM token"))
                .singleElement()
                .asString()
                .startsWith("ok")
                .contains("100 days");
        installation.with(
                "AMOCRM_ACCESS_TOKEN",
                installation.sandbox().tokens().longLived(Duration.ofDays(13).plusHours(1)));
        assertThat(run("test-amocrm")).as("a warning is no problem").isZero();
        assertThat(linesOf("amoCRM token"))
                .singleElement()
                .asString()
                .startsWith("warning")
                .contains("13 days", "issue a new");
    }

    @Test
    void another_zone_and_a_field_that_loses_something_are_warnings() {
        installation.with("TIMEZONE", "Asia/Vladivostok");
        installation.account().putField(true, 27, "Дата", FieldType.DATE);
        assertThat(run("test-amocrm")).as(terminal.output()).isZero();
        assertThat(linesOf("amoCRM zone"))
                .singleElement()
                .asString()
                .startsWith("warning")
                .contains("another hour", "TIMEZONE");
        assertThat(linesOf("amoCRM fields").get(0))
                .startsWith("warning")
                .contains("AMOCRM_DEAL_FIELD_RECEPTION_DATE=27", "time of day is lost");
    }

    @Test
    void users_that_only_an_administrator_may_see_are_a_warning() {
        installation.account().takeAdministratorsRight();
        assertThat(run("test-amocrm")).as(terminal.output()).isZero();
        assertThat(linesOf("amoCRM users"))
                .singleElement()
                .asString()
                .startsWith("warning")
                .contains("no administrator");
    }

    @Test
    void findings_are_one_json_document() throws IOException {
        installation.with("AMOCRM_PRIMARY_STAGE_ID", "440201");
        assertThat(run("test-amocrm", "--json")).isEqualTo(2);
        assertThat(json().isArray()).isTrue();
        assertThat(json()).anySatisfy(finding -> {
            assertThat(finding.path("level").asText()).isEqualTo("problem");
            assertThat(finding.path("about").asText()).isEqualTo("amoCRM pipelines");
            assertThat(finding.path("remedy").asText()).contains("440101");
        });
    }

    @Test
    void the_doctor_looks_at_everything_and_writes_nothing() {
        installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(run("doctor")).as(terminal.output()).isZero();
        assertThat(terminal.output())
                .contains("settings", "routes", "Redis", "IDENT", "amoCRM", "clock")
                .doesNotContain("PROBLEM");
        assertThat(linesOf("Redis persistence"))
                .singleElement()
                .asString()
                .startsWith("warning")
                .contains("appendonly");
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void the_doctor_goes_on_after_each_part_that_fails() {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere").with("AMOCRM_ACCESS_TOKEN", "dead");
        assertThat(run("doctor"))
                .as("the unreachable database comes before the token")
                .isEqualTo(3);
        assertThat(linesOf("Redis ")).isNotEmpty().first().asString().startsWith("ok");
        assertThat(terminal.output()).containsPattern("PROBLEM +IDENT").containsPattern("PROBLEM +amoCRM");
        installation.with("TIMEZONE", "Moskau");
        assertThat(run("doctor")).isEqualTo(2);
        assertThat(terminal.output())
                .containsPattern("PROBLEM +settings +clinic.zone")
                .containsPattern("ok +Redis")
                .containsPattern("warning +amoCRM +not looked at");
    }

    @Test
    void the_doctor_says_that_amocrm_cannot_be_asked_without_redis() {
        installation.with("REDIS_PORT", "1");
        assertThat(run("doctor")).isEqualTo(3);
        assertThat(terminal.output())
                .containsPattern("PROBLEM +Redis")
                .containsPattern("ok +IDENT")
                .containsPattern("warning +amoCRM +not asked");
    }

    @Test
    void fields_lists_the_account_before_the_settings_name_anything() throws IOException {
        forgetFields();
        installation
                .with("AMOCRM_PRIMARY_PIPELINE_ID", "")
                .with("AMOCRM_SECONDARY_PIPELINE_ID", "")
                .with("IDENT_JDBC_URL", "")
                .with("DB_USERNAME", "");
        assertThat(run("fields")).as(terminal.errors()).isZero();
        assertThat(terminal.output())
                .contains(
                        "4401 «Первичные приёмы»",
                        "440101 «Новая запись»",
                        "AMOCRM_DEAL_FIELD_RECEPTION_ID=26",
                        "AMOCRM_PRIMARY_PIPELINE_ID=4401",
                        "AMOCRM_SECONDARY_PIPELINE_ID=4402",
                        "AMOCRM_CONTACT_FIELD_PHONE=2",
                        "AMOCRM_CONTACT_FIELD_EMAIL=20");
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void missing_fields_are_made_once_with_fitting_types_and_the_settings_to_paste_work() throws IOException {
        forgetFields();
        removeFields();
        int before = installation.account().fieldsOf(true).size()
                + installation.account().fieldsOf(false).size();
        assertThat(run("fields", "--create", "--yes", "--json"))
                .as(terminal.errors())
                .isZero();
        Map<String, String> settings = new HashMap<>();
        json().path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        int made = installation.account().fieldsOf(true).size()
                + installation.account().fieldsOf(false).size()
                - before;
        assertThat(made).isPositive();
        CustomField key =
                installation.account().fieldsOf(true).get(Long.valueOf(settings.get("AMOCRM_DEAL_FIELD_RECEPTION_ID")));
        assertThat(key.type()).isEqualTo(FieldType.TEXT);
        assertThat(key.apiOnly()).isTrue();
        CustomField date = installation
                .account()
                .fieldsOf(true)
                .get(Long.valueOf(settings.get("AMOCRM_DEAL_FIELD_RECEPTION_DATE")));
        assertThat(date.type()).isEqualTo(FieldType.DATE_TIME);
        assertThat(date.apiOnly()).isFalse();

        assertThat(run("fields", "--create", "--yes")).isZero();
        assertThat(terminal.output())
                .contains("AMOCRM_DEAL_FIELD_RECEPTION_ID=" + settings.get("AMOCRM_DEAL_FIELD_RECEPTION_ID"));
        assertThat(installation.account().fieldsOf(true).size()
                        + installation.account().fieldsOf(false).size()
                        - before)
                .isEqualTo(made);

        installation.variables().putAll(settings);
        assertThat(run("test-amocrm")).as(terminal.output()).isZero();
        assertThat(run("fields", "--create", "--yes")).isZero();
        assertThat(terminal.output()).contains("Nothing to paste");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"WRITE_THEN_504", "WRITE_THEN_RESET", "RESET_BEFORE_WRITE"})
    void no_field_is_made_twice_when_an_answer_is_lost(Fault fault) {
        forgetFields();
        removeFields();
        installation.sandbox().faults().plan(fault, Scope.WRITES, call -> call == 1);
        assertThat(run("fields", "--create", "--yes")).as(terminal.errors()).isZero();
        assertThat(installation.account().fieldsOf(true).values())
                .extracting(CustomField::name)
                .doesNotHaveDuplicates()
                .contains("Код приёма IDENT");
        assertThat(terminal.output()).contains("AMOCRM_DEAL_FIELD_RECEPTION_ID=", "AMOCRM_CONTACT_FIELD_PATIENT_ID=");
    }

    /** All but phone and e-mail, which are amoCRM's own, and what managers have made. */
    private void removeFields() {
        for (boolean deals : new boolean[] {true, false}) {
            installation.account().fieldsOf(deals).keySet().stream()
                    .filter(id -> id < 100 && (deals || id != 2 && id != 20))
                    .toList()
                    .forEach(id -> installation.account().deleteField(deals, id));
        }
    }

    private int asked(String answer, String... command) {
        return terminal.run(
                new Environment(
                        Path.of("."),
                        installation.variables(),
                        EnvFile.none(),
                        true,
                        true,
                        new Interruption(),
                        () -> answer),
                command);
    }

    private int fields() {
        return installation.account().fieldsOf(true).size()
                + installation.account().fieldsOf(false).size();
    }

    @Test
    void beside_the_fields_of_the_older_tool_none_is_made_but_what_is_missing() {
        forgetFields();
        int before = fields();
        assertThat(run("fields", "--create", "--yes")).as(terminal.errors()).isZero();
        assertThat(fields() - before).isEqualTo(1);
        assertThat(terminal.output())
                .contains(
                        "AMOCRM_DEAL_FIELD_RECEPTION_ID=26",
                        "AMOCRM_CONTACT_FIELD_CITY=24",
                        "AMOCRM_CONTACT_FIELD_PATIENT_NUMBER=17",
                        "AMOCRM_DEAL_FIELD_PATIENT_NUMBER=17",
                        "Made now");
    }

    @Test
    void fields_are_shown_and_made_after_a_yes_only() {
        removeFields();
        forgetFields();
        int before = fields();
        assertThat(run("fields", "--create")).isZero();
        assertThat(terminal.output()).contains("«Код приёма IDENT», text", "Nothing was made", "--yes");
        assertThat(asked("n", "fields", "--create")).isZero();
        assertThat(asked(null, "fields", "--create")).isZero();
        assertThat(run("fields", "--create", "--json")).isZero();
        assertThat(terminal.output()).contains("to_make");
        assertThat(fields()).isEqualTo(before);
        assertThat(asked("y", "fields", "--create", "AMOCRM_DEAL_FIELD_RECEPTION_ID", "contact.patient-id", "city"))
                .isZero();
        assertThat(terminal.output()).contains("Make them in amoCRM?", "Made now");
        assertThat(fields() - before).isEqualTo(3);
        assertThat(run("fields", "--create", "doctor", "--yes")).isEqualTo(2);
        assertThat(terminal.errors()).contains("--create doctor: there is no such field");
        assertThat(run("fields", "--yes")).isEqualTo(2);
    }

    @Test
    void a_field_whose_code_amocrm_refuses_is_made_all_the_same() {
        removeFields();
        forgetFields();
        installation.sandbox().faults().always(Fault.CODES_WITHOUT_UNDERSCORES);
        // Somebody else's field has taken a code of ours.
        installation.account().putField(true, 500, "Чужое", FieldType.DATE, "IDENTDOCTORNAME");
        assertThat(run("fields", "--create", "--yes")).as(terminal.output()).isZero();
        assertThat(installation.account().fieldsOf(true).values())
                .anySatisfy(field -> {
                    assertThat(field.name()).isEqualTo("Врач");
                    assertThat(field.code()).isNull();
                })
                .anySatisfy(field -> assertThat(field.code()).isEqualTo("IDENTRECEPTIONID"));
        int before = fields();
        assertThat(run("fields", "--create", "--yes")).isZero();
        assertThat(fields()).as("found again by its title").isEqualTo(before);
    }

    private void forgetFields() {
        installation.variables().keySet().stream()
                .filter(name -> name.contains("_FIELD_"))
                .toList()
                .forEach(name -> installation.with(name, ""));
    }

    @Test
    void what_kubernetes_sets_for_a_service_named_redis_is_not_taken_for_ours() {
        String port = installation.variables().get("REDIS_PORT");
        installation
                .with("REDIS_PORT", "tcp://10.0.0.1:6379")
                .with("REDIS_PORT_6379_TCP", "tcp://10.0.0.1:6379")
                .with("REDIS_PORT_6379_TCP_ADDR", "10.0.0.1")
                .with("REDIS_SERVICE_HOST", "10.0.0.1")
                .with("REDIS_SERVICE_PORT", "6379")
                .with("REDIS_URL", "redis://127.0.0.1:" + port);
        assertThat(run("doctor")).as(terminal.output()).isZero();
        assertThat(linesOf("settings")).allMatch(line -> line.startsWith("ok"));
    }

    @Test
    void exchanged_pipelines_and_text_fields_are_told_and_what_is_well_is_named() {
        terminal.run("doctor");
        assertThat(linesOf("amoCRM pipelines"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("ok")
                        .contains(
                                "primary → " + SandboxAccount.PRIMARY + " «",
                                "secondary → " + SandboxAccount.SECONDARY + " «"));
        String doctor = installation.variables().get("AMOCRM_DEAL_FIELD_DOCTOR_NAME");
        installation
                .with("AMOCRM_DEAL_FIELD_DOCTOR_NAME", installation.variables().get("AMOCRM_DEAL_FIELD_SERVICE_NAME"))
                .with("AMOCRM_DEAL_FIELD_SERVICE_NAME", doctor)
                .with("AMOCRM_PRIMARY_PIPELINE_ID", Long.toString(SandboxAccount.SECONDARY))
                .with("AMOCRM_SECONDARY_PIPELINE_ID", Long.toString(SandboxAccount.PRIMARY))
                .with("AMOCRM_PRIMARY_STAGE_ID", "")
                .with("AMOCRM_SECONDARY_STAGE_ID", "");
        terminal.run("doctor");
        assertThat(linesOf("amoCRM pipelines"))
                .filteredOn(line -> line.startsWith("warning"))
                .hasSize(2)
                .allMatch(line -> line.contains("the other funnel"));
        assertThat(linesOf("amoCRM fields"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("warning")
                        .contains("AMOCRM_DEAL_FIELD_DOCTOR_NAME", "AMOCRM_DEAL_FIELD_SERVICE_NAME"));
    }

    @Test
    void a_pace_for_which_amocrm_blocks_accounts_is_told() {
        installation.with("RATE_LIMIT_REQUESTS", "70");
        terminal.run("doctor");
        assertThat(linesOf("settings"))
                .anySatisfy(line -> assertThat(line).startsWith("warning").contains("RATE_LIMIT_REQUESTS"));
    }

    @Test
    void variables_of_other_programs_do_not_stop_the_start(@TempDir Path scratch) throws IOException {
        Path file = scratch.resolve(".env");
        Files.writeString(
                file, "DB_DRIVER='ODBC Driver 18'\nexport LOG_FORMAT=text # remark\n\nPATH_OF_SOMETHING=/x\n");
        Map<String, String> process = new HashMap<>(installation.variables());
        process.put("REDIS_PASSWRD", "x");
        assertThat(terminal.run(Environment.of(Path.of("."), file, process), "doctor"))
                .as(terminal.output())
                .isZero();
        assertThat(linesOf("settings"))
                .anySatisfy(line -> assertThat(line).startsWith("warning").contains("DB_DRIVER in .env"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("warning")
                        .contains("REDIS_PASSWRD in the environment", "did you mean REDIS_PASSWORD?"))
                .noneMatch(line -> line.contains("PATH_OF_SOMETHING"));
    }

    @Test
    void what_ends_for_a_missing_setting_names_the_misspelt_one_of_the_environment() {
        installation.with("AMOCRM_PRIMARY_PIPELINE_ID", "").with("AMOCRM_PRIMRY_PIPELINE_ID", "1");
        assertThat(terminal.run("stats")).isEqualTo(2);
        assertThat(terminal.errors())
                .contains(
                        "AMOCRM_PRIMARY_PIPELINE_ID) is missing",
                        "patients without a completed visit",
                        "AMOCRM_PRIMRY_PIPELINE_ID in the environment",
                        "did you mean AMOCRM_PRIMARY_PIPELINE_ID?");
    }
}
