package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The READMEs' examples of edited files do what is said; the text that is tried is the READMEs' own. */
class WorkedExamplesTest {

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
        installation.with("AMOCRM_CONTACT_FIELD_DISCOUNT", Long.toString(DISCOUNT)).withConfig(config);
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.contactsOf(patient)).singleElement()
                .satisfies(contact -> assertThat(contact.fields()).as("a build without the column").doesNotContainKey(DISCOUNT));

        installation.restart();
        installation.clinic().execute("ALTER TABLE dbo.Patients ADD Discount int");
        installation.clinic().execute("UPDATE dbo.Patients SET Discount = 15 WHERE ID_Persons = ?", patient);
        installation.runtime().patients(RunRequest.full());
        assertThat(installation.contactsOf(patient)).singleElement()
                .satisfies(contact -> assertThat(contact.fields().get(DISCOUNT).toString()).startsWith("15"));
    }

    @Test
    void a_stage_per_status() throws IOException {
        long arrived = SandboxAccount.stage(SandboxAccount.PRIMARY, 2);
        assertThat(example("sh", "DEAL_STAGE_PRIMARY_ARRIVED=…")).contains("DEAL_STAGE_PRIMARY_COMPLETED=…", "DEAL_PROTECTED_STAGES=…");
        installation.with("DEAL_STAGE_PRIMARY_ARRIVED", Long.toString(arrived));
        long reception = installation.booked(installation.patient("+7 900 111-22-34"));
        installation.full();
        assertThat(installation.dealOf(reception).stageId()).isNotEqualTo(arrived);
        installation.staff().arrive(reception, Installation.NOW);
        installation.one(reception);
        assertThat(installation.dealOf(reception).stageId()).isEqualTo(arrived);
    }

    @Test
    void another_branch() throws IOException {
        Path config = Copies.of("config", scratch);
        String lines = example("properties", "branch.2.primary-pipeline-id = 100")
                .replace("primary-pipeline-id = 100", "primary-pipeline-id = " + SandboxAccount.SECONDARY)
                .replace("secondary-pipeline-id = 200", "secondary-pipeline-id = " + SandboxAccount.PRIMARY);
        Files.writeString(config.resolve("application.properties"), Files.readString(config.resolve("application.properties")) + lines);
        long elsewhere = installation.booked(installation.patient("+7 900 111-22-35"));
        long inBranch = installation.booked(installation.patient("+7 900 111-22-36"));
        installation.clinic().execute("INSERT INTO dbo.OwnCompanies (ID, Name) SELECT 2, N'Второй филиал' "
                + "WHERE NOT EXISTS (SELECT 1 FROM dbo.OwnCompanies WHERE ID = 2)");
        installation.clinic().execute("INSERT INTO dbo.Armchairs (ID, ID_OwnCompanies) VALUES (77, 2)");
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Armchairs = 77 WHERE ID = ?", inBranch);
        installation.with("BRANCHES", "2").withConfig(config).full();
        assertThat(installation.dealOf(elsewhere).pipelineId()).isEqualTo(SandboxAccount.PRIMARY);
        assertThat(installation.dealOf(inBranch).pipelineId()).as("pipelines exchanged, to see it").isEqualTo(SandboxAccount.SECONDARY);
    }

    @Test
    void another_schedule() throws IOException {
        String lines = example("sh", "RECEPTIONS_CRON=");
        installation.asService();
        for (String name : List.of("RECEPTIONS_CRON", "DEEP_CRON")) {
            Matcher value = Pattern.compile(name + "=\"(.+)\"").matcher(lines);
            assertThat(value.find()).as(name).isTrue();
            installation.with(name, value.group(1));
        }
        assertThat(cronOf("reception-schedule")).isEqualTo("0 0/5 8-20 ? * MON-SAT");
        assertThat(cronOf("deep-schedule")).isEqualTo("0 0 0,6 * * ?");
    }

    private String cronOf(String id) {
        Route route = installation.runtime().camel().getRoute(id);
        return ((QuartzEndpoint) route.getEndpoint()).getCron();
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
        try (LoggedLines log = new LoggedLines("io.identamocrm.routes", Level.INFO)) {
            installation.runtime().everything(RunRequest.full());
            assertThat(log.lines()).containsExactly("Patients and receptions are through");
        }
    }

    @Test
    void a_step_less() throws IOException {
        Path routes = Copies.of("routes", scratch);
        replace(routes.resolve("decide.camel.yaml"), example("yaml", "ref: dealByPhone"), "");
        long caller = installation.account().addContact("Сайт: обратный звонок", Map.of(Installation.PHONE, "+7 900 111 22 37"));
        long request = installation.account().addLead("Заявка", SandboxAccount.PRIMARY, SandboxAccount.stage(SandboxAccount.PRIMARY, 1),
                Map.of(), caller);
        long first = installation.booked(installation.patient("+7 900 111-22-37"));
        installation.withRoutes(routes).full();
        assertThat(installation.dealOf(first).id()).as("a new deal, not the one of the contact with the phone").isNotEqualTo(request);
        assertThat(installation.account().lead(request).fields()).doesNotContainKey(Installation.RECEPTION_ID);

        installation.restart();
        long second = installation.booked(installation.patient("+7 900 111-22-38"));
        long visitor = installation.account().addContact("Сайт: чат", Map.of(Installation.PHONE, "+7 900 111 22 38"));
        long chat = installation.account().addLead("Чат", SandboxAccount.PRIMARY, SandboxAccount.stage(SandboxAccount.PRIMARY, 1),
                Map.of(), visitor);
        installation.withRoutes(Path.of("routes")).full();
        assertThat(installation.dealOf(second).id()).as("with the step").isEqualTo(chat);
    }

    @Test
    void a_step_of_ones_own_between_two() throws IOException {
        Path routes = Copies.of("routes", scratch);
        insertAbove(routes.resolve("decide.camel.yaml"), "        - bean:\n            ref: statusRule\n",
                example("yaml", "a slot that is kept free"));
        long reserve = installation.staff().newPatient("Резерв", "Врач", null, null, Installation.NOW.minusDays(9));
        long kept = installation.booked(installation.patient("+7 900 111-22-39"));
        long visit = installation.booked(installation.patient("+7 900 111-22-40"));
        installation.clinic().execute("UPDATE dbo.Receptions SET ID_Staffs = ? WHERE ID = ?", reserve, kept);
        assertThat(installation.withRoutes(routes).full().outcomes()).isEqualTo(Map.of(Outcome.SKIPPED, 1, Outcome.CREATED, 1));
        assertThat(installation.dealsOf(kept)).isEmpty();
        assertThat(installation.dealsOf(visit)).hasSize(1);
        assertThat(installation.one(kept).decisions()).singleElement()
                .satisfies(decision -> assertThat(decision.reasons()).last().hasToString("own step: a slot that is kept free"));
    }

    /** The block of both READMEs that holds a text; they must be the same. */
    private static String example(String language, String text) throws IOException {
        String found = null;
        for (String document : List.of("README.md", "README.ru.md")) {
            Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```").matcher(Files.readString(Path.of(document)));
            String here = block.results().map(match -> match.group(1)).filter(content -> content.contains(text)).findFirst()
                    .orElseThrow(() -> new AssertionError(document + " has no example with " + text));
            assertThat(here).as(document).isEqualTo(found == null ? here : found);
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
