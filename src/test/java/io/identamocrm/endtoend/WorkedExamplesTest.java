package io.identamocrm.endtoend;

import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.SECONDARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Outcome;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.SchedulerException;
import org.quartz.Trigger;

/** The examples of docs/routes.md do what is said, which is seen in amoCRM and in the log; the text that is tried is the document's own. */
class WorkedExamplesTest {

    private static final List<Path> DOCUMENTS = List.of(Path.of("docs/routes.md"), Path.of("docs/routes.ru.md"));
    private static final long DISCOUNT = 10;

    @RegisterExtension
    private final Installation installation = Installation.empty();

    @TempDir
    private Path scratch;

    @Test
    void add_a_field() throws IOException {
        Path config = Copies.of("config", scratch);
        String block = example("sql", "-- optional Patients.Discount");
        insertAbove(config.resolve("sql/patients.sql"), "       p.CardNumber AS card_number", block);
        long patient = installation.patient("+7 900 111-22-33");
        installation
                .with("AMOCRM_CONTACT_FIELD_DISCOUNT", Long.toString(DISCOUNT))
                .withConfig(config);
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.contactsOf(patient))
                .singleElement()
                .satisfies(contact -> assertThat(contact.fields())
                        .as("a build without the column")
                        .doesNotContainKey(DISCOUNT));

