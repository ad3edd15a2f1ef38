package io.identamocrm.endtoend;

import io.identamocrm.App;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The product in a process of its own, as a person or Kubernetes starts it. */
final class ProductProcess {

    private ProductProcess() {
    }

    /** Starts a command; its output is thrown away. */
    static Process start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Dident-amocrm.home=" + Path.of("").toAbsolutePath(), App.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        return builder.start();
    }
}
