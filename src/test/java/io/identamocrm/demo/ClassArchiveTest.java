package io.identamocrm.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a shell script in place of Java; it starts in {@code target/class-archive}. */
class ClassArchiveTest {

    private static final Duration AMPLE = Duration.ofMinutes(1);

    @TempDir
    private Path home;

    private Path archive;

    @BeforeEach
    void an_earlier_build_has_left_its_files() throws IOException {
        archive = home.resolve("target/ident-amocrm.jsa");
        Files.createDirectories(home.resolve("target/class-archive"));
        Files.writeString(archive, "of an earlier build");
        Files.writeString(home.resolve("target/class-archive/loaded"), "of an earlier build");
    }

    private Optional<String> make(Duration limit, String training, String archiving) throws Exception {
        Path java = home.resolve("java");
        Files.writeString(
                java, "#!/bin/sh\ncase \"$*\" in\n*TrainingRun*) " + training + " ;;\n*) " + archiving + " ;;\nesac\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return new ClassArchive(java, home, limit).make();
    }

    @Test
    void lambdas_of_interfaces_of_picocli_are_left_out() throws Exception {
        String listed =
                "printf '%s\\n' io/identamocrm/App '@lambda-proxy A b ()Lpicocli/C; ()V' '@lambda-proxy A b ()LC; ()V' > loaded";
        assertThat(make(AMPLE, listed, "cp classes ../ident-amocrm.jsa")).isEmpty();
        assertThat(archive).hasContent("io/identamocrm/App\n@lambda-proxy A b ()LC; ()V\n");
    }

    @ParameterizedTest
    @CsvSource({
        "exit 134, :, ended with 134, training.log",
        ":, :, wrote no target/class-archive/loaded, training.log",
        "echo A > loaded, echo half > ../ident-amocrm.jsa; exit 134, ended with 134, archive.log",
        "echo A > loaded, :, wrote no target/ident-amocrm.jsa, archive.log",
    })
    void a_failure_is_told_in_one_line_and_leaves_no_archive(
            String training, String archiving, String reason, String log) throws Exception {
        assertThat(make(AMPLE, training, archiving))
                .hasValue("The archive of classes could not be made: Java " + reason + ", see target/class-archive/"
                        + log + ". The program works all the same, it only starts slower.");
        assertThat(archive).doesNotExist();
    }

    @Test
    void what_takes_too_long_is_ended_and_counts_as_failed() throws Exception {
        assertThat(make(
                        Duration.ofSeconds(1),
                        "echo A > loaded",
                        "echo half > ../ident-amocrm.jsa; sleep 600; echo late > late"))
                .hasValueSatisfying(line ->
                        assertThat(line).contains("Java took longer than 1 s, see target/class-archive/archive.log"));
        assertThat(archive).doesNotExist();
    }
}
