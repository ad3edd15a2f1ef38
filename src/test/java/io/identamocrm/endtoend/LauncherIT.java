package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a person starts it, in a process of its own, on the built program. */
class LauncherIT {

    @TempDir
    private Path scratch;

    /**
     * What a process left behind.
     *
     * @param exitCode its exit code
     * @param out      its standard output
     * @param err      its standard error
     */
    private record Ended(int exitCode, String out, String err) {}

    private Ended launch(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        List<String> command = Stream.concat(
                        Stream.of("sh", Path.of("ident-amocrm").toAbsolutePath().toString()), Arrays.stream(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("The command did not end: " + Files.readString(out) + Files.readString(err));
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void the_demo_does_the_main_job_and_never_touches_a_real_clinics_environment() throws Exception {
        Ended demo = launch(
                Map.of(
                        "IDENT_JDBC_URL",
                        "jdbc:sqlserver://clinic.invalid",
                        "REDIS_HOST",
                        "redis.invalid",
                        "AMOCRM_BASE_URL",
                        "https://clinic.invalid"),
                "demo",
                "--receptions",
                "60");
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("full", "incremental", "full again", "amoCRM requests")
                .containsPattern("created +[1-9]")
                .containsPattern("updated +0 +[1-9][0-9]* +0");
    }

    @Test
    void a_command_without_settings_names_what_is_missing_and_ends_with_2() throws Exception {
        Ended run = launch(Map.of("AMOCRM_SUBDOMAIN", ""), "reception-sync");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("AMOCRM_SUBDOMAIN", "AMOCRM_ACCESS_TOKEN", "AMOCRM_PRIMARY_PIPELINE_ID")
                .doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void settings_are_taken_from_a_dotenv_file_in_the_working_directory() throws Exception {
        Files.writeString(scratch.resolve(".env"), "export AMOCRM_SUBDOMAIN='clinic' # ours\nTIMEZONE=Nowhere/City\n");
        Ended run = launch(Map.of(), "stats");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("TIMEZONE").doesNotContain("AMOCRM_SUBDOMAIN");
    }

    @Test
    void classes_come_from_the_archive_that_the_build_has_made() throws Exception {
        assumeFalse(Boolean.getBoolean("skipClassArchive"), "built without the archive");
        Path classes = scratch.resolve("classes");
        assertThat(launch(Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + classes), "--help")
                        .exitCode())
                .isZero();
        // App itself is not among them: the build's training run begins behind it.
        assertThat(Files.readString(classes).contains("io.identamocrm.cli.Commands source: shared objects file"))
                .as("classes from the archive; target/class-archive tells why not")
                .isTrue();
    }

    /** Only the shell knows the letters: a JVM without such a locale, as the test's own may be, cannot name them. */
    @Test
    void a_release_runs_from_a_directory_of_cyrillic_letters_and_spaces_where_no_locale_is_set() throws Exception {
        Path archive;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Path out = scratch.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", "-c", """
                d=$(printf '\\320\\232\\320\\273 1') && mkdir "$d" && tar -xzf "$0" -C "$d" && cd "$d"/ident-amocrm-* || exit 99
                ./ident-amocrm --version && LANG=ru_RU.UTF-8 ./ident-amocrm stats
                """, archive.toAbsolutePath().toString())
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("LANG|LC_.*"));
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(out);
        assertThat(said).contains("ident-amocrm ", "DB_USERNAME").contains("не указано");
        assertThat(process.exitValue()).isEqualTo(2);
    }
}
