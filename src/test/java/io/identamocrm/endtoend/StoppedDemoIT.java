package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C in each part of the demo: it ends by itself, and takes away everything that it made. */
class StoppedDemoIT {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Setting up a sample clinic  | demo                          | 3",
                "1. Full run                 | demo                          | 3",
                "3. Incremental run          | demo --receptions 60          | 3",
                "Setting up a sample clinic  | demo --stay                   | 3",
                "6. What operators see       | demo --stay --receptions 60   | 0"
            })
    void nothing_is_left_of_it(String seen, String command, int exitCode) throws Exception {
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        Path shown = scratch.resolve("shown");
        Process process = ProductProcess.command(
                        Path.of(""),
                        scratch,
                        Map.of(),
                        List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary),
                        command.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(shown.toFile())
                .start();
        try {
            await().atMost(LONG_ENOUGH).until(() -> Files.readString(shown).contains(seen));
            List<ProcessHandle> children = process.descendants().toList();
            String signal = InterruptedCommandIT.isInterruptIgnored() ? "TERM" : "INT";
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(shown)).isEqualTo(exitCode);
            assertThat(Files.readString(shown)).doesNotContain("Exception", "\tat ");
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            try (Stream<Path> left = Files.walk(temporary)) {
                assertThat(left.filter(path -> !path.equals(temporary)))
                        .as(Files.readString(shown))
                        .isEmpty();
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
