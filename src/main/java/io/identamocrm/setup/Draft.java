package io.identamocrm.setup;

import io.identamocrm.settings.EnvFile;
import io.identamocrm.settings.EnvLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answers so far, in a file that only its owner may read, so that a dialogue which was ended can go on. */
final class Draft {

    /** Which parts were well: none of the program's variables. */
    private static final String WELL = "SETUP_WELL";

    private final Path file;

    /** Beside the file that the set-up writes. */
    Draft(Path envPath) {
        file = envPath.toAbsolutePath().resolveSibling(envPath.getFileName() + ".setup");
    }

    /** When it was written, by this machine's clock; null if there is none. */
    @Nullable
    String time() {
        try {
            return !Files.isReadable(file)
                    ? null
                    : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                            .format(ZonedDateTime.ofInstant(
                                    Files.getLastModifiedTime(file).toInstant(), ZoneId.systemDefault()));
        } catch (IOException e) {
            return null;
        }
    }

    /** The answers, by their variables. */
    Map<String, String> answers() {
        Map<String, String> answers = new TreeMap<>(EnvFile.read(file).variables());
        answers.remove(WELL);
        return answers;
    }

    /** The parts that were well. */
    List<String> well() {
        String well = EnvFile.read(file).variables().getOrDefault(WELL, "");
        return well.isEmpty() ? List.of() : List.of(well.split(","));
    }

    void keep(Map<String, String> answers, Collection<String> well) {
        Map<String, String> all = new LinkedHashMap<>(answers);
        all.put(WELL, String.join(",", well));
        try {
            EnvLines.write(file, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
