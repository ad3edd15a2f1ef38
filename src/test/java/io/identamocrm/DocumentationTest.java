package io.identamocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.cli.Commands;
import io.identamocrm.cli.Environment;
import io.identamocrm.model.FailureCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the documents name exists and is spelled so; what exists is named in both READMEs or the page they lead to, in both languages. */
class DocumentationTest {

    /** Variables that are read in code, by the launcher or by other programs. */
    private static final Set<String> READ_ELSEWHERE = Set.of(
            "LOG_LEVEL",
            "LOG_FILE",
            "LOG_FORMAT",
            "CAMEL_LOG_LEVEL",
            "JAVA_HOME",
            "JAVA_OPTS",
            "JAVA_TOOL_OPTIONS",
            "REDISCLI_AUTH",
            "LC_ALL",
            "LC_MESSAGES",
            "LANG");

    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\n(.*?)^ *```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CITATION = Pattern.compile(
            "(domain rules|amoCRM facts), sections? (\\d+(?:\\.\\d+)?" + "(?:(?:, | and | to )\\d+(?:\\.\\d+)?)*)");
    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b(?!…)(?!_)");

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of("README.ru.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("SECURITY.md"),
                Path.of("CHANGELOG.md"),
                Path.of("UPGRADING.md")));
        try (Stream<Path> more = Files.walk(Path.of("docs"))) {
            more.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents.stream();
    }

    /** Every command with its options, those of the levels above included: {@code dead-letters retry} has {@code --all}. */
    private static Map<String, Set<String>> commands() {
        Map<String, Set<String>> commands = new TreeMap<>();
        collect("", commandLine(), commands);
        return commands;
    }

    private static CommandLine commandLine() {
        return Commands.line(new Environment(Path.of("."), Map.of()), new PrintWriter(Writer.nullWriter()));
    }

    private static void collect(String name, CommandLine command, Map<String, Set<String>> commands) {
        commands.put(name, new TreeSet<>(command.getCommandSpec().optionsMap().keySet()));
        command.getSubcommands().forEach((part, sub) -> collect((name + " " + part).strip(), sub, commands));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_command_and_option_exists(Path document) throws IOException {
        Map<String, Set<String>> commands = commands();
        Set<String> options = commands.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        String text = Files.readString(document);
        List<String> wrong = new ArrayList<>();
        for (String line : code(text)) {
            int at = line.indexOf("ident-amocrm ");
            int path = Math.max(0, line.indexOf("./ident-amocrm "));
            boolean ours = at >= 0 && (line.startsWith("ident-amocrm ") || line.contains("./ident-amocrm "));
            String[] words = (ours
                            ? line.substring(line.indexOf("ident-amocrm ", path) + "ident-amocrm ".length())
                            : line)
                    .split("\\s+#|#|\\)$", 2)[0]
                    .strip()
                    .split("\\s+");
            String command = commands.containsKey(words[0]) ? words[0] : null;
            if (ours && command == null && !words[0].startsWith("--") && !words[0].equals("COMMAND")) {
                wrong.add(line + ": there is no command " + words[0]);
            }
            if (command == null) {
                if (line.matches("--[a-z-]+( .*)?") && !options.contains(words[0])) {
                    wrong.add(line + ": there is no option " + words[0]);
                }
                continue;
            }
            if (words.length > 1 && words[1].matches("[a-z-]+") && !words[1].startsWith("-")) {
                command += " " + words[1];
                if (!commands.containsKey(command)) {
                    wrong.add(line + ": there is no command " + command);
                    continue;
                }
            }
            Set<String> known = new TreeSet<>(commands.get(command));
            String prefix = command + " ";
            commands.forEach((name, of) -> {
                if (name.startsWith(prefix) || name.isEmpty()) {
                    known.addAll(of);
                }
            });
            for (MatchResult option : Pattern.compile("--[a-z-]+")
                    .matcher(String.join(" ", words))
                    .results()
                    .toList()) {
                if (!known.contains(option.group())) {
                    wrong.add(line + ": " + command + " has no option " + option.group());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ru.md"})
    void both_readmes_name_every_command(String document) throws IOException {
        String text = Files.readString(Path.of(document));
        for (String command : commands().keySet()) {
            String last = command.substring(command.lastIndexOf(' ') + 1);
            assertThat(text).as(command).containsPattern("`(\\./ident-amocrm )?(\\w+[\\w-]* )?" + last + "[ `]");
        }
    }

    /** Those that hold for every command stand below the table. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ru.md"})
    void both_readmes_name_every_option_in_the_row_of_its_command(String document) throws IOException {
        List<String> rows = Files.readAllLines(Path.of(document)).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", 3)[1])
                .toList();
        commands().forEach((command, options) -> {
            String first = command.split(" ", 2)[0];
            Set<String> own = new TreeSet<>(options);
            own.removeIf(
                    option -> !option.startsWith("--") || commands().get("help").contains(option));
            List<String> ofCommand = rows.stream()
                    .filter(row -> row.matches(".*`" + first + "\\b(?!-).*"))
                    .toList();
            assertThat(own)
                    .as(command)
                    .allSatisfy(option -> assertThat(ofCommand)
                            .anySatisfy(row -> assertThat(row).containsPattern(Pattern.quote(option) + "\\b(?!-)")));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/runbook.md", "docs/runbook.ru.md"})
    void both_runbooks_name_every_failure_code_and_exit_code(String document) throws IOException {
        String text = Files.readString(Path.of(document));
        for (FailureCode code : FailureCode.values()) {
            assertThat(text).contains("\n| `" + code + "` | ");
        }
        for (String code :
                commandLine().getCommandSpec().usageMessage().exitCodeList().keySet()) {
            assertThat(text).contains("\n| " + code + " | ");
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_setting_exists(Path document) throws IOException {
        String properties = Files.readString(Path.of("config/application.properties"));
        Set<String> known = new TreeSet<>(READ_ELSEWHERE);
        matches(Pattern.compile("\\{\\{([A-Z][A-Z0-9_]+):"), properties).forEach(match -> known.add(match.group(1)));
        Stream.of(FailureCode.values()).forEach(code -> known.add(code.name()));
        String text = Files.readString(document);
        Set<String> wrong = new TreeSet<>();
        for (String code : code(text)) {
            for (MatchResult name : matches(VARIABLE, code)) {
                boolean isPrefix = code.startsWith("_…", name.end());
                if (!isPrefix && !known.contains(name.group()) && !code.contains("MIN_ACTIVE_ROWVERSION")) {
                    wrong.add(name.group());
                }
            }
        }
        assertThat(wrong)
                .as("variables that config/application.properties does not read")
                .isEmpty();
        Set<String> keys = matches(Pattern.compile("(?m)^([a-z][a-z0-9.-]+) ="), properties).stream()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> first = keys.stream()
                .filter(key -> key.contains("."))
                .map(key -> key.substring(0, key.indexOf('.') + 1))
                .collect(Collectors.toSet());
        List<String> unknown = code(text).stream()
                .filter(code -> code.matches("[a-z]+(\\.[a-z0-9-]+)+( = .*)?"))
                .map(code -> code.replaceAll(" = .*", ""))
                .filter(code -> !code.endsWith(".sql"))
                .filter(code -> code.startsWith("branch.") || first.stream().anyMatch(code::startsWith))
                .filter(code -> !keys.contains(code) && !isFieldName(code, keys) && !isOfBranch(code, properties))
                .toList();
        assertThat(unknown)
                .as("properties that config/application.properties does not have")
                .isEmpty();
    }

    /** Settings of a branch stand in a comment only, one funnel for both. */
    private static boolean isOfBranch(String code, String properties) {
        return code.startsWith("branch.2.") && properties.contains(code.replace(".secondary", ".primary"));
    }

    private static boolean isFieldName(String code, Set<String> keys) {
        return keys.contains("amocrm." + code.replaceFirst("\\.", "-field."));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_file_and_link_and_anchor_exists(Path document) throws IOException {
        String text = Files.readString(document);
        Path home = document.toAbsolutePath().getParent();
        List<String> wrong = new ArrayList<>();
        for (MatchResult link : matches(LINK, text)) {
            String target = link.group(1);
            if (target.startsWith("https://")) {
                continue;
            }
            String[] parts = target.split("#", 2);
            Path file = parts[0].isEmpty()
                    ? document.toAbsolutePath()
                    : home.resolve(parts[0]).normalize();
            if (!Files.exists(file)) {
                wrong.add(target);
            } else if (parts.length == 2 && !anchors(Files.readString(file)).contains(parts[1])) {
                wrong.add(target + ": no such heading");
            }
        }
        Set<String> sql = names("config/sql", ".sql");
        for (String code : code(text)) {
            if (code.matches("[a-z-]+\\.sql") && !sql.contains(code)) {
                wrong.add(code);
            }
            if (code.matches("(routes|config|k8s|docs|deploy|src)/[\\w./-]*")
                    && !code.contains("myclinic")
                    && !Files.exists(Path.of(code))) {
                wrong.add(code);
            }
            if (code.matches("[A-Z]\\w+Test") && !isTest(code)) {
                wrong.add(code);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_route_stands_in_the_table_of_routes_and_no_other() throws IOException {
        Set<String> routes = new TreeSet<>();
        RouteGraph.of(RoutesTest.files()).routes().forEach(route -> routes.add(route.id()));
        String table = Files.readString(Path.of("docs/routes.md"));
        table = table.substring(table.indexOf("| route | does |"));
        table = table.substring(0, (table + "\n\n").indexOf("\n\n"));
        Set<String> named = new TreeSet<>();
        table.lines()
                .skip(2)
                .forEach(line -> matches(CODE, line.split("\\|")[1]).forEach(match -> named.add(match.group(1))));
        assertThat(routes)
                .filteredOn(route -> !named.contains(route))
                .as("routes without a row in docs/routes.md")
                .isEmpty();
        assertThat(named)
                .filteredOn(name -> !routes.contains(name))
                .as("rows of docs/routes.md without a route")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/ident.md", "docs/ident.ru.md"})
    void the_login_may_read_just_the_tables_that_the_sql_files_read(String document) throws IOException {
        Set<String> read = new TreeSet<>();
        for (String file : names("config/sql", ".sql")) {
            matches(Pattern.compile("(?:FROM|JOIN) (dbo\\.\\w+)"), Files.readString(Path.of("config/sql", file)))
                    .forEach(match -> read.add(match.group(1)));
        }
        Set<String> granted = new TreeSet<>();
        matches(Pattern.compile("GRANT SELECT ON (dbo\\.\\w+) TO amocrm_reader;"), Files.readString(Path.of(document)))
                .forEach(match -> granted.add(match.group(1)));
        assertThat(granted).isEqualTo(read);
    }

    @Test
    void pages_in_two_languages_are_linked_and_have_the_same_alerts_settings_and_examples() throws IOException {
        int pairs = 0;
        for (Path document : documents().toList()) {
            Path other =
                    document.resolveSibling(document.getFileName().toString().replace(".md", ".ru.md"));
            if (!Files.exists(other)) {
                continue;
            }
            pairs++;
            String english = Files.readString(document);
            String russian = Files.readString(other);
            assertThat(english.substring(0, 300)).as(document.toString()).contains("(" + other.getFileName() + ")");
            assertThat(russian.substring(0, 300)).as(other.toString()).contains("(" + document.getFileName() + ")");
            assertThat(alerts(russian)).as(other.toString()).isEqualTo(alerts(english));
            assertThat(settings(russian)).as(other.toString()).isEqualTo(settings(english));
            assertThat(blocks(russian)).as(other.toString()).isEqualTo(blocks(english));
        }
        assertThat(pairs).isGreaterThanOrEqualTo(9);
    }

    private static List<String> alerts(String text) {
        return matches(Pattern.compile("(?m)^### Alert: \\w+$"), text).stream()
                .map(MatchResult::group)
                .toList();
    }

    private static Set<String> settings(String text) {
        return code(text).stream()
                .flatMap(code -> VARIABLE.matcher(code).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an engineer copies: blocks in a language, without remarks. */
    private static List<String> blocks(String text) {
        return matches(BLOCK, text).stream()
                .filter(block -> !block.group(1).isEmpty())
                .map(block -> block.group(2).replaceAll("(?m) *#.*$", ""))
                .toList();
    }

    /** "domain rules, section 3" and "amoCRM facts, sections 4.3 and 5" lead to sections that are there. */
    @Test
    void every_citation_of_rules_and_facts_has_its_section() throws IOException {
        Map<String, String> documents = Map.of(
                "domain rules",
                Files.readString(Path.of("docs/rules.md")),
                "amoCRM facts",
                Files.readString(Path.of("docs/amocrm.md")));
        int citations = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                for (MatchResult citation :
                        matches(CITATION, Files.readString(source).replaceAll("\\s+\\*? ?", " "))) {
                    String document = documents.get(citation.group(1));
                    for (MatchResult section : matches(Pattern.compile("\\d+(?:\\.\\d+)?"), citation.group(2))) {
                        citations++;
                        assertThat(document)
                                .as(source + ": " + citation.group())
                                .containsPattern("(?m)^##+ " + Pattern.quote(section.group()) + "\\.? ");
                    }
                }
            }
        }
        assertThat(citations).isGreaterThan(40);
    }

    /** What stands in backticks and, line by line, in blocks of shell commands and settings. */
    private static List<String> code(String text) {
        List<String> code = new ArrayList<>();
        for (MatchResult block : matches(BLOCK, text)) {
            if (!block.group(1).equals("mermaid") && !block.group(1).equals("sql")) {
                block.group(2).lines().map(String::strip).forEach(code::add);
            }
        }
        matches(CODE, BLOCK.matcher(text).replaceAll("")).forEach(match -> code.add(match.group(1)));
        return code;
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    /** Anchors as GitHub makes them of headings. */
    private static Set<String> anchors(String text) {
        return matches(Pattern.compile("(?m)^#+ (.+)$"), BLOCK.matcher(text).replaceAll("")).stream()
                .map(match -> match.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(String directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isTest(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.anyMatch(file -> file.endsWith(name + ".java"));
        }
    }
}
