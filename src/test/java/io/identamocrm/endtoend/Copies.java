package io.identamocrm.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of the product's directories, for tests that edit what is in them. */
final class Copies {

    private Copies() {}

    /** A new directory in another one, with all that the product's directory of this name holds. */
    static Path of(String name, Path parent) throws IOException {
        Path target = Files.createTempDirectory(parent, name);
        try (Stream<Path> files = Files.walk(Path.of(name))) {
            for (Path file : files.toList()) {
                Path to = target.resolve(Path.of(name).relativize(file));
                if (!Files.isDirectory(to)) {
                    Files.copy(file, to);
                }
            }
        }
        return target;
    }
}
