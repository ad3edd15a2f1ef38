package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout that was not built yet, with shell scripts in place of Maven and Java. */
class LauncherBuildTest {

    private static final String BUILT = "mkdir -p \"$PWD/target\"; : >\"$PWD/target/ident-amocrm.jar\"";
    private static final String FIRST = "Building ident-amocrm (the first time downloads its libraries) ...";

    @TempDir
    private Path home;

    @BeforeEach
    void checkout() throws IOException {
        Files.copy(Path.of("ident-amocrm"), home.resolve("ident-amocrm"));
        Files.writeString(home.resolve("pom.xml"), "");
        Files.createDirectories(home.resolve("src"));
        Files.createDirectories(home.resolve("bin"));
        script("java", "echo The program.");
    }

    private void script(String name, String... lines) throws IOException {
        Path file = Files.write(home.resolve("bin").resolve(name), List.of("#!/bin/sh\n" + String.join("\n", lines)));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void maven(String end) throws IOException {
        script(
                "mvn",
                "case \" $* \" in *\" -q \"*) ;; *)",
                "for i in 1 2 3 4 5 6 7 8 9 10 11; do echo Downloaded from central; done",
                "echo '[INFO] --- resources:3.3.1:resources (default-resources) @ ident-amocrm ---'",
                "echo '[INFO] --- maven-compiler-plugin:3.8.1:compile (default-compile) @ ident-amocrm ---' ;;",
                "esac",
                end);
    }

    private String launch(String... command) throws IOException, InterruptedException {
        return launchWith(home.resolve("bin") + ":" + System.getenv("PATH"), command);
    }

    private static String launchWith(String path, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        builder.environment().remove("JAVA_HOME");
        Process process = builder.start();
        process.getOutputStream().close();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        process.waitFor();
        return shown;
    }

    private String onATerminal() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no pseudo-terminal here");
        return launch("/usr/bin/script", "-qec", home.resolve("ident-amocrm") + " stats", "/dev/null");
    }

    @Test
    void somebody_at_a_terminal_sees_the_steps_as_they_begin() throws Exception {
        maven(BUILT);
        assertThat(onATerminal()).contains(FIRST + ". resources compile\nThe program.\n");
    }

    @Test
    void a_build_that_fails_says_why() throws Exception {
        maven("echo '[ERROR] No compiler'; exit 1");
        assertThat(onATerminal())
                .contains(FIRST + ". resources compile\n[ERROR] No compiler\nident-amocrm: the build failed; "
                        + "see the messages above\n")
                .doesNotContain("The program");
    }

    @Test
    void elsewhere_it_is_one_line() throws Exception {
        maven(BUILT);
        assertThat(launch("sh", home.resolve("ident-amocrm").toString(), "stats"))
                .isEqualTo(FIRST + "\nThe program.\n");
    }

    @Test
    void escape_codes_with_which_maven_ends_hide_neither_its_end_nor_stand_in_a_file() throws Exception {
        maven(BUILT + "; printf '\\033[0m\\033[0m'");
        assertThat(launch("sh", home.resolve("ident-amocrm").toString(), "stats"))
                .isEqualTo(FIRST + "\nThe program.\n");
        Files.delete(home.resolve("target/ident-amocrm.jar"));
        assertThat(onATerminal()).contains(FIRST + ". resources compile\nThe program.\n");
    }

    @Test
    void a_build_that_fails_elsewhere_says_why_too() throws Exception {
        maven("echo '[ERROR] No compiler'; printf '\\033[0m'; exit 1");
        assertThat(launch("sh", home.resolve("ident-amocrm").toString(), "stats"))
                .isEqualTo(FIRST + "\n[ERROR] No compiler\nident-amocrm: the build failed; see the messages above\n");
    }

    @Test
    void without_maven_the_wrapper_builds() throws Exception {
        for (String tool : List.of("sh", "dirname", "readlink", "find", "mkdir", "touch")) {
            script(tool, "exec /usr/bin/" + tool + " \"$@\"");
        }
        maven(BUILT);
        Files.move(home.resolve("bin/mvn"), home.resolve("mvnw"));
        String path = home.resolve("bin").toString();
        assertThat(launchWith(path, "/bin/sh", home.resolve("ident-amocrm").toString(), "stats"))
                .isEqualTo(FIRST + "\nThe program.\n");
    }
}
