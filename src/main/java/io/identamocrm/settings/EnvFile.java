package io.identamocrm.settings;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines {@code NAME=value} of a file {@code .env}: comments, {@code export} and quotes as shells and dotenv libraries take them.
 *
 * @param variables what the file sets
 * @param problems  lines that set nothing, by number; never what stands there, which may be a secret
 */
public record EnvFile(Map<String, String> variables, List<SettingProblem> problems) {

    static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)");

    public EnvFile {
        variables = Map.copyOf(variables);
        problems = List.copyOf(problems);
    }

    /** No file. */
    public static EnvFile none() {
        return new EnvFile(Map.of(), List.of());
    }

    /** Reads a file; one that is not there sets nothing. */
    public static EnvFile read(Path file) {
        if (!Files.exists(file)) {
            return none();
        }
        try {
            return parse(Files.readAllLines(file));
        } catch (MalformedInputException e) {
            return new EnvFile(Map.of(), List.of(new SettingProblem(null, ".env", "is not written in UTF-8", "save it in that encoding")));
        } catch (IOException e) {
            return new EnvFile(Map.of(), List.of(new SettingProblem(null, ".env", "cannot be read",
                    "give the user of this process the right to read it")));
        }
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
                problems.add(problem(i, "sets nothing", "write NAME=value, or # before a remark"));
                continue;
            }
            String value = line.group(2).strip();
            String quoted = quoted(value);
            char first = value.isEmpty() ? ' ' : value.charAt(0);
            if (quoted != null) {
                variables.put(line.group(1), quoted);
            } else if (first == '"' || first == '\'') {
                problems.add(problem(i, "has a quotation mark without its partner", "write " + line.group(1) + "=" + first + "…" + first));
            } else {
                variables.put(line.group(1), value.startsWith("#") ? "" : value.replaceFirst("\\s+#.*$", ""));
            }
        }
        return new EnvFile(variables, problems);
    }

    /** What stands between quotation marks, of which one part may follow another, as in shells; null if it is not written so. */
    private static String quoted(String value) {
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

    private static SettingProblem problem(int index, String what, String remedy) {
        return new SettingProblem(null, ".env, line " + (index + 1), what, remedy);
    }
}
