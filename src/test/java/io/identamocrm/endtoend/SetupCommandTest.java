package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.cli.Environment;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.CustomField;
import io.identamocrm.sandbox.FieldType;
import io.identamocrm.sandbox.TokenDesk;
import io.identamocrm.settings.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code setup} as a person sees it on a terminal, and as a machine uses it; beside an account that holds the older tool's fields. */
class SetupCommandTest {

    private static final String PASSWORD = "DB_PASSWORD";

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private final Terminal terminal = installation.terminal();
    private SetupTerminal person = new SetupTerminal();

    @TempDir
    private Path scratch;

    private Path env;

    @BeforeEach
    void open() {
        env = scratch.resolve(".env");
        installation.booked(installation.patient("8 900 111-22-33"));
    }

    /** What tests need of the process's environment: no wait is long, and the machine's zone is the clinic's. */
    private Map<String, String> process() {
        Map<String, String> process = new HashMap<>();
        installation.variables().forEach((name, value) -> {
            if (name.matches("RATE_.*|.*_MS|MANAGEMENT_PORT")) {
                process.put(name, value);
            }
        });
        return process;
    }

    private int run(String... command) {
        Environment environment = Environment.of(Path.of("."), env, process()).with(person::open);
        return terminal.run(environment, command);
    }

    private Map<String, String> written() {
        return EnvFile.read(env).variables();
    }

    private SetupTerminal newcomer() {
        Map<String, String> set = installation.variables();
        return new SetupTerminal()
                .answer("TIMEZONE", set.get("TIMEZONE"))
                .answer("DB_SERVER", set.get("IDENT_JDBC_URL"))
                .answer("DB_USERNAME", set.get("DB_USERNAME"))
                .answer(PASSWORD, set.get(PASSWORD))
                .answer("REDIS_HOST", "127.0.0.1")
                .answer("REDIS_PORT", set.get("REDIS_PORT"))
                .answer("AMOCRM_SUBDOMAIN", set.get("AMOCRM_BASE_URL"))
                .answer("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            return files.sorted().toList();
        }
    }

    private int fields() {
        return installation.account().fieldsOf(true).size()
                + installation.account().fieldsOf(false).size();
    }

    @Test
    void a_newcomer_answers_and_ends_with_a_file_that_works() throws IOException {
        int before = fields();
        person = newcomer();
        assertThat(run("setup"))
                .as(person.shown() + terminal.output() + terminal.errors())
                .isZero();
        assertThat(person.unasked()).isEmpty();
        assertThat(written())
                .containsEntry("AMOCRM_PRIMARY_PIPELINE_ID", "4401")
                .containsEntry("AMOCRM_SECONDARY_PIPELINE_ID", "4402")
                .containsEntry("AMOCRM_DEAL_FIELD_RECEPTION_ID", "26")
                .containsEntry("AMOCRM_CONTACT_FIELD_PATIENT_ID", "25")
                .containsEntry("AMOCRM_CONTACT_FIELD_PHONE", "2")
                .containsEntry("AMOCRM_DEAL_FIELD_DOCTOR_NAME", "28")
                .doesNotContainKeys("AMOCRM_PRIMARY_STAGE_ID", "DEAL_STAGE_PRIMARY_ARRIVED");
        assertThat(person.shown()).contains("set by hand", "BRANCHES", "REDIS_DB", "HTTPS_PROXY");
        assertThat(fields() - before)
                .as("only the state of the exchange was missing")
                .isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly(env);
        assertThat(terminal.output())
                .contains("Dry run, nothing was written")
                .containsPattern("created +1")
                .doesNotContain("PROBLEM");
        assertThat(installation.account().leads()).isEmpty();
        assertThat(person.shown() + terminal.output() + terminal.errors()).doesNotContain(AmoSandbox.TOKEN);

        // Once more, with nothing but Enter.
        String file = Files.readString(env);
        person = new SetupTerminal();
        assertThat(run("setup")).as(person.shown()).isZero();
        assertThat(person.shown()).contains("Nothing changes").doesNotContain("Write this?");
        assertThat(files()).containsExactly(env);
        assertThat(env).hasContent(file);
    }

