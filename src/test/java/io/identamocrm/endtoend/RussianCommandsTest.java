package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.RussianProse;
import io.identamocrm.cli.Environment;
import io.identamocrm.sandbox.AmoSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks for Russian gets Russian from every command; logs, JSON and what is kept in Redis stay English. */
class RussianCommandsTest {

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private final Terminal terminal = installation.terminal();

    /** In Russian, by the option; nothing English may be left of it. */
    private String russian(int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--lang", "ru"));
        assertThat(terminal.run(all.toArray(String[]::new)))
                .as(terminal.output() + terminal.errors())
                .isEqualTo(exitCode);
        String shown = terminal.output() + terminal.errors();
        assertThat(shown).matches("(?s).*\\p{IsCyrillic}{3,}.*");
        assertThat(RussianProse.english(shown)).as(shown).isEmpty();
        assertThat(RussianProse.lookAlikes(shown)).as(shown).isEmpty();
        return shown;
    }

    private long patient() {
        return installation.patient("8 900 111-22-33");
    }

    @Test
    void every_command_that_looks_at_something_speaks_russian() {
        long patient = patient();
        long reception = installation.booked(patient);
        long blocked = installation.staff().book(null, Installation.NOW.plusDays(1), Installation.NOW);
        assertThat(russian(0, "doctor"))
                .contains("настройки", "в порядке", "внимание", "воронки amoCRM")
                .doesNotContain("PROBLEM");
        russian(0, "test-db");
        russian(0, "test-amocrm");
        russian(0, "fields");
        russian(0, "stats");
        russian(0, "brakes");
        russian(1, "brakes", "release", "creations");
        assertThat(russian(1, "reception-sync", "--full", "--dry-run"))
                .contains(
                        "Пробный прогон, ничего не записано: полный",
                        "Приём " + reception,
                        "новая сделка",
                        "Не прошли бы приёмы:",
                        "Пациент не найден");
        assertThat(russian(0, "explain", "reception", Long.toString(reception)))
                .contains(
                        "Приём " + reception,
                        "запланирован",
                        "первичные приёмы",
                        "нужен новый контакт",
                        "Было бы отправлено:");
        russian(0, "explain", "patient", Long.toString(patient));
        russian(1, "explain", "reception", "987654321");
        assertThat(russian(1, "reception-sync", "--full"))
                .contains("Прогон приёмов: полный", "создано", "Не прошли приёмы");
        russian(0, "patient-sync");
        russian(1, "full-sync");
        russian(1, "deep-sync");
        russian(0, "reconcile");
        russian(0, "test-reception", Long.toString(reception));
        russian(0, "test-patient", Long.toString(patient));
        assertThat(russian(0, "dead-letters", "list")).contains("PATIENT_NOT_FOUND", "следующая попытка");
        assertThat(russian(0, "dead-letters", "show", Long.toString(blocked)))
                .contains("Пациент не найден", "Укажите в приёме пациента");
        russian(0, "dead-letters", "retry", "--all");
        russian(0, "dead-letters", "discard", "--all");
        russian(1, "dead-letters", "show", "1");
        assertThat(russian(0, "stats")).contains("последние прогоны", "полный");
        long deal = installation.dealOf(reception).id();
        assertThat(russian(0, "explain", "deal", Long.toString(deal))).contains("Сделка " + deal, "воронка");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "reception-sync --help",
                "dead-letters --help",
                "dead-letters retry --help",
                "setup --help",
                "fields --help",
                "explain reception --help"
            })
    void help_is_russian(String arguments) {
        assertThat(russian(0, arguments.split(" "))).contains("Вызов:", "Показать эту справку.");
    }

    @Test
    void wrong_settings_are_told_in_russian_one_a_line() {
        installation
                .with("TIMEZONE", "Moskau")
                .with("RATE_LIMIT_REQUESTS", "много")
                .with("AMOCRM_PRIMARY_PIPELINE_ID", "");
        String complaints = russian(2, "reception-sync");
        assertThat(complaints.lines())
                .hasSize(3)
                .anyMatch(
                        line -> line.equals(
                                "clinic.zone (TIMEZONE) — нет такого часового пояса: напишите название, например Europe/Moscow"));
    }

    @Test
    void what_cannot_be_reached_is_told_in_russian() {
        installation.with("IDENT_JDBC_URL", "jdbc:h2:tcp://127.0.0.1:1/nowhere");
        assertThat(russian(3, "reception-sync")).contains("IDENT не читается");
        installation.with("REDIS_PORT", "1");
        assertThat(russian(3, "stats")).contains("Redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats --lang ru", "--lang ru stats", "stats --lang=ru", "--lang=RU stats"})
    void the_language_stands_before_the_command_or_after(String arguments) {
        assertThat(terminal.run(arguments.split(" "))).isZero();
        assertThat(terminal.output()).contains("никогда").doesNotContain("never");
    }

    @Test
    void the_environment_asks_for_it_too_and_the_option_goes_before_it() {
        installation.with("LANG", "ru_RU.UTF-8");
        assertThat(terminal.run("stats")).isZero();
        assertThat(terminal.output()).contains("никогда");
        assertThat(terminal.run("stats", "--lang", "en")).isZero();
        assertThat(terminal.output()).contains("never").doesNotContain("никогда");
    }

    @Test
    void json_stays_english() throws IOException {
        long reception = installation.booked(patient());
        installation.staff().book(null, Installation.NOW.plusDays(1), Installation.NOW);
        Map<String, String> asked = new HashMap<>();
        for (String command : List.of(
                "test-amocrm --json",
                "doctor --json",
                "stats --json",
                "brakes --json",
                "explain reception " + reception + " --json",
                "reception-sync --full --dry-run --json",
                "dead-letters list --json")) {
            terminal.run((command + " --lang en").split(" "));
            asked.put(command, plain(terminal.output()));
        }
        for (Map.Entry<String, String> english : asked.entrySet()) {
            terminal.run((english.getKey() + " --lang ru").split(" "));
            assertThat(plain(terminal.output())).as(english.getKey()).isEqualTo(english.getValue());
            assertThat(new ObjectMapper().readTree(terminal.output())).isNotNull();
        }
    }

    /** Without figures, which differ from run to run. */
    private static String plain(String output) throws IOException {
        JsonNode json = new ObjectMapper().readTree(output);
        return json.toPrettyString().replaceAll("[0-9]+", "#");
    }

    @Test
    void logs_and_what_is_kept_of_failures_stay_english() {
        installation.booked(patient());
        installation.staff().book(null, Installation.NOW.plusDays(1), Installation.NOW);
        try (LoggedLines logged = new LoggedLines("io.identamocrm", Level.INFO)) {
            russian(1, "full-sync");
            assertThat(logged.lines()).isNotEmpty().noneMatch(line -> line.matches("(?s).*\\p{IsCyrillic}.*"));
        }
    }

    @Test
    void the_set_up_asks_in_russian(@TempDir Path scratch) {
        installation.booked(patient());
        Map<String, String> set = installation.variables();
        Map<String, String> process = new HashMap<>(Map.of("LC_ALL", "ru_RU.UTF-8"));
        set.forEach((name, value) -> {
            if (name.matches("RATE_.*|.*_MS|MANAGEMENT_PORT")) {
                process.put(name, value);
            }
        });
        SetupTerminal person = new SetupTerminal()
                .answer("TIMEZONE", "Moskau")
                .answer("TIMEZONE", set.get("TIMEZONE"))
                .answer("DB_SERVER", set.get("IDENT_JDBC_URL"))
                .answer("DB_USERNAME", set.get("DB_USERNAME"))
                .answer("DB_PASSWORD", "wrong-one")
                .answer("DB_PASSWORD", set.get("DB_PASSWORD"))
                .answer("REDIS_HOST", "127.0.0.1")
                .answer("REDIS_PORT", set.get("REDIS_PORT"))
                .answer("AMOCRM_SUBDOMAIN", set.get("AMOCRM_BASE_URL"))
                .answer("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN)
                .answer("Записать?", "да");
        Environment environment =
                Environment.of(Path.of("."), scratch.resolve(".env"), process).with(person::open);
        assertThat(terminal.run(environment, "setup"))
                .as(person.shown() + terminal.output() + terminal.errors())
                .isZero();
        assertThat(person.unasked()).isEmpty();
        String shown = person.shown() + terminal.output() + terminal.errors();
        assertThat(shown)
                .contains(
                        "Часовой пояс клиники",
                        "Такого часового пояса нет",
                        "ОШИБКА",
                        "Воронки аккаунта:",
                        "Записать? [д/н]",
                        "Заключение doctor:",
                        "Пробный прогон, ничего не записано");
        assertThat(new TreeSet<>(RussianProse.english(shown))).as(shown).isEmpty();
    }
}
