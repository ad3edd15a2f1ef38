package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.SampleClinic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A log that cannot be had is told in a line, and the command does its work. */
class LogFileIT {

    private static final long LONG_ENOUGH_SECONDS = 90;

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")));

    private String errorsOf(int exitCode, String... arguments) throws IOException, InterruptedException {
        Path errors = scratch.resolve("err");
        Process process = installation.process(scratch, errors, arguments);
        assertThat(process.waitFor(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(errors);
        assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
        return text;
    }

    @Test
    void a_device_is_no_log_file_and_needs_no_word() throws Exception {
        installation.with("LOG_FILE", "/dev/null");
        assertThat(errorsOf(0, "reception-sync")).isEmpty();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void nothing_is_no_log_file() throws Exception {
        installation.with("LOG_FILE", "");
        assertThat(errorsOf(0, "reception-sync")).isEmpty();
        assertThat(scratch.resolve("logs")).doesNotExist();
    }

    @Test
    void a_file_that_cannot_be_written_is_one_line() throws Exception {
        Path notADirectory = Files.createFile(scratch.resolve("plain"));
        installation.with("LOG_FILE", notADirectory.resolve("app.log").toString());
        assertThat(errorsOf(0, "reception-sync").lines())
                .singleElement()
                .asString()
                .contains("There will be no log file", "LOG_FILE");
    }

    @Test
    void a_wrong_level_or_form_is_named_among_the_settings() throws Exception {
        installation.with("LOG_LEVEL", "LOUD").with("LOG_FORMAT", "xml");
        assertThat(errorsOf(2, "reception-sync").lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("LOG_LEVEL is no level"))
                .anyMatch(line -> line.contains("LOG_FORMAT must be text or json"));
    }
}
