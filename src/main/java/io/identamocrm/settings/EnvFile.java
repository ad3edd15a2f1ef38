package io.identamocrm.settings;

import io.identamocrm.model.Text;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines {@code NAME=value} of a file {@code .env}: comments, {@code export} and quotes as shells and dotenv libraries take them.
 *
 * @param variables what the file sets
 * @param problems  lines that set nothing, by number; never what stands there, which may be a secret
 * @param warnings  what else is wrong with it
 * @param absentFrom where it was looked for and is not; empty if it is there, or nobody looked
 */
public record EnvFile(
        Map<String, String> variables,
        List<SettingProblem> problems,
        List<SettingProblem> warnings,
        List<Path> absentFrom) {

    private static final String NAME = ".env";

    static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)");

    public EnvFile {
        variables = Map.copyOf(variables);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        absentFrom = List.copyOf(absentFrom);
    }

    private static EnvFile of(Map<String, String> variables, List<SettingProblem> problems) {
        return new EnvFile(variables, problems, List.of(), List.of());
    }

    /** No file. */
    public static EnvFile none() {
        return of(Map.of(), List.of());
    }

    /** The file of the first of these directories that has one. */
    public static EnvFile firstIn(List<Path> directories) {
        List<Path> places = directories.stream()
                .map(directory -> directory.toAbsolutePath().normalize())
                .distinct()
                .toList();
        return places.stream()
                .map(place -> place.resolve(NAME))
                .filter(Files::exists)
                .findFirst()
                .map(EnvFile::read)
                .orElseGet(() -> new EnvFile(Map.of(), List.of(), List.of(), places));
    }

    /** The same without variables that others set. */
    public EnvFile without(Set<String> others) {
        Map<String, String> left = new HashMap<>(variables);
        left.keySet().removeAll(others);
        return new EnvFile(left, problems, warnings, absentFrom);
    }

    /** Reads a file; one that is not there sets nothing. */
    public static EnvFile read(Path file) {
        if (!Files.exists(file)) {
            return none();
        }
        try {
            EnvFile read = parse(Files.readAllLines(file));
            return isReadableByOthers(file)
                    ? new EnvFile(
                            read.variables,
                            read.problems,
                            List.of(new SettingProblem(
                                    null, NAME, SettingsText.ENV_OPEN_TO_OTHERS, SettingsText.ENV_CLOSE.with(file))),
                            List.of())
                    : read;
        } catch (MalformedInputException e) {
            return of(
                    Map.of(),
                    List.of(new SettingProblem(null, NAME, SettingsText.NOT_UTF8, SettingsText.SAVE_AS_UTF8)));
        } catch (IOException e) {
            return of(
                    Map.of(),
                    List.of(new SettingProblem(null, NAME, SettingsText.UNREADABLE, SettingsText.GIVE_RIGHT)));
        }
    }

    private static boolean isReadableByOthers(Path file) throws IOException {
        // On Windows rights are lists, and the directory's are the rule.
        return Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }

    /** Reads lines. */
    static EnvFile parse(List<String> lines) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<SettingProblem> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).replaceFirst("^\uFEFF", "").strip();
            Matcher line = LINE.matcher(text);
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (!line.matches()) {
                problems.add(problem(i, SettingsText.LINE_SETS_NOTHING, SettingsText.LINE_FORM));
                continue;
            }
            String value = line.group(2).strip();
            String quoted = quoted(value);
            char first = value.isEmpty() ? ' ' : value.charAt(0);
            if (quoted != null) {
                variables.put(line.group(1), quoted);
            } else if (first == '"' || first == '\'') {
                problems.add(problem(
                        i,
                        SettingsText.QUOTE_WITHOUT_PARTNER,
                        SettingsText.QUOTE_FORM.with(line.group(1), first, first)));
            } else {
                variables.put(line.group(1), value.replaceFirst("\\s+#.*$", ""));
            }
        }
        return of(variables, problems);
    }

    /** What stands between quotation marks, of which one part may follow another, as in shells; null if it is not written so. */
    private static @Nullable String quoted(String value) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < value.length() && (value.charAt(at) == '"' || value.charAt(at) == '\'')) {
            int end = value.indexOf(value.charAt(at), at + 1);
            if (end < 0) {
                return null;
            }
            text.append(value, at + 1, end);
            at = end + 1;
        }
        return at > 0 && value.substring(at).matches("\\s*(#.*)?") ? text.toString() : null;
    }

    private static SettingProblem problem(int index, Text what, Text remedy) {
        return new SettingProblem(null, NAME, index + 1, what, remedy, SettingProblem.Kind.WRONG);
    }
}
