package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code test-db}: what it finds in a clinic's database. */
class IdentProbeTest {

    private static final int LARGE = 50_001;

    @RegisterExtension
    private final Installation installation = Installation.empty();

    @BeforeEach
    void start() {
        installation.booked(installation.patient("8 900 111-22-33"));
    }

    private record Look(int exitCode, String text) {}

    private Look look(String... options) {
        Terminal terminal = installation.terminal();
        int exitCode = terminal.run(
                Stream.concat(Stream.of("test-db"), Stream.of(options)).toArray(String[]::new));
        return new Look(exitCode, terminal.output());
    }

    private String line(Look look, String about) {
        return look.text()
                .lines()
                .filter(line -> line.contains(" " + about + " "))
                .findFirst()
                .orElse("");
    }

    @Test
    void a_sound_database_has_no_warning_and_every_table_with_its_columns_types() {
        Look look = look();
        assertThat(look.exitCode()).isZero();
        assertThat(look.text()).doesNotContain("warning", "PROBLEM", "could not be looked at");
        assertThat(line(look, "IDENT Receptions")).contains("ID int", "PlanStart ");
        assertThat(line(look, "IDENT Persons")).contains("MobilePhone ");
        assertThat(line(look, "IDENT rights")).contains("cannot write");
        assertThat(line(look, "IDENT cursor")).contains("RowVersion", "0x0000");
        assertThat(line(look, "IDENT rows")).contains("1 receptions", "1 patients");
        assertThat(line(look, "config/sql")).contains("every file is understood");
    }

    @Test
    void as_json() throws IOException {
        JsonNode findings = new ObjectMapper().readTree(look("--json").text());
        assertThat(findings)
                .isNotEmpty()
                .allMatch(finding -> finding.path("level").asText().equals("ok"));
    }

    @Test
    void nothing_else_than_the_database_is_needed() {
        installation.with("REDIS_PORT", "1").with("AMOCRM_BASE_URL", "http://127.0.0.1:1");
        assertThat(look().exitCode()).isZero();
    }

    @Test
    void all_that_is_missing_is_listed_with_what_it_is_for() {
        installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN ReceptionEnded");
        installation.clinic().execute("ALTER TABLE dbo.Persons DROP COLUMN MobilePhone");
        installation.clinic().execute("DROP TABLE dbo.Armchairs");
        Look look = look();
        assertThat(look.exitCode()).isEqualTo(2);
        assertThat(look.text())
                .containsPattern(
                        "receptions.sql, line \\d+: IDENT has no column Receptions.ReceptionEnded, which is to give ended_at")
                .contains(
                        "IDENT has no column Persons.MobilePhone, which is to give mobile_phone",
                        "IDENT has no table Armchairs",
                        "patient-visits.sql, line ",
                        "patients.sql, line ");
    }

    @Test
    void visits_that_were_moved_and_are_to_come_twice_are_counted() {
        LocalDateTime now = LocalDateTime.now();
        long first = installation.staff().book(installation.patient("8 900 111-22-33"), now.plusDays(3), now);
        long second = installation.staff().move(first, now.plusDays(5), now);
        assertThat(look().text()).contains("IDENT moved visits", "none is planned twice");
        installation.staff().uncancel(first, now);
        assertThat(second).isPositive();
        assertThat(look().text())
                .contains("1 receptions to come were moved from one that is still to come too", "TRANSFERS=no");
    }

    @Test
    void a_column_of_another_type_is_named_where_it_matters() {
        installation.clinic().execute("ALTER TABLE dbo.Receptions ALTER COLUMN PlanEnd nvarchar(32)");
        installation.clinic().execute("ALTER TABLE dbo.Patients DROP COLUMN FirstVisit");
        installation.clinic().execute("ALTER TABLE dbo.Patients ADD FirstVisit int");
        installation.clinic().execute("ALTER TABLE dbo.Patients DROP COLUMN SMSRejection");
        installation.clinic().execute("ALTER TABLE dbo.Patients ADD SMSRejection datetime");
        Look look = look();
        assertThat(look.exitCode()).isEqualTo(2);
        assertThat(look.text())
                .containsPattern("receptions.sql, line \\d+: plan_end is .*must be date and time")
                .containsPattern("receptions.sql, lines? [\\d, ]+: Receptions.PlanEnd is .*compared with a time")
                .containsPattern("patients.sql, line \\d+: first_visit is .*must be a date")
                .containsPattern("patients.sql, line \\d+: sms_rejection is .*must be a bit");
    }

    @Test
    void a_bill_that_is_told_by_a_bit_is_refused_wherever_its_being_there_would_count() {
        installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN CheckIssued");
        installation.clinic().execute("ALTER TABLE dbo.Receptions ADD CheckIssued bit DEFAULT 0 NOT NULL");
        Look look = look();
        assertThat(look.exitCode()).isEqualTo(2);
        assertThat(look.text())
                .containsPattern("receptions.sql, line \\d+: check_issued_at is ")
                .containsPattern(
                        "patient-visits.sql, lines \\d+, \\d+.*: Receptions.CheckIssued is boolean and never null")
                .containsPattern("receptions.sql, lines \\d+, \\d+: Receptions.CheckIssued is ")
                .contains("COALESCE(CheckIssued, 0) = 1 in place of IS NOT NULL");
    }

