package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.browser.Browser;
import io.identamocrm.browser.Chromium;
import io.identamocrm.browser.WindowlessBrowser;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A walk through the console's page, each action end to end: in HtmlUnit everywhere, and in Chromium where there is one. */
class ConsolePageTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
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

    /** Not in every build yet: HtmlUnit loses clicks on a busy machine. Chromium, where there is one, and ConsoleTest do the same always. */
    @EnabledIfSystemProperty(named = "console.walk", matches = "true")
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

    private void walk(Browser browser) {
        open(browser);
        browser.awaitText("All is well");
        browser.awaitText("Everything has arrived");
        assertThat(browser.text()).contains("Nothing is to be done").doesNotContain("undefined", "NaN");

        browser.clickFor("pause", "The schedule is paused");
        long patient = installation.patient("8 900 111-22-33");
        long reception = installation.staff().book(patient, Installation.NOW.plusDays(1), LocalDateTime.now());
        long broken = installation.staff().book(null, Installation.NOW.plusDays(1), LocalDateTime.now());
        browser.click("start-receptions");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(reception)).hasSize(1));
        browser.awaitText("Reception " + broken);
        browser.awaitText("something waits for you");

        browser.choose("code", "PATIENT_NOT_FOUND");
        browser.clickFor("all-letters", "1 chosen");
        browser.clickFor("retry", "1 will be tried again by the next run");
        browser.await("nothing chosen any more", page -> !page.text().contains("1 chosen"));
        browser.clickFor("all-letters", "1 chosen");
        browser.clickFor("discard", "Really discard?");
        browser.clickFor("discard-yes", "1 discarded");
        browser.awaitText("Everything has arrived");
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

        browser.clickUntil("look", "the doctor's findings", page -> page.has("findings"));
        assertThat(browser.text()).contains("As it should be: ").doesNotContain("undefined", "NaN");
    }
}
