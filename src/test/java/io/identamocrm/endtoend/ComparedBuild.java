package io.identamocrm.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
        return ProductProcess.command(Path.of(OTHER), directory, installation.variables(), List.of(), arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
