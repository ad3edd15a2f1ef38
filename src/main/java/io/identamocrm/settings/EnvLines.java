package io.identamocrm.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes what {@link EnvFile} reads: changes lines of a file {@code .env}, whose other lines and remarks stay. */
public final class EnvLines {

    /** Needs no quotation marks, neither here nor in a shell. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.,:/@%+=-]*");

    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private EnvLines() {}

    /**
     * A line that sets a variable.
     *
     * @throws IllegalArgumentException if the value has more than one line, or a character that no file should hold
     */
    static String line(@Nullable String name, String value) {
        if (!isWritable(value)) {
            throw new IllegalArgumentException(name + " has more than one line");
        }
        // As a shell takes it: between apostrophes everything is itself but the apostrophe.
        return name + "=" + (PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\"'\"'") + "'");
    }

    /** True if a line of a file can hold the value. */
    public static boolean isWritable(String value) {
        return value.chars()
                        .noneMatch(character ->
                                Character.isISOControl(character) || character == '\u2028' || character == '\u2029')
                && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    /**
     * Lines that set other values.
     *
     * @param lines   as they are
     * @param changes new values by their variables, in the order in which new lines are added; an empty one removes the variable
     */
    static List<String> changed(List<String> lines, Map<String, String> changes) {
        List<String> changed = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (String line : lines) {
            Matcher setting =
                    EnvFile.LINE.matcher(line.replaceFirst("^\uFEFF", "").strip());
            String name = setting.matches() ? setting.group(1) : null;
            String value = name == null ? null : changes.get(name);
            if (value == null) {
                changed.add(line);
            } else if (!value.isEmpty() && written.add(name)) {
                changed.add(line(name, value));
            }
        }
        changes.forEach((name, value) -> {
            if (!value.isEmpty() && !written.contains(name)) {
                changed.add(line(name, value));
            }
        });
        return changed;
    }

    /**
     * Changes a file, or makes it; only its owner may read it from then on. It is whole at any moment.
     *
     * @param file    need not be there
     * @param changes as for {@link #changed}
     */
    public static void change(Path file, Map<String, String> changes) throws IOException {
        boolean there = Files.exists(file);
        Path real = there ? file.toRealPath() : file.toAbsolutePath();
        replace(real, changed(there ? Files.readAllLines(real) : List.of(), changes));
    }

    /** Writes a file of these variables and no others, which only its owner may read. */
    public static void write(Path file, Map<String, String> variables) throws IOException {
        replace(
                file,
                variables.entrySet().stream()
                        .map(variable -> line(variable.getKey(), variable.getValue()))
                        .toList());
    }

    private static void replace(Path real, List<String> lines) throws IOException {
        Path whole = real.resolveSibling(real.getFileName() + ".new");
        Files.deleteIfExists(whole);
        Files.createFile(whole);
        restrict(whole);
        Files.write(whole, lines);
        Files.move(whole, real, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets only the owner read and write, where the file system knows such rights. */
    public static void restrict(Path file) throws IOException {
        PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (rights != null) {
            rights.setPermissions(OWNER);
        }
    }
}
