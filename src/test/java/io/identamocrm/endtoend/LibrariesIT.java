package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ships, {@code target/lib}, against the table of advisories in SECURITY.md. */
class LibrariesIT {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*)\\.jar");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final String LEFT_OUT = "left out";

    /**
     * A library that ships.
     *
     * @param name    its artifact
     * @param version as its file is named
     */
    private record Library(String name, String version) {

        private boolean isOneOf(List<String> names) {
            return names.stream()
                    .anyMatch(named -> named.endsWith("*")
                            ? name.startsWith(named.substring(0, named.length() - 1))
                            : name.equals(named));
        }

        private boolean isOlderThan(String other) {
            return Arrays.compare(numbers(version), numbers(other)) < 0;
        }

        private static int[] numbers(String version) {
            return Pattern.compile("\\d+")
                    .matcher(version)
                    .results()
                    .map(MatchResult::group)
                    .mapToInt(Integer::parseInt)
                    .toArray();
        }
    }

    /**
     * A row of the table.
     *
     * @param libraries artifacts; a star at the end stands for any rest
     * @param from      the oldest version that may ship, or that none may
     */
    private record Row(List<String> libraries, String from) {}

    private static List<Row> table() throws IOException {
        String text = Files.readString(Path.of("SECURITY.md"));
        String table = text.substring(text.indexOf("| library | from |"));
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(table.substring(0, table.indexOf("\n\n")));
        while (row.find()) {
            rows.add(new Row(
                    NAME.matcher(row.group(1))
                            .results()
                            .map(name -> name.group(1))
                            .toList(),
                    row.group(2)));
        }
        return rows;
    }

    private static List<Library> libraries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
            return files.map(file -> JAR.matcher(file.getFileName().toString()))
                    .peek(file -> assertThat(file.matches()).isTrue())
                    .map(file -> new Library(file.group(1), file.group(2)))
                    .toList();
        }
    }

    @Test
    void nothing_older_than_its_advisories_allow_ships() throws IOException {
        List<Row> rows =
                table().stream().filter(row -> !row.from().equals(LEFT_OUT)).toList();
        assertThat(rows).hasSizeGreaterThan(5);
        for (Row row : rows) {
            List<Library> shipped = libraries().stream()
                    .filter(library -> library.isOneOf(row.libraries()))
                    .toList();
            assertThat(shipped).as("%s: a row for nothing", row.libraries()).isNotEmpty();
            assertThat(shipped)
                    .as("%s, from %s", row.libraries(), row.from())
                    .noneMatch(library -> library.isOlderThan(row.from()));
        }
    }

    @Test
    void what_was_left_out_stays_out() throws IOException {
        List<Row> rows =
                table().stream().filter(row -> row.from().equals(LEFT_OUT)).toList();
        assertThat(rows).hasSizeGreaterThan(1);
        for (Row row : rows) {
            assertThat(libraries())
                    .as("%s, from Maven's dependency:tree", row.libraries())
                    .noneMatch(library -> library.isOneOf(row.libraries()));
        }
    }

    @Test
    void no_library_ships_in_two_versions() throws IOException {
        assertThat(libraries()).extracting(Library::name).doesNotHaveDuplicates();
    }
}
