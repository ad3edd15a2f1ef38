package io.identamocrm.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands of this build, or of another one: the system property {@code other-build} names the directory of a checkout that was packaged,
 * so that a test can be shown to fail there.
 */
final class ComparedBuild {

    private static final String OTHER = System.getProperty("other-build");

    private final Installation installation;
    private final Terminal terminal;

    ComparedBuild(Installation installation) {
        this.installation = installation;
        this.terminal = installation.terminal();
    }

    /** Runs a command to its end; returns its exit code. */
    int run(String... arguments) {
        if (OTHER == null) {
            return terminal.run(arguments);
        }
        try {
            return start(Path.of(OTHER), arguments).waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a command in a process of its own. */
    Process start(Path directory, String... arguments) throws IOException {
        if (OTHER == null) {
            return installation.process(directory, arguments);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                OTHER + "/target/ident-amocrm.jar:" + OTHER + "/target/lib/*:" + OTHER + "/target/demo-lib/*",
                "-Dident-amocrm.home=" + OTHER,
                "io.identamocrm.App"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(installation.variables());
        return builder.start();
    }
}