    @Test
    void what_does_not_work_is_said_at_once_with_its_remedy_and_asked_again() {
        Map<String, String> set = installation.variables();
        person = new SetupTerminal()
                .answer("TIMEZONE", "Moskau")
                .answer("TIMEZONE", set.get("TIMEZONE"))
                .answer("DB_SERVER", set.get("IDENT_JDBC_URL"))
                .answer("DB_USERNAME", set.get("DB_USERNAME"))
                .answer(PASSWORD, "wrong-one")
                .answer(PASSWORD, set.get(PASSWORD))
                .answer("REDIS_HOST", "redis://user:keep-quiet@127.0.0.1:" + set.get("REDIS_PORT"))
                .answer("REDIS_HOST", "127.0.0.1")
                .answer("REDIS_PORT", "1")
                .answer("REDIS_PORT", set.get("REDIS_PORT"))
                .answer("AMOCRM_SUBDOMAIN", "my clinic")
                .answer("AMOCRM_SUBDOMAIN", set.get("AMOCRM_BASE_URL"))
                .answer("AMOCRM_ACCESS_TOKEN", "dead-token")
                .answer("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN)
                .answer("who have not completed one yet", "Повторные приёмы")
                .answer("speaks of the other funnel", "Первичные приёмы")
                .answer("of all other patients", "1")
                .answer("cannot share", "Повторные")
                .answer("Who is responsible", "9002")
                .answer("stage of «Первичные", "Подтверждён");
        assertThat(run("setup"))
                .as(person.shown() + terminal.output() + terminal.errors())
                .isZero();
        assertThat(person.unasked()).isEmpty();
        assertThat(person.shown())
                .contains(
                        "no such time zone",
                        "PROBLEM  IDENT",
                        "PROBLEM  Redis",
                        "PROBLEM  amoCRM",
                        "no address of an account")
                .doesNotContain("wrong-one", "dead-token", "keep-quiet");
        assertThat(written())
                .containsEntry("AMOCRM_PRIMARY_PIPELINE_ID", "4401")
                .containsEntry("AMOCRM_SECONDARY_PIPELINE_ID", "4402")
                .containsEntry("AMOCRM_RESPONSIBLE_USER_ID", "9002")
                .containsEntry("AMOCRM_PRIMARY_STAGE_ID", "440102");
    }

    @Test
    void a_dialogue_that_was_ended_goes_on_where_it_was() throws IOException {
        Map<String, String> set = installation.variables();
        person = new SetupTerminal()
                .answer("TIMEZONE", set.get("TIMEZONE"))
                .answer("DB_SERVER", set.get("IDENT_JDBC_URL"))
                .answer("DB_USERNAME", set.get("DB_USERNAME"))
                .answer(PASSWORD, set.get(PASSWORD))
                .answer("REDIS_HOST", "127.0.0.1")
                .answer("REDIS_PORT", set.get("REDIS_PORT"))
                .answer("AMOCRM_SUBDOMAIN", set.get("AMOCRM_BASE_URL"))
                .answer("AMOCRM_ACCESS_TOKEN", SetupTerminal.INTERRUPT);
        assertThat(run("setup")).isEqualTo(2);
        assertThat(terminal.output()).contains("Nothing was written");
        Path draft = scratch.resolve(".env.setup");
        assertThat(files()).containsExactly(draft);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft)))
                .isEqualTo("rw-------");

        person = new SetupTerminal().answer("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN);
        assertThat(run("setup")).as(person.shown() + terminal.output()).isZero();
        assertThat(person.shown())
                .contains("IDENT is well", "Redis is well")
                .doesNotContain("DB_PASSWORD:", "REDIS_PORT [");
        assertThat(files()).containsExactly(env);
        assertThat(written()).containsEntry("DB_USERNAME", set.get("DB_USERNAME"));
    }

    @Test
    void the_old_file_is_kept_with_its_date_and_what_is_not_asked_for_stays_in_the_new_one() throws IOException {
        Map<String, String> set = installation.variables();
        String old = "# ours\nIDENT_JDBC_URL=" + set.get("IDENT_JDBC_URL") + "\nDB_USERNAME=" + set.get("DB_USERNAME")
                + "\nDB_PASSWORD='"
                + set.get(PASSWORD) + "'\nREDIS_PORT=" + set.get("REDIS_PORT") + "\nAMOCRM_BASE_URL="
                + set.get("AMOCRM_BASE_URL")
                + "\nAMOCRM_SUBDOMAIN=sandbox\nAMOCRM_ACCESS_TOKEN=" + AmoSandbox.TOKEN
                + "\nPHONES_REGION=RU\nTIMEZONE="
                + set.get("TIMEZONE") + "\nAMOCRM_DEAL_FIELD_DOCTOR_NAME=99\n";
        Files.writeString(env, old);
        person = new SetupTerminal()
                .answer("Enter takes them so", "contact.city=")
                .answer("Which of them shall be made", "none");
        assertThat(run("setup")).as(person.shown() + terminal.output()).isZero();
        assertThat(files()).hasSize(2);
        Path copy = files().get(1);
        assertThat(copy.getFileName().toString()).matches("\\.env\\.\\d{4}-\\d\\d-\\d\\d-\\d{6}");
        assertThat(copy).hasContent(old);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(env))
                .startsWith("# ours\n")
                .contains("PHONES_REGION=RU", "AMOCRM_SUBDOMAIN=sandbox");
        assertThat(written())
                .containsEntry("AMOCRM_DEAL_FIELD_DOCTOR_NAME", "28")
                .doesNotContainKeys("AMOCRM_CONTACT_FIELD_CITY", "AMOCRM_DEAL_FIELD_SYNC_STATE");
        assertThat(person.unasked()).isEmpty();
    }

    @Test
    void who_wants_deals_to_move_by_themselves_chooses_the_stages_too() {
        person = newcomer()
                .answer("Choose the stages for that now", "y")
                .answer("«Первичные приёмы» for a visit that is booked", "2")
                .answer("«Повторные приёмы» for a visit that is missed", "3");
        assertThat(run("setup"))
                .as(person.shown() + terminal.output() + terminal.errors())
                .isZero();
        assertThat(person.unasked()).isEmpty();
        assertThat(written())
                .containsEntry("DEAL_STAGE_PRIMARY_SCHEDULED", "440101")
                .containsEntry("DEAL_STAGE_SECONDARY_NO_SHOW", "440202")
                .doesNotContainKeys("DEAL_STAGE_PRIMARY_ARRIVED", "DEAL_STAGE_SECONDARY_SCHEDULED");
    }

    @Test
    void a_no_at_the_end_writes_nothing_anywhere() throws IOException {
        person = newcomer().answer("Write this?", "n");
        int before = fields();
        assertThat(run("setup")).isEqualTo(2);
        assertThat(env).doesNotExist();
        assertThat(fields()).isEqualTo(before);
        assertThat(files()).containsExactly(scratch.resolve(".env.setup"));
    }

    @Test
    void an_oauth_integration_is_let_in_by_its_code() throws IOException {
        person = newcomer();
        person.unasked().remove("AMOCRM_ACCESS_TOKEN");
        person.answer("lets the program in", "2")
                .answer("AMOCRM_CLIENT_ID", TokenDesk.CLIENT_ID)
                .answer("AMOCRM_CLIENT_SECRET", TokenDesk.CLIENT_SECRET)
                .answer("AMOCRM_REDIRECT_URI", TokenDesk.REDIRECT_URI)
                .answer("CODE", installation.sandbox().tokens().newCode());
        assertThat(run("setup")).as(person.shown() + terminal.output()).isZero();
        assertThat(written())
                .containsEntry("AMOCRM_CLIENT_ID", TokenDesk.CLIENT_ID)
                .doesNotContainKey("AMOCRM_ACCESS_TOKEN");
        assertThat(person.shown()).doesNotContain(TokenDesk.CLIENT_SECRET);
    }

    @Test
    void without_a_terminal_one_sentence_says_what_to_do() {
        assertThat(terminal.run(Environment.of(Path.of("."), env, process()), "setup"))
                .isEqualTo(2);
        assertThat(terminal.errors().lines()).singleElement().asString().contains("no terminal", "--answers FILE");
    }

    private Path answers(String... lines) throws IOException {
        return Files.write(scratch.resolve("answers"), List.of(lines));
    }

    private String[] good() {
        Map<String, String> set = installation.variables();
        return Stream.of(
                        "IDENT_JDBC_URL",
                        "DB_USERNAME",
                        PASSWORD,
                        "REDIS_PORT",
                        "AMOCRM_BASE_URL",
                        "AMOCRM_ACCESS_TOKEN",
                        "TIMEZONE")
                .map(name -> name + "='" + set.get(name) + "'")
                .toArray(String[]::new);
    }

    @Test
    void a_machine_answers_by_a_file() throws IOException {
        assertThat(run("setup", "--answers", answers(good()).toString()))
                .as(terminal.output() + terminal.errors())
                .isZero();
        assertThat(written())
                .containsEntry("AMOCRM_PRIMARY_PIPELINE_ID", "4401")
                .containsEntry("AMOCRM_DEAL_FIELD_RECEPTION_ID", "26");
        assertThat(terminal.output()).contains("Dry run, nothing was written").doesNotContain(AmoSandbox.TOKEN);
        String file = Files.readString(env);
        assertThat(run("setup", "--answers", answers(good()).toString())).isZero();
        assertThat(env).hasContent(file);
        assertThat(terminal.output()).contains("Nothing changes");
    }

    @Test
    void a_machine_is_told_everything_that_is_wrong_at_once() throws IOException {
        installation.account().deleteField(false, 25);
        List<String> lines = new ArrayList<>(List.of(good()));
        lines.removeIf(line -> line.startsWith("IDENT_JDBC_URL"));
        lines.addAll(List.of(
                "no line",
                "DB_SERVER=127.0.0.1",
                "DB_PORT=1",
                "DB_PASSWRD=x",
                "WATCH_SECONDS=often",
                "AMOCRM_PRIMARY_PIPELINE_ID=4402",
                "AMOCRM_SECONDARY_PIPELINE_ID=4403",
                "AMOCRM_SECONDARY_STAGE_ID=7",
                "AMOCRM_DEAL_FIELD_DOCTOR_NAME=77"));
        assertThat(run(
                        "setup",
                        "--answers",
                        answers(lines.toArray(String[]::new)).toString()))
                .isEqualTo(2);
        assertThat(terminal.output())
                .contains(
                        "answers, line 7",
                        "DB_PASSWRD",
                        "IDENT",
                        "WATCH_SECONDS",
                        "other funnel",
                        "AMOCRM_DEFAULT_STAGE_ID=7",
                        "AMOCRM_DEAL_FIELD_DOCTOR_NAME=77",
                        "AMOCRM_CONTACT_FIELD_PATIENT_ID is missing");
        assertThat(env).doesNotExist();
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void a_machine_makes_missing_fields_only_where_it_is_told_to() throws IOException {
        installation.account().deleteField(true, 26);
        installation.account().putField(true, 26, "Номер приёма", FieldType.SELECT);
        assertThat(run("setup", "--answers", answers(good()).toString())).isEqualTo(2);
        assertThat(run("setup", "--create", "--answers", answers(good()).toString()))
                .as(terminal.output())
                .isZero();
        CustomField made = installation
                .account()
                .fieldsOf(true)
                .get(Long.valueOf(written().get("AMOCRM_DEAL_FIELD_RECEPTION_ID")));
        assertThat(made.name()).isEqualTo("Код приёма IDENT");
        assertThat(made.apiOnly()).isTrue();
    }
}