        installation.restart();
        installation.clinic().execute("ALTER TABLE dbo.Patients ADD Discount int");
        installation.clinic().execute("UPDATE dbo.Patients SET Discount = 15 WHERE ID_Persons = ?", patient);
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.contactsOf(patient))
                .singleElement()
                .satisfies(contact ->
                        assertThat(contact.fields().get(DISCOUNT).toString()).startsWith("15"));
    }

    @Test
    void a_stage_per_status() throws IOException {
        Map<String, Long> stages = Map.of(
                "DEAL_STAGE_PRIMARY_ARRIVED",
                stage(PRIMARY, 2),
                "DEAL_STAGE_PRIMARY_COMPLETED",
                stage(PRIMARY, 3),
                "DEAL_STAGE_SECONDARY_COMPLETED",
                stage(SECONDARY, 3),
                "DEAL_PROTECTED_STAGES",
                stage(PRIMARY, 4));
        assertThat(example("sh", "DEAL_STAGE_PRIMARY_ARRIVED=…").lines().map(line -> line.replace("=…", "")))
                .containsExactlyInAnyOrderElementsOf(stages.keySet());
        stages.forEach((name, id) -> installation.with(name, Long.toString(id)));
        long patient = installation.patient("+7 900 111-22-34");
        long first = installation.booked(patient);
        long other = installation.booked(installation.patient("+7 900 111-22-41"));
        installation.full();
        assertThat(installation.dealOf(first).stageId()).isNotEqualTo(stage(PRIMARY, 2));
        installation.staff().arrive(first, Installation.NOW);
        installation.staff().arrive(other, Installation.NOW);
        installation.full();
        assertThat(List.of(first, other))
                .allSatisfy(reception ->
                        assertThat(installation.dealOf(reception).stageId()).isEqualTo(stage(PRIMARY, 2)));

        installation
                .account()
                .changeLead(installation.dealOf(first).id(), manager -> manager.stage(PRIMARY, stage(PRIMARY, 1)));
        installation
                .account()
                .changeLead(installation.dealOf(other).id(), manager -> manager.stage(PRIMARY, stage(PRIMARY, 4)));
        installation.full();
        assertThat(installation.dealOf(first).stageId())
                .as("a manager's later move")
                .isEqualTo(stage(PRIMARY, 1));
        installation.staff().complete(first, Installation.NOW);
        installation.staff().complete(other, Installation.NOW);
        installation.full();
        assertThat(installation.dealOf(first).stageId()).as("another status").isEqualTo(stage(PRIMARY, 3));
        assertThat(installation.dealOf(other).stageId()).as("a protected stage").isEqualTo(stage(PRIMARY, 4));

        long second = installation.booked(patient);
        installation.full();
        installation.staff().complete(second, Installation.NOW);
        installation.full();
        assertThat(installation.dealOf(second).stageId()).isEqualTo(stage(SECONDARY, 3));
    }

    @Test
    void another_branch() throws IOException {
        Path config = Copies.of("config", scratch);
        String lines = example("properties", "branch.2.primary-pipeline-id = 100")
                .replace("primary-pipeline-id = 100", "primary-pipeline-id = " + SECONDARY)
                .replace("secondary-pipeline-id = 200", "secondary-pipeline-id = " + PRIMARY);
        Files.writeString(
                config.resolve("application.properties"),
                Files.readString(config.resolve("application.properties")) + lines);
        long elsewhere = installation.booked(installation.patient("+7 900 111-22-35"));
        long inBranch = installation.booked(installation.patient("+7 900 111-22-36"));
        installation
                .clinic()
                .execute("INSERT INTO dbo.OwnCompanies (ID, Name) SELECT 2, N'Второй филиал' "
                        + "WHERE NOT EXISTS (SELECT 1 FROM dbo.OwnCompanies WHERE ID = 2)");
        installation.clinic().execute("INSERT INTO dbo.Armchairs (ID, ID_OwnCompanies) VALUES (77, 2)");
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Armchairs = 77 WHERE ID = ?", inBranch);
        installation.with("BRANCHES", "2").withConfig(config).full();
        assertThat(installation.dealOf(elsewhere).pipelineId()).isEqualTo(PRIMARY);
        assertThat(installation.dealOf(inBranch).pipelineId())
                .as("pipelines exchanged, to see it")
                .isEqualTo(SECONDARY);

        String left = "branch.2.leave-out = yes";
        for (Path document : DOCUMENTS) {
            assertThat(document).content().contains("`" + left + "`");
        }
        replace(config.resolve("application.properties"), lines, left + "\n");
        installation.restart();
        long later = installation.booked(installation.patient("+7 900 111-22-42"));
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Armchairs = 77 WHERE ID = ?", later);
        installation.full();
        assertThat(installation.dealsOf(later)).isEmpty();
        assertThat(installation.dealOf(inBranch).pipelineId())
                .as("left as it is")
                .isEqualTo(SECONDARY);
    }

    @Test
    void another_schedule() throws Exception {
        installation.asService();
        for (String line : example("sh", "RECEPTIONS_CRON=").lines().toList()) {
            Matcher setting = Pattern.compile("(\\w+)=\"?(.+?)\"?").matcher(line);
            assertThat(setting.matches()).as(line).isTrue();
            installation.with(setting.group(1), setting.group(2));
        }
        assertThat(nextOf("reception-schedule", "2026-12-05T10:01"))
                .as("every five minutes")
                .isEqualTo("2026-12-05T10:05");
        assertThat(nextOf("reception-schedule", "2026-12-05T20:55"))
                .as("not at night, not on Sundays")
                .isEqualTo("2026-12-07T08:00");
        assertThat(nextOf("deep-schedule", "2026-12-05T05:59")).isEqualTo("2026-12-05T06:00");
        assertThat(nextOf("deep-schedule", "2026-12-05T06:00")).isEqualTo("2026-12-06T00:00");
        assertThat(installation.runtime().camel().getRoute("change-watch"))
                .as("nobody looks between the runs")
                .isNull();
    }

    /** When the clock starts a route for the next time, by the clinic's clock. */
    private String nextOf(String id, String after) throws SchedulerException {
        QuartzEndpoint endpoint =
                (QuartzEndpoint) installation.runtime().camel().getRoute(id).getEndpoint();
        Trigger trigger = endpoint.getComponent().getScheduler().getTrigger(endpoint.getTriggerKey());
        Instant time = LocalDateTime.parse(after).atZone(ZoneId.systemDefault()).toInstant();
        return LocalDateTime.ofInstant(trigger.getFireTimeAfter(Date.from(time)).toInstant(), ZoneId.systemDefault())
                .toString();
    }

    @Test
    void another_step() throws IOException {
        Path routes = Copies.of("routes", scratch);
        String step = example("yaml", "Patients and receptions are through");
        String end = "        - bean:\n            ref: syncOutcomes\n            method: join\n";
        Path file = routes.resolve("deep-sync.camel.yaml");
        assertThat(Files.readString(file)).containsOnlyOnce(end);
        Files.writeString(file, Files.readString(file).replace(end, end + step));
        installation.withRoutes(routes);
        installation.runtime();
        String logger = "io.identamocrm.routes.full-sync";
        try (LoggedLines log = new LoggedLines(logger, Level.INFO)) {
            installation.runtime().everything(RunRequest.full());
            assertThat(log.lines()).containsExactly("Patients and receptions are through");
        }
        try (LoggerContext context = new LoggerContext("as shipped")) {
            Configuration shipped = ConfigurationFactory.getInstance()
                    .getConfiguration(
                            context, "as shipped", Path.of("config/log4j2.xml").toUri());
            shipped.initialize();
            assertThat(shipped.getLoggerConfig(logger).getLevel())
                    .as("where the line would stand")
                    .isEqualTo(Level.INFO);
        }
    }

    @Test
    void a_step_less() throws IOException {
        Path routes = Copies.of("routes", scratch);
        replace(routes.resolve("decide.camel.yaml"), example("yaml", "ref: dealByPhone"), "");
        long caller = installation
                .account()
                .addContact("Сайт: обратный звонок", Map.of(Installation.PHONE, "+7 900 111 22 37"));
        long request = installation.account().addLead("Заявка", PRIMARY, stage(PRIMARY, 1), Map.of(), caller);
        long first = installation.booked(installation.patient("+7 900 111-22-37"));
        installation.withRoutes(routes).full();
        assertThat(installation.dealOf(first).id())
                .as("a new deal, not the one of the contact with the phone")
                .isNotEqualTo(request);
        assertThat(installation.account().lead(request).fields()).doesNotContainKey(Installation.RECEPTION_ID);

        installation.restart();
        long second = installation.booked(installation.patient("+7 900 111-22-38"));
        long visitor = installation.account().addContact("Сайт: чат", Map.of(Installation.PHONE, "+7 900 111 22 38"));
        long chat = installation.account().addLead("Чат", PRIMARY, stage(PRIMARY, 1), Map.of(), visitor);
        installation.withRoutes(Path.of("routes")).full();
        assertThat(installation.dealOf(second).id()).as("with the step").isEqualTo(chat);
    }

    @Test
    void a_step_of_ones_own_between_two() throws IOException {
        Path routes = Copies.of("routes", scratch);
        insertAbove(
                routes.resolve("decide.camel.yaml"),
                "        - bean:\n            ref: statusRule\n",
                example("yaml", "a slot that is kept free"));
        long reserve = installation.staff().newPatient("Резерв", "Врач", null, null, Installation.NOW.minusDays(9));
        long kept = installation.booked(installation.patient("+7 900 111-22-39"));
        long visit = installation.booked(installation.patient("+7 900 111-22-40"));
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Staffs = ? WHERE ID = ?", reserve, kept);
        installation.withRoutes(routes).full();
        assertThat(installation.dealsOf(kept)).isEmpty();
        assertThat(installation.dealsOf(visit)).hasSize(1);
        assertThat(installation.one(kept).decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(decision.reasons()).last().hasToString("own step: a slot that is kept free");
        });
        assertThat(installation.dealsOf(kept)).as("not even by hand").isEmpty();
    }

    /** The block of both documents that holds a text; they must be the same. */
    private static String example(String language, String text) throws IOException {
        String found = null;
        for (Path document : DOCUMENTS) {
            Matcher block =
                    Pattern.compile("(?ms)^```" + language + "\n(.*?)^```").matcher(Files.readString(document));
            String here = block.results()
                    .map(match -> match.group(1))
                    .filter(content -> content.contains(text))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(document + " has no example with " + text));
            assertThat(here).as(document.toString()).isEqualTo(found == null ? here : found);
            found = here;
        }
        return found;
    }

    private static void insertAbove(Path file, String line, String text) throws IOException {
        replace(file, line, text + line);
    }

    private static void replace(Path file, String old, String text) throws IOException {
        String content = Files.readString(file);
        assertThat(content).containsOnlyOnce(old);
        Files.writeString(file, content.replace(old, text));
    }
}
