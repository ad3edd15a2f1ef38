package io.identamocrm.settings;

import io.identamocrm.model.Explanation;
import io.identamocrm.problems.BrokenFileException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code application.properties} as it is written, placeholders not resolved: which settings it has, and which variables they take. */
final class SettingsFile {

    /** The first name of a placeholder; its default may hold others. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([\\w.-]+)|\\$\\{properties:\\??([\\w.-]+)");

    private static final Pattern DEFAULT = Pattern.compile("\\{\\{([A-Z][A-Z0-9_]*):([^{}]+)}}");
    /** Those of proxies are written in both ways. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*|[a-z]+_proxy");

    private final Properties lines = new Properties();

    /** Reads the file; one that cannot be read as properties is a {@link BrokenFileException}. */
    SettingsFile(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IllegalArgumentException e) {
            throw new BrokenFileException(new Explanation(
                    SettingsText.FILE_UNREADABLE.with(file), SettingsText.BROKEN_ESCAPE, SettingsText.TWO_BACKSLASHES));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    Set<String> properties() {
        return lines.stringPropertyNames();
    }

    /** The environment variable that a setting takes, or null if its value is written in the file. */
    @Nullable
    String variableOf(String property) {
        return references(lines.getProperty(property, "")).stream()
                .filter(SettingsFile::isVariable)
                .findFirst()
                .orElse(null);
    }

    /** All environment variables that settings take. */
    Set<String> variables() {
        Set<String> variables = new TreeSet<>();
        lines.values()
                .forEach(value -> references(value.toString()).stream()
                        .filter(SettingsFile::isVariable)
                        .forEach(variables::add));
        return variables;
    }

    /** All environment variables that settings take, with the values that they have where nobody sets them; empty if there is none. */
    Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        variables().forEach(variable -> defaults.put(variable, ""));
        for (Object value : lines.values()) {
            Matcher variable = DEFAULT.matcher(value.toString());
            while (variable.find()) {
                defaults.put(variable.group(1), variable.group(2));
            }
        }
        return defaults;
    }

    /** All settings that other settings take. */
    Set<String> referenced() {
        Set<String> properties = new TreeSet<>();
        lines.values().forEach(value -> properties.addAll(references(value.toString())));
        return properties;
    }

    /** The names that a text's placeholders take, nested ones too. */
    static Set<String> references(String text) {
        Set<String> names = new TreeSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            names.add(placeholder.group(1) != null ? placeholder.group(1) : placeholder.group(2));
        }
        return names;
    }

    private static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }
}
