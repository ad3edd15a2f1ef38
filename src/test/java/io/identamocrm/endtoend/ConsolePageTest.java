package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.browser.Browser;
import io.identamocrm.browser.Chromium;
import io.identamocrm.browser.WindowlessBrowser;
import io.identamocrm.cli.Environment;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.sync.Run;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.InflightRepository;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A walk through the console's page, each action end to end: in HtmlUnit everywhere, and in Chromium where there is one. */
class ConsolePageTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(120);
    private static final String PASSWORD = "console-pass-1";

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .asService()
            .withManagementPort()
            .with("HEALTH_INTERVAL_SECONDS", "1")
            .with("JOLOKIA_USER", "operator")
            .with("JOLOKIA_PASSWORD", PASSWORD);

    private final String address =
            "http://127.0.0.1:" + installation.variables().get("MANAGEMENT_PORT") + "/";

    private void open(Browser browser) {
        browser.open(address, "operator", PASSWORD);
    }

    private void awaitFirstRun() {
        CamelRuntime service = installation.runtime();
        await().atMost(LONG_ENOUGH).until(() -> service.history().lastEnd("receptions") != null);
    }

    /** A run under way would bring back what is discarded. */
    private void awaitNoRun() {
        InflightRepository inflight = installation.runtime().camel().getInflightRepository();
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        inflight.size("reception-schedule") + inflight.size("change-watch") + inflight.size("run-now")
                                == 0);
    }

    @Test
    void everything_on_the_page_works_in_english() {
        awaitFirstRun();
        try (Browser browser = new WindowlessBrowser("en-GB")) {
            walk(browser);
        }
    }

    @Test
    void everything_on_the_page_works_in_chromium_which_has_nothing_to_complain_of() {
        Assumptions.assumeTrue(Chromium.program() != null, "no Chromium on this machine");
        awaitFirstRun();
        try (Chromium browser = new Chromium("en")) {
            walk(browser);
            assertThat(browser.complaints())
                    .as("of the script, and of the policy for scripts and styles")
                    .isEmpty();
            for (int width : new int[] {390, 1024, 1600}) {
                browser.size(width, 900, width == 1024);
                browser.await("its width", page -> "true".equals(page.ask("innerWidth === " + width)));
                assertThat(browser.ask("document.documentElement.scrollWidth <= innerWidth"))
                        .as(width + " px wide")
                        .isEqualTo("true");
            }
        }
    }

    @Test
    void a_browser_that_speaks_russian_is_spoken_to_in_russian() {
        awaitFirstRun();
        try (Browser browser = new WindowlessBrowser("ru-RU")) {
            open(browser);
            browser.awaitText("Всё в порядке");
            assertThat(browser.text())
                    .contains("Делать ничего не нужно", "Что не дошло", "Проверка настройки")
                    .doesNotContain("undefined");
            browser.open(address + "?lang=en", "operator", PASSWORD);
            browser.awaitText("All is well");
        }
    }

    @Test
    void with_nothing_known_of_amocrm_yet_the_page_says_what_is_missing() {
        installation.withOAuth().runtime();
        try (Browser browser = new WindowlessBrowser("en-GB")) {
            open(browser);
            browser.awaitText("amoCRM does not let the service in");
            assertThat(browser.text()).contains("run ident-amocrm authorize CODE");
        }
    }

    @Test
    void with_ident_away_the_page_says_so_and_what_to_do() {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere").runtime();
        try (Browser browser = new WindowlessBrowser("en-GB")) {
            open(browser);
            browser.awaitText("IDENT cannot be read");
            assertThat(browser.text()).contains("Something is wrong", "DB_");
            browser.open(address + "?lang=ru", "operator", PASSWORD);
            browser.awaitText("IDENT не читается");
        }
    }

    @Test
    void with_redis_away_the_page_says_so_and_what_to_do() throws IOException {
        awaitFirstRun();
        try (Browser browser = new WindowlessBrowser("ru-RU")) {
            open(browser);
            browser.awaitText("Всё в порядке");
            installation.redis().fail();
            browser.awaitText("Redis не отвечает");
            assertThat(browser.text()).contains("Что-то не так", "REDIS_HOST");
        }
    }

    @Test
    void with_a_field_that_the_account_does_not_have_the_page_says_which_setting_it_is() {
        installation.with("AMOCRM_DEAL_FIELD_RECEPTION_ID", "987654").runtime();
        try (Browser browser = new WindowlessBrowser("en-GB")) {
            open(browser);
            browser.awaitText("The last run did not come to its end");
            assertThat(browser.text()).contains("Something is wrong", "AMOCRM_DEAL_FIELD_RECEPTION_ID");
        }
    }

    @Test
    void with_settings_missing_the_page_says_which_and_which_step_is_next(@TempDir Path scratch) throws Exception {
        Map<String, String> process = new HashMap<>(installation.variables());
        Path file = scratch.resolve(".env");
        Map<String, String> later = new HashMap<>();
        List.of("IDENT_JDBC_URL", "DB_USERNAME", "DB_PASSWORD", "AMOCRM_ACCESS_TOKEN", "AMOCRM_DEAL_FIELD_RECEPTION_ID")
                .forEach(name -> later.put(name, process.remove(name)));
        Environment environment = Environment.of(Path.of("."), file, process);
        Terminal terminal = installation.terminal();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> terminal.run(environment, "service"));
        try (Browser browser = new WindowlessBrowser("en-GB")) {
            await().atMost(LONG_ENOUGH).ignoreExceptions().until(() -> status("observe/health/live") == 200);
            assertThat(status("observe/health/ready")).isEqualTo(503);
            assertThat(status("api/state")).isEqualTo(401);
            open(browser);
            browser.awaitText("The set-up is not complete");
            assertThat(browser.text())
                    .contains("Next step: the way to IDENT", "DB_USERNAME", "AMOCRM_ACCESS_TOKEN", "is missing")
                    .contains("the file .env", "ident-amocrm setup")
                    .doesNotContain("undefined", "Everything has arrived");
            write(file, later, "IDENT_JDBC_URL", "DB_USERNAME", "DB_PASSWORD");
            browser.awaitText("Next step: the way to amoCRM");
            assertThat(browser.text()).doesNotContain("DB_USERNAME");
            write(file, later, "AMOCRM_ACCESS_TOKEN");
            browser.awaitText("Next step: pipelines and fields");
            write(file, later, "AMOCRM_DEAL_FIELD_RECEPTION_ID");
            browser.awaitText("start the service anew");
        } finally {
            environment.interruption().ask();
        }
        assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(installation.sandbox().journal().count())
                .as("nothing runs by itself")
                .isZero();
    }

    @Test
    void with_settings_missing_and_no_console_the_service_ends_at_once() {
        Terminal terminal = installation
                .with("AMOCRM_ACCESS_TOKEN", "")
                .with("JOLOKIA_USER", "")
                .with("JOLOKIA_PASSWORD", "")
                .terminal();
        assertThat(terminal.run("service")).isEqualTo(2);
        assertThat(terminal.errors()).contains("AMOCRM_ACCESS_TOKEN");
    }

    private int status(String path) throws IOException {
        return ((HttpURLConnection) URI.create(address + path).toURL().openConnection()).getResponseCode();
    }

    private static void write(Path file, Map<String, String> values, String... names) throws IOException {
        StringBuilder lines = new StringBuilder(Files.exists(file) ? Files.readString(file) : "");
        for (String name : names) {
            lines.append(name).append("='").append(values.get(name)).append("'\n");
        }
        Files.writeString(file, lines);
    }

    private void walk(Browser browser) {
        open(browser);
        browser.awaitText("All is well");
        browser.awaitText("Everything has arrived");
        assertThat(browser.text()).contains("Nothing is to be done").doesNotContain("undefined", "NaN");

        browser.clickFor("pause", "The schedule is paused");
        awaitNoRun();
        long patient = installation.patient("8 900 111-22-33");
        long reception = installation.staff().book(patient, Installation.NOW.plusDays(1), LocalDateTime.now());
        long broken = installation.staff().book(null, Installation.NOW.plusDays(1), LocalDateTime.now());
        browser.clickFor("start-receptions", "Receptions: asked for");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(reception)).hasSize(1));
        awaitNoRun();
        browser.awaitText("Reception " + broken);
        browser.awaitText("something waits for you");
        assertThat(browser.ask("(function () { var table = new XMLHttpRequest();"
                        + " table.open('GET', document.getElementById('csv').href, false); table.send();"
                        + " return table.responseText; }())"))
                .contains("\"receptions\";\"" + broken + "\";\"PATIENT_NOT_FOUND\"");

        browser.choose("code", "PATIENT_NOT_FOUND");
        browser.clickFor("all-letters", "1 chosen");
        browser.clickFor("retry", "1 will be tried again by the next run");
        assertThat(installation
                        .runtime()
                        .deadLetters(Run.Kind.RECEPTIONS)
                        .of(broken)
                        .nextAt())
                .isBeforeOrEqualTo(Instant.now());
        browser.await("nothing chosen any more", page -> !page.text().contains("1 chosen"));
        browser.clickFor("all-letters", "1 chosen");
        browser.clickFor("discard", "Really discard?");
        browser.clickFor("discard-yes", "1 discarded");
        browser.awaitText("Everything has arrived");
        assertThat(installation.runtime().deadLetters(Run.Kind.RECEPTIONS).count())
                .isZero();
        browser.clickUntil("resume", "the schedule to go on", page -> page.has("pause"));

        browser.type("id", Long.toString(reception));
        browser.clickUntil("show", "its story", page -> page.has("outcome"));
        assertThat(browser.text()).contains("Nothing would be sent", "How it is decided", "funnel");
        long deal = installation.dealOf(reception).id();
        assertThat(browser.ask("document.querySelector('#story a').href"))
                .isEqualTo(installation.sandbox().baseUrl() + "/leads/detail/" + deal);
        browser.clickFor("send", "Send it to amoCRM now?");
        browser.clickFor("send-yes", "Sent: ");
        browser.choose("kind", "deals");
        browser.type("id", Long.toString(deal));
        browser.clickFor("show", "one of ours, Reception " + reception);

        browser.choose("kind", "patients");
        browser.type("id", Long.toString(patient));
        browser.clickFor("show", "Patient " + patient + ": ");

        BrakeStates brakes = installation.runtime().brakes();
        brakes.pull(BrakeKind.CREATIONS, 30, 60, Instant.now());
        browser.awaitText("Far more changes than usual are held back");
        browser.clickFor("release-creations", "Let what is held back pass once?");
        browser.clickFor("release-creations-yes", "Released: ");
        assertThat(brakes.of(BrakeKind.CREATIONS).released()).isTrue();
        browser.awaitText("All is well");

        browser.clickUntil("look", "the doctor's findings", page -> page.has("findings"));
        assertThat(browser.text()).contains("As it should be: ").doesNotContain("undefined", "NaN");
    }
}