    @Test
    void a_day_without_a_time_is_refused_where_it_is_compared_with_one() {
        installation.clinic().execute("ALTER TABLE dbo.Orders ALTER COLUMN DateTimeChanged date");
        Look look = look();
        assertThat(look.exitCode()).isEqualTo(2);
        assertThat(look.text())
                .containsPattern("changed-patients.sql, line \\d+: Orders.DateTimeChanged is a date without a time");
    }

    @Test
    void a_time_with_an_offset_is_refused_where_it_is_compared_and_where_it_is_read() {
        installation
                .clinic()
                .execute("ALTER TABLE dbo.Receptions ALTER COLUMN DateTimeChanged timestamp with time zone");
        Look look = look();
        assertThat(look.exitCode()).isEqualTo(2);
        assertThat(look.text())
                .containsPattern("receptions.sql, line \\d+: changed_at is .*SWITCHOFFSET")
                .containsPattern(
                        "changed-patients.sql, line \\d+: Receptions.DateTimeChanged is .*compared with a time");
    }

    @Test
    void a_column_of_this_name_that_does_not_count_by_itself_is_no_row_version() {
        installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        installation.clinic().execute("ALTER TABLE dbo.Receptions ADD RowVersion bigint");
        Look look = look();
        assertThat(look.exitCode()).isZero();
        assertThat(line(look, "IDENT cursor"))
                .startsWith("warning")
                .contains("RowVersion is bigint and no row version");
    }

    @Test
    void missing_optional_columns_are_one_warning() {
        installation.clinic().execute("ALTER TABLE dbo.Persons DROP COLUMN City");
        installation.clinic().execute("ALTER TABLE dbo.Persons DROP COLUMN INN");
        Look look = look();
        assertThat(look.exitCode()).isZero();
        assertThat(look.text().lines().filter(line -> line.startsWith("warning")))
                .singleElement()
                .asString()
                .contains("Persons.City, Persons.INN", "left alone in amoCRM");
    }

    @Test
    void a_login_that_may_write_is_warned_of() {
        installation
                .clinic()
                .execute("GRANT UPDATE ON dbo.Patients TO "
                        + installation.clinic().reader());
        Look look = look();
        assertThat(look.exitCode()).isZero();
        assertThat(line(look, "IDENT rights")).startsWith("warning").contains("may write: Patients", "SELECT");
    }

    @Test
    void without_row_versions_the_times_are_the_cursor() {
        installation.clinic().execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        assertThat(line(look(), "IDENT cursor")).startsWith("warning").contains("no column RowVersion");
    }

    @Test
    void a_large_database_gets_advice_on_indexes_and_none_is_made() {
        installation
                .clinic()
                .execute(
                        "INSERT INTO dbo.Receptions (PlanStart, DateTimeAdded) "
                                + "SELECT CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, ?)",
                        LARGE);
        long indexes = installation.clinic().count("SELECT COUNT(*) FROM INFORMATION_SCHEMA.INDEXES");
        assertThat(look().text())
                .containsOnlyOnce("database administrator or to IDENT's support")
                .containsOnlyOnce("CREATE INDEX IX_Receptions_RowVersion ON dbo.Receptions (RowVersion)")
                .doesNotContain("ON dbo.Receptions (ID_Patients)");
        assertThat(installation.clinic().count("SELECT COUNT(*) FROM INFORMATION_SCHEMA.INDEXES"))
                .isEqualTo(indexes);
    }

    @Test
    void an_empty_database_and_one_that_nobody_works_with_are_doubted() {
        installation.clinic().execute("UPDATE dbo.Receptions SET DateTimeAdded = ?", Installation.NOW.minusDays(20));
        assertThat(line(look(), "IDENT newest")).startsWith("warning").contains("copy");
        installation.clinic().execute("DELETE FROM dbo.Receptions");
        assertThat(line(look(), "IDENT rows")).startsWith("warning").contains("0 receptions", "DB_DATABASE");
    }

    @Test
    void a_wrong_zone_shows_in_the_clocks() {
        String zone = installation.variables().get("TIMEZONE").equals("Asia/Tokyo") ? "Europe/Moscow" : "Asia/Tokyo";
        installation.with("TIMEZONE", zone);
        assertThat(line(look(), "IDENT clock")).startsWith("warning").contains("TIMEZONE", zone);
    }

    @Test
    void a_wrong_password_a_wrong_database_and_a_server_that_is_away_are_told_apart() {
        installation.with("DB_PASSWORD", "geheim");
        Look wrong = look();
        assertThat(wrong.exitCode()).isEqualTo(3);
        assertThat(wrong.text()).contains("PROBLEM", "refuses the login").doesNotContain("geheim");
        installation.with("IDENT_JDBC_URL", "jdbc:h2:mem:nowhere;IFEXISTS=TRUE");
        assertThat(look().text()).contains("no such database");
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        assertThat(look().text()).contains("cannot be reached");
    }

    @Test
    void a_missing_file_is_a_problem(@TempDir Path config) throws IOException {
        Files.createDirectory(config.resolve("sql"));
        Files.copy(Path.of("config/application.properties"), config.resolve("application.properties"));
        Look look = look("--config", config.toString());
        assertThat(look.exitCode()).isEqualTo(2);
        assertThat(look.text()).contains("server-clock.sql is missing");
    }
}
