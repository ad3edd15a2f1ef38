package io.identamocrm.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packaged product in a process of its own, with the launcher's options for the JVM, as a person or Kubernetes starts it. Not by the
 * launcher itself, which would build anew in the middle of the tests when somebody changes a source.
 */
final class ProductProcess {

    private ProductProcess() {}

    /**
     * Says how to start a command.
     *
     * @param home      the directory of {@code target/}, {@code config/} and {@code routes/}
     * @param directory where it is called
     * @param options   more of them for the JVM, each of which wins over the launcher's
     */
    static ProcessBuilder command(
            Path home, Path directory, Map<String, String> variables, List<String> options, String... arguments) {
        Path target = home.toAbsolutePath().resolve("target");
        if (!Files.exists(target.resolve("ident-amocrm.jar"))) {
            throw new IllegalStateException(
                    "Tests that end in IT try the packaged program, and there is none: CONTRIBUTING.md");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SharedArchiveFile=" + target.resolve("ident-amocrm.jsa"),
                "-Xlog:disable",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dident-amocrm.home=" + home.toAbsolutePath()));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                target.resolve("ident-amocrm.jar") + File.pathSeparator + target.resolve("ident-amocrm-tests.jar")
                        + File.pathSeparator + target.resolve("demo-lib") + File.separator + "*",
                "io.identamocrm.App"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(variables);
        return builder;
    }

    /** Starts a command; what it says on standard error goes to a file, or nowhere if that is null. */
    static Process start(Path directory, Path errors, Map<String, String> variables, String... arguments)
            throws IOException {
        return command(Path.of(""), directory, variables, List.of(), arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(
                        errors == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(errors.toFile()))
                .start();
    }
}
