package io.identamocrm.endtoend;

import io.identamocrm.App;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The product in a process of its own, with the launcher's options for the JVM, as a person or Kubernetes starts it. */
final class ProductProcess {

    private ProductProcess() {}

    /** Starts a command; its output is thrown away. */
    static Process start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        return start(directory, null, variables, arguments);
    }

    /** Starts a command; what it says on standard error goes to a file, or nowhere if that is null. */
    static Process start(Path directory, Path errors, Map<String, String> variables, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dident-amocrm.home=" + Path.of("").toAbsolutePath(),
                App.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(
                        errors == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(errors.toFile()));
        builder.environment().putAll(variables);
        return builder.start();
    }
}
