package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identamocrm.model.FailureCode;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.Problem;
import io.identamocrm.sync.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engineers edit routes and SQL: a good edit works after a restart, a bad one is named with file and line. */
class EditedFilesTest {

    @RegisterExtension
    private static final Installation installation = Installation.empty();

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deliver.camel.yaml        | - split:               | - splitt:              | Unknown node id: splitt",
                "deliver.camel.yaml        | ref: deliveries        | ref: delivery          | there is no bean delivery",
                "reception-sync.camel.yaml | outputType: StreamList | outputTyp: StreamList  | the endpoint has no option outputTyp",
                "crm-mirror.camel.yaml     | steps:                 | steps: :               | mapping values are not allowed here",
                "amocrm-api.camel.yaml     | uri: direct            | uri: dirrect           | there is no component dirrect",
                "amocrm-api.camel.yaml     | {{amocrm.endpoint}}    | {{amocrm.endpunkt}}    | there is no setting amocrm.endpunkt"
            })
    void a_broken_route_is_named_with_file_and_line(String file, String good, String bad, String reason)
            throws IOException {
        Path routes = Copies.of("routes", scratch);
        int line = edit(routes.resolve(file), good, bad);
        Throwable failure = catchThrowable(() ->
                installation.withConfig(Path.of("config")).withRoutes(routes).runtime());
        assertThat(failure)
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining(file + ", line " + line + ": ")
                .hasMessageContaining(reason);
        assertThat(Problem.of(failure).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "receptions.sql           | r.PlanStart AS    | r.PlannedStart AS     | PlannedStart",
                "changed-receptions.sql   | FROM dbo.Receptions | FROM dbo.Reception  | Reception",
                "patient-visits.sql | GROUP BY          | GROUPED BY            | Syntax error"
            })
    void a_broken_sql_file_is_named_with_file_and_line(String file, String good, String bad, String reason)
            throws IOException {
        Path config = Copies.of("config", scratch);
        int line = edit(config.resolve("sql").resolve(file), good, bad);
        Throwable failure = catchThrowable(() ->
                installation.withRoutes(Path.of("routes")).withConfig(config).runtime());
        assertThat(failure)
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining(file + ", line " + line + ": ")
                .hasMessageContaining(reason);
        assertThat(Problem.of(failure).exitCode()).isEqualTo(2);
    }

    @Test
    void an_alias_that_is_missing_is_named_with_its_file() throws IOException {
        Path config = Copies.of("config", scratch);
        edit(config.resolve("sql/receptions.sql"), "r.PlanEnd AS plan_end", "r.PlanEnd AS plan_ende");
        Throwable failure = catchThrowable(() ->
                installation.withRoutes(Path.of("routes")).withConfig(config).runtime());
        assertThat(failure)
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining("receptions.sql: does not return plan_end");
    }

    @Test
    void every_broken_file_is_named_at_once() throws IOException {
        Path config = Copies.of("config", scratch);
        edit(config.resolve("sql/receptions.sql"), "r.PlanEnd", "r.PlanEnded");
        Files.delete(config.resolve("sql/server-clock.sql"));
        assertThatThrownBy(() -> installation
                        .withRoutes(Path.of("routes"))
                        .withConfig(config)
                        .runtime())
                .hasMessageContaining("server-clock.sql is missing");
    }

    @Test
    void an_edited_sql_file_and_an_edited_route_work_after_a_restart() throws IOException {
        Path config = Copies.of("config", scratch);
        edit(
                config.resolve("sql/receptions.sql"),
                "branch.Name) AS branch_name",
                "branch.Name) AS branch_name, N'edited' AS remark");
        edit(
                config.resolve("sql/receptions.sql"),
                "doctor.Surname AS doctor_surname",
                "N'Дежурный врач' AS doctor_surname");
        Path routes = Copies.of("routes", scratch);
        edit(
                routes.resolve("deliver.camel.yaml"),
                "              - bean:\n                  ref: deliveries\n                  method: deliver\n",
                "              - bean:\n                  ref: deliveries\n                  method: deliver\n"
                        + "              - to:\n                  uri: mock:decided\n");
        long reception = installation.booked(installation.patient("+7 900 111-22-33"));
        installation.withConfig(config).withRoutes(routes).full();
        assertThat(installation.dealOf(reception).fields().get(28L)).startsWith("Дежурный врач");
        assertThat(installation
                        .runtime()
                        .camel()
                        .getEndpoint("mock:decided", MockEndpoint.class)
                        .getReceivedCounter())
                .isEqualTo(1);
    }

    @Test
    void a_count_that_cannot_be_read_fails_the_reception_and_is_never_taken_as_0() throws IOException {
        Path config = Copies.of("config", scratch);
        edit(
                config.resolve("sql/receptions.sql"),
                "THEN 1 ELSE 0 END AS completed_before",
                "THEN 1 END AS completed_before");
        long patient = installation.patient("+7 900 444-22-33");
        long first = installation.booked(patient);
        RunReport report =
                installation.withConfig(config).withRoutes(Path.of("routes")).one(first);
        assertThat(report.failures().get(first).code()).isEqualTo(FailureCode.COMPLETED_COUNT_UNREADABLE);
        assertThat(installation.dealsOf(first)).isEmpty();
        installation.staff().complete(first, Installation.NOW);
        assertThat(installation.one(installation.booked(patient)).failures())
                .as("a 1 is readable")
                .isEmpty();
    }

    @AfterEach
    void restart() {
        installation.restart();
    }

    /** Replaces the first occurrence; returns its line. */
    private static int edit(Path file, String good, String bad) throws IOException {
        String text = Files.readString(file);
        int at = text.indexOf(good);
        assertThat(at).as(file + " has no " + good).isNotNegative();
        Files.writeString(file, text.substring(0, at) + bad + text.substring(at + good.length()));
        return (int) text.substring(0, at).lines().count() + (text.charAt(at - 1) == '\n' ? 1 : 0);
    }
}
