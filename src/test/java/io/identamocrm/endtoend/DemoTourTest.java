package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.DemoTour;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's tour, typed line by line. */
class DemoTourTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident"))
                    .fill(ClinicGenerator.Options.of(150, Installation.NOW)))
            .withManagementPort()
            .asService();

    @Test
    void every_command_works_as_it_is_printed_and_what_it_promises_arrives() throws Exception {
        await().atMost(LONG_ENOUGH).until(() -> installation.runtime().history().lastEnd("receptions") != null);
        StringWriter tour = new StringWriter();
        new DemoTour(installation.setUp(), installation.runtime())
                .print(installation.variables(), scratch, new PrintWriter(tour, true));

        List<String> typed = tour.toString()
                .lines()
                .filter(line -> line.startsWith("       "))
                .map(String::strip)
                .toList();
        assertThat(typed).hasSizeGreaterThan(8);
        Map<String, String> variables = new HashMap<>(installation.variables());
        Files.readAllLines(Path.of(typed.get(0).substring(2)))
                .forEach(line -> variables.put(
                        line.substring("export ".length(), line.indexOf('=')),
                        line.substring(line.indexOf('=') + 2, line.length() - 1)));
        for (String command : typed.subList(1, typed.size())) {
            Terminal terminal = new Terminal(() -> variables);
            assertThat(terminal.run(words(command)))
                    .as(command + ": " + terminal.errors())
                    .isZero();
            if (command.contains("--sql")) {
                assertThat(terminal.output()).as(command).contains("1 row changed");
                awaitRun();
            }
            if (command.endsWith("dead-letters list")) {
                assertThat(terminal.output()).contains(newest() + "  PATIENT_NOT_FOUND");
            }
        }
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(newest())).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT ID FROM dbo.Receptions         | this statement changes nothing, and its rows are not shown",
                "UPDATE dbo.Nowhere SET A = 1          | not take this statement: Table \"Nowhere\" not found",
                "please                                | not take this statement: Syntax error in SQL statement"
            })
    void a_statement_that_changes_nothing_is_refused_with_what_would_do(String statement, String why) {
        Map<String, String> variables = new HashMap<>(installation.variables());
        variables.put("SAMPLE_CLINIC_DEMO", "yes");
        Terminal terminal = new Terminal(() -> variables);
        assertThat(terminal.run("demo", "--sql", statement)).isEqualTo(2);
        assertThat(terminal.errors())
                .contains("demo --sql: ", why, "Give one INSERT, UPDATE or DELETE")
                .doesNotContain("SQL statement:", "allowed for a query");
    }

    private long newest() {
        return installation.clinic().count("SELECT MAX(ID) FROM dbo.Receptions");
    }

    /** A run that began after the change has come to its end. */
    private void awaitRun() {
        int before = installation.runtime().history().lastRuns().size();
        await().atMost(LONG_ENOUGH)
                .until(() -> installation.runtime().history().lastRuns().size() >= before + 2);
    }

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(command.substring("./ident-amocrm".length())); word.find(); ) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words.toArray(String[]::new);
    }
}
