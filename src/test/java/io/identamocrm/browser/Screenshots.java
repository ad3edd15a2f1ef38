package io.identamocrm.browser;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.sandbox.SandboxOptions;
import io.identamocrm.settings.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;

/** Pictures of the console and the board, of the demo's sample clinic: those of the documents, or all that are to be looked at. */
public final class Screenshots {

    private static final String USER = "demo";
    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");
    private static final Path DOCUMENTS = Path.of("docs", "images");

    private Screenshots() {}

    /**
     * Takes them.
     *
     * @param arguments a directory for all of them; none, or an empty one, for those of the documents
     */
    public static void main(String[] arguments) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone(ZONE));
        LocalDateTime now = LocalDateTime.now(ZONE).truncatedTo(ChronoUnit.SECONDS);
        boolean all = arguments.length > 0 && !arguments[0].isBlank();
        Path directory = Files.createDirectories(all ? Path.of(arguments[0]) : DOCUMENTS);
        try (EmbeddedSetUp setUp = new EmbeddedSetUp(
                SampleClinic.inMemory().fill(ClinicGenerator.Options.of(300, now)), SandboxOptions.standard())) {
            Map<String, String> variables = new HashMap<>(setUp.variables());
            variables.putAll(Map.of(
                    "TIMEZONE",
                    ZONE.getId(),
                    "MANAGEMENT_PORT",
                    Integer.toString(EmbeddedRedis.freePort()),
                    "JOLOKIA_USER",
                    USER,
                    "JOLOKIA_PASSWORD",
                    USER,
                    "RECEPTIONS_CRON",
                    "0/5 * * * * ?",
                    "HEALTH_INTERVAL_SECONDS",
                    "1",
                    "PATIENTS_CRON",
                    "3/10 * * * * ?"));
            StartOptions options = new StartOptions(
                    Path.of("config"), Path.of("routes"), variables, StartOptions.Mode.SERVICE, Clock.systemUTC());
            try (CamelRuntime runtime = CamelRuntime.start(options)) {
                String console = runtime.managementAddress().orElseThrow() + "/";
                for (String language : new String[] {"en", "ru"}) {
                    try (Chromium chromium = new Chromium(language)) {
                        take(chromium, console, language, directory, all);
                        if (all) {
                            chromium.size(1600, 900, false);
                            chromium.open(setUp.sandbox().baseUrl() + "/", USER, USER);
                            Files.write(directory.resolve("board.png"), chromium.picture(false));
                        }
                    }
                }
                runtime.stopSoon();
            }
        }
    }

    private static void take(Chromium chromium, String console, String language, Path directory, boolean all)
            throws IOException {
        chromium.size(1024, 1180, false);
        chromium.open(console, USER, USER);
        chromium.await(
                "the first runs",
                page -> page.has("code")
                        && "true".equals(page.ask("document.querySelectorAll('#runs tbody tr').length > 1")));
        Files.write(directory.resolve("console-" + language + ".png"), chromium.picture(false));
        if (!all) {
            return;
        }
        String reception = chromium.ask("/\\d+/.exec(document.querySelector('#letters tbody a').textContent)[0]");
        chromium.type("id", reception);
        chromium.click("show");
        chromium.await("the story", page -> page.has("outcome"));
        chromium.click("look");
        chromium.await(
                "the findings",
                page -> page.has("findings")
                        && "false".equals(page.ask("document.getElementById('look').hasAttribute('aria-busy')")));
        for (int width : new int[] {390, 1024, 1600}) {
            chromium.size(width, 900, width == 1600);
            chromium.await("its width", page -> "true".equals(page.ask("innerWidth === " + width)));
            Files.write(directory.resolve("console-" + language + "-" + width + ".png"), chromium.picture(true));
        }
    }
}
